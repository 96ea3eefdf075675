"""The linker: mentions in, facts out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from newsfacts.language import Parsed, Sentence
from newsfacts.linking.anaphora import Salience
from newsfacts.linking.baseline import date_of, is_baseline
from newsfacts.linking.clause import Describer, Description
from newsfacts.linking.comparison import DateSite, TimeRules, date_site
from newsfacts.linking.confidence import (
    ConfidenceRules,
    Surroundings,
    date_evidence,
    place_confidence,
    quantity_evidence,
)
from newsfacts.linking.facts import (
    Reading,
    calendar_dates,
    date_fact,
    home_of,
    length_timex3,
    place_fact,
    quantity_fact,
    quantity_id,
)
from newsfacts.linking.paths import char_span
from newsfacts.linking.phrases import Phrase
from newsfacts.linking.place import PhraseRanges, PlaceLinker
from newsfacts.linking.place_sites import PlaceRules, PlaceSite, place_site
from newsfacts.linking.restate import RestateRules, partners, shared_modifier
from newsfacts.linking.source import SourceFinder, SourceRules
from newsfacts.linking.status import ACTUAL, StatusJudge, StatusRules
from newsfacts.linking.syntax import Site, locate
from newsfacts.linking.time import TimeLink, TimeLinker
from newsfacts.linking.topics import Topics
from newsfacts.model import DateMention, Fact, PlaceMention, QuantityMention
from newsfacts.places.curated import Countries
from newsfacts.rules import RuleSet

#: Longer sentences are tables and lists without full stops: their parse says nothing and costs too much.
MAX_TOKENS = 400

M = TypeVar("M", QuantityMention, DateMention, PlaceMention)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One sentence with what stands in it."""

    sentence: Sentence
    quantities: tuple[QuantityMention, ...]
    dates: tuple[DateSite, ...]
    places: tuple[PlaceSite, ...]
    lengths: tuple[DateMention, ...]
    around: Surroundings


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One quantity: where it stands, what it is about, whether others are measured by it, its dates."""

    site: Site | None
    description: Description
    baseline: bool
    dates: tuple[DateSite, ...]


class Linker:
    """Turns the mentions of a document into facts. Build once with `from_rules`, call `link` per document."""

    def __init__(
        self,
        describer: Describer,
        status: StatusJudge,
        source: SourceFinder,
        time: TimeLinker,
        place: PlaceLinker,
        restate: RestateRules,
        confidence: ConfidenceRules,
    ) -> None:
        self._describer = describer
        self._status = status
        self._source = source
        self._time = time
        self._place = place
        self._restate = restate
        self._confidence = confidence

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Linker:
        """Read rules/linking. Raises RulesError where a file is malformed."""
        status = rules.read("linking/status.yaml", StatusRules)
        source = rules.read("linking/source.yaml", SourceRules)
        time = rules.read("linking/time.yaml", TimeRules)
        return cls(
            Describer.from_rules(rules),
            StatusJudge(status),
            SourceFinder(source),
            TimeLinker(time, status, source.say_verbs | source.show_verbs),
            PlaceLinker(
                rules.read("linking/place.yaml", PlaceRules),
                source.say_verbs,
                rules.read("places/countries.yaml", Countries),
            ),
            rules.read("linking/restate.yaml", RestateRules),
            rules.read("linking/confidence.yaml", ConfidenceRules),
        )

    def link(
        self,
        parsed: Parsed,
        quantities: Sequence[QuantityMention],
        dates: Sequence[DateMention],
        places: Sequence[PlaceMention],
    ) -> list[Fact]:
        """The facts of one document, by start, end and type; mentions outside any sentence are dropped.

        Where a mention goes over the end of a sentence, the parser has ended it too early.
        """
        parsed = parsed.joined([*quantities, *dates, *places])
        dated = _by_sentence(parsed, calendar_dates(dates))
        lengths = _by_sentence(parsed, [d for d in dates if d.timex_type == "DURATION"])
        placed = _by_sentence(parsed, _outside(places, quantities))
        counted = _by_sentence(parsed, quantities)
        countries = sorted((p for p in places if p.kind == "country"), key=lambda p: p.start)
        topics = Topics(self._place.rules, self._source.rules.say_verbs, self._place.nations, countries)
        salience = Salience(self._describer.subjects)
        damaged = bool(parsed.document.warnings)
        facts: list[Fact] = []
        for sentence in parsed.sentences:
            i = sentence.index
            facts += self._plain(parsed, sentence, dated[i], placed[i])
            facts += self._sentence(
                parsed,
                _scene(sentence, counted[i], dated[i], placed[i], lengths[i], damaged, self._place.rules),
                topics,
                salience,
            )
        return sorted(facts, key=lambda f: (f.start, f.end, f.type))

    def unlinked(
        self,
        parsed: Parsed,
        quantities: Sequence[QuantityMention],
        dates: Sequence[DateMention],
        places: Sequence[PlaceMention],
    ) -> list[Fact]:
        """The same facts with what stands in the mentions themselves: no item, status, time or place."""
        parsed = parsed.joined([*quantities, *dates, *places])
        dated = _by_sentence(parsed, calendar_dates(dates))
        placed = _by_sentence(parsed, _outside(places, quantities))
        counted = _by_sentence(parsed, quantities)
        facts: list[Fact] = []
        for sentence in parsed.sentences:
            home = home_of(parsed, sentence)
            facts += self._plain(parsed, sentence, dated[sentence.index], placed[sentence.index])
            facts += [
                quantity_fact(q, parsed.text, home, Reading(Description(), per=q.per), None)
                for q in counted[sentence.index]
            ]
        return sorted(facts, key=lambda f: (f.start, f.end, f.type))

    def _plain(
        self, parsed: Parsed, sentence: Sentence, dates: Iterable[DateMention], places: Iterable[PlaceMention]
    ) -> list[Fact]:
        home, document, rules = home_of(parsed, sentence), parsed.document, self._confidence
        found: list[Fact] = [
            date_fact(d, parsed.text, home, rules.date.of(date_evidence(d, document))) for d in dates
        ]
        found += [place_fact(p, parsed.text, home, place_confidence(p, document, rules)) for p in places]
        return found

    def _sentence(self, parsed: Parsed, scene: Scene, topics: Topics, salience: Salience) -> list[Fact]:
        """The quantity facts of one sentence; what restates an amount shares what is said of it."""
        sentence = scene.sentence
        topics.enter(sentence)
        short = len(sentence.span) <= MAX_TOKENS
        places = [*scene.places, *topics.anaphors(sentence, scene.places)] if short else []
        home = home_of(parsed, sentence)
        restated = partners(parsed.text, scene.quantities, self._restate)
        settings = replace(scene, places=tuple(places))
        views = self._views(parsed, scene)
        readings: dict[int, Reading] = {}
        facts: list[Fact] = []
        for mention, view in zip(scene.quantities, views, strict=True):
            partner = restated.get(mention.start)
            reading = readings.get(partner.start) if partner is not None else None
            reading = reading or self._read(mention, view, settings, topics)
            subject = view.description.subject
            if subject is not None and view.site is not None and reading.subject_resolved is None:
                resolved = salience.resolve(parsed, sentence, subject, places)
                reading = replace(reading, subject_resolved=resolved)
            readings[mention.start] = reading
            said = mention if partner is None else shared_modifier(mention, partner)
            same_as = None if partner is None else quantity_id(home.doc_id, partner)
            facts.append(quantity_fact(said, parsed.text, home, reading, same_as))
        topics.leave(sentence, places)
        salience.leave(sentence)
        return facts

    def _views(self, parsed: Parsed, scene: Scene) -> list[View]:
        """Each quantity with its description and the dates that can be its time.

        A date that follows a baseline ("from 3 million in 2003") is that baseline's alone.
        """
        if len(scene.sentence.span) > MAX_TOKENS:
            return [View(None, Description(rules=("no-site",)), False, ())] * len(scene.quantities)
        views = []
        for i, mention in enumerate(scene.quantities):
            site = locate(parsed, mention)
            description = self._describer.describe(parsed, mention, scene.quantities)
            baseline = site is not None and is_baseline(site, description, i == 0, self._time.rules)
            own = date_of(site, scene.dates) if baseline and site is not None else None
            views.append(View(site, description, baseline, (own,) if own is not None else ()))
        taken = {date.lo for view in views for date in view.dates}
        free = tuple(date for date in scene.dates if date.lo not in taken)
        return [view if view.baseline else replace(view, dates=free) for view in views]

    def _read(self, mention: QuantityMention, view: View, scene: Scene, topics: Topics) -> Reading:
        """What the sentence says about one quantity."""
        site, description = view.site, view.description
        if site is None:
            return Reading(description=description, per=mention.per)
        source = self._source.find(site)
        ranges = PhraseRanges(
            (source.lo, source.reach) if source else None,
            tuple(_tokens(site, p) for p in (description.item, description.subject) if p is not None),
        )
        verdict = ACTUAL if view.baseline else self._status.judge(site)
        time = self._time_of(site, view)
        place = self._place.link(site, scene.places, topics, ranges)
        evidence = quantity_evidence(
            mention, description, verdict, time, place, scene.around, self._confidence
        )
        return Reading(
            description=description,
            per=mention.per or description.per,
            status=verdict.status,
            source=source.phrase if source else None,
            time=time.mention if time else None,
            place=place,
            timex3=length_timex3(mention, scene.lengths),
            confidence=self._confidence.quantity.of(evidence),
        )

    def _time_of(self, site: Site, view: View) -> TimeLink | None:
        if view.baseline:
            return TimeLink(view.dates[0].mention, 0.0) if view.dates else None
        return self._time.link(site, view.dates)


def _tokens(site: Site, phrase: Phrase) -> tuple[int, int]:
    """The token range of a phrase of the site's Doc."""
    span = char_span(site.doc, phrase.start - site.offset, phrase.end - site.offset)
    return (span.start, span.end) if span is not None else (0, 0)


def _scene(
    sentence: Sentence,
    quantities: Sequence[QuantityMention],
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
    lengths: Sequence[DateMention],
    damaged: bool,
    rules: PlaceRules,
) -> Scene:
    doc, offset = sentence.block.doc, sentence.block.offset
    date_sites = (date_site(date, doc, offset) for date in dates)
    place_sites = (place_site(place, doc, offset, rules) for place in places)
    return Scene(
        sentence,
        tuple(quantities),
        tuple(site for site in date_sites if site is not None),
        tuple(site for site in place_sites if site is not None),
        tuple(lengths),
        Surroundings(
            quantities=len(quantities),
            dates=len(dates),
            places=len({p.name for p in places}),
            tokens=len(sentence.span),
            damaged=damaged,
        ),
    )


def _outside(places: Sequence[PlaceMention], quantities: Sequence[QuantityMention]) -> list[PlaceMention]:
    """The places that are no part of a unit ("2,180 U.S. dollars")."""
    units = sorted((q.start, q.end) for q in quantities)
    starts = [start for start, _ in units]
    found = []
    for place in places:
        i = bisect_right(starts, place.start) - 1
        if i < 0 or units[i][1] < place.end:
            found.append(place)
    return found


def _by_sentence(parsed: Parsed, mentions: Iterable[M]) -> dict[int, list[M]]:
    found: dict[int, list[M]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        if (sentence := parsed.sentence_at(mention.start)) is not None:
            found[sentence.index].append(mention)
    return found
