"""The files of a run as rows, one line at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from extract.errors import ValidationError
from extract.model import DateFact, DocumentError, Fact, PlaceFact, QuantityFact
from extract.model.records import DocumentRecord
from extract.sinks.database.rows import Row, document_row, error_row, fact_row, without_nul

T = TypeVar("T")

_REMEDY = "Run `newsfacts validate` on the file, or extract it again."


class _Typed(msgspec.Struct):
    type: str = ""


def fact_rows(path: Path) -> Iterator[Row]:
    """The facts of a file. Raises ValidationError that names line and field."""
    return _rows(path, _fact_decoder(), fact_row)


def document_rows(path: Path) -> Iterator[Row]:
    """The documents of documents.jsonl. Raises ValidationError that names line and field."""
    return _rows(path, msgspec.json.Decoder(DocumentRecord).decode, document_row)


def error_rows(path: Path) -> Iterator[Row]:
    """The errors of errors.jsonl. Raises ValidationError that names line and field."""
    return _rows(path, msgspec.json.Decoder(DocumentError).decode, error_row)


def _rows(path: Path, decode: Callable[[bytes], T], row_of: Callable[[T], Row]) -> Iterator[Row]:
    with _opened(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = row_of(decode(line))
            except (msgspec.DecodeError, ValueError, OverflowError) as error:
                raise ValidationError(f"{path}:{number}: {error}", remedy=_REMEDY) from error
            # A NUL is always escaped in JSON; hardly any line has one.
            yield without_nul(row) if rb"\u0000" in line else row


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The lines of a file, unpacked where its name ends in .gz or .zst."""
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
        raise ValidationError(f"{path}: {error}", remedy=_REMEDY) from error


def _fact_decoder() -> Callable[[bytes], Fact]:
    fact_type = msgspec.json.Decoder(_Typed).decode
    date = msgspec.json.Decoder(DateFact).decode
    place = msgspec.json.Decoder(PlaceFact).decode
    quantity = msgspec.json.Decoder(QuantityFact).decode

    def decode(line: bytes) -> Fact:
        match fact_type(line).type:
            case "date":
                return date(line)
            case "place":
                return place(line)
            case _:
                return quantity(line)

    return decode
