"""Records as flat rows with typed columns, for Parquet and CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec
import pyarrow as pa

from newsfacts.model.fields import COLUMNS, Kind

_ARROW: Final[Mapping[Kind, pa.DataType]] = MappingProxyType(
    {
        "text": pa.string(),
        "reference": pa.string(),
        "offset": pa.int64(),
        "whole": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "day": pa.date32(),
    }
)
#: Columns of facts, those of `to_dataframe`; a day is a date.
FACT_COLUMNS: Final[Mapping[str, pa.DataType]] = MappingProxyType(
    {field.name: _ARROW[field.kind] for field in COLUMNS}
)
#: Columns of documents; `sections`, `warnings` and `incomplete` are JSON.
DOCUMENT_COLUMNS: Final[Mapping[str, pa.DataType]] = MappingProxyType(
    {
        "id": pa.string(),
        "path": pa.string(),
        "title": pa.string(),
        "published": pa.date32(),
        "published_source": pa.string(),
        "url": pa.string(),
        "characters": pa.int64(),
        "words": pa.int64(),
        "sections": pa.string(),
        "facts": pa.int64(),
        "warnings": pa.string(),
        "incomplete": pa.string(),
        "converted": pa.bool_(),
        "sha256": pa.string(),
    }
)


def fact_row(fact: Mapping[str, Any]) -> dict[str, Any]:
    """A fact (an object of facts.jsonl) as a row of FACT_COLUMNS; what it lacks is None."""
    row = {}
    for field in COLUMNS:
        value, cell = field.within(fact), _CELLS.get(field.kind)
        row[field.name] = cell(value) if cell else value
    return row


def document_row(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document (an object of documents.jsonl) as a row of DOCUMENT_COLUMNS."""
    row = {name: document.get(name) for name in DOCUMENT_COLUMNS}
    nested = ("sections", "warnings", "incomplete")
    row |= {name: msgspec.json.encode(row[name]).decode() for name in nested if row[name] is not None}
    return row | {"published": _day(row["published"])}


def _number(value: float | None) -> float | None:
    # By way of its digits: an integer beyond the largest float is infinite, not an error.
    return None if value is None else float(str(value))


def _day(text: str | None) -> dt.date | None:
    # Calendars of databases begin with the year 1.
    return None if not text or text.startswith(("-", "0000")) else dt.date.fromisoformat(text)


#: Kinds whose values are no cells as they are.
_CELLS: Final[Mapping[Kind, Callable[[Any], Any]]] = MappingProxyType({"number": _number, "day": _day})
