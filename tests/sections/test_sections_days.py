"""Complete dates of headers and metadata."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfacts.rules import RuleSet
from newsfacts.sections.days import DayReader, calendar_day
from newsfacts.sections.rules import DateRules

READER = DayReader(RuleSet().read("sections/dates.yaml", DateRules))
FORMS = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d %B %Y",
    "%B %d, %Y",
    "%b. %d, %Y",
    "%d-%b-%Y",
    "%a, %d %b %Y 10:00:00 GMT",
    "%Y%m%d",
]


@given(st.dates(dt.date(1700, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(FORMS))
def test_days_metadata_reads_what_was_written(day, form):
    assert READER.metadata(day.strftime(form)) == day


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_days_numbers_are_read_only_where_their_order_is_clear(day):
    text = day.strftime("%d/%m/%Y")
    clear = day.day > 12 or day.day == day.month
    assert READER.metadata(text) == (day if clear else None)
    assert READER.metadata(text, "DMY") == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-07-28T23:00:00Z", "2023-07-28"),
        ("2023-07-28 23:00:00+08:00", "2023-07-28"),
        (dt.datetime(2023, 7, 28, 23, tzinfo=dt.UTC), "2023-07-28"),
        (dt.date(2023, 7, 28), "2023-07-28"),
        ("3rd of May 2024", "2024-05-03"),
        ("2023-02-30", None),
        ("yesterday", None),
        ("May 2023", None),
        ("12 o'clock", None),
        ("from 2023-07-28 to 2023-07-29", None),
        (20230728, None),
        ("", None),
    ],
)
def test_days_metadata(value, day):
    assert READER.metadata(value) == (dt.date.fromisoformat(day) if day else None)


def test_days_calendar():
    assert calendar_day(2024, 2, 29) == dt.date(2024, 2, 29)
    assert calendar_day(2023, 2, 29) is None
    assert calendar_day(9999, 12, 31) == dt.date(9999, 12, 31)
    assert calendar_day(2023, 0, 1) is None
    assert calendar_day(2023, 1, 0) is None
