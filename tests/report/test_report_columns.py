"""Columns hold every fact whole: what the page unpacks is what was packed."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from browsing import as_record, facts, unpacked
from newsfacts.model import DateFact, Fact, PlaceFact, QuantityFact
from newsfacts.model.fields import SHAPES
from newsfacts.report.columns import pack

DOCUMENTS = ["harbour", "hostile", "empty"]
FAMILIES = {shape: family for family, shape in SHAPES.items()}


def assert_whole(given_: list[Fact], documents: list[str]) -> None:
    columns = pack(given_, documents)
    for row, each in enumerate(given_):
        record = as_record(each)
        kept = {name: record.pop(name) for name in ("id", "doc_id", "published")}
        assert columns.ids[row] == kept["id"]
        document = documents.index(kept["doc_id"])
        assert columns.first_rows[document] <= row < columns.first_rows[document + 1]
        assert unpacked(columns, row, FAMILIES[type(each)]) == record


def test_every_field_of_the_example_is_kept() -> None:
    ordered = sorted(facts(), key=lambda each: DOCUMENTS.index(each.doc_id))
    assert_whole(ordered, DOCUMENTS)


def test_nothing_is_packed_as_nothing() -> None:
    columns = pack([], DOCUMENTS)
    assert (columns.data, columns.strings, columns.first_rows) == (b"", [], [0, 0, 0, 0])


WORDS = st.one_of(st.none(), st.text(max_size=5))
NUMBERS = st.one_of(st.none(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False))


@given(
    texts=st.lists(st.text(max_size=4), min_size=1, max_size=5),
    value=NUMBERS,
    item=WORDS,
    confidence=st.floats(0, 1),
    lat=st.one_of(st.none(), st.floats(-90, 90)),
)
def test_any_values_are_kept(
    texts: list[str], value: float | None, item: str | None, confidence: float, lat: float | None
) -> None:
    common: dict[str, Any] = {
        "doc_id": "d", "sentence_start": 0, "sentence_end": 9, "section": "body", "rule": "r",
        "confidence": confidence,
    }  # fmt: skip
    given_: list[Fact] = []
    for number, text in enumerate(texts):
        span = {"start": number, "end": number + 1, "text": text}
        given_ += [
            QuantityFact(
                id=f"q{number}", type="count", value=value, item=item, place=f"p{number}", **span, **common
            ),
            PlaceFact(id=f"p{number}", name=text, kind="city", lat=lat, **span, **common),
            DateFact(id=f"d{number}", edtf=item, **span, **common),
        ]
    assert_whole(given_, ["d"])
