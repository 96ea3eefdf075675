"""Reads calendar days from header lines, datelines and metadata. Never guesses, never asks the clock."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from newsfacts.rules.loader import compile_pattern
from newsfacts.sections.rules import DateRules

#: How two numbers before a year are read: day first, month first, or only where one of them is over 12.
DateOrder = Literal["DMY", "MDY"] | None


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A complete date in a line. `day` is None where it cannot be told (03/04/2024, 31 June)."""

    start: int
    end: int
    day: dt.date | None


class DayReader:
    """Finds complete dates (day, month and year) in short texts."""

    def __init__(self, rules: DateRules) -> None:
        where = "sections/dates.yaml"
        self._patterns = [
            compile_pattern(p.pattern, file=where, field=p.rule, flags=re.IGNORECASE) for p in rules.patterns
        ]
        self._compact = compile_pattern(rules.compact, file=where, field="compact")
        self._months: Mapping[str, int] = rules.months

    def find(self, text: str, order: DateOrder = None) -> list[FoundDay]:
        """Every complete date in a short text, in order, without overlaps."""
        found = sorted(self._matches(text, order), key=lambda f: (f.start, -f.end))
        kept: list[FoundDay] = []
        for day in found:
            if not kept or day.start >= kept[-1].end:
                kept.append(day)
        return kept

    def _matches(self, text: str, order: DateOrder) -> Iterator[FoundDay]:
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                parts = match.groupdict()
                if "month" in parts and self.month(parts["month"]) is None:
                    continue
                yield FoundDay(match.start(), match.end(), self._day(parts, order))

    def month(self, name: str | None) -> int | None:
        """The number of a month's name or abbreviation."""
        return self._months.get((name or "").rstrip(".").lower())

    def _day(self, parts: Mapping[str, str | None], order: DateOrder) -> dt.date | None:
        year = int(parts["y"] or 0)
        if "a" in parts:
            pair = _ordered(int(parts["a"] or 0), int(parts["b"] or 0), order)
            return calendar_day(year, *pair) if pair else None
        month = self.month(parts["month"]) if "month" in parts else int(parts["m"] or 0)
        return calendar_day(year, month or 0, int(parts["d"] or 0))

    def metadata(self, value: object, order: DateOrder = None) -> dt.date | None:
        """The day that a metadata field states: a date, a datetime or a string with one clear date."""
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        text = value.strip()[:100] if isinstance(value, str) else ""
        compact = self._compact.fullmatch(text)
        if compact:
            return self._day(compact.groupdict(), order)
        days = {found.day for found in self.find(text, order)}
        return days.pop() if len(days) == 1 else None


def _ordered(first: int, second: int, order: DateOrder) -> tuple[int, int] | None:
    """(month, day) of two numbers, or None where both orders are possible."""
    if first > 12 or order == "DMY" or first == second:
        return second, first
    if second > 12 or order == "MDY":
        return first, second
    return None


def calendar_day(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day."""
    if not 1 <= year <= 9999 or not 1 <= month <= 12:
        return None
    return dt.date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None
