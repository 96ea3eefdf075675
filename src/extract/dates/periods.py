"""Calendar periods: a unit of the calendar and where it starts. All arithmetic on dates is here."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

Unit = Literal["century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day"]

#: Length of the units that are whole months.
MONTHS: dict[str, int] = {
    "century": 1200, "decade": 120, "year": 12, "half": 6, "quarter": 3, "season": 3, "month": 1,
}  # fmt: skip
#: Distance between two neighbours of the units that are whole days.
DAYS: dict[str, int] = {"week": 7, "weekend": 7, "day": 1}
#: From fine to coarse.
ORDER: tuple[Unit, ...] = (
    "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """One unit of the calendar. `clock` ("14:24") and `part_of_day` ("TNI") only with unit day."""

    unit: Unit
    start: dt.date
    clock: str | None = None
    part_of_day: str | None = None

    @property
    def end(self) -> dt.date:
        """Last day."""
        if self.unit in MONTHS:
            return _last_of_months(self.start, MONTHS[self.unit])
        return self.start + dt.timedelta({"week": 6, "weekend": 1, "day": 0}[self.unit])

    @property
    def year(self) -> int:
        """The year in which it starts."""
        return self.start.year


@dataclass(frozen=True, slots=True)
class Interval:
    """From the start of one period to the end of another, both included."""

    first: Period
    last: Period

    @property
    def start(self) -> dt.date:
        """First day."""
        return self.first.start

    @property
    def end(self) -> dt.date:
        """Last day."""
        return self.last.end

    @property
    def unit(self) -> Unit:
        """The unit of its bounds."""
        return self.last.unit

    @property
    def year(self) -> int:
        """The year in which it starts."""
        return self.start.year


When = Period | Interval


def _last_of_months(start: dt.date, months: int) -> dt.date:
    index = start.year * 12 + start.month - 1 + months - 1
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def containing(unit: Unit, day: dt.date) -> Period:
    """The period of that unit in which the day lies (a week runs from Monday, winter from December)."""
    match unit:
        case "day":
            return Period(unit, day)
        case "week":
            return Period(unit, day - dt.timedelta(day.weekday()))
        case "weekend":
            return Period(unit, day + dt.timedelta(5 - day.weekday()))
        case "month":
            return Period(unit, day.replace(day=1))
        case "season":
            month = day.month // 3 * 3 or 12
            return Period(unit, dt.date(day.year - (day.month < 3), month, 1))
        case "quarter" | "half":
            size = MONTHS[unit]
            return Period(unit, dt.date(day.year, (day.month - 1) // size * size + 1, 1))
        case _:
            size = MONTHS[unit] // 12
            return Period(unit, dt.date(max(day.year // size * size, 1), 1, 1))


def _on_calendar(year: int) -> int:
    """The year, cut to what datetime can hold with all its periods."""
    return min(max(year, 1), 9898)


def year_of(number: int) -> Period:
    """The year as a period."""
    return Period("year", dt.date(_on_calendar(number), 1, 1))


def years_from(unit: Literal["century", "decade"], first: int) -> Period | None:
    """The decade or century that starts with this year; None off the calendar, which begins with year 1."""
    last = first + MONTHS[unit] // 12 - 1
    return Period(unit, dt.date(first, 1, 1)) if first >= 1 and last <= dt.MAXYEAR else None


def month_of(year: int, month: int) -> Period:
    """A month of a year as a period."""
    return Period("month", dt.date(_on_calendar(year), month, 1))


def day_of(year: int, month: int, day: int) -> Period | None:
    """A day as a period; None where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return Period("day", dt.date(year, month, day))


def part_of_year(year: int, unit: Literal["half", "quarter", "season"], number: int) -> Period:
    """The first, second ... half, quarter or season (1 spring ... 4 winter) of a year."""
    month = number * 3 if unit == "season" else (number - 1) * MONTHS[unit] + 1
    return Period(unit, dt.date(_on_calendar(year), month, 1))


def move(day: dt.date, months: int = 0, days: int = 0) -> dt.date | None:
    """A day so many months and days away, cut to the month's length; None off the calendar."""
    index = day.year * 12 + day.month - 1 + months
    if not 12 <= index < 120000:
        return None
    year, month = index // 12, index % 12 + 1
    moved = dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1])).toordinal() + days
    return dt.date.fromordinal(moved) if 1 <= moved <= dt.date.max.toordinal() else None


def shift(period: Period, number: int, unit: Unit | None = None) -> Period | None:
    """The period of the same kind so many units (default: its own) away; None off the calendar."""
    unit = unit or period.unit
    if unit in MONTHS:
        start = move(period.start, months=number * MONTHS[unit])
    else:
        start = move(period.start, days=number * DAYS[unit])
    if start is None or start.year > 9899:
        return None
    if unit == period.unit or MONTHS.get(period.unit, 9999) <= MONTHS.get(unit, 0):
        return replace(period, start=start)
    return replace(period, start=containing(period.unit, start).start)


def shift_when(when: When, number: int, unit: Unit) -> When | None:
    """Like `shift`, for intervals too."""
    if isinstance(when, Period):
        return shift(when, number, unit)
    first, last = shift(when.first, number, unit), shift(when.last, number, unit)
    return Interval(first, last) if first and last else None
