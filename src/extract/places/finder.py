"""Finds the named places of a document and resolves them together."""

from __future__ import annotations

from extract.language import Parsed
from extract.model import PlaceMention
from extract.places.candidates import Candidate, Scanner
from extract.places.evidence import Judge, entities
from extract.places.gazetteer import Entry, Gazetteer
from extract.places.lexicon import Lexicon
from extract.places.resolve import Choice, Resolver, group_of
from extract.places.scan import Word, words
from extract.rules import RuleSet

_THRESHOLD = 1.0
_CHINESE_WORDS = ("china", "chinese", "beijing", "yuan", "shanghai")


class PlaceFinder:
    """Built once from rules; `find` is called per document. Holds caches bounded in size, no other state."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._scanner = Scanner(gazetteer, lexicon)
        self._judge = Judge(lexicon)
        self._resolver = Resolver(gazetteer)

    @classmethod
    def from_rules(cls, rules: RuleSet) -> PlaceFinder:
        """Read the word lists; the gazetteer itself is opened at the first look-up."""
        return cls(Lexicon.from_rules(rules), Gazetteer())

    def find(self, parsed: Parsed) -> list[PlaceMention]:
        """Every place of the document, resolved, sorted and without overlaps."""
        accepted = self._accepted(parsed)
        choices = self._resolver.resolve(accepted)
        return [self._mention(c, choices.get(group_of(c))) for c in accepted]

    def _accepted(self, parsed: Parsed) -> list[Candidate]:
        blocks = [words(parsed.text, b.section.start, b.section.end) for b in parsed.blocks]
        ents = entities(parsed)
        chinese = any(w.key in _CHINESE_WORDS for block in blocks for w in block)
        judged: list[Candidate] = []
        for index, block in enumerate(blocks):
            for candidate in self._scanner.scan(block):
                candidate.block = index
                self._weigh(candidate, block, ents[index], chinese)
                judged.append(candidate)
        sure = {c.key for c in judged if c.score >= _THRESHOLD}
        for candidate in judged:
            if candidate.key in sure and candidate.score < _THRESHOLD:
                candidate.add("repeated", 2.0)
        return [c for c in judged if c.score >= _THRESHOLD]

    def _weigh(self, candidate: Candidate, block: list[Word], ents: list, chinese: bool) -> None:  # type: ignore[type-arg]
        self._judge.weigh(candidate, block, ents, chinese)

    def _mention(self, candidate: Candidate, choice: Choice | None) -> PlaceMention:
        rule = "place-" + max(candidate.reasons)[1]
        if choice is None:
            return PlaceMention(
                start=candidate.start, end=candidate.end, name=candidate.name, kind=candidate.makes or "region",
                confidence=0.5, rule=rule,
            )  # fmt: skip
        entry = choice.entry
        return PlaceMention(
            start=candidate.start, end=candidate.end, name=entry.name, kind=entry.kind, country=entry.country,
            admin1=self._name(entry.admin1) or (entry.name if entry.kind == "admin1" else None),
            admin2=self._name(entry.admin2), geonames_id=entry.geonames, cn_code=_code(entry),
            lat=entry.lat, lon=entry.lon, confidence=round(choice.certainty, 3), rule=rule,
        )  # fmt: skip

    def _name(self, number: int | None) -> str | None:
        return self._gazetteer.entry(number).name if number is not None else None


def _code(entry: Entry) -> str | None:
    return entry.code
