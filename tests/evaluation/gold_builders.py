"""Small made-up gold for the tests of the evaluation: facts as dictionaries, and files of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def quantity(name: str = "q1", /, *, start: int = 10, text: str = "20 mills", **fields: Any) -> Row:
    row = {"type": "count", "value": 20, "modifier": "=", "status": "actual"}
    return _row(name, start, text, row | fields)


def date(name: str = "d1", /, *, start: int = 40, text: str = "May 2021", **fields: Any) -> Row:
    return _row(name, start, text, {"type": "date", "edtf": "2021-05"} | fields)


def place(name: str = "p1", /, *, start: int = 60, text: str = "Lorvik", **fields: Any) -> Row:
    row = {"type": "place", "name": text, "kind": "city", "country": "NO", "admin1": "Vestland"}
    return _row(name, start, text, row | {"lat": 60.0, "lon": 5.0} | fields)


def _row(name: str, start: int, text: str, fields: Row) -> Row:
    span = {"start": start, "end": start + len(text), "text": text}
    return {"doc_id": "doc", "id": name} | span | fields


def write(path: Path, rows: Iterable[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def predicted(gold: Row, **changes: Any) -> Row:
    """A prediction that repeats a gold fact, apart from `changes` and from what only gold has."""
    scoring_only = ("optional", "_heads", "_alt", "_optional")
    return {k: v for k, v in gold.items() if not k.endswith(scoring_only)} | changes
