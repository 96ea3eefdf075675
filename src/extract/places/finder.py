"""Finds the named places of a document and resolves them together."""

from __future__ import annotations

import math
from collections import defaultdict

from newsfacts.language import Parsed
from newsfacts.model import PlaceMention
from newsfacts.places.anchors import Anchors
from newsfacts.places.candidates import Candidate, Scanner
from newsfacts.places.document import persons, short_forms, titled, weigh_document
from newsfacts.places.evidence import Judge, view
from newsfacts.places.gazetteer import Entry, Gazetteer
from newsfacts.places.lexicon import Lexicon
from newsfacts.places.resolve import Choice, Group, Resolver, group_of
from newsfacts.places.scan import words
from newsfacts.places.tables import weigh_rows
from newsfacts.rules import RuleSet

_CHINESE_WORDS = frozenset(("china", "chinas", "chinese", "beijing", "yuan", "rmb", "xinhua", "shanghai"))


class PlaceFinder:
    """Built once from rules; `find` is called per document. Holds caches bounded in size, no other state."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._scanner = Scanner(gazetteer, lexicon)
        self._judge = Judge(lexicon)
        self._resolver = Resolver(gazetteer, lexicon.nouns)

    @classmethod
    def from_rules(cls, rules: RuleSet) -> PlaceFinder:
        """Read the word lists; the gazetteer itself is opened at the first look-up."""
        return cls(Lexicon.from_rules(rules), Gazetteer())

    def find(self, parsed: Parsed) -> list[PlaceMention]:
        """Every place of the document, resolved, sorted and without overlaps."""
        accepted = self._accepted(parsed)
        choices = self._resolver.resolve(accepted, parsed.text)
        anchors = Anchors.of((c, choices[group_of(c)].entry) for c in accepted if group_of(c) in choices)
        return [self._mention(c, choices, anchors) for c in accepted]

    def _accepted(self, parsed: Parsed) -> list[Candidate]:
        blocks = [words(parsed.text, b.section.start, b.section.end) for b in parsed.blocks]
        starts: dict[int, list[int]] = defaultdict(list)
        for sentence in parsed.sentences:
            starts[sentence.block.index].append(sentence.start)
        views = [view(parsed, i, block, starts[i]) for i, block in enumerate(blocks)]
        scanned = [self._scanner.scan(block) for block in blocks]
        chinese = any(w.key in _CHINESE_WORDS for block in blocks for w in block)
        chinese = chinese or any(_chinese_province(c) for found in scanned for c in found)
        judged: list[Candidate] = []
        for index, found in enumerate(scanned):
            for candidate in found:
                candidate.block = index
                self._judge.weigh(candidate, views[index], chinese=chinese)
                judged.append(candidate)
        evidence = self._lexicon.evidence
        weigh_rows(judged, parsed.document, self._lexicon.words.row_heads, evidence.weights)
        people = persons(parsed, self._lexicon) | titled(views, self._lexicon)
        weigh_document(judged, people, parsed.text, self._lexicon)
        accepted = [c for c in judged if c.score >= self._lexicon.evidence.threshold]
        return short_forms(accepted, views, self._lexicon)

    def _mention(self, c: Candidate, choices: dict[Group, Choice], anchors: Anchors) -> PlaceMention:
        rule = "place-" + max(c.reasons)[1]
        choice = choices.get(group_of(c))
        sure = 1 / (1 + math.exp(-(c.score - self._lexicon.evidence.threshold + 0.5)))
        if choice is None:
            return self._unlisted(c, rule, sure, anchors.nearest(c))
        entry = choice.entry
        return PlaceMention(
            start=c.start, end=c.end, name=entry.name, kind=_kind(entry), country=entry.country,
            admin1=self._name(entry.admin1) or (entry.name if entry.kind == "admin1" else None),
            admin2=self._name(entry.admin2), geonames_id=entry.geonames, cn_code=entry.code,
            lat=entry.lat, lon=entry.lon, confidence=round(sure * choice.certainty, 3), rule=rule,
        )  # fmt: skip

    def _unlisted(self, c: Candidate, rule: str, sure: float, anchor: Entry | None) -> PlaceMention:
        """A place that no register lists: its kind from the noun, its whereabouts from a resolved place."""
        admin1 = None
        if anchor is not None:
            admin1 = anchor.name if anchor.kind == "admin1" else self._name(anchor.admin1)
        near = anchor is not None and anchor.kind != "country"
        return PlaceMention(
            start=c.start, end=c.end, name=c.name, kind=c.makes or "region",
            country=anchor.country if anchor else None, admin1=admin1,
            lat=anchor.lat if anchor and near else None, lon=anchor.lon if anchor and near else None,
            confidence=round(0.6 * sure, 3), rule=rule,
        )  # fmt: skip

    def _name(self, number: int | None) -> str | None:
        return self._gazetteer.entry(number).name if number is not None else None


def _chinese_province(c: Candidate) -> bool:
    return any(
        n.entry.country == "CN" and n.entry.kind == "admin1" and n.name_kind == "primary" for n in c.named
    )


_MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))


def _kind(entry: Entry):  # type: ignore[no-untyped-def]
    return "city" if entry.code in _MUNICIPALITIES else entry.kind
