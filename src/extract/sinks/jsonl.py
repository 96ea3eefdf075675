"""JSON Lines: one record a line, UTF-8, keys in the order of the class; read back with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from newsfacts.errors import ValidationError
from newsfacts.model import Fact
from newsfacts.sinks.lines import line_blocks
from newsfacts.sinks.tables import REMEDY, fact_class

T = TypeVar("T")


def encode(record: Any) -> bytes:
    """One record as a line. Equal records give equal bytes.

    Raises UnicodeEncodeError for text that is no Unicode text (a lone surrogate).
    """
    return msgspec.json.encode(record) + b"\n"


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every record of a file, in any format that `run` writes, with the number of its line, from 1.

    A row of a table is a line. Blank lines are skipped. Raises ValidationError for a line that is no object.
    """
    lines = (line for block in line_blocks(path) for line in BytesIO(block))
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, _object(line, f"{path}:{number}")


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ValidationError(f"{where}: not JSON: {error}", remedy=REMEDY) from error
    if not isinstance(record, dict):
        raise ValidationError(f"{where}: not a JSON object", remedy=REMEDY)
    return record


def read_facts(path: Path) -> Iterator[Fact]:
    """The facts of a file, in its order. Raises ValidationError that names line and field."""
    for number, record in read_lines(path):
        yield _convert(record, fact_class(record.get("type")), f"{path}:{number}")


def read_records(path: Path, shape: type[T]) -> Iterator[T]:
    """The records of documents.jsonl or errors.jsonl. Raises ValidationError that names line and field."""
    for number, record in read_lines(path):
        yield _convert(record, shape, f"{path}:{number}")


def _convert(record: dict[str, Any], shape: type[T], where: str) -> T:
    try:
        return msgspec.convert(record, shape)
    except msgspec.ValidationError as error:
        raise ValidationError(f"{where}: {error}", remedy=REMEDY) from error
