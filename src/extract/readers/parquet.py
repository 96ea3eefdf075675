"""Parquet: one record a row, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extract.readers.decoding import try_decode
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
        for row in _as_bytes(batch).to_pylist():
            number += 1
            yield from_record({k: _value(v) for k, v in row.items()}, source, number, options)


def _as_bytes(batch: Any) -> Any:
    """Strings as bytes: some writers put text in that is not UTF-8, and pyarrow would raise for the batch."""
    import pyarrow as pa

    kinds = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary()}
    columns = [c.cast(kinds[c.type]) if c.type in kinds else c for c in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _value(value: Any) -> Any:
    text = try_decode(value, "utf-8") if isinstance(value, bytes) else None
    return value if text is None else text


def _wanted(names: FieldNames) -> frozenset[str]:
    return frozenset((*names.id, *names.text, *names.title, *names.date, *names.url))
