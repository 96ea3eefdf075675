"""Ids and offsets of values."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsfacts.model import Section, fact_id, overlaps

offsets = st.integers(0, 10_000)


def test_fact_ids_are_the_same_on_every_machine() -> None:
    assert fact_id("a/b", "money", 3, 9) == "ebce561ceb56b6d980c6ebc793dee536"


@given(st.text(), st.text(), offsets, offsets)
def test_other_document_or_span_other_id(one: str, other: str, start: int, end: int) -> None:
    ids = {fact_id(one, "count", start, end), fact_id(one, "count", start, end + 1)}
    assert len(ids) == 2
    if one != other:
        assert fact_id(other, "count", start, end) not in ids


@given(offsets, offsets, offsets, offsets)
def test_overlap_is_symmetric_and_means_a_shared_character(a: int, b: int, c: int, d: int) -> None:
    one, other = Section("body", min(a, b), max(a, b)), Section("body", min(c, d), max(c, d))
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert overlaps(one, other) == overlaps(other, one)
    if shared:
        assert overlaps(one, other)
