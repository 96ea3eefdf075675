"""Golden lines of the column `said`."""

from __future__ import annotations

from typing import Any

import pytest

from newsfacts.table import shipped_words
from newsfacts.table.said import said

CNY: dict[str, Any] = {"type": "money", "unit": "CNY"}
PERCENT: dict[str, Any] = {"type": "percent", "unit": "%"}
UP_BY: dict[str, Any] = {"change_direction": "up", "change_role": "by"}
DOWN_TO: dict[str, Any] = {"change_direction": "down", "change_role": "to"}

#: line -> what the row says
GOLDEN: dict[str, dict[str, Any]] = {
    "Shanxi: allocated 500 million yuan (planned, 2022-09)": CNY
    | {"value": 500_000_000, "subject": "Shanxi", "predicate": "allocate", "status": "planned"}
    | {"date_edtf": "2022-09", "place_name": "Shanxi"},
    "The mill: employed 300 workers (negated)": {"type": "count", "value": 300, "item": "workers"}
    | {"subject": "The mill", "predicate": "employ", "status": "negated"},
    "The quake: killed more than 1,200 people (possible)": {"type": "count", "value": 1200, "low": 1200}
    | {"modifier": ">", "item": "people", "subject": "The quake", "predicate": "kill", "status": "possible"},
    "Mosul: 2 policemen killed (2005-11-15)": {"type": "count", "value": 2, "item": "policemen"}
    | {"predicate": "kill", "date_edtf": "2005-11-15", "place_name": "Mosul"},
    "Revenue of 1.39 trillion yuan (2023)": CNY
    | {"value": 1_390_000_000_000, "item": "Revenue", "date_edtf": "2023"},
    "5 to 10 million yuan": CNY | {"low": 5_000_000, "high": 10_000_000},
    "800,000 to 1.2 million yuan": CNY | {"low": 800_000, "high": 1_200_000},
    "1 million to 1.5 billion yuan": CNY | {"low": 1_000_000, "high": 1_500_000_000},
    "growth of 3 to 4.5 percent": PERCENT | {"low": 3, "high": 4.5, "item": "growth"},
    "rent of 90 euros per month": {"type": "money", "unit": "EUR", "value": 90, "per": "mo", "item": "rent"},
    "fare of 5 yuan each": CNY | {"value": 5, "per": "{each}", "item": "fare"},
    "gas of 105 US dollars per 1,000 cubic metres": {"type": "money", "unit": "USD", "value": 105}
    | {"per": "1000.m3", "item": "gas"},
    "2 meals per day": {"type": "count", "value": 2, "item": "meals", "per": "d"},
    "wheat fell from 3 million tonnes (2003)": {"type": "measure", "unit": "t", "value": 3_000_000}
    | {"item": "wheat", "change_direction": "down", "change_role": "from", "date_edtf": "2003"},
    "wheat fell to 2.5 million tonnes": {"type": "measure", "unit": "t", "value": 2_500_000, "item": "wheat"}
    | DOWN_TO,
    "Exports: rose by 5 percent year on year": PERCENT
    | {"value": 5, "item": "exports", "subject": "Exports", "change_basis": "yoy"}
    | UP_BY,
    "The firm: profits rose by about 1 percentage point": {"type": "percent", "unit": "pp", "value": 1}
    | {"modifier": "~", "item": "profits", "subject": "The firm"}
    | UP_BY,
    "Prices: fell to at least 12.5 yuan": CNY
    | {"value": 12.5, "modifier": ">=", "subject": "Prices", "item": "prices"}
    | DOWN_TO,
    "Henan: 12 yuan": CNY | {"value": 12, "place_name": "Henan"},
    "42": {"type": "count", "value": 42},
    "deficit of 3.5 percent of GDP": PERCENT | {"value": 3.5, "item": "deficit", "of": "GDP"},
    "40 percent of the loans": PERCENT | {"value": 40, "item": "loans", "of": "the loans"},
    "two thirds of the mills": {"type": "ratio", "text": "Two thirds of", "value": 0.667}
    | {"item": "mills", "of": "the mills"},
    "isolation of 3 weeks": {"type": "duration", "unit": "wk", "value": 3, "item": "isolation"},
    "up to 1 year (planned)": {"type": "duration", "unit": "a", "value": 1, "high": 1, "modifier": "<="}
    | {"status": "planned"},
    "Norway: third-largest exporter (2005)": {"type": "rank", "text": "third-largest", "value": 3}
    | {"item": "exporter", "subject": "Norway", "predicate": "be", "date_edtf": "2005"},
    "pipeline of 25 miles": {"type": "measure", "unit": "[mi_i]", "value": 25, "item": "pipeline"},
    "wall of less than 2 metres": {
        "type": "measure",
        "unit": "m",
        "value": 2,
        "modifier": "<",
        "item": "wall",
    },
    "low of -5.5 degrees Celsius": {"type": "measure", "unit": "Cel", "value": -5.5, "item": "low"},
    "the shipyard: won 1 order": {"type": "count", "value": 1, "item": "order", "subject": "It"}
    | {"subject_resolved": "the shipyard", "predicate": "win"},
    "Hebei: 12,345 chickens (last winter)": {"type": "count", "value": 12_345, "item": "chickens"}
    | {"subject": "they", "place_name": "Hebei", "date_text": "last winter"},
    "plan of 1,234,567 yuan": CNY | {"value": 1_234_567, "item": "plan"},
}


@pytest.mark.parametrize(("line", "told"), GOLDEN.items(), ids=list(GOLDEN))
def test_a_row_is_told_in_a_line(line: str, told: dict[str, Any]) -> None:
    row = {"modifier": "=", "status": "actual", "text": "x"} | told

    assert said(row, shipped_words()) == line


def test_there_are_thirty_lines_and_more() -> None:
    assert len(GOLDEN) >= 30
