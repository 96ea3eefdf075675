"""Candidate mentions: capitalised stretches that the gazetteer knows or that a generic noun makes a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsfacts.model.mention import PlaceKind
from newsfacts.places.gazetteer import Entry, Gazetteer, Named
from newsfacts.places.lexicon import Lexicon, Noun
from newsfacts.places.scan import Word, joins

_LONGEST_NAME = 7
_LONGEST_NOUN = 4
_SETTLED = frozenset(("city", "admin2", "admin3", "admin4"))
_WHOLE_NAMES = ("primary", "romanisation", "alternate", "historic")


@dataclass(slots=True)
class Candidate:
    """A span that may be a place. `first`/`last` index the block's words, `key` is the name without its noun.

    `named` holds the gazetteer's entries that fit; where it is empty the noun alone makes a place of kind
    `makes`.
    `hint` is a generic noun beside the name that is no part of it ("the county of X", "X, a county in ...").
    """

    start: int
    end: int
    first: int
    last: int
    key: str
    named: list[Named]
    name: str
    noun: str | None = None
    makes: PlaceKind | None = None
    block: int = 0
    hint: str | None = None
    score: float = 0.0
    reasons: list[tuple[float, str]] = field(default_factory=list)

    def add(self, reason: str, weight: float) -> None:
        """Record a piece of evidence."""
        self.score += weight
        self.reasons.append((weight, reason))

    def has(self, reason: str) -> bool:
        """Whether this piece of evidence was recorded."""
        return any(name == reason for _, name in self.reasons)

    @property
    def entries(self) -> list[Entry]:
        """The entries that the name may stand for."""
        return [n.entry for n in self.named]


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
            candidate = (self._at(words, i) or self._called(words, i)) if self._opens(words, i) else None
            if candidate is None:
                i += 1
                continue
            found.append(candidate)
            i = candidate.last + 1
        return found

    def _opens(self, words: list[Word], i: int) -> bool:
        if words[i].capital:
            return len(words[i].text) > 1 or words[i].upper
        return words[i].key in self._lexicon.words.compass and i + 1 < len(words) and words[i + 1].capital

    def _called(self, words: list[Word], i: int) -> Candidate | None:
        """A name that no register has, called a place before it ("the villages of Foua and Kfraya")."""
        if i < 2 or words[i - 1].key != "of" or words[i].upper or not joins(words[i - 1], words[i]):
            return None
        kind_word = words[i - 2]
        key = kind_word.key if kind_word.key in self._lexicon.nouns else _singular(kind_word.key)
        noun = self._lexicon.nouns.get(key)
        if kind_word.capital or noun is None or noun.makes not in _SETTLED:
            return None
        j = i
        while j + 1 < len(words) and words[j + 1].capital and words[j + 1].gap == " " and j - i < 2:
            j += 1
        lists = self._lexicon
        if any(
            w.key in lists.common or w.key in lists.adjectives or w.key in lists.words.stop
            for w in words[i : j + 1]
        ):
            return None
        candidate = _candidate(words, i, j, " ".join(w.key for w in words[i : j + 1]), [])
        candidate.noun, candidate.makes = lists.noun_names[key], noun.makes
        return candidate

    def _at(self, words: list[Word], i: int) -> Candidate | None:
        for j in range(self._reach(words, i), i - 1, -1):
            candidate = self._span(words, i, j)
            if candidate is not None:
                return candidate
        return None

    def _reach(self, words: list[Word], i: int) -> int:
        j = i
        connectors, nouns = self._lexicon.words.connectors, self._lexicon.nouns
        while j + 1 < len(words) and j - i + 1 < _LONGEST_NAME:
            word = words[j + 1]
            if not joins(words[j], word) and not _owns(words[j], word):
                break
            if not (word.capital or word.key in connectors or word.key in nouns):
                break
            j += 1
        return j

    def _span(self, words: list[Word], i: int, j: int) -> Candidate | None:
        last = words[j]
        if not last.capital and last.key not in self._lexicon.nouns:
            return None
        stopped = words[i].key in self._lexicon.words.stop
        directed = i < j and words[i].key in self._lexicon.words.compass
        if stopped and i == j and not self._is_abbreviation(words, i):
            return None
        if any(w.possessive for w in words[i:j]):
            return self._owned(words, i, j)
        key = " ".join(w.key for w in words[i : j + 1])
        named = self._lookup(words, i, j, key)
        if not words[i].capital:
            named = [n for n in named if n.entry.kind == "region"]
        if last.capital and words[i].capital:
            with_noun = self._with_noun(words, i, j, key, named, stopped=stopped and not directed)
            if with_noun is not None:
                return with_noun
        named = [n for n in named if n.name_kind in _WHOLE_NAMES or self._is_abbreviation(words, j)]
        if stopped:
            named = [n for n in named if n.name_kind in ("primary", "abbreviation")]
        named = [n for n in named if n.name_kind != "stem"]
        if named:
            return self._known(words, i, j, key, named)
        return self._noun_first(words, i, j, key) or self._lost_apostrophe(words, i, j, key)

    def _owned(self, words: list[Word], i: int, j: int) -> Candidate | None:
        """A name with a possessive inside it ("People's Republic of China", "Martha's Vineyard")."""
        key = " ".join(
            w.key + "s" * (w.possessive and k < j) for k, w in enumerate(words[i : j + 1], start=i)
        )
        named = [n for n in self._gazetteer.lookup(key) if n.name_kind in _WHOLE_NAMES]
        return _candidate(words, i, j, key, named) if named and words[j].capital else None

    def _lookup(self, words: list[Word], i: int, j: int, key: str) -> list[Named]:
        named = self._gazetteer.lookup(key)
        if i != j or not named:
            return named
        if self._is_abbreviation(words, i):
            return [n for n in named if n.name_kind == "abbreviation"] or named
        return [n for n in named if n.name_kind != "abbreviation"]

    def _is_abbreviation(self, words: list[Word], i: int) -> bool:
        text, forms = words[i].text, self._lexicon.abbreviations
        if text.endswith("."):
            return text in forms
        if text.isupper() and text in forms:
            return True
        return words[i].dotted and text + "." in forms

    def _known(self, words: list[Word], i: int, j: int, key: str, named: list[Named]) -> Candidate:
        candidate = _candidate(words, i, j, key, named)
        if i < j and words[j].capital and words[j].key in self._lexicon.nouns:
            candidate.noun = self._lexicon.noun_names[words[j].key]
        last = words[j]
        short = any(n.name_kind == "abbreviation" for n in named) and not last.text.endswith(".")
        if short and last.dotted and last.text not in self._lexicon.abbreviations:
            candidate.end += 1
        return candidate

    def _lost_apostrophe(self, words: list[Word], i: int, j: int, key: str) -> Candidate | None:
        if i != j or not key.endswith("s") or len(key) < 6 or words[i].upper or not words[i].capital:
            return None
        named = [
            n
            for n in self._gazetteer.lookup(key[:-1])
            if n.name_kind in ("primary", "romanisation") and n.entry.kind in ("country", "admin1", "admin2")
        ]
        if not named or i + 1 >= len(words) or words[i + 1].capital or words[i + 1].gap != " ":
            return None
        candidate = _candidate(words, i, i, key[:-1], named)
        candidate.end -= 1
        candidate.name = candidate.name[:-1]
        candidate.add("lost-apostrophe", self._lexicon.evidence.weights["lost-apostrophe"])
        return candidate

    def _noun_first(self, words: list[Word], i: int, j: int, key: str) -> Candidate | None:
        noun_name = self._lexicon.before.get(words[i].key)
        if noun_name is None or j != i + 1 or not words[j].capital or not words[i].capital:
            return None
        if any(w.key in self._lexicon.words.organisation_heads for w in words[i + 1 : j + 1]):
            return None
        candidate = _candidate(words, i, j, key, [])
        candidate.noun, candidate.makes = noun_name, self._lexicon.nouns[noun_name].makes
        return candidate

    def _with_noun(
        self, words: list[Word], i: int, j: int, key: str, named: list[Named], *, stopped: bool
    ) -> Candidate | None:
        lexicon = self._lexicon
        if j + 1 >= len(words) or words[j + 1].key not in lexicon.noun_starts:
            return None
        for length in range(_LONGEST_NOUN, 0, -1):
            end = j + length
            if end >= len(words) or (words[end].key not in lexicon.nouns and length == 1):
                continue
            if not all(joins(words[k - 1], words[k]) for k in range(j + 1, end + 1)):
                continue
            noun_key = " ".join(w.key for w in words[j + 1 : end + 1])
            noun = lexicon.nouns.get(noun_key)
            if noun is None or not (noun.lower or words[end].capital):
                continue
            if i < j and f"{words[j].key} {noun_key}" in lexicon.nouns:
                return None
            return self._noun_last(words, (i, j, end), key, named, noun_key, stopped=stopped)
        return None

    def _noun_last(
        self,
        words: list[Word],
        at: tuple[int, int, int],
        key: str,
        named: list[Named],
        noun_key: str,
        *,
        stopped: bool,
    ) -> Candidate | None:
        i, j, end = at
        noun = self._lexicon.nouns[noun_key]
        if (
            noun.alone
            and end + 1 < len(words)
            and words[end + 1].capital
            and joins(words[end], words[end + 1])
        ):
            return None
        fitting = [n for n in named if agrees(n, noun)] if not stopped else []
        if not fitting and (stopped or not self._makes_name(words, i, j, end, noun, known=bool(named))):
            return None
        candidate = _candidate(words, i, end, key, fitting)
        candidate.noun, candidate.makes = self._lexicon.noun_names[noun_key], noun.makes
        candidate.name = " ".join(w.text for w in words[i : j + 1])
        if noun.keep:
            candidate.name += " " + noun.canonical.get(
                noun_key, " ".join(w.text for w in words[j + 1 : end + 1])
            )
        return candidate

    def _makes_name(self, words: list[Word], i: int, j: int, end: int, noun: Noun, *, known: bool) -> bool:
        """Whether a noun makes a name of words that the register lacks: they must not be everyday words."""
        core = words[i : j + 1]
        if noun.makes is None or not all(w.capital for w in core) or len(core) > 4:
            return False
        if known and not words[end].capital:
            return False
        lists = self._lexicon
        if any(w.key in lists.words.organisation_heads or w.key in lists.adjectives for w in core):
            return False
        if any(w.key in lists.words.titles for w in core[:1]):
            return False
        strange = [w for w in core if w.key not in lists.common and w.key not in lists.words.stop]
        if noun.plain:
            if any(w.key in lists.nouns for w in core[:-1]):
                return False
            return words[end].capital and all(w.key not in lists.words.stop for w in core)
        if noun.keep:
            return bool(strange) or (words[end].capital and len(core) > 1)
        return bool(strange) and (len(strange) == len(core) or words[end].capital)


def agrees(named: Named, noun: Noun) -> bool:
    """Whether an entry can go with a generic noun: by its kind, and by its own noun where it has one."""
    if named.entry.kind not in noun.fits:
        return False
    unit = named.entry.unit
    return not noun.units or unit is None or unit in noun.units or named.entry.code is None


def _singular(noun: str) -> str:
    return noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")


def _owns(before: Word, word: Word) -> bool:
    return before.possessive and word.capital and word.gap in ("'s ", "’s ")


def _candidate(words: list[Word], i: int, j: int, key: str, named: list[Named]) -> Candidate:
    name = " ".join(w.text for w in words[i : j + 1])
    return Candidate(words[i].start, words[j].end, i, j, key, named, name)
