"""What speaks for and against a candidate's being a place inside its own block of text."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from newsfacts.language import Parsed
from newsfacts.places.candidates import Candidate
from newsfacts.places.gazetteer import Entry, Named
from newsfacts.places.lexicon import Lexicon
from newsfacts.places.scan import Word, joins

_PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
_OTHER_LABELS = frozenset(("ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"))
_WIDE_KINDS = frozenset(("country", "admin1"))
_FEATURE_KINDS = frozenset(("region", "water", "landform", "facility"))
_DATELINE = re.compile(
    r"(?:,\s*[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?(?:,\s*[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:\s?,\s?\d{4})?)?"
    r"\s*(?:\((?:[A-Z][\w.]*+[\s/]?)+\)\s*(?:--|—|–|-|:)?|--|—|–|\s-\s)"
)
_NAME_KIND_COST = {
    "primary": 0.0,
    "abbreviation": 0.0,
    "romanisation": 0.2,
    "historic": 0.7,
    "alternate": 1.2,
}
_LARGE = 2.3
_TOWN = 0.5


@dataclass(frozen=True, slots=True)
class Entity:
    """A spaCy entity with document offsets."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block's words, entities and kind."""

    words: list[Word]
    entities: list[Entity]
    starts: list[int]
    text: str
    kind: str
    sentence_starts: frozenset[int]
    headline: bool


def view(parsed: Parsed, index: int, words: list[Word], starts: Iterable[int]) -> BlockView:
    """What the judge needs to know of one block, whose sentences start at `starts`."""
    block = parsed.blocks[index]
    ents = [Entity(block.offset + e.start_char, block.offset + e.end_char, e.label_) for e in block.doc.ents]
    long = [w for w in words if len(w.text) > 3 and w.text[0].isalpha()]
    capitals = sum(w.capital for w in long)
    return BlockView(
        words, ents, [e.start for e in ents], parsed.text, block.section.kind, frozenset(starts),
        headline=len(words) < 30 and capitals > 0.7 * len(long) and len(long) > 3,
    )  # fmt: skip


def standing(entry: Entry) -> float:
    """How readily an entry is talked about, before any context: a log-odds-like weight from kind and size."""
    size = math.log10(max(entry.population, 100))
    match entry.kind:
        case "country":
            return 4.5
        case "admin1":
            return 1.2 + size / 3.5 if entry.country in _NEWS_COUNTRIES else size / 2.2 - 1.0
        case "admin2":
            return 2.6 if entry.code else size / 2 - 2.4
        case "admin3":
            return 0.4
        case "admin4":
            return -1.6
        case "city":
            return size * 0.9 - 3.6
        case _:
            return size / 2 - 0.5


#: Where first-level divisions are news in themselves, whatever their population.
_NEWS_COUNTRIES = frozenset(
    ("CN", "US", "CA", "AU", "GB", "DE", "IN", "RU", "HK", "MO", "TW", "ES", "IT", "BR", "MX")
)


def prior(named: Named) -> float:
    """How readily this name means this entry, before any context."""
    return standing(named.entry) - _NAME_KIND_COST.get(named.name_kind, 0.0)


def weight(named: Named) -> float:
    """The prior for choosing among entries: as `prior`, but size tells more and a country is what it is."""
    entry = named.entry
    if entry.kind == "country":
        return 5.2 if named.name_kind in ("primary", "abbreviation") else 4.7
    more = 0.3 * math.log10(max(entry.population, 100)) - 1.2 if entry.kind == "city" else 0.0
    return prior(named) + more


def _is_brand(text: str) -> bool:
    """Whether a word has a capital inside, as the names of firms do ("HomeDepot China")."""
    rest = text.removeprefix("Mc").removeprefix("Mac")[1:]
    return text[:1].isupper() and rest.isalpha() and not rest.islower() and not rest.isupper()


class Judge:
    """Weighs the evidence for a candidate that its own block holds."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._weights = lexicon.evidence.weights

    def weigh(self, candidate: Candidate, block: BlockView, *, chinese: bool) -> None:
        """Add every piece of evidence that applies."""
        self._of_name(candidate, block, chinese=chinese)
        self._of_entities(candidate, block)
        self._before(candidate, block)
        self._after(candidate, block)

    def _add(self, candidate: Candidate, reason: str) -> None:
        candidate.add(reason, self._weights[reason])

    def _of_name(self, c: Candidate, block: BlockView, *, chinese: bool) -> None:
        lexicon = self._lexicon
        best = max((prior(n) for n in c.named), default=0.0)
        if c.named:
            c.add("gazetteer", best)
        if c.key in lexicon.adjectives:
            self._add(c, "adjective")
        if c.key in lexicon.words.institutions:
            self._add(c, "institution")
        if chinese and any(e.country == "CN" for e in c.entries):
            self._add(c, "chinese-text")
        if c.noun is not None:
            self._add(c, "generic-noun" if c.named else "new-name")
            if c.named and best < _TOWN and self._everyday(c.key):
                self._add(c, "everyday-words")
            return
        if " " in c.key:
            everyday = self._everyday(c.key)
            if not everyday or best > _LARGE:
                self._add(c, "several-words")
            elif best < _TOWN:
                self._add(c, "everyday-words")
        else:
            self._of_single_word(c, best)
        if block.headline:
            self._add(c, "title-case")
        elif block.words[c.first].start in block.sentence_starts:
            self._add(c, "sentence-start")

    def _everyday(self, key: str) -> bool:
        lexicon = self._lexicon
        return all(w in lexicon.common or w in lexicon.words.stop for w in key.split())

    def _of_single_word(self, c: Candidate, best: float) -> None:
        lexicon = self._lexicon
        abbreviations = [n for n in c.named if n.name_kind == "abbreviation"]
        if abbreviations and len(c.name) == 2 and abbreviations[0].entry.kind != "country":
            self._add(c, "bare-abbreviation")
        elif not abbreviations and len(c.name) < 5 and c.name.isupper():
            self._add(c, "acronym")
        if c.key in lexicon.common and not abbreviations:
            self._add(c, "everyday-word")
        elif best < _LARGE and c.key in lexicon.given_names:
            self._add(c, "given-name")
        elif best < _LARGE and c.key in lexicon.surnames:
            self._add(c, "surname")

    def _of_entities(self, c: Candidate, block: BlockView) -> None:
        i = max(0, bisect_right(block.starts, c.start) - 1)
        for ent in block.entities[i : i + 3]:
            if ent.start >= c.end or c.start >= ent.end:
                continue
            part = ent.end > c.end + 2 or ent.start < c.start - 4
            if ent.label in _PLACE_LABELS:
                self._add(c, "ner-place")
            elif ent.label == "PERSON":
                self._add(c, "ner-person-part" if part else "ner-person")
            elif ent.label in _OTHER_LABELS:
                self._add(c, self._organisation_label(c, block, ent) if part else "ner-organisation")
            elif ent.label == "NORP":
                self._add(c, "ner-nationality")
            return

    def _organisation_label(self, c: Candidate, block: BlockView, ent: Entity) -> str:
        before = block.words[c.first - 1] if c.first else None
        ends = before is not None and before.start >= ent.start and ent.end <= c.end + 2 and before.capital
        if ends and not block.headline and before is not None and joins(before, block.words[c.first]):
            return "ner-organisation-end"
        return "ner-organisation-part"

    def _before(self, c: Candidate, block: BlockView) -> None:
        lists, words = self._lexicon.words, block.words
        if self._in_dateline(c, block):
            self._add(c, "dateline")
            return
        if c.first == 0:
            return
        word, gap = words[c.first - 1], words[c.first].gap
        if word.possessive or not (gap.isspace() or gap == "-" or (gap == ". " and word.key in lists.titles)):
            return
        if word.key in lists.titles and word.capital:
            self._add(c, "title-before")
        elif _is_brand(word.text) or (
            word.key in lists.organisation_prefixes and word.capital and not block.headline
        ):
            self._add(c, "organisation")
        elif word.key in lists.prepositions:
            self._add(c, "preposition")
        elif word.key == "of":
            self._after_of(c, words)
        elif not word.capital or c.noun is not None:
            return
        elif word.key in self._lexicon.given_names:
            self._add(c, "given-name-before")
        elif joins(word, words[c.first]) and word.key not in lists.stop:
            self._add(c, "capital-before")

    def _after_of(self, c: Candidate, words: list[Word]) -> None:
        lists = self._lexicon.words
        head = words[c.first - 2] if c.first > 1 else None
        if head is None:
            return
        if head.capital and head.key in lists.organisation_openers:
            self._add(c, "organisation-of")
        elif head.key in lists.locators or head.key in self._lexicon.nouns:
            self._add(c, "locator")
            c.hint = self._lexicon.noun_names.get(head.key)

    def _in_dateline(self, c: Candidate, block: BlockView) -> bool:
        if "(" in block.words[c.first].gap or c.key in self._lexicon.common:
            return False
        if block.kind == "dateline":
            return True
        start = block.words[c.first].start
        opens = c.first == 0 or start in block.sentence_starts or "\n" in block.words[c.first].gap
        return opens and _DATELINE.match(block.text, c.end) is not None

    def _after(self, c: Candidate, block: BlockView) -> None:
        words, last = block.words, block.words[c.last]
        if last.possessive:
            saint = c.key.startswith("saint ") and c.last + 1 < len(words) and words[c.last + 1].capital
            self._add(c, "organisation" if saint else "possessive")
            return
        if block.text.startswith("$", c.end):
            self._add(c, "currency")
        if c.last + 1 >= len(words):
            return
        word = words[c.last + 1]
        if word.gap == "-" and word.key in self._lexicon.words.based:
            self._add(c, "hyphen")
        elif word.gap == "" or (word.gap == "-" and word.text[0].isdigit()):
            self._add(c, "glued")
        self._apposition(c, words)
        if f"{c.key} {word.key}" in self._lexicon.words.eponyms and word.gap == " ":
            self._add(c, "eponym")
        elif word.key in self._lexicon.words.currencies and word.gap in (" ", "\n", "-"):
            self._add(c, "currency")
        elif self._organisation_follows(c, words):
            self._add(c, "organisation")
        elif word.capital and c.noun is None and not last.upper and joins(last, word):
            self._capital_after(c, word, headline=block.headline)
        elif word.gap == " " and word.key in self._lexicon.words.speech and not self._wide(c):
            self._add(c, "speaks")

    def _capital_after(self, c: Candidate, word: Word, *, headline: bool) -> None:
        lexicon = self._lexicon
        if headline or word.key in lexicon.adjectives or word.key in lexicon.words.stop:
            return
        named = c.key in lexicon.given_names and word.key not in lexicon.words.titles and word.gap == " "
        self._add(c, "namesake" if named and not c.has("dateline") else "capital-after")

    def _apposition(self, c: Candidate, words: list[Word]) -> None:
        """ "Beizhen, a township under Jinzhou"; "Huairen is a county-level city"."""
        following = words[c.last + 1 : c.last + 7]
        if len(following) < 3 or following[0].key not in ("a", "an", "the", "is", "was", "one"):
            return
        nouns = self._lexicon.nouns
        for word in following[1:5]:
            if word.key in nouns and not word.capital and nouns[word.key].lower:
                self._add(c, "apposition")
                c.hint = c.hint or self._lexicon.noun_names[word.key]
                return

    def _wide(self, c: Candidate) -> bool:
        return any(e.kind in _WIDE_KINDS for e in c.entries)

    def _organisation_follows(self, c: Candidate, words: list[Word]) -> bool:
        heads = self._lexicon.words.organisation_heads
        for k in range(c.last + 1, min(len(words), c.last + 8)):
            word = words[k]
            if not joins(words[k - 1], word):
                return False
            if word.capital and word.key in heads:
                return True
            if not (word.capital or (k > c.last + 1 and word.key in ("of", "and", "for", "the"))):
                return False
        return False
