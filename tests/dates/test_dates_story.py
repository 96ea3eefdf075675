"""The time of the story: histories told apart by their own dates, and what a story gives to later dates."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from newsfacts.dates import DateFinder, impossible_days
from newsfacts.rules import RuleSet

PUBLISHED = dt.date(2023, 7, 28)
HISTORY = (
    "The war began in March 1870. Troops landed in 1871 and again in 1872. The king fled in 1873. "
    "A truce was signed in 1874. The last town fell in 1875. "
)


@pytest.fixture(scope="module")
def finder(rules: RuleSet) -> DateFinder:
    return DateFinder.from_rules(rules)


def _last(finder: DateFinder, blank: Any, text: str, published: dt.date | None = PUBLISHED) -> str | None:
    found: str | None = finder.find(blank(text, published))[-1].edtf
    return found


def test_a_history_gives_its_year_to_later_paragraphs(finder: DateFinder, blank: Any) -> None:
    assert _last(finder, blank, HISTORY + "It rained.\n\nPeace came on June 10.") == "1875-06-10"


def test_one_fresh_day_among_six_old_years_leaves_a_history(finder: DateFinder, blank: Any) -> None:
    assert _last(finder, blank, HISTORY + "It is marked on Sunday. Peace came on June 10.") == "1875-06-10"


def test_two_fresh_days_make_it_news(finder: DateFinder, blank: Any) -> None:
    text = HISTORY + "It is marked on Sunday. He spoke yesterday. Peace came on June 10."
    assert _last(finder, blank, text) == "2023-06-10"


def test_one_old_year_in_a_long_text_makes_no_history(finder: DateFinder, blank: Any) -> None:
    text = (
        "The firm was sold in 1998. "
        + "It makes ropes and nets for ships. " * 20
        + "A plant opened on June 10."
    )
    assert _last(finder, blank, text) == "2023-06-10"


def test_the_last_week_of_a_war_is_no_fresh_one(finder: DateFinder, blank: Any) -> None:
    text = "The war ended in 1875. In the last week and the next month many died. On May 2 they left."
    assert _last(finder, blank, text) == "1875-05-02"


def test_a_history_needs_no_day_of_publication(finder: DateFinder, blank: Any) -> None:
    assert _last(finder, blank, "The siege began in October 1812. In January it ended.", None) == "1813-01"


def test_a_story_does_not_run_past_publication(finder: DateFinder, blank: Any) -> None:
    assert _last(finder, blank, "The fair began in March 2023. It shuts in December.") == "2022-12"


@pytest.mark.parametrize(
    ("told", "then", "edtf"),
    [
        ("November 1904", "In January it ended.", "1905-01"),
        ("June 1904", "In April it had been sold.", "1904-04"),
        ("1904", "In April it was sold.", "1904-04"),
        ("January 1904", "In December it was sold.", "1904-12"),
    ],
)
def test_a_story_runs_forward(finder: DateFinder, blank: Any, told: str, then: str, edtf: str) -> None:
    assert _last(finder, blank, f"The strike began in {told}. {then}") == edtf


def test_days_that_do_not_exist_are_named(finder: DateFinder, blank: Any) -> None:
    text = "It shut on Feb 29, 2015, and opened on May 3, 2016."
    mentions = finder.find(blank(text, PUBLISHED))
    assert [m.edtf for m in mentions] == [None, "2016-05-03"]
    assert impossible_days(text, mentions) == ("no such day: 'Feb 29, 2015'",)


def test_a_season_is_counted_from_the_end_of_a_century(finder: DateFinder, blank: Any) -> None:
    assert _last(finder, blank, "last century The next spring was cold.") == "2000-21"
