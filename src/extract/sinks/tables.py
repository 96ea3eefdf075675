"""Parquet and CSV files of a run, read back as the records that their rows were made of."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from newsfacts.errors import ValidationError
from newsfacts.model import DateFact, Fact, PlaceFact, QuantityFact
from newsfacts.model.fields import FIELDS, Field
from newsfacts.model.records import DocumentRecord
from newsfacts.sinks.cells import unguarded

SUFFIXES = (".parquet", ".csv")
REMEDY = "Run `newsfacts validate` on the file, or extract it again."

_BATCH = 2_000
_JSON = ("sections", "warnings", "incomplete")
_TRUE = frozenset({True, "True"})

Row: TypeAlias = Mapping[str, Any]


def fact_class(fact_type: object) -> type[QuantityFact | DateFact | PlaceFact]:
    """The class of a fact record of this `type`; what is not date or place is a quantity."""
    return {"date": DateFact, "place": PlaceFact}.get(str(fact_type), QuantityFact)


def table_records(path: Path) -> Iterator[Fact | DocumentRecord]:
    """The facts or documents of a table, in its order.

    Numbers are floats, and a day before the year 1 is not in the table. Raises ValidationError that names the
    row (from 1, without a header) where one is malformed, or the file where it is damaged.
    """
    parsers = _parsers()
    for number, row in enumerate(_rows(path), 1):
        try:
            record = _record({name: parsers[name](value) for name, value in row.items() if name in parsers})
        except ValueError as error:  # msgspec's are among them
            raise ValidationError(f"{path}:{number}: {error}", remedy=REMEDY) from error
        yield record


def _rows(path: Path) -> Iterator[Row]:
    """The rows with what they have; texts where the format knows nothing else."""
    try:
        yield from _csv_rows(path) if path.suffix == ".csv" else _parquet_rows(path)
    except (csv.Error, ValueError, OSError) as error:  # Arrow's are among them
        raise ValidationError(f"{path}: {error}", remedy=REMEDY) from error


def _parquet_rows(path: Path) -> Iterator[Row]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_BATCH):
            for row in batch.to_pylist():
                yield {name: value for name, value in row.items() if value is not None}


def _csv_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            yield {name: unguarded(value) for name, value in row.items() if value}


def _parsers() -> Mapping[str, Callable[[Any], Any]]:
    """How a value of each column is read."""
    import pyarrow as pa

    from newsfacts.sinks.columns import DOCUMENT_COLUMNS, FACT_COLUMNS

    of_type: dict[pa.DataType, Callable[[Any], Any]]
    of_type = {pa.int64(): int, pa.float64(): float, pa.bool_(): _TRUE.__contains__}
    types = {**DOCUMENT_COLUMNS, **FACT_COLUMNS}
    found = {name: of_type.get(kind, str) for name, kind in types.items()}
    return {**found, **dict.fromkeys(_JSON, msgspec.json.decode)}


def _record(told: Row) -> Fact | DocumentRecord:
    # What the row has not is left out, so that defaults hold.
    if "sha256" in told:
        return msgspec.convert(told, DocumentRecord)
    parts = {field.name: _parts(field, told) for field in FIELDS if field.parts}
    return msgspec.convert({**told, **parts}, fact_class(told.get("type")))


def _parts(field: Field, told: Row) -> dict[str, Any] | None:
    """A field with parts, put together again from their columns; None where all are empty."""
    return {part.path[-1]: told[part.name] for part in field.parts if part.name in told} or None
