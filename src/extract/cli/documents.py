"""From what the user names to documents: inputs, and how many there are."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from multiprocessing.connection import Connection

    from newsfacts.model import Document
    from newsfacts.readers.source import Source
    from newsfacts.sections import DocumentBuilder

_MANY = frozenset({".jsonl", ".ndjson"})
_TABLES = frozenset({".csv", ".tsv"})
_PARQUET = ".parquet"
#: Seconds that the row numbers of Parquet files may take: without them the bar has no end.
_PATIENCE = 20.0
_BLOCK = 1 << 20


def texts_of(source: Path) -> Mapping[str, str]:
    """Document id -> text of an input, read with default options."""
    from newsfacts.model import Document
    from newsfacts.readers import ReadOptions, read
    from newsfacts.rules import RuleSet
    from newsfacts.sections import DocumentBuilder

    found = read([source], ReadOptions(), DocumentBuilder.from_rules(RuleSet()))
    return {item.id: item.text for item in found if isinstance(item, Document)}


def first_document(source: Path, published: dt.date | None, builder: DocumentBuilder) -> Document:
    """The first document of a file or of standard input (-). Raises ReadError where it cannot be read."""
    from newsfacts.errors import ReadError
    from newsfacts.model import DocumentError
    from newsfacts.readers import ReadOptions, read

    items = read([source], ReadOptions(published=published, check_language=False), builder)
    item = next(items, None)
    if item is None or isinstance(item, DocumentError):
        kind, message, remedy = (
            (item.kind, item.message, item.remedy) if item else ("empty", "no document", "")
        )
        raise ReadError(f"{source}: {message}", kind=kind, remedy=remedy)
    return item


def expected(inputs: Sequence[Path]) -> int | None:
    """About how many documents these inputs hold; None where that cannot be told without reading them."""
    from newsfacts.model import DocumentError
    from newsfacts.readers import ReadOptions
    from newsfacts.readers.discovery import Discovery

    if Path("-") in inputs:
        return None
    sources = list(Discovery(inputs, ReadOptions()))
    files = [str(s.file) for s in sources if not isinstance(s, DocumentError) and s.suffix == _PARQUET]
    rows = _rows(files) if files else 0
    counts = [
        1 if isinstance(source, DocumentError) else _count(source)
        for source in sources
        if isinstance(source, DocumentError) or source.suffix != _PARQUET
    ]
    return None if rows is None else rows + sum(counts)


def _count(source: Source) -> int:
    """Lines of JSON Lines, rows of CSV, 1 of anything else."""
    from newsfacts.readers.problems import Refused

    if source.suffix not in _MANY | _TABLES:
        return 1
    try:
        with source.open() as file:
            blocks = iter(lambda: file.read(_BLOCK), b"")
            if source.suffix in _TABLES:
                return max(0, _rows_of_csv(blocks) - 1)
            return sum(block.count(b"\n") for block in blocks)
    except (OSError, EOFError, zlib.error, Refused):
        return 1


def _rows_of_csv(blocks: Iterable[bytes]) -> int:
    """Line ends outside quotes, and a last line without one. The header counts too."""
    rows, quoted, ended = 0, False, True
    for block in blocks:
        for number, part in enumerate(block.split(b'"')):
            quoted ^= number > 0
            rows += 0 if quoted else part.count(b"\n")
        ended = block.endswith(b"\n")
    return rows + (not ended)


def _rows(files: list[str]) -> int | None:
    """The rows of Parquet files, told by a process of its own: a broken file may crash who opens it."""
    from newsfacts.processes import Child

    child = Child(tell_rows, files)
    try:
        answer = child.answer(_PATIENCE)
    finally:
        child.end()
    return answer if isinstance(answer, int) else None


def tell_rows(connection: Connection, files: list[str]) -> None:
    """The life of that process. A file that is no Parquet file counts as one document, which fails."""
    from newsfacts.processes import MEMORY, settle

    settle(MEMORY)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    connection.send(sum(map(_rows_of_parquet, files)))


def _rows_of_parquet(file: str) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(file).num_rows)
    except (pa.ArrowException, OSError):
        return 1
