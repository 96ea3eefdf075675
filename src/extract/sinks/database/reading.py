"""The files of a run as rows, a block of lines at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import msgspec

from newsfacts.errors import ValidationError
from newsfacts.model import DocumentError
from newsfacts.model.records import DocumentRecord
from newsfacts.sinks.database.grouping import whole_documents
from newsfacts.sinks.database.renaming import with_new_ids, with_prefix
from newsfacts.sinks.database.rows import (
    Kind,
    Row,
    Rows,
    document_rows,
    error_rows,
    fact_decoder,
    fact_rows,
    without_nul,
)
from newsfacts.sinks.lines import line_blocks
from newsfacts.sinks.tables import REMEDY

T = TypeVar("T")


#: Rows of one kind, which are to be taken before the next ones are asked for.
Batch: TypeAlias = tuple[Kind, Iterator[Row]]


#: Blocks of lines to blocks of as many lines, some of them blank: those that are left out.
Sieve: TypeAlias = Callable[[Iterable[bytes]], Iterator[bytes]]


def read_facts(path: Path, prefix: str = "", sieve: Sieve = iter) -> Iterator[Batch]:
    """The facts of a file that the sieve lets pass, of documents whose ids take the prefix.

    Raises ValidationError that names line and field, also when rows are taken.
    """

    def read(blocks: Iterable[bytes]) -> Iterator[bytes]:
        return whole_documents(with_new_ids(sieve(blocks), prefix))

    return _read(path, fact_decoder(), fact_rows, read)


def read_documents(path: Path, prefix: str = "") -> Iterator[Batch]:
    """The documents of a file. Raises as `read_facts` does."""
    decoder = msgspec.json.Decoder(DocumentRecord)
    return _read(path, decoder, document_rows, partial(with_prefix, field="id", prefix=prefix))


def read_errors(path: Path, prefix: str = "", source: str | None = None) -> Iterator[Batch]:
    """The errors of errors.jsonl, of a run of this source. Raises as `read_facts` does."""
    decoder, rows_of = msgspec.json.Decoder(DocumentError), partial(error_rows, source=source)
    return _read(path, decoder, rows_of, partial(with_prefix, field="doc_id", prefix=prefix))


def _read(
    path: Path,
    decoder: msgspec.json.Decoder[T],
    rows_of: Callable[[list[T], int], Rows],
    renamed: Callable[[Iterator[bytes]], Iterator[bytes]],
) -> Iterator[Batch]:
    def check(line: bytes) -> None:
        for rows in rows_of([decoder.decode(line)], 1).values():
            list(rows)

    first = 1
    for block in renamed(line_blocks(path)):
        with _located(path, first, block, check):
            found = rows_of(decoder.decode_lines(block), first)
        # A NUL is always escaped in JSON; hardly any block has something like it.
        odd = rb"\u000" in block
        for kind, rows in found.items():
            yield kind, _checked(map(without_nul, rows) if odd else rows, path, first, block, check)
        first += block.count(b"\n")


def _checked(rows: Iterable[Row], *where: Any) -> Iterator[Row]:
    with _located(*where):
        yield from rows


@contextmanager
def _located(path: Path, first: int, block: bytes, check: Callable[[bytes], None]) -> Iterator[None]:
    """Names the line where one of the block is malformed."""
    try:
        yield
    except (msgspec.DecodeError, ValueError):
        _find_mistake(path, first, block, check)
        raise


def _find_mistake(path: Path, first: int, block: bytes, check: Callable[[bytes], None]) -> None:
    for number, line in enumerate(block.split(b"\n"), first):
        if not line.strip():
            continue
        try:
            check(line)
        except (msgspec.DecodeError, ValueError) as error:
            raise ValidationError(f"{path}:{number}: {error}", remedy=REMEDY) from error
