"""An expression that was found, before neighbours are joined."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from newsfacts.dates.context import Value


@dataclass(frozen=True, slots=True)
class Found:
    """An expression over tokens [first, last) with its value and the rule that found it."""

    first: int
    last: int
    value: Value
    rule: str
    #: Day of publication.
    now: dt.date | None = None
    #: Its year is that of a neighbour.
    shares_year: bool = False
