"""Parquet: one record a row, read in batches."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from newsfacts.readers.decoding import too_large, try_decode
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.problems import Problem, Refused
from newsfacts.readers.records import from_record
from newsfacts.readers.source import Item, Source, refuse_expansion

#: Rows that Arrow decodes at a time: some may be far longer than the file.
_BATCH: Final = 64
#: What a row counts for at least, where it is told how far the file's content exceeds its size.
_ROW_BYTES: Final = 8
_BYTES_PER_CHAR: Final = 4
_DICTIONARIES: Final = frozenset({"RLE_DICTIONARY", "PLAIN_DICTIONARY"})
_SIMPLE: Final = frozenset({"PLAIN", "RLE", "BIT_PACKED"})


def read_parquet(source: Source, options: ReadOptions) -> Iterator[Item]:
    """One document for each row; only the needed columns are read.

    A row is made only when it is known how long its values are: dictionaries and run lengths let a file of a
    few kilobytes stand for gigabytes.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with source.open() as stream:
        try:
            file = pq.ParquetFile(stream)
            columns = _columns(file.schema_arrow, options)
            # A text that thousands of rows share is held once.
            shared = [name for name in columns if _has_dictionaries(file, name)]
            file = pq.ParquetFile(stream, metadata=file.metadata, read_dictionary=shared)
            yield from _rows(file, columns, source, options)
        except MemoryError:
            raise
        except (pa.ArrowException, OSError) as error:
            yield Problem("bad-parquet", f"not a complete Parquet file: {error}").at(
                source.path, source.doc_id
            )


def _columns(schema: Any, options: ReadOptions) -> list[str]:
    """The columns to read. Raises Refused where they cannot be used."""
    wanted = set(options.fields.names())
    names = [name for name in schema.names if name in wanted]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Refused("duplicate-column", f"there are two columns {twice!r}")
    flat = [name for name in names if not _is_nested(schema.field(name).type)]
    if not set(flat) & set(options.fields.text):
        found = ", ".join(f"{field.name} ({field.type})" for field in schema)
        what = f"no column {options.fields.text[0]!r} of texts among: {found}"
        raise Refused("missing-field", what[:300])
    for name in flat:
        _check_zone(name, schema.field(name).type)
    return flat


def _is_nested(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_nested(kind))


def _check_zone(name: str, kind: Any) -> None:
    zone = getattr(kind, "tz", None)
    if zone is None or zone[:1] in "+-":
        return
    try:
        zoneinfo.ZoneInfo(zone)
    except (ValueError, OSError, LookupError) as error:
        message = f"column {name!r} has times of the unknown time zone {zone!r}"
        raise Refused("bad-value", message) from error


def _has_dictionaries(file: Any, name: str) -> bool:
    """Whether a column's values stand in dictionaries, in a way that Arrow can keep."""
    encodings: set[str] = set()
    for chunk in _chunks(file, range(file.num_row_groups), [name]):
        encodings.update(chunk.encodings)
    return bool(encodings & _DICTIONARIES) and encodings <= _DICTIONARIES | _SIMPLE


def _chunks(file: Any, groups: Iterable[int], columns: Sequence[str]) -> Iterator[Any]:
    """What the file says of these columns in these row groups."""
    for group in groups:
        meta = file.metadata.row_group(group)
        chunks = (meta.column(i) for i in range(meta.num_columns))
        yield from (chunk for chunk in chunks if chunk.path_in_schema in columns)


def _rows(file: Any, columns: list[str], source: Source, options: ReadOptions) -> Iterator[Item]:
    number = 0
    size = file.metadata.num_rows * _ROW_BYTES
    for group in range(file.num_row_groups):
        size = _expanded(file, group, columns, source, size)
        for batch in _batches(file, group, columns):
            lengths = [_lengths(column) for column in batch.columns]
            for row in range(batch.num_rows):
                number += 1
                sizes = [length[row] for length in lengths]
                yield _row(batch, row, sizes, number, source, options)


def _expanded(file: Any, group: int, columns: list[str], source: Source, before: int) -> int:
    """Bytes of all values up to this row group. Raises Refused where they are far more than the file's."""
    packed = source.file.stat().st_size if source.file else file.metadata.serialized_size
    chunks = _chunks(file, [group], columns)
    refuse_expansion(before + sum(chunk.total_uncompressed_size for chunk in chunks), packed)
    size = before
    for batch in _batches(file, group, columns):
        size += sum(sum(_lengths(column)) for column in batch.columns)
        refuse_expansion(size, packed)
    return size


def _batches(file: Any, group: int, columns: list[str]) -> Iterator[Any]:
    yield from file.iter_batches(batch_size=_BATCH, columns=columns, row_groups=[group])


def _lengths(column: Any) -> Sequence[int]:
    """Bytes of each value of a column of texts; 0 for other values and null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_dictionary(kind):
        return list(
            pc.take(pa.array(_lengths(column.dictionary), pa.int64()), column.indices)
            .fill_null(0)
            .to_pylist()
        )
    if pa.types.is_binary(kind) or pa.types.is_string(kind) or _is_large(kind):
        return list(pc.binary_length(column).fill_null(0).to_pylist())
    return [0] * len(column)


def _is_large(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_large_binary(kind) or pa.types.is_large_string(kind))


def _row(
    batch: Any, row: int, sizes: Sequence[int], number: int, source: Source, options: ReadOptions
) -> Item:
    doc_id = f"{source.doc_id}#{number}"
    if max(sizes) > options.max_chars * _BYTES_PER_CHAR:
        return too_large(options.max_chars).at(source.path, doc_id)
    record: dict[str, Any] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            record[name] = _value(column, row)
        except (ValueError, OverflowError, LookupError) as error:
            message = f"record {number}: column {name!r} holds a value that cannot be used: {error}"
            return Problem("bad-value", message).at(source.path, doc_id)
    return from_record(record, source, number, options)


def _value(column: Any, row: int) -> Any:
    """A value; text that is not UTF-8, which some writers put in, as bytes."""
    import pyarrow as pa

    value = column[row]
    if pa.types.is_dictionary(column.type):
        value = value.value
    if pa.types.is_string(value.type) or pa.types.is_large_string(value.type):
        buffer = value.as_buffer()
        data = None if buffer is None else buffer.to_pybytes()
    else:
        data = value.as_py()
    text = try_decode(data, "utf-8") if isinstance(data, bytes) else None
    return data if text is None else text
