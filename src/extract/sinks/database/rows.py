"""Records as rows: the columns in which they travel to the database, before tables are filled from them."""

from __future__ import annotations

import datetime as dt
import hashlib
from operator import attrgetter
from typing import Any, TypeAlias

import msgspec

from extract.model import DateFact, DocumentError, Fact, QuantityFact
from extract.model.records import DocumentRecord

Row: TypeAlias = tuple[Any, ...]

_COMMON = (
    "id", "doc_id", "type", "start_char", "end_char", "text", "sentence_start", "sentence_end", "section",
    "rule", "confidence",
)  # fmt: skip
_QUANTITY = (
    "modifier", "unit", "per", "item", "item_start", "item_end", "subject", "subject_start", "subject_end",
    "predicate", "status", "source", "source_start", "source_end", "time_id", "place_id", "place_inherited",
    "same_as", "subject_resolved",
)  # fmt: skip
_NUMBERS = ("value", "low", "high")
_CHANGE = ("change_direction", "change_role", "change_basis")
_DATE = ("edtf", "part", "part_of_day", "relation", "date_start", "date_end")
_PLACE = ("name", "kind", "country", "admin1", "admin2", "geonames_id", "cn_code", "lat", "lon")
_DOCUMENT = ("id", "path", "title", "published_source", "url", "characters", "words", "sha256")
_ERROR = ("doc_id", "path", "kind", "message", "remedy")

#: Columns of fact_row, document_row and error_row, in their order.
FACT_COLUMNS = (*_COMMON, "published", "timex3", *_QUANTITY, *_NUMBERS, *_CHANGE, *_DATE, *_PLACE)
DOCUMENT_COLUMNS = (*_DOCUMENT, "published", "sections", "warnings")
ERROR_COLUMNS = ("id", *_ERROR)

_FIELDS = {"start_char": "start", "end_char": "end", "time_id": "time", "place_id": "place"}


def _getter(columns: tuple[str, ...]) -> attrgetter[Any]:
    return attrgetter(*(_FIELDS.get(name, name) for name in columns))


_common, _quantity, _place = _getter(_COMMON), _getter(_QUANTITY), _getter(_PLACE)
_date, _document, _error = _getter(_DATE[:4]), _getter(_DOCUMENT), _getter(_ERROR)
_NO_CHANGE = (None,) * len(_CHANGE)
_NO_QUANTITY = (None,) * (len(_QUANTITY) + len(_NUMBERS) + len(_CHANGE))
_NO_DATE, _NO_PLACE = (None,) * len(_DATE), (None,) * len(_PLACE)


def fact_row(fact: Fact) -> Row:
    """One row for a fact of any type; what it has not is None. Raises ValueError for an impossible day."""
    common = (*_common(fact), day(fact.published))
    if isinstance(fact, QuantityFact):
        return (*common, fact.timex3, *_quantity(fact), *_measured(fact), *_NO_DATE, *_NO_PLACE)
    if isinstance(fact, DateFact):
        days = (day(fact.date_start), day(fact.date_end))
        return (*common, fact.timex3, *_NO_QUANTITY, *_date(fact), *days, *_NO_PLACE)
    return (*common, None, *_NO_QUANTITY, *_NO_DATE, *_place(fact))


def _measured(fact: QuantityFact) -> Row:
    change = fact.change
    told = (change.direction, change.role, change.basis) if change else _NO_CHANGE
    return (_real(fact.value), _real(fact.low), _real(fact.high), *told)


def document_row(document: DocumentRecord) -> Row:
    """One row for a document; sections and warnings are JSON. Raises ValueError for an impossible day."""
    nested = (msgspec.json.encode(part).decode() for part in (document.sections, document.warnings))
    return (*_document(document), day(document.published), *nested)


def error_row(error: DocumentError) -> Row:
    """One row for an error. Its id is a function of what it says, so that equal errors are one."""
    parts: Row = _error(error)
    key = "\0".join("" if part is None else part for part in parts)
    return (hashlib.sha256(key.encode()).hexdigest()[:16], *parts)


def without_nul(row: Row) -> Row:
    """The row with U+FFFD for NUL, which no database text can hold."""
    return tuple(value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in row)


def day(text: str | None) -> str | None:
    """A day that a database column can hold: None before the year 1 (EDTF keeps what the text says).

    Raises ValueError for a day that the calendar lacks.
    """
    if text is None or text.startswith(("-", "0000")):
        return None
    dt.date.fromisoformat(text)  # raises
    return text


def _real(number: float | None) -> float | None:
    # Whole numbers of databases end at 2**63; beyond that the nearest float is kept.
    return None if number is None else float(number)
