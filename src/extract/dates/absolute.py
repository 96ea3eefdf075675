"""Absolute forms ("4 November 2006") through dateparser, each distinct one parsed once."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

#: The layouts that the lexer hands over, so that dateparser need not guess.
_FORMATS = (
    "%d %B %Y",
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%Y.%m.%d",
    "%m/%d/%y",
    "%d-%m-%Y",
    "%m-%d-%Y",
)
_WORDED = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class AbsoluteDates:
    """Parses complete dates with dateparser (English, strict), remembering what it has seen."""

    def __init__(self) -> None:
        self._parsed = lru_cache(maxsize=4096)(_parse)

    def day(self, year: int, month: int, day: int) -> dt.date | None:
        """The day, None where the calendar has none such."""
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return self._parsed(f"{day:02d} {_MONTHS[month - 1]} {year:04d}", "%d %B %Y")

    def written(self, text: str) -> dt.date | None:
        """A date in digits: 2006-11-04, 11/4/2006, 4.11.2006. Two readings: the one with the month first."""
        for layout in _FORMATS[1:]:
            if found := self._parsed(text, layout):
                return found
        return None

    def in_words(self, text: str) -> dt.date | None:
        """A date with its month in words: "27 October 1989", "October 27, 1989"."""
        return next((found for layout in _WORDED if (found := self._parsed(text, layout))), None)


def _parse(text: str, layout: str) -> dt.date | None:
    import dateparser

    found = dateparser.parse(
        text,
        languages=["en"],
        date_formats=[layout],
        settings={"STRICT_PARSING": True, "PARSERS": ["custom-formats"]},
    )
    return found.date() if found else None
