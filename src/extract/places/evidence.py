"""Whether a candidate is a place: pieces of evidence, each with a name and a weight."""

from __future__ import annotations

import math
from dataclasses import dataclass

from extract.language import Parsed
from extract.places.candidates import Candidate
from extract.places.gazetteer import Entry, Named
from extract.places.lexicon import Lexicon
from extract.places.scan import Word, joins

_PLACE_LABELS = ("GPE", "LOC", "FAC")


@dataclass(frozen=True, slots=True)
class Entity:
    """A spaCy entity with document offsets."""

    start: int
    end: int
    label: str


def entities(parsed: Parsed) -> list[list[Entity]]:
    """The named entities of each block."""
    return [
        [Entity(b.offset + e.start_char, b.offset + e.end_char, e.label_) for e in b.doc.ents] for b in parsed.blocks
    ]


def prior(named: Named) -> float:
    """How readily this name means this entry, before any context: a log-odds-like weight."""
    entry = named.entry
    weight = _standing(entry)
    if entry.kind == "country" or entry.kind == "admin1":
        return weight - (0.0 if named.name_kind in ("primary", "abbreviation") else 0.7)
    return weight - {"primary": 0.0, "romanisation": 0.1, "alternate": 1.0, "historic": 0.7}.get(named.name_kind, 0.5)


def _standing(entry: Entry) -> float:
    size = math.log10(max(entry.population, 100))
    match entry.kind:
        case "country":
            return 4.5
        case "admin1":
            return 1.5 + size / 3.5
        case "admin2":
            return 2.6 if entry.code else size / 2 - 2.2
        case "admin3":
            return 0.4
        case "admin4":
            return -1.6
        case "city":
            return size * 0.9 - 3.6
        case _:
            return size / 2 - 0.5


class Judge:
    """Weighs the evidence for the candidates of one block."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def weigh(self, candidate: Candidate, words: list[Word], ents: list[Entity], chinese: bool) -> None:
        """Add all evidence that the block itself holds."""
        self._of_name(candidate, words, chinese)
        self._of_entities(candidate, ents)
        self._before(candidate, words)
        self._after(candidate, words)

    def _of_name(self, c: Candidate, words: list[Word], chinese: bool) -> None:
        first, last = words[c.first], words[c.last]
        if c.noun is not None:
            c.add("generic-noun", 4.0 if c.named else 2.5)
        if c.named:
            c.add("gazetteer", max(prior(n) for n in c.named))
            if any(n.entry.kind in ("region", "water", "landform", "facility") for n in c.named):
                c.add("region-word", 0.5)
        if " " in c.key and c.noun is None:
            c.add("several-words", 1.0)
        elif c.noun is None and c.key in self._lexicon.words.common:
            c.add("everyday-word", -4.0)
        elif c.noun is None and c.key in self._lexicon.words.given_names:
            c.add("given-name", -2.0)
        if c.key in self._lexicon.adjectives:
            c.add("adjective", -9.0)
        if chinese and any(n.entry.country == "CN" for n in c.named):
            c.add("chinese-text", 0.8)
        if not first.capital and c.noun is None and not any(n.entry.kind == "region" for n in c.named):
            c.add("lower-case", -5.0)
        if last.text.islower() and c.noun is None:
            c.add("lower-case", -1.0)

    def _of_entities(self, c: Candidate, ents: list[Entity]) -> None:
        for ent in ents:
            if ent.start < c.end and c.start < ent.end:
                larger = ent.end > c.end + 2 or ent.start < c.start - 4
                if ent.label in _PLACE_LABELS:
                    c.add("ner-place", 2.0)
                elif ent.label == "PERSON":
                    c.add("ner-person", -4.0 if larger else -0.8)
                elif ent.label in ("ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"):
                    c.add("ner-organisation", -2.5 if larger else -0.5)
                elif ent.label == "NORP":
                    c.add("ner-nationality", -2.0)
                return

    def _before(self, c: Candidate, words: list[Word]) -> None:
        lexicon = self._lexicon.words
        if c.first == 0:
            return
        word = words[c.first - 1]
        gap = words[c.first].gap
        if gap.strip(" \n") in (",", ", "):
            return
        if gap != " " and gap != "\n":
            return
        if word.possessive:
            return
        if word.key in lexicon.titles and (word.capital or word.text.endswith(".")):
            c.add("title-before", -4.0)
        elif word.key in lexicon.prepositions:
            c.add("preposition", 1.5)
        elif word.key == "of" and c.first > 1:
            head = words[c.first - 2]
            if head.key in lexicon.organisation_openers and head.capital:
                c.add("organisation-of", -6.0)
            elif head.key in lexicon.locators or head.key in self._lexicon.nouns:
                c.add("locator", 3.0)
        elif word.capital and word.key in lexicon.given_names and c.first > 0:
            c.add("given-name-before", -3.5)
        elif word.capital and word.key not in lexicon.prepositions and joins(gap, word) and c.noun is None:
            c.add("capital-before", -0.8)

    def _after(self, c: Candidate, words: list[Word]) -> None:
        lexicon = self._lexicon.words
        last = words[c.last]
        if last.possessive:
            c.add("possessive", 0.5)
            return
        if c.last + 1 >= len(words):
            return
        word = words[c.last + 1]
        if word.gap == "-" and word.key in lexicon.based:
            c.add("hyphen", 2.5)
        if self._organisation_follows(c, words):
            c.add("organisation", -6.0)
        elif joins(word.gap, last) and word.capital and c.noun is None and not last.upper:
            c.add("capital-after", -1.0)
        elif word.gap == " " and word.key in lexicon.speech and not any(
            n.entry.kind in ("country", "admin1") for n in c.named
        ):
            c.add("speaks", -2.0)

    def _organisation_follows(self, c: Candidate, words: list[Word]) -> bool:
        lexicon = self._lexicon.words
        k = c.last + 1
        while k < len(words) and k - c.last <= 7 and joins(words[k].gap, words[k - 1]):
            word = words[k]
            if word.capital and word.key in lexicon.organisation_heads:
                return True
            if not (word.capital or word.key in ("of", "and", "for", "the", "&")):
                return False
            k += 1
        return False
