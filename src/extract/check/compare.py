"""Holds the quantities of a run against those of a second reader."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from newsfacts.check.reader import Quantulum, Reader, Reading
from newsfacts.check.settings import Settings
from newsfacts.check.units import Meaning
from newsfacts.model import Fact, QuantityFact
from newsfacts.quantities.numbers import NumberWords
from newsfacts.rules import RuleSet

Field = Literal["value", "unit"]
_CENT = 0.01
_WORD = re.compile(r"[^\W\d_]+|\d+")
_HYPHENED = re.compile(r"-\s?([^\W\d_]+)")
#: Units named at most where a word has several.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A quantity that the second reader reads otherwise, in its value or its unit.

    `ours` and `theirs` are the two readings in short ("5 kg"), `quote` the sentence.
    """

    fact_id: str
    doc_id: str
    start: int
    end: int
    text: str
    field: Field
    ours: str
    theirs: str
    quote: str


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What came of it: quantities, those that both read, sentences it could not read, and disagreements."""

    quantities: int
    compared: int
    unread: int
    disagreements: tuple[Disagreement, ...]


class Checker:
    """Reads every sentence with a quantity again, and compares. Built once from a reader and rules."""

    def __init__(self, reader: Reader, left_out: frozenset[str], numbers: frozenset[str]) -> None:
        self._reader = reader
        self._left_out = left_out
        self._numbers = numbers

    @classmethod
    def from_rules(cls, rules: RuleSet, reader: Reader | None = None) -> Checker:
        """Read rules/check and rules/quantities; the reader is quantulum3 unless another is given.

        Raises RulesError where a file is malformed.
        """
        words = rules.read("quantities/numbers.yaml", NumberWords)
        tables = (words.digits, words.teens, words.tens, words.scales, words.glued, words.money_only)
        numbers = frozenset(word for table in (*tables, words.fractions) for word in table) | words.plurals
        settings = Settings.from_rules(rules)
        return cls(reader or Quantulum.from_rules(rules), settings.left_out, numbers)

    def check(self, facts: Iterable[Fact], texts: Mapping[str, str]) -> SecondReading:
        """Compare facts, in any order, with what the second reader finds in their texts.

        `texts` are document id -> text; facts of documents without text are not compared. A quantity that
        the reader does not find, or of whose number it takes only a part, is no disagreement, nor is a unit
        that it does not name.
        """
        own = (f for f in facts if isinstance(f, QuantityFact))
        ordered = sorted(
            (f for f in own if f.doc_id in texts and f.type not in self._left_out),
            key=lambda f: (f.doc_id, f.sentence_start, f.start, f.end),
        )
        compared = unread = 0
        found: list[Disagreement] = []
        for (doc_id, start), group in groupby(ordered, lambda f: (f.doc_id, f.sentence_start)):
            here = list(group)
            sentence = texts[doc_id][start : max(f.sentence_end for f in here)]
            readings = self._reader(sentence)
            unread += readings is None
            for fact, reading in _pairs(here, readings or (), start):
                if self._reads_whole_number(fact, reading, start):
                    compared += 1
                    found += _disagreements(fact, reading, sentence)
        return SecondReading(len(ordered), compared, unread, tuple(found))

    def _reads_whole_number(self, fact: QuantityFact, reading: Reading, offset: int) -> bool:
        """Not "7" of "one hour and 7 minutes", "936" of "2, 936" or "some 5" of "some 5 million"."""
        lo, hi = offset + reading.start - fact.start, offset + reading.end - fact.start
        rest = f"{fact.text[: max(0, lo)]} {fact.text[max(0, hi) :]}".lower()
        if any(word.isdigit() or word in self._numbers for word in _WORD.findall(rest)):
            return False
        # "271-million-dollar" is 271 to a million to it
        split = reading.low != reading.high and not fact.high
        return not (split and any(part in self._numbers for part in _HYPHENED.findall(reading.text.lower())))


def _pairs(
    facts: Sequence[QuantityFact], readings: Sequence[Reading], offset: int
) -> Iterator[tuple[QuantityFact, Reading]]:
    """Each fact with the reading that shares most of its characters, if that shares most with it, too.

    So neither half of a number that the other took as one is compared with the whole.
    """
    shared = {
        (i, k): min(fact.end, offset + reading.end) - max(fact.start, offset + reading.start)
        for i, fact in enumerate(facts)
        for k, reading in enumerate(readings)
    }
    for i, fact in enumerate(facts):
        best = max(range(len(readings)), key=lambda k: shared[i, k], default=None)
        if best is None or shared[i, best] <= 0:
            continue
        if all(shared[other, best] <= shared[i, best] for other in range(len(facts))):
            yield fact, readings[best]


def _disagreements(fact: QuantityFact, reading: Reading, sentence: str) -> Iterator[Disagreement]:
    same_unit = [unit for unit in reading.units if unit.code in _codes(fact)]
    named = [unit for unit in reading.units if unit.code is not None]
    if named and not same_unit:
        yield _disagreement(fact, reading, sentence, "unit", named)
    elif not any(_same_value(fact, reading, times) for times in _factors(fact, same_unit or reading.units)):
        yield _disagreement(fact, reading, sentence, "value", same_unit)


def _codes(fact: QuantityFact) -> set[str | None]:
    """A fact's unit, with and without what it is counted by ("km", "km/h")."""
    return {fact.unit, f"{fact.unit}/{fact.per}"}


def _factors(fact: QuantityFact, units: Sequence[Meaning]) -> list[float]:
    """What the reading's number may be multiplied by; without a currency it may be of cents."""
    times = [unit.times for unit in units] or [1.0]
    of_cents = fact.type == "money" and all(unit.code is None for unit in units)
    return [*times, *(t * _CENT for t in times if of_cents)]


def _same_value(fact: QuantityFact, reading: Reading, times: float) -> bool:
    low, high = reading.low * times, reading.high * times
    own = (fact.value, fact.low, fact.high)
    if low == high:
        return any(_equal(low, number) for number in own)
    if fact.value is not None and reading.end - reading.start > fact.end - fact.start:
        return _equal(low, fact.value) or _equal(high, fact.value)  # one end of "from 3 percent to 5 percent"
    return (_equal(low, fact.low) and _equal(high, fact.high)) or _equal((low + high) / 2, fact.value)


def _equal(one: float, other: float | None) -> bool:
    return other is not None and math.isclose(one, other, rel_tol=1e-6)


def _disagreement(
    fact: QuantityFact, reading: Reading, sentence: str, field: Field, units: Sequence[Meaning]
) -> Disagreement:
    codes = list(dict.fromkeys(unit.code for unit in units if unit.code is not None))
    shown = [*codes[:_SHOWN], *(["..."] if len(codes) > _SHOWN else [])]
    return Disagreement(
        fact_id=fact.id,
        doc_id=fact.doc_id,
        start=fact.start,
        end=fact.end,
        text=fact.text,
        field=field,
        ours=_short(_value(fact), _unit(fact)),
        theirs=_short(_range(reading.low, reading.high), " or ".join(shown)),
        quote=" ".join(sentence.split()),
    )


def _value(fact: QuantityFact) -> str:
    if fact.value is not None:
        return _number(fact.value)
    return _range(*(bound for bound in (fact.low, fact.high) if bound is not None))


def _unit(fact: QuantityFact) -> str:
    return f"{fact.unit or ''}/{fact.per}" if fact.per else fact.unit or ""


def _range(*bounds: float) -> str:
    return " to ".join(dict.fromkeys(map(_number, bounds)))


def _number(value: float) -> str:
    return f"{value:,.12g}"


def _short(value: str, unit: str) -> str:
    return f"{value} {unit}".rstrip()
