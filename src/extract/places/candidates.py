"""Candidate mentions: capitalised stretches that the gazetteer knows or that a generic noun makes a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model.mention import PlaceKind
from extract.places.gazetteer import Gazetteer, Named
from extract.places.lexicon import Lexicon, Noun
from extract.places.scan import Word, joins

_LONGEST = 7


@dataclass(slots=True)
class Candidate:
    """A span that may be a place. `first`/`last` index the block's words, `core` is the name without its noun."""

    start: int
    end: int
    first: int
    last: int
    key: str
    named: list[Named]
    noun: str | None = None
    makes: PlaceKind | None = None
    region: bool = False
    name: str = ""
    block: int = 0
    score: float = 0.0
    reasons: list[tuple[float, str]] = field(default_factory=list)

    def add(self, reason: str, weight: float) -> None:
        """Record a piece of evidence."""
        self.score += weight
        self.reasons.append((weight, reason))


class Scanner:
    """Walks over a block's words and proposes candidates, longest names first, without overlap."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon) -> None:
        self._gazetteer = gazetteer
        self._lexicon = lexicon

    def scan(self, words: list[Word]) -> list[Candidate]:
        """All candidates of one block in text order."""
        found: list[Candidate] = []
        i = 0
        while i < len(words):
            candidate = self._at(words, i) if self._opens(words, i) else None
            if candidate is None:
                i += 1
                continue
            found.append(candidate)
            i = candidate.last + 1
        return found

    def _opens(self, words: list[Word], i: int) -> bool:
        word = words[i]
        if word.capital:
            return True
        return word.key in self._lexicon.words.compass and i + 1 < len(words) and words[i + 1].capital

    def _at(self, words: list[Word], i: int) -> Candidate | None:
        for j in range(self._reach(words, i), i - 1, -1):
            candidate = self._span(words, i, j)
            if candidate is not None:
                return candidate
        return None

    def _reach(self, words: list[Word], i: int) -> int:
        j = i
        connectors, nouns = self._lexicon.words.connectors, self._lexicon.nouns
        while j + 1 < len(words) and j - i + 1 < _LONGEST and joins(words[j + 1].gap, words[j]):
            word = words[j + 1]
            if not (word.capital or word.key in connectors or word.key in nouns):
                break
            j += 1
        return j

    def _span(self, words: list[Word], i: int, j: int) -> Candidate | None:
        if i == j and len(words[i].key) < 2:
            return None
        if not words[j].capital and words[j].key not in self._lexicon.nouns:
            return None
        key = " ".join(w.key for w in words[i : j + 1])
        named = [n for n in self._gazetteer.lookup(key) if _surface_fits(n, words, i, j)]
        if not words[i].capital and not any(n.entry.kind == "region" for n in named):
            return None
        with_noun = self._with_noun(words, i, j, key, named)
        if with_noun is not None:
            return with_noun
        named = [n for n in named if n.name_kind != "stem"]
        if named:
            return _candidate(words, i, j, key, named)
        if i == j and words[i].capital and key.endswith("s") and len(key) > 5:
            return self._lost_apostrophe(words, i, key)
        return None

    def _lost_apostrophe(self, words: list[Word], i: int, key: str) -> Candidate | None:
        named = [n for n in self._gazetteer.lookup(key[:-1]) if n.name_kind in ("primary", "romanisation")]
        named = [n for n in named if n.entry.kind in ("country", "admin1", "admin2")]
        if not named or i + 1 >= len(words) or words[i + 1].capital or words[i].upper:
            return None
        candidate = _candidate(words, i, i, key[:-1], named)
        candidate.end -= 1
        candidate.name = candidate.name[:-1]
        candidate.add("lost-apostrophe", -1.0)
        return candidate

    def _with_noun(self, words: list[Word], i: int, j: int, key: str, named: list[Named]) -> Candidate | None:
        lexicon = self._lexicon
        for length in (4, 3, 2, 1):
            end = j + length
            if end >= len(words) or not all(joins(words[k].gap, words[k - 1]) for k in range(j + 1, end + 1)):
                continue
            noun_key = " ".join(w.key for w in words[j + 1 : end + 1])
            noun = lexicon.nouns.get(noun_key)
            if noun is None or not (noun.lower or words[end].capital):
                continue
            return _noun_candidate(words, i, j, end, key, named, noun, lexicon.noun_names[noun_key])
        return None


def _noun_candidate(
    words: list[Word], i: int, j: int, end: int, key: str, named: list[Named], noun: Noun, name: str
) -> Candidate | None:
    fitting = [n for n in named if _agrees(n, noun)]
    if not fitting and (noun.makes is None or not words[i].capital):
        return None
    lower = not words[end].capital
    if not fitting and (lower and named or any(not w.capital for w in words[i : j + 1])):
        return None
    candidate = _candidate(words, i, end, key, fitting or [])
    candidate.noun, candidate.makes = name, noun.makes
    candidate.name = " ".join(w.text for w in words[i : j + 1])
    return candidate


def _agrees(named: Named, noun: Noun) -> bool:
    if named.entry.kind not in noun.fits:
        return False
    unit = named.entry.unit
    return not noun.units or unit is None or unit in noun.units or named.entry.kind == "city"


def _surface_fits(named: Named, words: list[Word], i: int, j: int) -> bool:
    if named.name_kind != "abbreviation":
        return True
    text = words[j].text
    return text.isupper() or "." in text or i == j


def _candidate(words: list[Word], i: int, j: int, key: str, named: list[Named]) -> Candidate:
    name = " ".join(w.text for w in words[i : j + 1])
    return Candidate(words[i].start, words[j].end, i, j, key, named, name=name)
