"""How rows travel to PostgreSQL."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfacts.sinks.database.backends.ahead import ahead
from newsfacts.sinks.database.backends.csv_copy import csv_lines

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(st.lists(st.tuples(texts, texts, texts)))
def test_rows_are_csv_with_a_backslash_as_escape(rows: list[tuple[str, str, str]]) -> None:
    text = io.StringIO(csv_lines(rows).decode(), newline="")
    found = csv.reader(text, escapechar="\\", doublequote=False, strict=True)
    assert [tuple(row) for row in found] == rows


def test_nothing_and_the_word_for_it_differ() -> None:
    assert csv_lines([(None, "null", "", 1, 2.5, True)]) == b'null,"null","",1,2.5,true\n'
    assert csv_lines([]) == b""


def test_items_are_made_ahead_and_come_in_order() -> None:
    made: list[int] = []
    third = threading.Event()

    def items() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            if number == 2:
                third.set()
            yield number

    with ahead(items(), 2) as taken:
        assert third.wait(5)  # none was taken yet
        assert made == [0, 1, 2]
        assert list(taken) == list(range(10))


def test_an_error_is_raised_where_items_are_taken() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("no more")

    with ahead(items(), 2) as taken:
        assert next(taken) == 1
        with pytest.raises(ValueError, match="no more"):
            next(taken)


def test_who_takes_no_more_leaves_no_thread_behind() -> None:
    before = threading.active_count()
    with ahead(iter(int, 1), 2) as taken:
        assert next(taken) == 0
    assert threading.active_count() == before
