"""From what the user names to documents: inputs, and how many there are."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from newsfacts.model import Document
    from newsfacts.readers.source import Source
    from newsfacts.sections import DocumentBuilder

_MANY = frozenset({".jsonl", ".ndjson"})
_UNKNOWN = frozenset({".csv", ".tsv", ".parquet"})
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
    counts = [1 if isinstance(source, DocumentError) else _count(source) for source in sources]
    return None if None in counts else sum(filter(None, counts))


def _count(source: Source) -> int | None:
    if source.suffix in _UNKNOWN:
        return None
    if source.suffix not in _MANY:
        return 1
    from newsfacts.readers.problems import Refused

    try:
        with source.open() as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
    except (OSError, EOFError, zlib.error, Refused):
        return 1
