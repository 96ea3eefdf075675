"""Records as rows: the columns in which they travel to the database, before tables are filled from them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Final, Literal, TypeAlias, Union, get_type_hints

import msgspec
from msgspec.structs import astuple

from extract.model import QUANTITY_TYPES, DateFact, DocumentError, PlaceFact, QuantityFact
from extract.model.records import DocumentRecord

Row: TypeAlias = tuple[Any, ...]

_COMMON = (
    "published", "id", "doc_id", "start", "end", "text", "sentence_start", "sentence_end", "section", "rule",
    "confidence",
)  # fmt: skip
_QUANTITY = (
    "value", "low", "high", "modifier", "unit", "per", "item", "item_start", "item_end", "subject",
    "subject_start", "subject_end", "subject_resolved", "predicate", "status", "source", "source_start",
    "source_end", "time", "place", "place_inherited", "same_as", "timex3",
)  # fmt: skip
_CHANGE = ("direction", "role", "basis")
_DATE = ("timex3", "edtf", "part", "part_of_day", "relation", "date_start", "date_end")
_PLACE = ("name", "kind", "country", "admin1", "admin2", "geonames_id", "cn_code", "lat", "lon")
_DOCUMENT = ("id", "path", "title", "published_source", "url", "characters", "words", "sha256")
_ERROR = ("doc_id", "path", "kind", "message", "remedy")

_BEFORE_YEAR_1 = re.compile(r"(-[0-9]{4}|0000)-[0-9]{2}-[0-9]{2}")
_NUL = re.compile(r"(\\\\)|\\u0000")
_COLUMNS = {"start": "start_char", "end": "end_char", "time": "time_id", "place": "place_id"}


def _columns(*fields: str) -> tuple[str, ...]:
    return tuple(_COLUMNS.get(field, field) for field in fields)


#: Number of the record's line; of records with one id the last counts.
LINE: Final = "line"
#: Columns of the rows that are made below, in their order.
QUANTITY_COLUMNS = (LINE, "type", *_columns(*_COMMON, *_QUANTITY), *(f"change_{name}" for name in _CHANGE))
DATE_COLUMNS = (LINE, "type", *_columns(*_COMMON, *_DATE))
PLACE_COLUMNS = (LINE, "type", *_columns(*_COMMON), *_PLACE)
DOCUMENT_COLUMNS = (LINE, *_DOCUMENT, "published", "sections", "warnings", "incomplete")
ERROR_COLUMNS = (LINE, "id", *_ERROR)

_NO_CHANGE = (None,) * len(_CHANGE)


def _shape(of: type[Any], fact_type: str, *fields: str) -> type[msgspec.Struct]:
    """The class of a fact with these fields, in this order, as a struct, which is decoded much faster.

    Days are left to `day`, and every number is a float: whole numbers of databases end at 2**63.
    """
    types = {
        **get_type_hints(of, include_extras=True),
        **dict.fromkeys(("value", "low", "high"), float | None),
        **dict.fromkeys(("published", "date_start", "date_end"), str | None),
    }
    default = {f.name: f.default for f in dataclasses.fields(of) if f.default is not dataclasses.MISSING}
    parts = [(n, types[n], default[n]) if n in default else (n, types[n]) for n in fields]
    return msgspec.defstruct(
        f"{fact_type}_row", parts, kw_only=True, gc=False, tag=fact_type, tag_field="type"
    )


def _quantity_row(fact_type: str, fact: msgspec.Struct, line: int) -> Row:
    told = astuple(fact)
    change = told[-1]
    return (line, fact_type, day(told[0]), *told[1:-1], *(_change(change) if change else _NO_CHANGE))


def _date_row(fact: msgspec.Struct, line: int) -> Row:
    told = astuple(fact)
    return (line, "date", day(told[0]), *told[1:-2], day(told[-2]), day(told[-1]))


def _place_row(fact: msgspec.Struct, line: int) -> Row:
    told = astuple(fact)
    return (line, "place", day(told[0]), *told[1:])


_change: attrgetter[Any] = attrgetter(*_CHANGE)
_document: attrgetter[Any] = attrgetter(*_DOCUMENT)
_error: attrgetter[Any] = attrgetter(*_ERROR)

Kind: TypeAlias = Literal["quantities", "dates", "places", "documents", "errors"]
#: Rows of each kind, made as they are taken.
Rows: TypeAlias = Mapping[Kind, Iterator[Row]]

_QUANTITIES: Mapping[type[Any], Callable[[Any, int], Row]] = {
    _shape(QuantityFact, name, *_COMMON, *_QUANTITY, "change"): partial(_quantity_row, name)
    for name in QUANTITY_TYPES
}
_DateFact = _shape(DateFact, "date", *_COMMON, *_DATE)
_PlaceFact = _shape(PlaceFact, "place", *_COMMON, *_PLACE)


def fact_decoder() -> msgspec.json.Decoder[Any]:
    """Decodes facts to what `fact_rows` takes."""
    return msgspec.json.Decoder(Union[(*_QUANTITIES, _DateFact, _PlaceFact)])


def fact_rows(facts: Sequence[Any], first: int) -> Rows:
    """Facts as rows with lines from `first`. Raises ValueError for an impossible day, when it comes to it."""
    return {
        "quantities": (make(f, n) for n, f in enumerate(facts, first) if (make := _QUANTITIES.get(type(f)))),
        "dates": (_date_row(f, n) for n, f in enumerate(facts, first) if type(f) is _DateFact),
        "places": (_place_row(f, n) for n, f in enumerate(facts, first) if type(f) is _PlaceFact),
    }


def document_rows(documents: Sequence[DocumentRecord], first: int) -> Rows:
    """Documents as rows; what is nested is JSON. Raises ValueError as `fact_rows` does."""
    return {"documents": (_document_row(document, line) for line, document in enumerate(documents, first))}


def _document_row(document: DocumentRecord, line: int) -> Row:
    nested = (document.sections, document.warnings, document.incomplete)
    return (line, *_document(document), day(document.published), *map(_json, nested))


def _json(told: object) -> str:
    # NUL is an escape here, which JSONB refuses and `without_nul` does not see.
    return _NUL.sub(lambda found: found[1] or "\ufffd", msgspec.json.encode(told).decode())


def error_rows(errors: Sequence[DocumentError], first: int, source: str | None = None) -> Rows:
    """Errors as rows. The id of one is a function of what it says: equal errors of one source are one."""
    return {"errors": (_error_row(error, line, source) for line, error in enumerate(errors, first))}


def _error_row(error: DocumentError, line: int, source: str | None) -> Row:
    parts: Row = _error(error)
    key = "\0".join("" if part is None else part for part in (source, *parts))
    return (line, hashlib.sha256(key.encode()).hexdigest()[:32], *parts)


def without_nul(row: Row) -> Row:
    """The row with U+FFFD for NUL, which no database text can hold."""
    return tuple(value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in row)


def day(text: str | None) -> str | None:
    """A day that a database column can hold: None before the year 1 (EDTF keeps what the text says).

    Raises ValueError for what is no day, or one that the calendar lacks.
    """
    if text is None or (text < "0001" and _BEFORE_YEAR_1.fullmatch(text)):
        return None
    if len(text) != 10 or text[4] != "-" or text[7] != "-":  # fromisoformat knows other forms too
        raise ValueError(f"{text!r} is no day of the form 2023-07-28")
    dt.date.fromisoformat(text)  # raises
    return text
