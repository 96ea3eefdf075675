"""Holidays that move: against the calendar that they were made of, and at the edges of the tables."""

from __future__ import annotations

import datetime as dt

import pytest
from tools import lunar

from newsfacts.dates.holidays import HolidayCalendar
from newsfacts.dates.shapes import Holiday, Holidays, LunarDays
from newsfacts.errors import RulesError
from newsfacts.rules import RuleSet


@pytest.fixture(scope="module")
def calendar(rules: RuleSet) -> HolidayCalendar:
    return HolidayCalendar(
        rules.read("dates/holidays.yaml", Holidays), rules.read("dates/lunar.yaml", LunarDays)
    )


def day(calendar: HolidayCalendar, name: str, year: int) -> dt.date | None:
    found = calendar.day(dict(calendar.names())[name], year)
    return found.start if found is not None else None


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("easter", 2023, dt.date(2023, 4, 9)),
        ("good friday", 1997, dt.date(1997, 3, 28)),
        ("ash wednesday", 2024, dt.date(2024, 2, 14)),
        ("thanksgiving", 2022, dt.date(2022, 11, 24)),
        ("black friday", 2022, dt.date(2022, 11, 25)),
        ("spring festival", 2006, dt.date(2006, 1, 29)),
        ("lantern festival", 2006, dt.date(2006, 2, 12)),
        ("qingming festival", 1997, dt.date(1997, 4, 5)),
        ("mid-autumn festival", 1997, dt.date(1997, 9, 16)),
        ("dragon boat festival", 2023, dt.date(2023, 6, 22)),
        ("chongyang festival", 2023, dt.date(2023, 10, 23)),
        ("spring festival", 1949, None),
        ("spring festival", 2101, None),
        ("easter", 1582, None),
    ],
)
def test_moving_days(calendar: HolidayCalendar, name: str, year: int, expected: dt.date | None) -> None:
    assert day(calendar, name, year) == expected


def test_the_lunar_days_are_those_of_the_calendar_they_were_made_of() -> None:
    assert lunar.OUT.read_text(encoding="utf-8") == lunar.rendered()


def test_thanksgiving_and_easter_are_those_of_the_holidays_package(calendar: HolidayCalendar) -> None:
    from holidays import country_holidays

    for year in range(1950, 2100):
        known = country_holidays("US", years=year).get_named("Thanksgiving")
        assert day(calendar, "thanksgiving", year) == known[0]
        known = country_holidays("GB", subdiv="ENG", years=year).get_named("Good Friday")
        assert day(calendar, "good friday", year) == known[0]


def test_a_moving_day_that_no_table_has_is_refused() -> None:
    holidays = Holidays((Holiday(names=("moon day",), moving="full moon"),))
    with pytest.raises(RulesError, match="no such moving day: full moon"):
        HolidayCalendar(holidays, LunarDays(first=2000, days={}))
