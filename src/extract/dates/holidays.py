"""Holidays by name and year: fixed days, counted weekdays, days that move with the moon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from newsfacts.dates.periods import Period, containing, day_of
from newsfacts.dates.shapes import Holiday, Holidays, LunarDays
from newsfacts.errors import RulesError

EASTER = "easter"
#: The Gregorian calendar's Easter; before it the churches' calendars differ.
_FIRST_EASTER = 1583
_LAST_EASTER = 4099


class HolidayCalendar:
    """Looks holidays up by the index of their definition."""

    def __init__(self, definitions: Holidays, lunar: LunarDays) -> None:
        self.entries = definitions.holidays
        self._known = definitions.known_days
        self._first = lunar.first
        self._lunar = {name: days.split() for name, days in lunar.days.items()}
        unknown = {entry.moving for entry in self.entries} - {None, EASTER, *self._lunar}
        if unknown:
            raise RulesError(
                f"no such moving day: {', '.join(sorted(map(str, unknown)))}", file="dates/holidays.yaml"
            )

    def known_day(self, month: int, day: int, words: Sequence[str], slashed: bool = False) -> Period | None:
        """The day of history of that month and day that one of the words beside it names."""
        for known in self._known:
            year, number, of_month = (int(part) for part in known.day.split("-"))
            named = (slashed and known.slashed) or any(word in known.beside for word in words)
            if (number, of_month) == (month, day) and named:
                return day_of(year, month, day)
        return None

    def names(self) -> list[tuple[str, int]]:
        """Every lower-case name with the index of its holiday."""
        return [(name, i) for i, entry in enumerate(self.entries) for name in entry.names]

    def day(self, index: int, year: int) -> Period | None:
        """The holiday of that index in a year: a day, or the week or weekend in which it lies."""
        entry = self.entries[index]
        found = self._first_day(entry, year)
        if found is None:
            return None
        return containing("week" if entry.unit == "week" else "day", found + dt.timedelta(entry.offset))

    def _first_day(self, entry: Holiday, year: int) -> dt.date | None:
        written = entry.fixed or self._lunar_day(entry.moving, year)
        if entry.moving == EASTER:
            return _easter(year)
        if written is None:
            return None
        month, day = (int(part) for part in written.split("-"))
        fixed = day_of(year, month, day)
        if fixed is None or entry.weekday is None:
            return fixed.start if fixed else None
        return fixed.start + dt.timedelta((entry.weekday - fixed.start.weekday()) % 7)

    def _lunar_day(self, name: str | None, year: int) -> str | None:
        days = self._lunar.get(name or "", ())
        i = year - self._first
        return days[i] if 0 <= i < len(days) else None


def _easter(year: int) -> dt.date | None:
    from dateutil.easter import easter

    return easter(year) if _FIRST_EASTER <= year <= _LAST_EASTER else None
