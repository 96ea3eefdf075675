"""Records of JSONL, CSV and Parquet files: fields to documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsfacts.model.document import writable
from newsfacts.readers.decoding import Decoded, decode, too_large
from newsfacts.readers.markup import has_markup, plain_text
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.problems import Problem
from newsfacts.readers.source import Item, RawDocument, Source


def first_field(record: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """The first of these fields that is there and not null."""
    return next((record[n] for n in names if record.get(n) is not None), None)


def text_or_none(value: Any) -> str | None:
    """A metadata value as a non-empty string. Raises ValueError for numbers of thousands of digits."""
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    return writable(text) or None


def showable(value: Any) -> Any:
    """A date field as it is. Raises ValueError for numbers of thousands of digits."""
    text_or_none(value)
    return value


def from_record(
    record: Mapping[str, Any],
    source: Source,
    number: int,
    options: ReadOptions,
    warnings: tuple[str, ...] = (),
) -> Item:
    """The document of record `number` (counted from 1), or what is wrong with it."""
    try:
        return _from_record(record, source, number, options, warnings)
    except (ValueError, OverflowError) as error:
        message = f"record {number} holds a value that cannot be used: {error}"
        return Problem("bad-value", message).at(source.path, f"{source.doc_id}#{number}")


def _from_record(
    record: Mapping[str, Any], source: Source, number: int, options: ReadOptions, warnings: tuple[str, ...]
) -> Item:
    names = options.fields
    doc_id = text_or_none(first_field(record, names.id)) or f"{source.doc_id}#{number}"
    decoded = _text(first_field(record, names.text), options)
    if isinstance(decoded, Problem):
        where = Problem(decoded.kind, f"record {number}: {decoded.message}")
        return where.at(source.path, doc_id)
    title = text_or_none(first_field(record, names.title))
    converted = has_markup(decoded.text)
    text = plain_text(decoded.text) if converted else decoded.text
    if not text.strip():
        return Problem("empty", f"record {number}: there is no text but markup").at(source.path, doc_id)
    return RawDocument(
        doc_id,
        text,
        source.path,
        title=plain_text(title) if title and has_markup(title) else title,
        converted=converted,
        published=showable(first_field(record, names.date)),
        url=text_or_none(first_field(record, names.url)),
        warnings=(*warnings, *decoded.warnings),
    )


def _text(value: Any, options: ReadOptions) -> Decoded | Problem:
    if isinstance(value, bytes):
        return decode(value, max_chars=options.max_chars, encoding=options.encoding)
    if not isinstance(value, str):
        wanted = " or ".join(repr(n) for n in options.fields.text)
        what = "has no field" if value is None else f"holds a {type(value).__name__}, not a string, in"
        return Problem("missing-field", f"the record {what} {wanted}")
    if len(value) > options.max_chars:
        return too_large(options.max_chars)
    if not value.strip():
        return Problem("empty", "there is no text")
    return Problem("nul-bytes", "the text contains NUL characters") if "\0" in value else Decoded(value)
