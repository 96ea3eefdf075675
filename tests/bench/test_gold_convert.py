"""A reader's lines to standoff gold, on a text of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

TEXT = """Lorvik's exports rose 4.5 percent to more than 5.2 million
tonnes last year, the Bank of Lorvik said.

Lorvik has 12 docks, and 12 more are planned. Half of the 30 mills stand idle."""

EXPORTS = {"type": "measure", "text": "more than 5.2 million tonnes", "value": 5_200_000, "unit": "t"}


def convert(folder: Path, *lines: dict[str, Any] | str) -> tuple[list[dict[str, Any]], list[str]]:
    from gold.convert import converted

    file = folder / "doc.jsonl"
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines))
    return converted(file, TEXT, "2024-03-08")


def test_offsets_ids_links_and_bounds(tmp_path: Path) -> None:
    rows, mistakes = convert(
        tmp_path,
        "# the place of everything",
        {"id": "p1", "type": "place", "text": "Lorvik", "all": True, "except": ["Bank of Lorvik"],
         "name": "Lorvik", "kind": "city", "country": "NO", "lat": 60.0, "lon": 5.0},
        {"id": "d1", "type": "date", "text": "last year", "edtf": "2023"},
        EXPORTS | {"modifier": ">", "time": "d1", "place": "p1", "place_alt": ["p1.2", None]},
        {"type": "count", "at": "and [[12]] more", "value": 12, "status": "planned"},
        {"type": "ratio", "text": "Half", "value": 0.5},
    )  # fmt: skip
    assert mistakes == []
    assert [row["id"] for row in rows] == ["doc:p1", "doc:q1", "doc:d1", "doc:p1.2", "doc:q2", "doc:q3"]
    assert [TEXT[row["start"] : row["end"]] for row in rows] == [
        "Lorvik", "more than 5.2 million\ntonnes", "last year", "Lorvik", "12", "Half",
    ]  # fmt: skip
    assert {k: rows[1][k] for k in ("low", "time", "place", "place_alt", "published")} == {
        "low": 5_200_000, "time": "doc:d1", "place": "doc:p1", "place_alt": ["doc:p1.2", None],
        "published": "2024-03-08",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ({"type": "count", "text": "12", "value": 12}, "stands 2 times"),
        ({"type": "count", "text": "12", "nth": 3, "value": 12}, "stands 2 times"),
        ({"type": "count", "text": "3", "value": 3}, "stands 0 times"),
        ({"type": "count", "at": "has 12 docks", "value": 12}, "double brackets"),
        ({"type": "number", "text": "30", "value": 30}, "none of docs/FACTS.md"),
        ({"type": "count", "text": "30"}, "needs value"),
        ({"type": "count", "text": "30", "value": 30, "unit": "t"}, "has no unit"),
        ({"type": "percent", "text": "4.5 percent", "value": 4.5}, "none of percent"),
        ({"type": "count", "text": "30", "value": 30, "time": "d9"}, "'d9' is no date"),
        ({"type": "count", "text": "30", "value": 30, "colour": "red"}, "colour"),
        ({"type": "date", "text": "last year", "edtf": "2023-99-99"}, "is no EDTF"),
        ({"type": "place", "at": "[[Lorvik]] has", "name": "Lorvik", "kind": "city"}, "lat and lon"),
        ({"type": "place", "at": "[[Lorvik]] has", "like": "p9"}, "no line has that id"),
        ("{", "no JSON"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, line: dict[str, Any] | str, what: str) -> None:
    rows, [mistake] = convert(tmp_path, "", EXPORTS, line)
    assert mistake.startswith("doc.jsonl:3: ")
    assert what in mistake
    assert rows[0]["value"] == EXPORTS["value"], "the other lines are read all the same"
