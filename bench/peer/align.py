"""Two readers' quantities of one sentence, aligned by their characters."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsfacts.check.units import Meaning, UnitNames

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """A quantity as one reader has it, open ranges by their one bound.

    `units` are the codes that its word for the unit may mean (None: no unit that has a code), each with what
    the number is multiplied by to be one of the code. `shown` is the reading in short, `rate` whether
    it is counted by something ("per year").
    """

    start: int
    end: int
    low: float | None
    high: float | None
    units: tuple[tuple[str | None, float], ...]
    shown: str
    rate: bool = False


def own(row: Row) -> Read:
    """One of our facts, its unit with and without what it is counted by ("km", "km/h")."""
    low, high = (row[name] if row["value"] is None else row["value"] for name in ("low", "high"))
    low, high = high if low is None else low, low if high is None else high
    unit, per = row["unit"], row["per"]
    units = tuple((code, 1.0) for code in dict.fromkeys((unit, f"{unit or ''}/{per}" if per else unit)))
    shown = f"{row['type']} {_short(low, high)} {units[-1][0]}"
    return Read(row["start"], row["end"], low, high, units, shown, rate=bool(per))


def other(row: Row, names: UnitNames) -> Read:
    """A peer's quantity. A word that is no unit to us (a thing that is counted) is None."""
    codes, rate = row.get("codes"), False
    if codes is None:
        found, rate = _named((row["unit"] or "-").removesuffix(" of age"), names)
        codes = [(unit.code, unit.times) for unit in found]
    units = tuple((code, times) for code, times in codes) or ((None, 1.0),)
    name = row.get("unit") or "/".join(str(code) for code, _ in units[:3])
    shown = f"{_short(row['low'], row['high'])} {name}"
    return Read(row["start"], row["end"], row["low"], row["high"], units, shown, rate)


def _named(name: str, names: UnitNames) -> tuple[tuple[Meaning, ...], bool]:
    """What a name of a unit means ("kilometre per hour"), and whether it is a rate ("dollar per ton")."""
    if found := names.meanings(name):
        return found, False
    base, per, _ = name.partition(" per ")
    return names.meanings(base) if per else (), bool(per)


def _short(low: float | None, high: float | None) -> str:
    return " to ".join(dict.fromkeys("?" if bound is None else f"{bound:.12g}" for bound in (low, high)))


def clusters(mine: Iterable[Read], theirs: Iterable[Read]) -> Iterator[tuple[list[Read], list[Read]]]:
    """Quantities of both that share characters, with all that these share characters with, in text order."""
    spans = sorted(
        [(r.start, r.end, 0, r) for r in mine] + [(r.start, r.end, 1, r) for r in theirs], key=_place
    )
    pair: tuple[list[Read], list[Read]] = ([], [])
    end = 0
    for start, stop, side, one in spans:
        if start >= end and any(pair):
            yield pair
            pair = ([], [])
        pair[side].append(one)
        end = max(end, stop)
    if any(pair):
        yield pair


def _place(span: tuple[int, int, int, Read]) -> tuple[int, int, int]:
    return span[:3]


def verdict(mine: Sequence[Read], theirs: Sequence[Read]) -> str:
    """`agree`, `value`, `unit`, `ours only`, `theirs only`, or `split` where one reads several as one."""
    if not mine or not theirs:
        return "ours only" if mine else "theirs only"
    if len(mine) != len(theirs):
        return "split"
    found = {_of_pair(a, b) for a, b in zip(mine, theirs, strict=True)}
    return next((kind for kind in ("value", "unit") if kind in found), "agree")


def _of_pair(mine: Read, theirs: Read) -> str:
    codes = {code for code, _ in mine.units}
    named = [(code, times) for code, times in theirs.units if code in codes]
    if any(_same(mine, theirs, times) for _, times in named):
        return "unit" if theirs.rate and not mine.rate else "agree"
    return "unit" if not named and _same(mine, theirs, 1.0, *(t for _, t in theirs.units)) else "value"


def _same(mine: Read, theirs: Read, *times: float) -> bool:
    return any(_equal(mine.low, theirs.low, t) and _equal(mine.high, theirs.high, t) for t in times)


def _equal(one: float | None, two: float | None, times: float) -> bool:
    return one is not None and two is not None and math.isclose(one, two * times, rel_tol=1e-6)
