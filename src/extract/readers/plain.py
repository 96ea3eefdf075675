"""Plain text files: one document a file."""

from __future__ import annotations

from collections.abc import Iterator

from newsfacts.readers.decoding import Decoded, decode, read_limited
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.problems import Problem
from newsfacts.readers.source import Item, RawDocument, Source


def read_text(source: Source, options: ReadOptions) -> Iterator[Item]:
    """The file's document."""
    decoded = load_text(source, options)
    if isinstance(decoded, Problem):
        yield decoded.at(source.path, source.doc_id)
        return
    yield RawDocument(source.doc_id, decoded.text, source.path, warnings=decoded.warnings)


def load_text(source: Source, options: ReadOptions) -> Decoded | Problem:
    """The whole file as text."""
    with source.open() as stream:
        data = read_limited(stream, options.max_chars)
    if isinstance(data, Problem):
        return data
    return decode(data, max_chars=options.max_chars, encoding=options.encoding)
