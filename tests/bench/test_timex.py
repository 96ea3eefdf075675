"""The adapter of TimeML benchmarks: their conventions, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from newsfacts.dates import DateFinder
from newsfacts.rules import RuleSet


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1998-08-07T10:00", dt.date(1998, 8, 7)),
        ("19980807", dt.date(1998, 8, 7)),
        ("10/27/89", dt.date(1989, 10, 27)),
        ("27 October 1989", dt.date(1989, 10, 27)),
        ("1989-13-01", None),
        ("1998-W32", None),
        ("", None),
    ],
)
def test_days_of_creation(written: str, day: dt.date | None) -> None:
    from timex import day_of_creation

    assert day_of_creation(written) == day


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It ran from 2006-2010.", ["2006", "2010"]),
        ("It was held between 1994 and 1997.", ["1994", "1997"]),
        ("It was built in the 1990s.", ["199"]),
        ("It was built in the 19th century.", ["18"]),
        ("It was held on June 14-16, 2005.", ["2005-06-14", "2005-06-16"]),
    ],
)
def test_spans_as_timeml_marks_them(rules: RuleSet, blank: Any, text: str, values: list[str]) -> None:
    from timex import timeml

    mentions = DateFinder.from_rules(rules).find(blank(text, dt.date(2023, 7, 28)))
    spans = [span for mention in mentions for span in timeml(mention, text)]
    assert [span["value"] for span in spans] == values
    assert all(0 <= span["start"] < span["end"] <= len(text) for span in spans)
