"""TIMEX3, EDTF and calendar days: each notation against the others and against the edtf library."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from edtf import parse_edtf as library_parse
from hypothesis import given
from hypothesis import strategies as st

from newsfacts.dates.notation import (
    bounds_of,
    duration_timex3,
    edtf_bounds,
    edtf_of,
    edtf_to_timex3,
    parse_edtf,
    parse_timex3,
    timex3_of,
    timex3_to_edtf,
)
from newsfacts.dates.periods import ORDER, Interval, Period, containing

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))
PERIODS = st.builds(containing, st.sampled_from(ORDER), DAYS)
CLOCKS = st.builds(
    lambda day, hour, minute: Period("day", day, clock=f"{hour:02d}:{minute:02d}"),
    DAYS,
    st.integers(0, 23),
    st.integers(0, 59),
)


def _ordered(one: Period, other: Period) -> Interval:
    first, last = sorted((one, other), key=lambda p: p.start)
    return Interval(first, last)


#: Intervals as the resolvers build them: both bounds of one unit that is no week.
INTERVALS = st.sampled_from([u for u in ORDER if u not in ("week", "weekend")]).flatmap(
    lambda unit: st.builds(
        _ordered, st.builds(containing, st.just(unit), DAYS), st.builds(containing, st.just(unit), DAYS)
    )
)


def _library_days(edtf: str) -> tuple[str, str]:
    timed = f"{edtf}:00" if "T" in edtf else edtf  # the library wants seconds
    parsed: Any = library_parse(timed)
    lower, upper = parsed.lower_strict(), parsed.upper_strict()
    return dt.date(*lower[:3]).isoformat(), dt.date(*upper[:3]).isoformat()


@given(PERIODS | CLOCKS | INTERVALS)
def test_what_is_printed_parses_with_the_library_and_has_its_bounds(when: Period | Interval) -> None:
    edtf = edtf_of(when)
    first, last = bounds_of(when)
    library_first, library_last = _library_days(edtf)
    assert first == library_first
    if edtf.endswith("-24"):  # the library's winter ends with the year
        assert last >= library_last
    else:
        assert last == library_last


@given(PERIODS | CLOCKS)
def test_timex3_and_edtf_name_the_same_period(period: Period) -> None:
    assert parse_timex3(timex3_of(period)) == period
    assert parse_edtf(edtf_of(period)) == period
    assert timex3_to_edtf(timex3_of(period)) == edtf_of(period)
    assert edtf_to_timex3(edtf_of(period)) == timex3_of(period)


@given(INTERVALS)
def test_intervals_keep_their_days_in_every_notation(interval: Interval) -> None:
    assert edtf_bounds(edtf_of(interval)) == bounds_of(interval)
    parsed = parse_timex3(timex3_of(interval))
    assert parsed is not None
    assert bounds_of(parsed) == bounds_of(interval)


@pytest.mark.parametrize(
    ("timex3", "edtf", "first", "last"),
    [
        ("2023-07-28", "2023-07-28", "2023-07-28", "2023-07-28"),
        ("2006-11-04T19:00", "2006-11-04T19:00", "2006-11-04", "2006-11-04"),
        ("2022-12", "2022-12", "2022-12-01", "2022-12-31"),
        ("2025", "2025", "2025-01-01", "2025-12-31"),
        ("199X", "199X", "1990-01-01", "1999-12-31"),
        ("19XX", "19XX", "1900-01-01", "1999-12-31"),
        ("2023-SP", "2023-21", "2023-03-01", "2023-05-31"),
        ("2023-WI", "2023-24", "2023-12-01", "2024-02-29"),
        ("2023-Q1", "2023-33", "2023-01-01", "2023-03-31"),
        ("2023-H2", "2023-41", "2023-07-01", "2023-12-31"),
        ("2006-W45", "2006-11-06/2006-11-12", "2006-11-06", "2006-11-12"),
        ("2006-W45-WE", "2006-11-11/2006-11-12", "2006-11-11", "2006-11-12"),
        ("2023-01/2023-05", "2023-01/2023-05", "2023-01-01", "2023-05-31"),
    ],
)
def test_table(timex3: str, edtf: str, first: str, last: str) -> None:
    assert timex3_to_edtf(timex3) == edtf
    assert edtf_to_timex3(edtf) == timex3
    assert edtf_bounds(edtf) == (first, last)


def test_intervals_of_quarters_are_printed_as_months() -> None:
    assert timex3_to_edtf("2023-Q1/2023-Q3") == "2023-01/2023-09"


def test_part_of_day_stands_beside_the_day() -> None:
    assert timex3_to_edtf("2006-11-04TEV") == "2006-11-04"
    assert edtf_to_timex3("2006-11-04", "evening") == "2006-11-04TEV"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "XXXX",
        "XXXX-09-14",
        "PAST_REF",
        "P10M",
        "2023-13",
        "2023-02-30",
        "2023-W60",
        "0000",
        "2023-99",
        "a/b",
    ],
)
def test_what_names_nothing_on_the_calendar(value: str) -> None:
    assert timex3_to_edtf(value) is None
    assert edtf_to_timex3(value) is None


@pytest.mark.parametrize(
    ("value", "unit", "timex3"),
    [
        (3, "wk", "P3W"),
        (5, "h", "PT5H"),
        (5.5, "h", "PT5H30M"),
        (0.5, "h", "PT30M"),
        (60, "a", "P60Y"),
        (2.5, "a", "P2.5Y"),
        (6, "decade", "P6DE"),
        (90, "s", "PT90S"),
        (10, "min", "PT10M"),
        (10, "mo", "P10M"),
        (1, "d", "P1D"),
        (None, "a", "PXY"),
        (None, "h", "PTXH"),
        (3, "kg", None),
        (-1, "d", None),
    ],
)
def test_durations(value: float | None, unit: str, timex3: str | None) -> None:
    assert duration_timex3(value, unit) == timex3
