"""The gazetteer file itself: what it must hold, how it opens, and that it is the curated lists' own."""

from __future__ import annotations

import multiprocessing
import pickle
import time

import pytest

from newsfacts.errors import ConfigurationError
from newsfacts.places.curated import Countries
from newsfacts.places.gazetteer import DEFAULT_PATH, Gazetteer
from newsfacts.places.names import fold
from newsfacts.rules import RuleSet


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Zhangzi", "140428"),  # 长子, not Changzi
        ("Chaoyang", "211300"),  # 朝阳, not Zhaoyang
        ("Chongqing", "500000"),
        ("Xiamen", "350200"),
        ("Shaanxi", "610000"),
        ("Inner Mongolia", "150000"),
        ("Tibet", "540000"),
        ("Urumqi", "650100"),
        ("Kashgar", "653100"),
        ("Qixian", "140727"),
        ("Zhili", "330502100"),
        ("Peking", "110000"),
        ("Lu'an", "341500"),
    ],
)
def test_chinese_names_lead_to_their_codes(gazetteer: Gazetteer, name: str, code: str) -> None:
    assert code in {n.entry.code for n in gazetteer.lookup(fold(name))}


def test_shaanxi_is_not_shanxi(gazetteer: Gazetteer) -> None:
    provinces = {n.entry.code for n in gazetteer.lookup("shanxi") if n.entry.kind == "admin1"}
    assert provinces == {"140000"}


def test_a_division_and_its_geonames_row_are_one_entry(gazetteer: Gazetteer) -> None:
    found = [n.entry for n in gazetteer.lookup("huairen") if n.entry.admin1 and n.entry.code == "140681"]
    assert len(found) == 1
    assert found[0].geonames is not None
    same_point = [n.entry for n in gazetteer.lookup("huairen") if n.entry.lat == found[0].lat]
    assert same_point == found


def test_an_alternate_name_is_marked(gazetteer: Gazetteer) -> None:
    kinds = {n.entry.code: n.name_kind for n in gazetteer.lookup("beizhen")}
    assert kinds["210782"] == "primary"
    assert kinds["371600"] == "alternate"


def test_a_country_is_not_its_capital(gazetteer: Gazetteer) -> None:
    canada = gazetteer.country("CA")
    assert canada is not None
    assert canada.lat is not None
    assert canada.lat > 55


def test_every_country_has_a_point_and_its_names(gazetteer: Gazetteer, rules: RuleSet) -> None:
    countries = rules.read("places/countries.yaml", Countries).countries
    missing = [
        (code, name)
        for code, country in countries.items()
        for name in (*country.names, *country.historic, *country.abbreviations)
        if code not in {n.entry.country for n in gazetteer.lookup(fold(name.removeprefix("the ")))}
    ]
    assert missing == []


def test_the_file_holds_every_curated_place(gazetteer: Gazetteer, rules: RuleSet) -> None:
    import msgspec

    lists = [
        msgspec.yaml.decode(rules.path(f"places/curated/{n}.yaml").read_bytes())
        for n in ("regions", "features")
    ]
    names = [place["name"] for part in lists for place in part["places"]]
    assert len(names) > 300
    assert [n for n in names if not gazetteer.lookup(fold(n.removeprefix("the ")))] == []


def test_parents_lead_up_to_the_country(gazetteer: Gazetteer) -> None:
    town = next(n.entry for n in gazetteer.lookup("zhili") if n.entry.code == "330502100")
    path = []
    number = town.parent
    while number is not None:
        path.append(gazetteer.entry(number).name)
        number = gazetteer.entry(number).parent
    assert path == ["Wuxing", "Huzhou", "Zhejiang", "China"]


def test_size_and_opening_time() -> None:
    assert DEFAULT_PATH.stat().st_size <= 30_000_000
    started = time.process_time()
    assert Gazetteer().lookup("wuhan")
    assert time.process_time() - started < 0.05


def test_unknown_names_and_ids(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("no such place anywhere") == []
    with pytest.raises(KeyError):
        gazetteer.entry(999_999_999)


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(ConfigurationError, match=r"nothing\.sqlite"):
        Gazetteer(tmp_path / "nothing.sqlite").lookup("china")


def _count(gazetteer: Gazetteer, key: str, answers: multiprocessing.Queue) -> None:
    answers.put(len(gazetteer.lookup(key)))


def test_a_used_gazetteer_serves_workers(gazetteer: Gazetteer) -> None:
    here = len(gazetteer.lookup("london"))
    assert len(pickle.loads(pickle.dumps(gazetteer)).lookup("london")) == here
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    worker = context.Process(target=_count, args=(gazetteer, "paris", answers))
    worker.start()
    assert answers.get(timeout=20) == len(gazetteer.lookup("paris"))
    worker.join()
