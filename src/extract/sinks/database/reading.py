"""The files of a run as rows, a block of lines at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from extract.errors import ValidationError
from extract.model import DocumentError
from extract.model.records import DocumentRecord
from extract.sinks.database.rows import (
    Rows,
    document_rows,
    error_rows,
    fact_decoder,
    fact_rows,
    without_nul,
)
from extract.sinks.lines import REMEDY, line_blocks

T = TypeVar("T")


def read_facts(path: Path) -> Iterator[Rows]:
    """The facts of a file. Raises ValidationError that names line and field."""
    return _read(path, fact_decoder(), fact_rows)


def read_documents(path: Path) -> Iterator[Rows]:
    """The documents of a file. Raises ValidationError that names line and field."""
    return _read(path, msgspec.json.Decoder(DocumentRecord), document_rows)


def read_errors(path: Path) -> Iterator[Rows]:
    """The errors of errors.jsonl. Raises ValidationError that names line and field."""
    return _read(path, msgspec.json.Decoder(DocumentError), error_rows)


def _read(
    path: Path, decoder: msgspec.json.Decoder[T], rows_of: Callable[[list[T], int], Rows]
) -> Iterator[Rows]:
    first = 1
    for block in line_blocks(path):
        try:
            rows = rows_of(decoder.decode_lines(block), first)
        except (msgspec.DecodeError, ValueError):
            _find_mistake(path, first, block, lambda line: rows_of([decoder.decode(line)], 1))
            raise
        # A NUL is always escaped in JSON; hardly any block has one.
        yield without_nul(rows) if rb"\u0000" in block else rows
        first += block.count(b"\n")


def _find_mistake(path: Path, first: int, block: bytes, parse: Callable[[bytes], Any]) -> None:
    for number, line in enumerate(block.split(b"\n"), first):
        if not line.strip():
            continue
        try:
            parse(line)
        except (msgspec.DecodeError, ValueError) as error:
            raise ValidationError(f"{path}:{number}: {error}", remedy=REMEDY) from error
