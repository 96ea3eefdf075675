"""Parquet: one record a row, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract.readers.options import FieldNames, ReadOptions
from extract.readers.problems import Problem
from extract.readers.records import from_record
from extract.readers.source import Item, Source

_BATCH = 128


def read_parquet(source: Source, options: ReadOptions) -> Iterator[Item]:
    """One document for each row; only the needed columns are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with source.open() as stream:
        try:
            yield from _rows(pq.ParquetFile(stream), source, options)
        except (pa.ArrowException, OSError) as error:
            yield Problem("bad-parquet", f"not a complete Parquet file: {error}").at(
                source.path, source.doc_id
            )


def _rows(file: Any, source: Source, options: ReadOptions) -> Iterator[Item]:
    columns = [name for name in file.schema_arrow.names if name in _wanted(options.fields)]
    if not set(columns) & set(options.fields.text):
        found = ", ".join(file.schema_arrow.names)[:200]
        yield Problem("missing-field", f"no column {options.fields.text[0]!r} among: {found}").at(source.path)
        return
    number = 0
    for batch in file.iter_batches(batch_size=_BATCH, columns=columns):
        for record in batch.to_pylist():
            number += 1
            yield from_record(record, source, number, options)


def _wanted(names: FieldNames) -> frozenset[str]:
    return frozenset((*names.id, *names.text, *names.title, *names.date, *names.url))
