"""Holidays by name and year: fixed days, days of the `holidays` library (lunar ones), counted weekdays."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from extract.dates.periods import Period, containing, day_of
from extract.dates.shapes import Holiday, Holidays


class HolidayCalendar:
    """Looks holidays up; the library is imported when one of its days is first asked for."""

    def __init__(self, definitions: Holidays) -> None:
        self.entries = definitions.holidays
        self._library = lru_cache(maxsize=256)(_library_days)

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
        if entry.fixed:
            month, day = (int(part) for part in entry.fixed.split("-"))
            fixed = day_of(year, month, day)
            if fixed is None or entry.weekday is None:
                return fixed.start if fixed else None
            return fixed.start + dt.timedelta((entry.weekday - fixed.start.weekday()) % 7)
        if entry.country and entry.library:
            return self._library(entry.country, entry.subdivision, entry.library, year)
        return None


def _library_days(country: str, subdivision: str | None, name: str, year: int) -> dt.date | None:
    import holidays

    if not 1950 <= year <= 2100:
        return None
    language = "en_US" if country in ("CN", "HK", "TH") else None
    known = holidays.country_holidays(country, subdiv=subdivision, years=year, language=language)
    days = sorted(day for day, label in known.items() if name in label and "observed" not in label)
    return days[0] if days else None
