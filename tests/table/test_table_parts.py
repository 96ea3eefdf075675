"""Keys of items, SI values, days and addresses of the table `quantities`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from newsfacts.rules import RuleSet
from newsfacts.table.as_of import AsOf, Days
from newsfacts.table.items import item_key
from newsfacts.table.links import check_url
from newsfacts.table.numbers import plain, spoken
from newsfacts.table.units import in_si, unit_words
from newsfacts.table.words import TableWords, shipped_words

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("items", "key"),
    [
        (("paper mills", "the paper mill", "Paper mills in Shanxi"), "paper mill"),
        (("people", "persons", "number of people", "Thousands of people"), "person"),
        (("GDP", "gross domestic product"), "gdp"),
        (("policemen", "police officers"), "police officer"),
        (("U.S. soldiers", "US soldier"), "us soldier"),
        (("losses", "loss"), "loss"),
        (("cases", "case"), "case"),
        (("China's mobile subscribers", "mobile subscribers"), "mobile subscriber"),
        (("members of the Revolutionary Guards", "member"), "member"),
        (("heads of state",), "head of state"),
        (("demand for LNG",), "demand for lng"),
        (("series", "goods", "troops"), None),
        (("others", "them", None, ""), None),
    ],
)
def test_items_of_a_kind_share_a_key(items: tuple[str | None, ...], key: str | None) -> None:
    found = {item_key(item, shipped_words().items) for item in items}

    if key is None:
        assert found <= {None, *items}
    else:
        assert found == {key}


@pytest.mark.parametrize(
    "pair",
    [
        ("demand for steel", "demand for oil"),
        ("index of H-shares", "index"),
        ("unemployment rate", "interest rate"),
        ("annual income", "income"),
        ("new cases", "cases"),
        ("news", "new"),
    ],
)
def test_items_of_two_kinds_do_not(pair: tuple[str, str]) -> None:
    assert item_key(pair[0], shipped_words().items) != item_key(pair[1], shipped_words().items)


@pytest.mark.parametrize(
    ("value", "unit", "difference", "found"),
    [
        (3, "t", False, (3000.0, "kg")),
        (3000, "kg", False, (3000.0, "kg")),
        (26.2, "[mi_i]", False, (42164.8128, "m")),
        (3, "{mu}", False, (2000.0, "m2")),
        (20, "Cel", False, (293.15, "K")),
        (2, "Cel", True, (2.0, "K")),
        (1, "kW.h", False, (3_600_000.0, "J")),
        (2, "MW", False, (2_000_000.0, "W")),
        (5, "{point}", False, (None, None)),
        (None, "t", False, (None, None)),
        (10**400, "t", False, (None, None)),
    ],
)
def test_measures_compare_in_si(
    value: float | None, unit: str, difference: bool, found: tuple[float | None, str | None]
) -> None:
    words = unit_words(unit, shipped_words().units)

    got = in_si(value, words, difference=difference)

    assert got[1] == found[1]
    assert got[0] == pytest.approx(found[0])


def test_the_units_file_is_that_of_the_rules_and_ucum() -> None:
    done = subprocess.run([sys.executable, "-m", "tools.unit_table", "--check"], cwd=ROOT, check=False)

    assert done.returncode == 0, "run python -m tools.unit_table"


def test_numbers_lose_nothing() -> None:
    scales = shipped_words().said.scales

    told = [spoken(v, scales) for v in (999_999, 1e6, 1_234_500, 1_234_567, 2.5e9, 1.39e12, 0.05, -3e6)]

    assert told == [
        *("999,999", "1 million", "1,234,500", "1,234,567", "2.5 billion", "1.39 trillion", "0.05"),
        "-3 million",
    ]
    assert (plain(0), plain(10**17)) == ("0", "100,000,000,000,000,000")
    assert [spoken(v, scales) for v in (10**400, 1e-12, float("inf"))] == ["1E+400", "1E-12", "Infinity"]


def fact(kind: str, start: int, sentence: tuple[int, int], **told: Any) -> dict[str, Any]:
    """A fact of a document that was published on 5 May 2005."""
    common = {"id": f"{kind}{start}", "type": kind, "start": start, "end": start + 1, "section": "body"}
    where = {"sentence_start": sentence[0], "sentence_end": sentence[1], "published": "2005-05-05"}
    return common | where | {"status": "actual"} | told


FIRST, SECOND = (0, 50), (51, 90)
LAST_YEAR = fact("date", 40, FIRST, date_start="2004-01-01", date_end="2004-12-31", relation=None)
DATED = fact("count", 10, FIRST, time="date40")
PUBLISHED = AsOf("2005-05-05", "2005-05-05", "published")


def test_a_stated_date_is_the_day_of_a_figure() -> None:
    assert Days([DATED, LAST_YEAR]).of(DATED) == AsOf("2004-01-01", "2004-12-31", "stated")


def test_since_lasts_until_the_publication() -> None:
    since = LAST_YEAR | {"relation": "since"}

    assert Days([DATED, since]).of(DATED) == AsOf("2004-01-01", "2005-05-05", "stated")


@pytest.mark.parametrize(
    ("following", "date", "found"),
    [
        ({}, {}, AsOf("2004-01-01", "2004-12-31", "paragraph")),
        ({"status": "planned"}, {}, PUBLISHED),
        ({"sentence_start": 52}, {}, PUBLISHED),  # another paragraph
        ({}, {"relation": "since"}, PUBLISHED),
        ({}, {"id": "of nobody"}, PUBLISHED),
    ],
)
def test_the_plain_date_of_the_paragraph(
    following: dict[str, Any], date: dict[str, Any], found: AsOf
) -> None:
    later = fact("count", 60, SECOND) | following

    assert Days([DATED, LAST_YEAR | date, later]).of(later) == found


def test_of_two_dates_of_a_paragraph_none_is_plain() -> None:
    later = fact("count", 60, SECOND)
    other = fact("date", 30, FIRST, date_start="2003-01-01", date_end="2003-12-31")

    assert Days([DATED, LAST_YEAR, other, later]).of(later) == PUBLISHED


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ({"date_start": "2002-01-01", "date_end": "2002-12-31"}, AsOf()),
        ({"date_start": "-0220-01-01", "date_end": "-0220-12-31"}, AsOf()),
        ({"date_start": "2005-05-03", "date_end": "2005-05-03"}, PUBLISHED),
        ({"date_start": None, "date_end": None}, PUBLISHED),
    ],
)
def test_a_sentence_of_another_time_gives_no_day(date: dict[str, Any], found: AsOf) -> None:
    figure = fact("count", 60, SECOND)

    assert Days([figure, fact("date", 70, SECOND) | date]).of(figure) == found


def test_without_a_day_of_publication_there_is_none() -> None:
    figure = fact("count", 60, SECOND) | {"published": None}

    assert Days([figure]).of(figure) == AsOf()


def test_an_address_opens_the_article_at_the_figure() -> None:
    sentence = "In Hebei-West, exports & re-exports\nrose 5% to 2,000 yuan-ish."
    start = sentence.index("2,000")

    url = check_url("https://a.org/b#top", sentence, start, start + 10)

    assert url is not None
    fragment = url.partition(":~:text=")[2]
    assert url.startswith("https://a.org/b#top:~:text=")
    assert fragment.split(",") == [
        "re%2Dexports%20rose%205%25%20to-",
        "2%2C000%20yuan",
        "-%2Dish.",
    ]
    assert unquote(fragment.split(",")[1]) == "2,000 yuan"


def test_no_address_without_url_or_sentence() -> None:
    assert check_url(None, "A 5.", 2, 3) is None
    assert check_url("https://a.org", None, 2, 3) is None
    assert check_url("articles/a.txt", "A 5.", 2, 3) is None


def test_words_of_a_user_replace_those_of_the_package(tmp_path: Path) -> None:
    (tmp_path / "table").mkdir()
    text = (RuleSet().path("table/items.yaml")).read_text(encoding="utf-8")
    mine = text.replace("  film: movie", "  film: picture")
    (tmp_path / "table/items.yaml").write_text(mine, encoding="utf-8")

    words = TableWords.from_rules(RuleSet(tmp_path))

    assert item_key("films", words.items) == "picture"
