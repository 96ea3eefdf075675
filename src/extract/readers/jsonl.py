"""JSON Lines: one record a line, read one at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import AnyStr, BinaryIO, Protocol, TypeVar

import msgspec

from newsfacts.readers.decoding import decode, is_apart, text_stream, too_large
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.problems import Problem
from newsfacts.readers.records import from_record
from newsfacts.readers.source import Item, Source
from newsfacts.sections.normalise import repaired, whole_characters

_SLACK = 1 << 20
_CHUNK = 1 << 20


def read_jsonl(source: Source, options: ReadOptions) -> Iterator[Item]:
    """One document for each non-blank line."""
    decoder = msgspec.json.Decoder()
    blank = True
    with source.open() as stream:
        for number, line in _lines(stream, options):
            if line is None:
                yield too_large(options.max_chars).at(source.path, f"{source.doc_id}#{number}")
            elif line.strip():
                yield _item(decoder, line, source, number, options)
            blank = blank and line is not None and not line.strip()
    if blank:
        yield Problem("empty", "the file has no records").at(source.path, source.doc_id)


Line = TypeVar("Line", str, bytes, covariant=True)


class _Readable(Protocol[Line]):
    def readline(self, size: int, /) -> Line: ...


def _lines(stream: BinaryIO, options: ReadOptions) -> Iterator[tuple[int, bytes | None]]:
    most = 2 * options.max_chars + _SLACK
    text = text_stream(stream, options.encoding, newline="\n")
    if text is None:
        yield from bounded_lines(stream, most, b"\n")
        return
    for number, line in bounded_lines(text, most, "\n"):
        yield number, None if line is None else line.encode("utf-8", "surrogatepass")
    text.detach()


def bounded_lines(stream: _Readable[AnyStr], most: int, end: AnyStr) -> Iterator[tuple[int, AnyStr | None]]:
    """Numbered lines of a stream; None instead of a line longer than `most`, which is skipped."""
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        if len(line) <= most:
            yield number, line
            continue
        while line and not line.endswith(end):
            line = stream.readline(_CHUNK)
        yield number, None


def _item(
    decoder: msgspec.json.Decoder[object], line: bytes, source: Source, number: int, options: ReadOptions
) -> Item:
    doc_id = f"{source.doc_id}#{number}"
    # A record's limit is on its text, which may be shorter than its line.
    decoded = decode(line, max_chars=len(line), encoding=_bytewise(options.encoding))
    if isinstance(decoded, Problem):
        return Problem(decoded.kind, f"line {number}: {decoded.message}").at(source.path, doc_id)
    text = decoded.text.removeprefix("\ufeff")
    try:
        record, halves = _record(decoder, text)
        twice = _twice(text, options)
    except (ValueError, msgspec.DecodeError, RecursionError) as error:
        return Problem("bad-json", f"line {number} is not JSON: {error}").at(source.path, doc_id)
    if not isinstance(record, dict):
        return Problem("bad-json", f"line {number} is not a JSON object").at(source.path, doc_id)
    if twice is not None:
        return Problem("duplicate-column", f"line {number} has the field {twice!r} twice").at(
            source.path, doc_id
        )
    return from_record(record, source, number, options, (*decoded.warnings, *repaired(halves)))


def _bytewise(encoding: str | None) -> str | None:
    """The encoding of a line as `_lines` gives it."""
    return None if encoding is None or is_apart(encoding) else encoding


def _twice(text: str, options: ReadOptions) -> str | None:
    """A field that we read and that the object has twice: which of them counts would be chance."""
    names = [name for name in options.fields.names() if text.count(f'"{name}"') > 1]
    if not names:
        return None
    pairs: list[tuple[str, object]] = []

    def keep(found: list[tuple[str, object]]) -> None:  # called for the whole object last
        pairs[:] = found

    json.loads(text, object_pairs_hook=keep)
    counts = Counter(name for name, _ in pairs)
    return next((name for name in names if counts[name] > 1), None)


def _record(decoder: msgspec.json.Decoder[object], line: str) -> tuple[object, int]:
    """What a line says, and how many halves of characters ("\\ud83d" by itself) in it were replaced."""
    try:
        return decoder.decode(line), 0
    except msgspec.DecodeError as error:
        if "surrogate" not in str(error):
            raise
    # Python's own writer makes such lines, and its reader takes them.
    whole, halves = whole_characters(json.dumps(json.loads(line), ensure_ascii=False))
    return decoder.decode(whole), halves
