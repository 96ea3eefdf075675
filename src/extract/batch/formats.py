"""The final files of a run: JSON Lines (plain, .gz, .zst), Parquet or CSV, streamed from finished shards.

Equal shards give equal bytes. Errors are JSON Lines in every format: they are for people to read.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO, Final, Literal, Protocol, TypeAlias, cast

import msgspec
import pyarrow as pa

from newsfacts.batch.shards import Parts
from newsfacts.sinks.cells import guarded_row
from newsfacts.sinks.columns import DOCUMENT_COLUMNS, FACT_COLUMNS, document_row, fact_row
from newsfacts.sinks.described import rendered as described_columns
from newsfacts.sinks.kept import Kept
from newsfacts.sinks.lines import DATAPACKAGE, DOCUMENTS, ERRORS, FACTS, QUANTITIES
from newsfacts.sinks.quantities import CsvTable
from newsfacts.table import TableWords, quantities

Format: TypeAlias = Literal["jsonl", "jsonl.gz", "jsonl.zst", "parquet", "csv"]

_ROWS = 10_000
_GZIP_LEVEL = 6


class Writer(Protocol):
    """Turns JSON Lines into a file of some format."""

    def write(self, lines: bytes) -> None:
        """Add records."""

    def close(self) -> None:
        """End the format; the file below stays open."""


class _Plain:
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, lines: bytes) -> None:
        self._file.write(lines)

    def close(self) -> None:
        pass


class _Packed:
    """A compressed stream: one frame or member without name and time, so that bytes are equal."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, lines: bytes) -> None:
        self._stream.write(lines)

    def close(self) -> None:
        self._stream.close()


def _gzip(file: BinaryIO) -> Writer:
    return _Packed(gzip.GzipFile("", "wb", _GZIP_LEVEL, file, mtime=0))


def _zstd(file: BinaryIO) -> Writer:
    # Arrow closes the file below; it must stay open until it is durable.
    return _Packed(pa.CompressedOutputStream(pa.PythonFile(Kept(file), "w"), "zstd"))


Row: TypeAlias = Callable[[Mapping[str, Any]], dict[str, Any]]


class _Parquet:
    """Row groups of a fixed number of rows, whatever the shards are."""

    def __init__(self, file: BinaryIO, columns: Mapping[str, pa.DataType], row: Row) -> None:
        import pyarrow.parquet as pq

        self._schema = pa.schema(list(columns.items()))
        self._writer = pq.ParquetWriter(
            pa.PythonFile(Kept(file), "w"), self._schema, compression="zstd", store_schema=False
        )
        self._row = row
        self._rows: list[dict[str, Any]] = []

    def write(self, lines: bytes) -> None:
        self._rows += map(self._row, map(msgspec.json.decode, lines.splitlines()))
        while len(self._rows) >= _ROWS:
            self._flush(_ROWS)

    def _flush(self, count: int) -> None:
        rows, self._rows = self._rows[:count], self._rows[count:]
        self._writer.write_table(pa.Table.from_pylist(rows, self._schema))

    def close(self) -> None:
        self._flush(len(self._rows))
        self._writer.close()


class _Csv:
    """RFC 4180 with a header; what is not there is an empty field, lists and mappings are JSON.

    No cell is a formula: see `guarded`.
    """

    def __init__(self, file: BinaryIO, columns: Mapping[str, pa.DataType], row: Row) -> None:
        self._text = io.TextIOWrapper(cast("BinaryIO", Kept(file)), "utf-8", newline="", write_through=True)
        self._writer = csv.DictWriter(self._text, list(columns))
        self._writer.writeheader()
        self._row = row

    def write(self, lines: bytes) -> None:
        self._writer.writerows(
            guarded_row(self._row(msgspec.json.decode(line))) for line in lines.splitlines()
        )

    def close(self) -> None:
        self._text.detach()


Opener: TypeAlias = Callable[[BinaryIO, Mapping[str, pa.DataType], Row], Writer]

_OPENERS: Final[Mapping[str, Opener]] = MappingProxyType(
    {
        "jsonl": lambda file, columns, row: _Plain(file),
        "jsonl.gz": lambda file, columns, row: _gzip(file),
        "jsonl.zst": lambda file, columns, row: _zstd(file),
        "parquet": _Parquet,
        "csv": _Csv,
    }
)
FORMATS: Final = tuple(_OPENERS)


def file_names(kind: Format) -> tuple[str, str, str, str, str]:
    """The names of the final files: description of columns, quantities, errors, documents, facts."""
    records = (ERRORS, DOCUMENTS.replace("jsonl", kind), FACTS.replace("jsonl", kind))
    return DATAPACKAGE, QUANTITIES, *records


class _Quantities:
    """The table of quantities, made of the facts and documents of one shard at a time."""

    def __init__(
        self, file: BinaryIO, words: TableWords | None, version: str | None, run: str | None
    ) -> None:
        self._table = CsvTable(file)
        self._words, self._version, self._run = words, version, run

    def write(self, part: Parts) -> None:
        facts, documents = (map(msgspec.json.decode, x.splitlines()) for x in (part.facts, part.documents))
        rows = quantities(facts, documents, words=self._words, version=self._version, run=self._run)
        self._table.write(rows)

    def close(self) -> None:
        self._table.close()


def assemble(
    parts: Iterable[Parts],
    kind: Format,
    files: Iterable[BinaryIO],
    *,
    words: TableWords | None = None,
    version: str | None = None,
    run: str | None = None,
) -> None:
    """Write the lines of all shards, in order, into the files of `file_names(kind)`.

    `words` are those of the table of quantities (None: the shipped ones), `version` and `run` its columns.
    """
    columns, figures, errors, documents, facts = files
    columns.write(described_columns())
    table = _Quantities(figures, words, version, run)
    opened = (
        _Plain(errors),
        _OPENERS[kind](documents, DOCUMENT_COLUMNS, document_row),
        _OPENERS[kind](facts, FACT_COLUMNS, fact_row),
    )
    for part in parts:
        for writer, lines in zip(opened, (part.errors, part.documents, part.facts), strict=True):
            writer.write(lines)
        table.write(part)
    for writer in opened:
        writer.close()
    table.close()
