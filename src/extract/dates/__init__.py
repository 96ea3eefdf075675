"""Dates: time expressions (TIMEX3) with their value in TIMEX3, EDTF and calendar days."""

from newsfacts.dates.finder import DateFinder, facts_dates, impossible_days
from newsfacts.dates.notation import duration_timex3

__all__ = ["DateFinder", "duration_timex3", "facts_dates", "impossible_days"]
