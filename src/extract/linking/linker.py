"""The linker: mentions in, facts out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extract.language import Parsed, Sentence
from extract.linking.clause import Describer
from extract.linking.facts import (
    Reading,
    calendar_dates,
    date_fact,
    home_of,
    place_fact,
    quantity_fact,
    quantity_id,
)
from extract.linking.restate import RestateRules, partners, shared_modifier
from extract.linking.place import PlaceLinker, PlaceRules, PlaceSite, place_site
from extract.linking.source import SourceFinder, SourceRules
from extract.linking.status import StatusJudge, StatusRules
from extract.linking.syntax import Site, locate
from extract.linking.time import DateSite, TimeLinker, TimeRules, date_site
from extract.linking.topics import Topics
from extract.model import DateMention, Fact, PlaceMention, QuantityMention
from extract.rules import RuleSet

M = TypeVar("M", QuantityMention, DateMention, PlaceMention)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One sentence with what stands in it."""

    sentence: Sentence
    quantities: tuple[QuantityMention, ...]
    dates: tuple[DateSite, ...]
    places: tuple[PlaceSite, ...]


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
    ) -> None:
        self._describer = describer
        self._status = status
        self._source = source
        self._time = time
        self._place = place
        self._restate = restate

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
            PlaceLinker(rules.read("linking/place.yaml", PlaceRules)),
            rules.read("linking/restate.yaml", RestateRules),
        )

    def link(
        self,
        parsed: Parsed,
        quantities: Sequence[QuantityMention],
        dates: Sequence[DateMention],
        places: Sequence[PlaceMention],
    ) -> list[Fact]:
        """The facts of one document, by start, end and type; mentions outside any sentence are dropped."""
        dated = _by_sentence(parsed, calendar_dates(dates))
        placed = _by_sentence(parsed, places)
        counted = _by_sentence(parsed, quantities)
        topics = Topics(self._place.rules)
        facts: list[Fact] = []
        for sentence in parsed.sentences:
            i = sentence.index
            facts += self._plain(parsed, sentence, dated[i], placed[i])
            facts += self._sentence(parsed, _scene(sentence, counted[i], dated[i], placed[i]), topics)
        return sorted(facts, key=lambda f: (f.start, f.end, f.type))

    def _plain(
        self, parsed: Parsed, sentence: Sentence, dates: Iterable[DateMention], places: Iterable[PlaceMention]
    ) -> list[Fact]:
        home = home_of(parsed, sentence)
        found: list[Fact] = [date_fact(d, parsed.text, home, 0.9) for d in dates]
        found += [place_fact(p, parsed.text, home, p.confidence) for p in places]
        return found

    def _sentence(self, parsed: Parsed, scene: Scene, topics: Topics) -> list[Fact]:
        """The quantity facts of one sentence; what restates an amount shares what is said of it."""
        sentence = scene.sentence
        topics.enter(sentence)
        places = [*scene.places, *topics.anaphors(sentence, scene.places)]
        home = home_of(parsed, sentence)
        restated = partners(parsed.text, scene.quantities, self._restate)
        readings: dict[int, Reading] = {}
        facts: list[Fact] = []
        for mention in scene.quantities:
            partner = restated.get(mention.start)
            reading = readings.get(partner.start) if partner is not None else None
            if reading is None:
                reading = self._read(parsed, mention, replace(scene, places=tuple(places)), topics)
            readings[mention.start] = reading
            if partner is not None:
                mention = shared_modifier(mention, partner)
            same_as = quantity_id(home.doc_id, partner) if partner is not None else None
            facts.append(quantity_fact(mention, parsed.text, home, reading, same_as))
        topics.leave(sentence, places)
        return facts

    def _read(self, parsed: Parsed, mention: QuantityMention, scene: Scene, topics: Topics) -> Reading:
        """What the sentence says about one quantity."""
        description = self._describer.describe(parsed, mention, scene.quantities)
        site = locate(parsed, mention)
        if site is None:
            return Reading(description=description, per=mention.per)
        source = self._source.find(site)
        silent = (source.lo, source.hi) if source else None
        return Reading(
            description=description,
            per=mention.per or description.per,
            status=self._status.judge(site).status,
            source=source.phrase if source else None,
            time=self._time.link(site, scene.dates),
            place=self._place.link(site, scene.places, topics, silent),
        )


def _scene(
    sentence: Sentence,
    quantities: Sequence[QuantityMention],
    dates: Sequence[DateMention],
    places: Sequence[PlaceMention],
) -> Scene:
    doc, offset = sentence.block.doc, sentence.block.offset
    return Scene(
        sentence,
        tuple(quantities),
        tuple(s for d in dates if (s := date_site(d, doc, offset)) is not None),
        tuple(s for p in places if (s := place_site(p, doc, offset)) is not None),
    )


def _by_sentence(parsed: Parsed, mentions: Iterable[M]) -> dict[int, list[M]]:
    found: dict[int, list[M]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        if (sentence := parsed.sentence_at(mention.start)) is not None:
            found[sentence.index].append(mention)
    return found
