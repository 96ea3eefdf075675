"""Units: valid UCUM, the whole catalogue, plurals and symbols."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsfacts.quantities.lexer import lex
from newsfacts.quantities.money import Currencies, CurrencyFile
from newsfacts.quantities.rates import RateFile
from newsfacts.quantities.units import UnitFile, UnitTable, plural
from newsfacts.rules import RuleSet

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools" / "quantities"


@pytest.fixture(scope="module")
def table(rules: RuleSet) -> UnitTable:
    return UnitTable(
        rules.read("quantities/units.yaml", UnitFile), rules.read("quantities/units_catalogue.yaml", UnitFile)
    )


def code(table: UnitTable, text: str) -> str | None:
    tokens = lex(text)
    found = table.at(tokens, 0)
    return found[0].code if found is not None and found[1] == len(tokens) else None


#: FACTS.md writes the hectare `ha` and percentage points `pp`; UCUM has `har` and none.
CONTRACT = {"ha", "pp"}


def test_every_code_is_valid_ucum(table: UnitTable) -> None:
    from ucumvert import get_ucum_parser

    parser = get_ucum_parser()
    wrong = []
    for unit in sorted(table.codes - CONTRACT):
        try:
            parser.parse(unit)
        except Exception as error:
            wrong.append((unit, str(error)[:80]))
    assert wrong == []


def test_denominators_are_valid_ucum(rules: RuleSet) -> None:
    from ucumvert import get_ucum_parser

    words = rules.read("quantities/rates.yaml", RateFile)
    for unit in {
        *words.adverbs.values(),
        *(f"{{{noun}}}" for noun in words.nouns),
    }:
        assert get_ucum_parser().parse(unit)


def test_the_catalogue_file_is_up_to_date_with_quantulum3() -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location("catalogue", TOOLS / "catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.rendered() == (ROOT / "rules/quantities/units_catalogue.yaml").read_text(encoding="utf-8")


def quantulum() -> dict[str, Any]:
    spec = find_spec("quantulum3")
    assert spec is not None
    assert spec.origin is not None
    units = json.loads((Path(spec.origin).parent / "units.json").read_text(encoding="utf-8"))
    return {name: unit for name, unit in units.items() if unit.get("entity") != "currency"}


def test_every_unit_of_quantulum3_is_known_or_left_out(table: UnitTable) -> None:
    left_out = set(yaml.safe_load((TOOLS / "catalogue_codes.yaml").read_text(encoding="utf-8"))["left_out"])
    unknown = []
    for name, unit in quantulum().items():
        forms = [name, *(unit.get("surfaces") or [])]
        if name not in left_out and not any(code(table, form) for form in forms):
            unknown.append(name)
    assert unknown == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
("square meters", "m2"), ("sq. m", "m2"), ("sq km", "km2"), ("km2", "km2"), ("cubic metres", "m3"),
        ("kilometers", "km"), ("kms", "km"), ("feet", "[ft_i]"), ("tonnes", "t"), ("tons", "t"),
        ("Mt", "Mt"), ("kilowatt hours", "kW.h"), ("kWh", "kW.h"), ("GWh", "GW.h"), ("megawatts", "MW"),
        ("hectares", "ha"), ("mu", "{mu}"), ("jin", "{jin}"), ("li", "{li}"), ("barrels", "[bbl_us]"),
        ("bushels", "[bu_us]"), ("TEUs", "{TEU}"), ("carats", "[car_m]"), ("degrees Celsius", "Cel"),
        ("°C", "Cel"), ("km/h", "km/h"), ("miles per hour", "[mi_i]/h"), ("mph", "[mi_i]/h"),
        ("mpg", "[mi_i]/[gal_us]"), ("basis points", "{basis_point}"), ("percentage points", "pp"),
        ("per cent", "%"), ("points", "{point}"), ("centuries", "a"), ("inches", "[in_i]"),
        ("pound-feet", "[ft_i].[lbf_av]"), ("Mbps", "Mbit/s"), ("bits", "bit"), ("GB", "GBy"), ("µm", "um"),
        ("ppb", "[ppb]"), ("tonnes of standard coal", "t{standard_coal}"), ("nanometers", "nm"),
        ("MHz", "MHz"), ("bhp", "[HP]"),
    ],
)  # fmt: skip
def test_surfaces(table: UnitTable, text: str, unit: str) -> None:
    assert code(table, text) == unit


@pytest.mark.parametrize("text", ["GMT", "mum", "stone", "pair", "MP3", "Gs"])
def test_other_words_are_no_units(table: UnitTable, text: str) -> None:
    assert code(table, text) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("metre", "metres"),
        ("inch", "inches"),
        ("century", "centuries"),
        ("mile per hour", "miles per hour"),
        ("day", "days"),
    ],
)
def test_plurals(name: str, expected: str) -> None:
    assert plural(name) == expected


def test_currency_codes_look_like_iso_4217_and_are_unique(rules: RuleSet) -> None:
    codes = [c.code for c in rules.read("quantities/currencies.yaml", CurrencyFile).currencies]
    assert len(codes) == len(set(codes)) > 140
    assert all(re.fullmatch("[A-Z]{3}", c) for c in codes)
    assert Currencies(rules.read("quantities/currencies.yaml", CurrencyFile)).codes == set(codes)


PRODUCTS = [
    ("kg m−3", "kg/m3"), ("g m-2 h-1", "g/m2/h"), ("Mg ha−1 yr−1", "Mg/ha/a"), ("W m^-2 K^-1", "W/m2/K"),
    ("mol m⁻² s⁻¹", "mol/m2/s"), ("µmol mol-1", "umol/mol"), ("mA g− 1", "mA/g"), ("cm−1", "cm-1"),
    ("t/ha", "t/ha"), ("mg/kg/day", "mg/kg/d"), ("kWh/m2", "kW.h/m2"), ("g/kWh", "g/(kW.h)"),
    ("°C/min", "Cel/min"), ("K/min", "K/min"), ("Å/s", "Ao/s"), ("cm2 g−1", "cm2/g"), ("N·m/s", "N.m/s"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit"), PRODUCTS)
def test_products_of_symbols_are_valid_ucum(table: UnitTable, text: str, unit: str) -> None:
    from ucumvert import get_ucum_parser

    assert code(table, text) == unit
    assert get_ucum_parser().parse(re.sub(r"\bha\b", "har", unit))


@pytest.mark.parametrize("text", ["m-3 m", "kg-4 kg", "A/C", "ft 2 in", "Ma Yunxia", "K. Ito", "m/she"])
def test_what_is_no_product(table: UnitTable, text: str) -> None:
    tokens = lex(text)
    found = table.at(tokens, 0)
    assert found is None or found[1] == 1


def test_a_product_has_a_bounded_number_of_factors(table: UnitTable) -> None:
    tokens = lex("kg m−3 " * 1000)
    found = table.at(tokens, 0)
    assert found is not None
    assert found[1] <= 24
