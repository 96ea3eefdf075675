from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfacts import to_dataframe
from newsfacts.model import Change, DateFact, PlaceFact, QuantityFact
from newsfacts.sinks.dataframe import COLUMNS
from newsfacts.sinks.jsonl import encode, read_facts

COMMON: dict[str, Any] = {
    "id": "i", "doc_id": "a", "published": "2023-07-28", "start": 0, "end": 5, "text": "xxxxx",
    "sentence_start": 0, "sentence_end": 50, "section": "body", "rule": "r", "confidence": 0.5,
}  # fmt: skip
QUANTITY = QuantityFact(type="percent", value=5, low=5, change=Change("up", "by"), **COMMON)
DATE = DateFact(edtf="2023", date_start="2023-01-01", date_end="2023-12-31", **COMMON)
ANCIENT = DateFact(edtf="-0200", date_start="-0200-01-01", date_end="-0200-12-31", **COMMON)
PLACE = PlaceFact(name="China", kind="country", country="CN", lat=35.0, lon=105.0, geonames_id=1, **COMMON)


def test_columns_and_types_are_the_same_for_all_facts_and_for_none() -> None:
    full, empty = to_dataframe([QUANTITY, DATE, PLACE, ANCIENT]), to_dataframe([])
    assert list(full.columns) == list(COLUMNS)
    assert full.dtypes.astype(str).to_dict() == COLUMNS
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert len(full) == 4
    assert empty.empty


def test_values_and_missing_values() -> None:
    quantity, date, place, ancient = to_dataframe([QUANTITY, DATE, PLACE, ANCIENT]).to_dict("records")
    assert (quantity["value"], quantity["change_role"]) == (5.0, "by")
    assert quantity["published"] == pd.Timestamp("2023-07-28")
    assert date["date_end"] == pd.Timestamp("2023-12-31")
    assert pd.isna(ancient["date_start"])
    assert (place["lat"], place["geonames_id"]) == (35.0, 1)
    assert pd.isna(place["value"])
    assert pd.isna(date["place_inherited"])


numbers = st.none() | st.integers(-(10**25), 10**25) | st.floats(allow_nan=False, allow_infinity=False)


@given(value=numbers, item=st.none() | st.text(st.characters(exclude_categories=["Cs"])))
def test_a_fact_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, value: float | None, item: str | None
) -> None:
    fact = QuantityFact(type="count", value=value, item=item, **COMMON)
    path = tmp_path_factory.getbasetemp() / "round.jsonl"
    path.write_bytes(encode(fact) + encode(PLACE) + b"\n" + encode(DATE))
    assert list(read_facts(path)) == [fact, PLACE, DATE]


def test_a_record_is_one_line(tmp_path: Path) -> None:
    assert encode(QuantityFact(type="count", item="a\nb\u2028c", **COMMON)).count(b"\n") == 1
