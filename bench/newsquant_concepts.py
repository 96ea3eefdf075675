"""What a quantity is said of, in NewsQuant's terms: content words, with no structure.

Only convention happens here: NewsQuant joins what the facts keep apart (whom a quantity is said of, what it
measures, the noun it hangs on), and leaves out the noun that is its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from newsfacts.language import Parsed
from newsfacts.linking.lexicon import SubjectWords
from newsfacts.linking.phrases import is_time
from newsfacts.linking.subject import subject_of
from newsfacts.linking.syntax import child, governing_verb, is_verb
from newsfacts.model import QuantityFact

_NOMINAL = ("NOUN", "PROPN")
#: Adjectives that are part of the unit even before the number: "the other 30 towns".
_FURTHER = ("other", "additional")
_COMPARED = ("more", "less", "fewer")
_POSSESSIVE = re.compile(r"['’]s?$")
#: Parts of speech that name nothing.
_EMPTY = ("PRON", "DET", "NUM", "PUNCT", "SYM", "SPACE", "ADP", "ADV", "CCONJ", "PART")


@dataclass(frozen=True, slots=True)
class Place:
    """A quantity's tokens, those of the counted noun that is its unit, those of all numbers of the text.

    `elided` are the tokens of a unit that stands with another number ("killed 4 people and hurt 7").
    """

    inside: Sequence[Any]
    unit: Sequence[Any]
    numbers: frozenset[int]
    elided: Sequence[Any] = ()

    def own(self) -> set[str]:
        """The words that are the quantity itself."""
        return {_written(t) for t in (*self.inside, *self.unit, *self.elided)}


class Concepts:
    """Reads concepts from the facts of one text."""

    def __init__(self, parsed: Parsed, facts: Iterable[QuantityFact], words: SubjectWords) -> None:
        self._parsed = parsed
        self._words = words
        self._facts = {f.id: f for f in facts}
        spans = ((f.start, f.end) for f in self._facts.values())
        self._numbers = frozenset(t.i for start, end in spans for t in parsed.tokens_in(start, end))

    def of_fact(self, fact: QuantityFact) -> tuple[str, ...]:
        """What a fact is said of; an amount in brackets is said of what the one is that it restates."""
        fact = self._facts.get(fact.same_as or "", fact)
        unit = unit_tokens(fact, self._parsed)
        place = replace(self._place(fact.start, fact.end, unit), elided=self.elided(fact))
        found = [*_said(fact, place, self._parsed), *governing(place), *_rest_of(fact, place, self._parsed)]
        if fact.subject_end is not None and fact.subject_end > fact.end:
            found += clause_subject(place, self._words)  # "had an 84-yard return": also who had it
        if fact.type == "count" and not found:
            found += _existing_in(place)
        if found and fact.type not in ("count", "rank", "percent"):
            found += _object(place)
        return _other_than(found, place) or _other_than(_nearest(fact, place), place)

    def is_index_level(self, fact: QuantityFact) -> bool:
        """ "Fell 7 points to 5,409": a level whose change the text gives in points."""
        bare = fact.type == "measure" and fact.unit is None
        return bare and any(f.unit == "{point}" for f in self._facts.values())

    def counted(self, fact: QuantityFact) -> list[Any]:
        """The tokens of the counted noun that is a fact's unit, with what stands between number and noun."""
        unit = list(unit_tokens(fact, self._parsed))
        if not unit or fact.item_start is None:
            return list(self.elided(fact))
        between = self._parsed.tokens_in(fact.end, fact.item_start)
        inside = self._parsed.tokens_in(fact.start, fact.end)
        before = [inside[0].nbor(-1)] if inside and inside[0].i else []
        further = [t for t in before if t.lower_ in _FURTHER]
        return further + [t for t in between if t.pos_ == "ADJ" and t.lower_ not in _COMPARED] + unit

    def elided(self, fact: QuantityFact) -> Sequence[Any]:
        """The counted noun that another count stands before and this one leaves out."""
        if fact.type != "count" or fact.item_start is None or fact.item_start >= fact.start:
            return ()
        span = (fact.item_start, fact.item_end)
        shared = any(
            f.type == "count" and (f.item_start, f.item_end) == span and f.end <= span[0]
            for f in self._facts.values()
        )
        return _unit(self._parsed.tokens_in(span[0], span[1] or span[0])) if shared else ()

    def of_span(self, start: int, end: int) -> tuple[str, ...]:
        """What a number without fact is said of: what it hangs on, and the subject of its clause."""
        place = self._place(start, end)
        found = [*governing(place), *clause_subject(place, self._words)]
        return _other_than(found or _existing_in(place), place)

    def above(self, start: int, end: int) -> tuple[str, ...]:
        """What a number without fact hangs on."""
        place = self._place(start, end)
        return _other_than(governing(place), place)

    def behind(self, start: int, end: int) -> tuple[str, ...]:
        """What a length of time consists of: "the past two years of unrest"."""
        return tuple(_consists_of(self._place(start, end)))

    def _place(self, start: int, end: int, unit: Sequence[Any] = ()) -> Place:
        return Place(self._parsed.tokens_in(start, end), unit, self._numbers)


def _other_than(words: Iterable[str], place: Place) -> tuple[str, ...]:
    own = place.own()
    return tuple(w for w in dict.fromkeys(words) if w not in own)


def unit_tokens(fact: Any, parsed: Parsed) -> Sequence[Any]:
    """The counted noun behind its number, which is the unit."""
    start, end = getattr(fact, "item_start", None), getattr(fact, "item_end", None)
    fraction = fact.type == "ratio" and ("fraction" in fact.rule or "share" in fact.rule)
    if start is None or end is None or start < fact.end or not (fraction or fact.type in ("count", "rank")):
        return []
    if parsed.text[fact.end : start].strip() == "-strong":
        return []
    return _unit(parsed.tokens_in(start, end))


def _unit(tokens: Sequence[Any]) -> Sequence[Any]:
    """The tokens before an "of" or "for", which says more of the counted things."""
    stop = next((k for k, t in enumerate(tokens) if t.lower_ in ("of", "for")), len(tokens))
    return tokens[:stop]


def _said(fact: QuantityFact, place: Place, parsed: Parsed) -> list[str]:
    """Subject, what the subject stands for, and item."""
    spans = [(fact.subject_start, fact.subject_end)]
    if not place.unit and not place.elided:
        spans.append((fact.item_start, fact.item_end))
    named = [t for a, b in spans if a is not None and b is not None for t in parsed.tokens_in(a, b)]
    found = _names(t for t in named if t.i not in place.numbers)
    return found + [_bare(w) for w in (fact.subject_resolved or "").split()]


def _rest_of(fact: QuantityFact, place: Place, parsed: Parsed) -> list[str]:
    """What follows a counted noun's "of" and is no part of the unit: "five seasons of the show"."""
    if not place.unit or fact.item_end is None:
        return []
    last = place.unit[-1]
    return _names(t for t in parsed.tokens_in(fact.item_start or 0, fact.item_end) if t.i > last.i)


def clause_subject(place: Place, words: SubjectWords) -> list[str]:
    """The subject of the verb next above a quantity's tokens."""
    verb = governing_verb(place.inside[-1]) if place.inside else None
    subject = subject_of(verb, words) if verb is not None else None
    if subject is None or subject.pos_ not in _NOMINAL or subject.i >= place.inside[0].i:
        return []
    return _phrase(subject)


def _nearest(fact: QuantityFact, place: Place) -> list[str]:
    """The noun before the quantity, where the sentence ties none to it."""
    if not place.inside or fact.subject is not None or fact.type in ("count", "duration"):
        return []
    first = place.inside[0]
    nouns = [t for t in first.sent if t.i < first.i and _is_thing(t) and not is_time(t)]
    named = [t for t in nouns if t.i not in place.numbers]
    return [w for noun in named[-1:] for w in _phrase(noun)]


def _is_thing(token: Any) -> bool:
    """Whether a noun is no verb that was taken for one."""
    return token.pos_ in _NOMINAL and not is_verb(token)


def _object(place: Place) -> list[str]:
    """ "We cooked each sample for three minutes": the object that stands before the quantity."""
    verb = governing_verb(place.inside[-1])
    held = child(verb, "dobj") if verb is not None else None
    if held is None or held.pos_ not in _NOMINAL or held.i in place.numbers or held.i >= place.inside[0].i:
        return []
    return _phrase(held)


def _consists_of(place: Place) -> list[str]:
    """The object of an "of" that follows, if it is no date ("the last months of 2003")."""
    last = place.inside[-1] if place.inside else None
    if last is None or last.i + 1 >= len(last.doc) or last.nbor(1).lower_ != "of":
        return []
    noun = child(last.nbor(1), "pobj")
    return _phrase(noun) if noun is not None and noun.pos_ in _NOMINAL and not is_time(noun) else []


def _existing_in(place: Place) -> list[str]:
    """ "There are 30 looms in the mill", "the mill where 30 people work": where there are so many."""
    verb = governing_verb(place.inside[-1]) if place.inside else None
    if verb is None:
        return []
    if verb.dep_ == "relcl" and any(_is_where(t) for t in verb.lefts):
        return _phrase(verb.head)
    if child(verb, "expl") is None:
        return []
    last = place.inside[-1]
    where = (t for t in last.doc[last.i : last.sent.end] if t.lower_ in ("in", "at", "on"))
    noun = next((n for t in where if (n := child(t, "pobj")) is not None and not is_time(n)), None)
    return _phrase(noun) if noun is not None and noun.pos_ in _NOMINAL else []


def _is_where(token: Any) -> bool:
    """Whether a token opens a relative clause of place or event: "where", "in which"."""
    return token.lower_ == "where" or (token.dep_ == "prep" and any(c.tag_ == "WDT" for c in token.children))


def _phrase(noun: Any) -> list[str]:
    """A noun with what stands before it in its phrase."""
    return _names([t for t in noun.lefts if t.dep_ in ("compound", "amod")] + [noun])


def _names(tokens: Iterable[Any]) -> list[str]:
    """The content words, each with all that is written together with it ("start-up")."""
    tokens = list(tokens)
    inside = {t.i for t in tokens}
    kept = [t for t in tokens if t.pos_ in (*_NOMINAL, "ADJ") or _carries(t, inside)]
    return list(dict.fromkeys(_written(t) for t in kept))


def _carries(token: Any, inside: set[int]) -> bool:
    """Whether a word of another kind stands for a noun: the head of the phrase ("sampling"), a modifier."""
    heads = token.head.i == token.i or token.head.i not in inside
    named = token.pos_ not in _EMPTY or (token.pos_ == "ADV" and token.is_title)
    return (heads or token.dep_ in ("compound", "amod")) and named


def _bare(word: str) -> str:
    return word.strip(",;:()[]\"'“”‘’!?").lower()


def _written(token: Any) -> str:
    """A token with what hyphens and the like join to it, without a possessive's "'s"."""
    text, start, end = token.doc.text, token.idx, token.idx + len(token)
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    word = _POSSESSIVE.sub("", _bare(text[start:end]))
    return word if token.text.endswith(".") else word.rstrip(".")


def governing(place: Place) -> list[str]:
    """The noun phrase above the quantity ("a run of seven games": run); not what "and" joins it to.

    Where the preposition goes with the verb, the noun before it may be meant as well: "the march of men
    from 10 towns".
    """
    tokens = place.unit or place.inside
    own = {t.i for t in (*place.inside, *place.unit)}
    node = next((t for t in reversed(tokens) if t.head.i not in own or t.head.i == t.i), None)
    for _ in range(4):
        if node is None or node.head.i == node.i:
            return []
        if is_verb(node.head):
            return _left_of(node, place)
        below, node = node, node.head
        named = node.pos_ in _NOMINAL and node.i not in own | place.numbers and node.lemma_ != "total"
        joined = below.dep_ == "conj" or (below.dep_ == "appos" and bool(place.unit))
        if named and not joined:
            return [*_phrase(node), *_left_of(below, place)]
    return []


def _left_of(prep: Any, place: Place) -> list[str]:
    """The noun right before a preposition that governs the quantity."""
    goes = prep.dep_ == "prep" and prep.i > 0 and prep.lower_ != "with" and prep not in place.inside
    noun = prep.nbor(-1) if goes else None
    if (
        noun is None
        or not _is_thing(noun)
        or noun.i in place.numbers
        or is_time(noun)
        or is_time(place.inside[-1])
    ):
        return []
    return _phrase(noun)
