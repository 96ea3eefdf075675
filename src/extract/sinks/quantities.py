"""The table `quantities` as a file: CSV, Parquet, JSON Lines, GeoJSON, XLSX; equal rows give equal bytes."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, BinaryIO, Final, Literal, Protocol, TypeAlias, cast

import msgspec
import pyarrow as pa

from newsfacts.sinks.cells import guarded_row
from newsfacts.sinks.kept import Kept
from newsfacts.table import COLUMNS, NAMES, ColumnType, Row

Suffix: TypeAlias = Literal[".csv", ".xlsx", ".parquet", ".geojson", ".jsonl"]

_ROWS = 10_000
_BOM = b"\xef\xbb\xbf"
_ARROW: Final[Mapping[ColumnType, pa.DataType]] = MappingProxyType(
    {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
)
#: Columns of the table in Arrow.
ARROW_SCHEMA: Final = pa.schema([(column.name, _ARROW[column.type]) for column in COLUMNS])
_NUMBERS: Final = tuple(column.name for column in COLUMNS if column.type == "number")
_DAYS: Final = tuple(column.name for column in COLUMNS if column.type == "date")


class Table(Protocol):
    """A table that is being written. The file below stays open when it is closed."""

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""

    def close(self) -> None:
        """End the format."""


class CsvTable:
    """RFC 4180 in UTF-8 with a header; what is not there is an empty field, and no cell is a formula.

    `bom` begins the file with a byte order mark, by which Excel knows UTF-8.
    """

    def __init__(self, file: BinaryIO, *, bom: bool = False) -> None:
        file.write(_BOM if bom else b"")
        self._text = io.TextIOWrapper(cast("BinaryIO", Kept(file)), "utf-8", newline="", write_through=True)
        self._writer = csv.DictWriter(self._text, NAMES)
        self._writer.writeheader()

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        self._writer.writerows(map(guarded_row, rows))

    def close(self) -> None:
        """End the format."""
        self._text.detach()


class ParquetTable:
    """Row groups of a fixed number of rows, days as dates."""

    def __init__(self, file: BinaryIO) -> None:
        import pyarrow.parquet as pq

        sink = pa.PythonFile(Kept(file), "w")
        self._writer = pq.ParquetWriter(sink, ARROW_SCHEMA, compression="zstd", store_schema=False)
        self._rows: list[Row] = []

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        self._rows += map(typed, rows)
        while len(self._rows) >= _ROWS:
            self._flush(_ROWS)

    def _flush(self, count: int) -> None:
        rows, self._rows = self._rows[:count], self._rows[count:]
        self._writer.write_table(pa.Table.from_pylist(rows, ARROW_SCHEMA))

    def close(self) -> None:
        """End the format."""
        self._flush(len(self._rows))
        self._writer.close()


class JsonlTable:
    """A JSON object a line, with every column; what is not there is null."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            self._file.write(msgspec.json.encode(row) + b"\n")

    def close(self) -> None:
        """End the format."""


class GeoJsonTable:
    """RFC 7946: a point for each row with a place; rows without coordinates are left out."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._lead = b'{"type":"FeatureCollection","features":[\n'

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            if is_placed(row):
                self._file.write(self._lead + msgspec.json.encode(_feature(row)))
                self._lead = b",\n"

    def close(self) -> None:
        """End the format."""
        self._file.write(b"\n]}\n" if self._lead == b",\n" else self._lead + b"]}\n")


def _feature(row: Row) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": row}


def is_placed(row: Row) -> bool:
    """Whether a row has coordinates."""
    return row["lat"] is not None and row["lon"] is not None


def typed(row: Row) -> Row:
    """The row with numbers as floats and days as dates, as databases and data frames have them."""
    changed: Row = {name: None if row[name] is None else float(str(row[name])) for name in _NUMBERS}
    changed |= {name: row[name] and dt.date.fromisoformat(row[name]) for name in _DAYS}
    return row | changed


def _workbook(file: BinaryIO) -> Table:
    from newsfacts.sinks.workbook import WorkbookTable  # needs newsfacts[excel]

    return WorkbookTable(file)


TABLES: Final[Mapping[Suffix, Callable[[BinaryIO], Table]]] = MappingProxyType(
    {
        ".csv": CsvTable,
        ".xlsx": _workbook,
        ".parquet": ParquetTable,
        ".geojson": GeoJsonTable,
        ".jsonl": JsonlTable,
    }
)


def write_table(rows: Iterable[Row], table: Table) -> int:
    """Write rows, some hundred at a time, and close the table; return how many there were."""
    rows, count = iter(rows), 0
    while some := list(islice(rows, _ROWS)):
        table.write(some)
        count += len(some)
    table.close()
    return count
