"""CSV and TSV: one record a row, read one at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO

from newsfacts.readers.decoding import (
    Decoded,
    decode,
    guess_encoding,
    marked_encoding,
    text_stream,
    too_large,
    try_decode,
)
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.problems import Problem, Refused
from newsfacts.readers.records import from_record
from newsfacts.readers.source import Item, Source

_SLACK = 1 << 16
_CHUNK = 1 << 20
#: Bytes of lines that are not UTF-8 from which the encoding of all of them is guessed.
_SAMPLE = 1 << 16


def read_csv(source: Source, options: ReadOptions) -> Iterator[Item]:
    """One document for each row below the header. A header without commas may use tabs or semicolons."""
    return _read(source, options, ",")


def read_tsv(source: Source, options: ReadOptions) -> Iterator[Item]:
    """One document for each row below the header."""
    return _read(source, options, "\t")


class _Feed:
    """Lines for csv.reader that never exceed a size; remembers that one did."""

    def __init__(self, stream: TextIO, most: int) -> None:
        self._stream = stream
        self._most = most
        self.overlong = False

    def __iter__(self) -> Iterator[str]:
        while line := self._stream.readline(self._most):
            if len(line) >= self._most and not line.endswith("\n"):
                self.overlong = True
                while (rest := self._stream.readline(_CHUNK)) and not rest.endswith("\n"):
                    pass
                line = "\n"
            yield line


def _read(source: Source, options: ReadOptions, delimiter: str) -> Iterator[Item]:
    usual = None if options.encoding else _encoding(source)
    with source.open() as raw:
        # Bytes that are not UTF-8 survive as surrogates, and are decoded as the whole file is.
        text = text_stream(raw, options.encoding, newline="") or io.TextIOWrapper(
            raw, options.encoding or "utf-8-sig", errors="surrogateescape", newline=""
        )
        feed = _Feed(text, options.max_chars + _SLACK)
        lines = iter(feed)
        first = next(lines, "").removeprefix("\ufeff")
        delimiter = _delimiter(first, delimiter)
        header = _next(csv.reader([first], delimiter=delimiter), options.max_chars + _SLACK) or []
        if isinstance(header, Problem):
            raise Refused(header.kind, header.message)
        yield from _rows(
            csv.reader(lines, delimiter=delimiter, strict=True), header, feed, source, options, usual
        )
        text.detach()


def _delimiter(header: str, usual: str) -> str:
    """What separates the columns: Excel's "Unicode text" has tabs, its CSV of many countries semicolons."""
    others = () if usual.isspace() else ("\t", ";")
    return next((one for one in (usual, *others) if one in header), usual)


def _rows(
    rows: Any, header: list[str], feed: _Feed, source: Source, options: ReadOptions, usual: str | None
) -> Iterator[Item]:
    if not any(name.strip() for name in header):
        yield Problem("empty", "the file has no header").at(source.path, source.doc_id)
        return
    names = [name.strip() for name in header]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        yield Problem("duplicate-column", f"there are two columns {twice!r}").at(source.path, source.doc_id)
        return
    if not set(names) & set(options.fields.text):
        found = ", ".join(names)[:200]
        yield Problem("missing-field", f"no column {options.fields.text[0]!r} among: {found}").at(source.path)
        return
    number, running = 0, True
    while running:
        row = _next(rows, options.max_chars + _SLACK)
        number += 1
        if row is None:
            return
        running = not (isinstance(row, Problem) and row.kind == "too-large")
        if row or feed.overlong:
            yield _item(row, names, feed, source, number, options, usual)
        else:
            number -= 1


def _next(rows: Any, field_limit: int) -> list[str] | Problem | None:
    with _field_size(field_limit):
        try:
            return next(rows, None)
        except csv.Error as error:
            kind = "too-large" if "field limit" in str(error) else "bad-csv"
            return Problem(kind, f"line {rows.line_num + 1}: {error}")


@contextmanager
def _field_size(limit: int) -> Iterator[None]:
    # The csv module keeps its limit (128 KB, less than a long article) for the whole process.
    before = csv.field_size_limit(limit)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _item(
    row: list[str] | Problem,
    names: list[str],
    feed: _Feed,
    source: Source,
    number: int,
    options: ReadOptions,
    usual: str | None,
) -> Item:
    doc_id = f"{source.doc_id}#{number}"
    if feed.overlong:
        feed.overlong = False
        return too_large(options.max_chars).at(source.path, doc_id)
    if isinstance(row, Problem):
        return row.at(source.path, doc_id)
    if len(row) != len(names):
        what = f"row {number} has {len(row)} fields, the header {len(names)}"
        return Problem("bad-csv", what).at(source.path, doc_id)
    return _from_row(dict(zip(names, row, strict=True)), source, number, options, usual)


def _from_row(
    record: Mapping[str, str], source: Source, number: int, options: ReadOptions, usual: str | None
) -> Item:
    fields: dict[str, str] = {}
    warnings: dict[str, None] = {}
    for name, value in record.items():
        if not value.strip():
            continue
        decoded = _recoded(value, usual)
        if isinstance(decoded, Problem):
            what = f"row {number}, column {name!r}: {decoded.message}"
            return Problem(decoded.kind, what).at(source.path, f"{source.doc_id}#{number}")
        fields[name] = decoded.text
        warnings.update(dict.fromkeys(decoded.warnings))
    if not fields.keys() & set(options.fields.text):
        return Problem("empty", f"row {number} has no text").at(source.path, f"{source.doc_id}#{number}")
    return from_record(fields, source, number, options, tuple(warnings))


def _recoded(value: str, usual: str | None) -> Decoded | Problem:
    if not any("\udc80" <= c <= "\udcff" for c in value):
        return Decoded(value)
    return decode(value.encode("utf-8", "surrogateescape"), max_chars=len(value), declared=usual)


def _encoding(source: Source) -> str | None:
    """The encoding of a file that is not UTF-8, guessed from all its lines with such bytes; None: it is, or
    it cannot be read twice."""
    if source.file is None:
        return None
    lines: list[bytes] = []
    size = 0
    with source.open() as stream:
        if marked_encoding(stream.peek(4)[:4]):  # type: ignore[attr-defined]
            return None
        while size < _SAMPLE and (line := stream.readline(_CHUNK)):
            if not line.isascii() and try_decode(line, "utf-8") is None:
                lines.append(line[:_SAMPLE])
                size += len(lines[-1])
    return guess_encoding(b"".join(lines)) if lines else None
