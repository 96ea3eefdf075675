"""Choosing among places of one name by the rest of the text (no model)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from newsfacts.places import PlaceFinder
from newsfacts.rules import RuleSet


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder.from_rules(RuleSet())


def one(finder: PlaceFinder, parsed, name: str):
    found = [m for m in finder.find(parsed) if parsed.text[m.start : m.end] == name]
    assert found, name
    return found[0]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Firms in Jinzhou are the pride of northeast China.", "Jinzhou", "210700"),
        ("Jinzhou is a city in Hebei. Farms in Jinzhou grow pears.", "Jinzhou", "130183"),
        (
            "Glass makers in Shanxi thrive. A factory in Qixian, a county in Shanxi, hired 20.",
            "Qixian",
            "140727",
        ),
        ("Henan's Qixian grows garlic.", "Qixian", "410221"),
        ("Growers in Beizhen, a township under Jinzhou, prospered in Liaoning.", "Beizhen", "210782"),
        ("A road links Zhili Town, Huzhou City, with Shanghai.", "Zhili Town", "330502100"),
        ("The county of Chaoyang in Liaoning exports grain.", "Chaoyang", "211321"),
        ("In Beijing, rents rose in Chaoyang District.", "Chaoyang District", "110105"),
        ("Farms in Urumqi County, Xinjiang, lost 300 birds.", "Urumqi County", "650121"),
        ("Jilin Province and Jilin City signed it.", "Jilin Province", "220000"),
        ("Jilin Province and Jilin City signed it.", "Jilin City", "220200"),
    ],
)
def test_chinese_places(finder: PlaceFinder, blank, text: str, name: str, code: str) -> None:
    assert one(finder, blank(text), name).cn_code == code


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [
        ("A plant near Paris, Texas, closed.", "Paris", "Texas"),
        ("A plant in Paris closed. France lost 300 jobs.", "Paris", "Ile-de-France"),
        ("In London, Ontario, home prices fell. London counts 400,000 people.", "London", "Ontario"),
        ("Prices rose in Birmingham, Alabama.", "Birmingham", "Alabama"),
        ("Prices rose in Birmingham and Manchester.", "Birmingham", "England"),
        ("Talks were held in Washington.", "Washington", "District of Columbia"),
        ("Apples from Washington state and Oregon sold well.", "Washington state", "Washington"),
        ("Macon, Georgia, and Atlanta lost jobs.", "Macon", "Georgia"),
    ],
)
def test_places_of_the_world(finder: PlaceFinder, blank, text: str, name: str, admin1: str) -> None:
    assert one(finder, blank(text), name).admin1 == admin1


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Tbilisi is the capital of Georgia.", "Georgia", "GE"),
        ("Wine from Georgia and Armenia went to Russia.", "Georgia", "GE"),
        ("Peaches from Georgia and Alabama were cheap.", "Georgia", "US"),
        ("Burma and Siam changed their names.", "Burma", "MM"),
        ("South Korea and the DPRK met.", "DPRK", "KP"),
        ("The UAE sold oil.", "UAE", "AE"),
    ],
)
def test_countries(finder: PlaceFinder, blank, text: str, name: str, country: str) -> None:
    assert one(finder, blank(text), name).country == country


def test_one_name_has_one_sense_in_a_text(finder: PlaceFinder, blank) -> None:
    parsed = blank(
        "The county of Qixian in Shanxi makes glass. Output in Qixian rose. Qixian's wages doubled."
    )
    codes = {m.cn_code for m in finder.find(parsed) if parsed.text[m.start : m.end] == "Qixian"}
    assert codes == {"140727"}


def test_an_unlisted_village_lies_where_its_text_is(finder: PlaceFinder, blank) -> None:
    village = one(
        finder,
        blank("Dongpoli Village in Xiangtan County, Hunan Province, has 90 farms."),
        "Dongpoli Village",
    )
    assert (village.kind, village.country, village.admin1) == ("admin4", "CN", "Hunan")
    assert village.lat is not None
    assert village.confidence < 0.7


def test_confidence_tells_sure_from_unsure(finder: PlaceFinder, blank) -> None:
    sure = one(finder, blank("China exported more."), "China")
    unsure = one(finder, blank("Prices in Springfield rose."), "Springfield")
    assert sure.confidence > 0.9 > 0.6 > unsure.confidence > 0


def test_mentions_are_sorted_and_apart(finder: PlaceFinder, blank) -> None:
    found = finder.find(blank("New York, New York City, York, and Shanxi province's Taigu district, China."))
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_no_place_in_an_empty_text(finder: PlaceFinder, blank) -> None:
    assert finder.find(blank("")) == []
    assert finder.find(blank("... 12 %")) == []
