"""Pure functions between the notations of a date: TIMEX3 value, EDTF and (first day, last day).

TIMEX3 values follow ISO-TimeML (Pustejovsky et al. 2010): 2006-W45, 2023-Q1, 2023-H1, 1998-FA,
199X, 2006-11-04TEV, P6DE. EDTF follows ISO 8601-2:2019: quarters 33-36, halves 40-41, seasons
21-24, unspecified digits (199X, 19XX). A week is the interval Monday/Sunday, a weekend Saturday/Sunday.

What the `edtf` library (5.0) reads of this, checked by tests/dates/test_dates_notation.py: everything, with
two exceptions that FACTS.md asks for or that are its own simplification: it wants seconds in a clock time
("2006-11-04T19:00:00", we print 19:00), and its winter ends on December 31 (ours, as the weather does, on the
last of February). Intervals of quarters, halves or seasons, which it cannot read, are printed as months.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

from newsfacts.dates.periods import (
    Interval,
    Period,
    Unit,
    When,
    containing,
    day_of,
    month_of,
    part_of_year,
    year_of,
    years_from,
)

SEASONS = ("SP", "SU", "FA", "WI")
#: TIMEX3 codes of parts of the day and the names that facts carry.
PARTS_OF_DAY = {
    "TMO": "morning",
    "TMI": "midday",
    "TAF": "afternoon",
    "TEV": "evening",
    "TNI": "night",
    "TDT": "daytime",
}
#: UCUM unit of a duration -> (is a clock unit, TIMEX3 letters).
_DURATION_UNITS = {
    "s": "TS", "min": "TM", "h": "TH", "d": "D", "wk": "W", "mo": "M", "a": "Y",
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "weekend": "WE", "half": "H",
}  # fmt: skip

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?)?(T[A-Z]{2})?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d?)(-WE)?")
_PART = re.compile(r"(\d{4})-(?:Q([1-4])|H([12])|(SP|SU|FA|WI))")


def duration_timex3(value: float | None, unit: str) -> str | None:
    """TIMEX3 value of a length of time: (3, "wk") P3W, (5, "h") PT5H, (None, "a") PXY; None for other units.

    `unit` is UCUM (s min h d wk mo a) or an English unit name; None as value stands for an unknown number.
    """
    letters = _DURATION_UNITS.get(unit)
    if letters is None or (value is not None and value < 0):
        return None
    if value is not None and unit in ("h", "hour") and value % 1:
        return f"PT{int(value)}H{round(value % 1 * 60)}M" if value >= 1 else f"PT{round(value * 60)}M"
    number = "X" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
    return f"PT{number}{letters[1]}" if letters[0] == "T" else f"P{number}{letters}"


def timex3_of(when: When) -> str:
    """The TIMEX3 value of a period; of an interval, begin and end with a slash."""
    if isinstance(when, Interval):
        return f"{timex3_of(when.first)}/{timex3_of(when.last)}"
    start = when.start
    match when.unit:
        case "week" | "weekend":
            iso = start.isocalendar()
            return f"{iso.year:04d}-W{iso.week:02d}{'-WE' if when.unit == 'weekend' else ''}"
        case "quarter":
            return f"{start.year:04d}-Q{(start.month + 2) // 3}"
        case "half":
            return f"{start.year:04d}-H{(start.month + 5) // 6}"
        case "season":
            return f"{start.year:04d}-{SEASONS[start.month // 3 - 1]}"
        case "day":
            tail = f"T{when.clock}" if when.clock else (when.part_of_day or "")
            return f"{start.isoformat()}{tail}"
        case _:
            return _plain(when)


def edtf_of(when: When) -> str:
    """The EDTF of a period or an interval."""
    if isinstance(when, Interval):
        return f"{_bound(when.first, first=True)}/{_bound(when.last, first=False)}"
    start = when.start
    match when.unit:
        case "week" | "weekend":
            return f"{start.isoformat()}/{when.end.isoformat()}"
        case "quarter":
            return f"{start.year:04d}-{32 + (start.month + 2) // 3}"
        case "half":
            return f"{start.year:04d}-{39 + (start.month + 5) // 6}"
        case "season":
            return f"{start.year:04d}-{20 + start.month // 3}"
        case "day":
            return f"{start.isoformat()}T{when.clock}" if when.clock else start.isoformat()
        case _:
            return _plain(when)


def _plain(when: Period) -> str:
    """Century, decade, year, month: the same in both notations."""
    year = f"{when.start.year:04d}"
    return {"century": year[:2] + "XX", "decade": year[:3] + "X", "year": year}.get(
        when.unit, f"{year}-{when.start.month:02d}"
    )


def _bound(period: Period, first: bool) -> str:
    match period.unit:
        case "quarter" | "half" | "season":
            return edtf_of(containing("month", period.start if first else period.end))
        case "week" | "weekend":
            return (period.start if first else period.end).isoformat()
        case _:
            return edtf_of(replace(period, clock=None, part_of_day=None))


def bounds_of(when: When) -> tuple[str, str]:
    """First and last day, both included, as ISO days."""
    return when.start.isoformat(), when.end.isoformat()


def parse_timex3(value: str) -> When | None:
    """The period that a TIMEX3 value names; None for durations, references and unspecified years."""
    if "/" in value:
        return _interval(value, parse_timex3)
    if found := _WEEK.fullmatch(value):
        return _week(int(found[1]), int(found[2]), "weekend" if found[3] else "week")
    if found := _PART.fullmatch(value):
        year = int(found[1])
        if found[2]:
            return part_of_year(year, "quarter", int(found[2]))
        if found[3]:
            return part_of_year(year, "half", int(found[3]))
        return part_of_year(year, "season", SEASONS.index(found[4]) + 1)
    return _simple(value)


def parse_edtf(value: str) -> When | None:
    """The period that an EDTF string names, within the subset that this project prints."""
    if "/" in value:
        when = _interval(value, parse_edtf)
        return _as_week(when) if isinstance(when, Interval) else when
    if (found := _MONTH.fullmatch(value)) and int(found[2]) > 12:
        year, code = int(found[1]), int(found[2])
        if 21 <= code <= 24:
            return part_of_year(year, "season", code - 20)
        if 33 <= code <= 36:
            return part_of_year(year, "quarter", code - 32)
        return part_of_year(year, "half", code - 39) if code in (40, 41) else None
    return _simple(value)


def timex3_to_edtf(value: str) -> str | None:
    """EDTF of a TIMEX3 value; None where it names nothing on the calendar. A part of day is dropped."""
    when = parse_timex3(value)
    return edtf_of(when) if when else None


def edtf_to_timex3(value: str, part_of_day: str | None = None) -> str | None:
    """TIMEX3 value of an EDTF string, with the part of day ("night") that goes beside it."""
    when = parse_edtf(value)
    if isinstance(when, Period) and when.unit == "day" and part_of_day and not when.clock:
        code = next((c for c, name in PARTS_OF_DAY.items() if name == part_of_day), None)
        when = replace(when, part_of_day=code)
    return timex3_of(when) if when else None


def edtf_bounds(value: str) -> tuple[str, str] | None:
    """First and last day of an EDTF string; None where it is not one of ours."""
    when = parse_edtf(value)
    return bounds_of(when) if when else None


def _interval(value: str, parse: Callable[[str], When | None]) -> Interval | None:
    first, _, last = value.partition("/")
    one, other = parse(first), parse(last)
    if isinstance(one, Period) and isinstance(other, Period) and one.start <= other.end:
        return Interval(one, other)
    return None


def _as_week(when: Interval) -> When:
    days = (when.last.start - when.first.start).days
    weekday = when.first.start.weekday()
    if when.first.unit == when.last.unit == "day" and (weekday, days) in ((0, 6), (5, 1)):
        return Period("week" if days == 6 else "weekend", when.first.start)
    return when


def _week(year: int, week: int, unit: Unit) -> Period | None:
    if not (1 <= year <= 9998 and 1 <= week <= dt.date(year, 12, 28).isocalendar().week):
        return None
    monday = dt.date.fromisocalendar(year, week, 1)
    return containing(unit, monday)


def _simple(value: str) -> Period | None:
    if found := _DAY.fullmatch(value):
        day = day_of(int(found[1]), int(found[2]), int(found[3]))
        return replace(day, clock=found[4], part_of_day=found[5]) if day else None
    if found := _MONTH.fullmatch(value):
        year, month = int(found[1]), int(found[2])
        return month_of(year, month) if year and 1 <= month <= 12 else None
    if re.fullmatch(r"\d{4}", value) and int(value):
        return year_of(int(value))
    if re.fullmatch(r"\d{3}X", value):
        return years_from("decade", int(value[:3]) * 10)
    if re.fullmatch(r"\d\dXX", value):
        return years_from("century", int(value[:2]) * 100)
    return None
