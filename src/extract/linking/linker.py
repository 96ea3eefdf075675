"""The linker: mentions in, facts out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from extract.language import Parsed, Sentence
from extract.linking.facts import Context, calendar_dates, date_fact, home_of, place_fact, quantity_fact
from extract.linking.place import PlaceLinker, PlaceRules, PlaceSite, place_site
from extract.linking.source import SourceFinder, SourceRules
from extract.linking.status import StatusJudge, StatusRules
from extract.linking.syntax import Site, locate
from extract.linking.time import DateSite, TimeLinker, TimeRules, date_site
from extract.linking.topics import Topics
from extract.model import DateMention, Fact, PlaceMention, QuantityMention
from extract.rules import RuleSet

M = TypeVar("M", QuantityMention, DateMention, PlaceMention)


class Linker:
    """Turns the mentions of a document into facts. Build once with `from_rules`, call `link` per document."""

    def __init__(
        self, status: StatusJudge, source: SourceFinder, time: TimeLinker, place: PlaceLinker
    ) -> None:
        self._status = status
        self._source = source
        self._time = time
        self._place = place

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Linker:
        """Read rules/linking. Raises RulesError where a file is malformed."""
        status = rules.read("linking/status.yaml", StatusRules)
        source = rules.read("linking/source.yaml", SourceRules)
        time = rules.read("linking/time.yaml", TimeRules)
        place = rules.read("linking/place.yaml", PlaceRules)
        say = source.say_verbs | source.show_verbs
        return cls(
            StatusJudge(status), SourceFinder(source), TimeLinker(time, status, say), PlaceLinker(place)
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
            facts += self._sentence(parsed, sentence, counted[i], dated[i], placed[i], topics)
        return sorted(facts, key=lambda f: (f.start, f.end, f.type))

    def _plain(
        self, parsed: Parsed, sentence: Sentence, dates: Iterable[DateMention], places: Iterable[PlaceMention]
    ) -> list[Fact]:
        home = home_of(parsed, sentence)
        found: list[Fact] = [date_fact(d, parsed.text, home, 0.9) for d in dates]
        found += [place_fact(p, parsed.text, home, p.confidence) for p in places]
        return found

    def _sentence(
        self,
        parsed: Parsed,
        sentence: Sentence,
        quantities: Sequence[QuantityMention],
        dates: Sequence[DateMention],
        places: Sequence[PlaceMention],
        topics: Topics,
    ) -> list[Fact]:
        doc, offset = sentence.block.doc, sentence.block.offset
        topics.enter(sentence)
        date_sites = [s for d in dates if (s := date_site(d, doc, offset)) is not None]
        named = [s for p in places if (s := place_site(p, doc, offset)) is not None]
        place_sites = named + topics.anaphors(sentence)
        home = home_of(parsed, sentence)
        facts: list[Fact] = []
        for mention in quantities:
            site = locate(parsed, mention)
            context = self._context(site, date_sites, place_sites, topics) if site is not None else Context()
            facts.append(quantity_fact(mention, parsed.text, home, context))
        topics.leave(sentence, place_sites)
        return facts

    def _context(
        self, site: Site, dates: Sequence[DateSite], places: Sequence[PlaceSite], topics: Topics
    ) -> Context:
        source = self._source.find(site)
        return Context(
            status=self._status.judge(site).status,
            source=source.phrase if source else None,
            time=self._time.link(site, dates),
            place=self._place.link(site, places, topics, (source.lo, source.hi) if source else None),
        )


def _by_sentence(parsed: Parsed, mentions: Iterable[M]) -> dict[int, list[M]]:
    found: dict[int, list[M]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        if (sentence := parsed.sentence_at(mention.start)) is not None:
            found[sentence.index].append(mention)
    return found
