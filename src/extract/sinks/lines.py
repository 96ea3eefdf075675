"""The files of a run as blocks of JSON Lines, whatever their format: every reader starts here."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import IO, Any, TypeAlias

import msgspec

from extract.errors import ValidationError

Row: TypeAlias = Mapping[str, Any]

REMEDY = "Run `newsfacts validate` on the file, or extract it again."
#: What a file of a run ends in, in the order in which files of one folder are looked for.
SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet", ".csv")

_BLOCK = 1 << 17  # what is made of it stays in the processor's cache
_ROWS = 2_000
_CHANGE = {part: f"change_{part}" for part in ("direction", "role", "basis")}
_JSON_COLUMNS = ("sections", "warnings")


def stored(folder: Path, name: str) -> Path:
    """The file of a run's folder that holds `name` (FACTS, DOCUMENTS, ERRORS), in the format that it has.

    Where there is none it is `folder / name`.
    """
    stem = name.removesuffix(".jsonl")
    return next((path for s in SUFFIXES if (path := folder / f"{stem}{s}").is_file()), folder / name)


def line_blocks(path: Path) -> Iterator[bytes]:
    """Whole lines of JSON, some hundred at a time. A row of a table is a line, in its order.

    Raises ValidationError for a file that is damaged or is no table of facts or documents.
    """
    rows = {".parquet": _parquet_rows, ".csv": _csv_rows}.get(path.suffix)
    return _blocks(path) if rows is None else _table_blocks(path, rows)


def _blocks(path: Path) -> Iterator[bytes]:
    with _opened(path) as file:
        while block := file.read(_BLOCK):
            yield block + file.readline()


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    packing = {".gz": "gzip", ".zst": "zstd"}.get(path.suffix)
    if packing is None:
        with path.open("rb") as file:
            yield file
        return
    import pyarrow as pa

    try:
        with (
            pa.CompressedInputStream(pa.OSFile(str(path)), packing) as stream,
            BufferedReader(stream) as lines,
        ):
            yield lines
    except OSError as error:
        raise ValidationError(f"{path}: {error}", remedy=REMEDY) from error


def _table_blocks(path: Path, read: Callable[[Path], Iterable[Row]]) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    try:
        records = map(_record, read(path))
        while batch := list(islice(records, _ROWS)):
            yield encoder.encode_lines(batch)
    except (csv.Error, ValueError, OSError) as error:  # Arrow's errors are among them
        raise ValidationError(f"{path}: {error}", remedy=REMEDY) from error


def _record(row: Row) -> dict[str, Any]:
    """A row as the record that it was made of; what it has not is left out, so that defaults hold."""
    told = {name: value for name, value in row.items() if value is not None}
    change = {part: told.pop(name) for part, name in _CHANGE.items() if name in told}
    nested = {name: msgspec.Raw(told[name].encode()) for name in _JSON_COLUMNS if name in told}
    return told | nested | ({"change": change} if change else {})


def _parquet_rows(path: Path) -> Iterator[Row]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS):
            yield from batch.to_pylist()


def _csv_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        parsers = _parsers(rows.fieldnames or ())
        for row in rows:
            yield {name: parse(row[name]) for name, parse in parsers.items() if row[name]}


def _parsers(columns: Sequence[str]) -> dict[str, Callable[[str], Any]]:
    """How the text of each column is read; an empty field is nothing at all."""
    import pyarrow as pa

    from extract.sinks.columns import DOCUMENT_COLUMNS, FACT_COLUMNS

    types = {**DOCUMENT_COLUMNS, **FACT_COLUMNS}
    of_type: dict[pa.DataType, Callable[[str], Any]] = {
        pa.int64(): int,
        pa.float64(): float,
        pa.bool_(): "True".__eq__,
    }
    return {name: of_type.get(types[name], str) for name in columns if name in types}
