"""Records as rows: the columns in which they travel to the database, before tables are filled from them."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import add, attrgetter
from typing import Any, Final, Literal, TypeAlias, Union, get_type_hints

import msgspec
from msgspec.structs import astuple

from newsfacts.model import QUANTITY_TYPES, DocumentError
from newsfacts.model.fact import Day, Family
from newsfacts.model.fields import SHAPES, Field, fields_of, flat
from newsfacts.model.records import DocumentRecord
from newsfacts.sinks.database.extras import EXTRAS, extras_of

Row: TypeAlias = tuple[Any, ...]

_DOCUMENT = ("id", "path", "title", "published_source", "url", "characters", "words", "converted", "sha256")
_ERROR = ("doc_id", "path", "kind", "message", "remedy")

_BEFORE_YEAR_1 = re.compile(r"(-[0-9]{4}|0000)-[0-9]{2}-[0-9]{2}")
_NUL = re.compile(r"(\\\\)|\\u0000")
_NAMES = {"start": "start_char", "end": "end_char", "time": "time_id", "place": "place_id"}

#: What the struct of a row decodes another way than the class of the fact: days are left to `day`, and every
#: number is a float, as whole numbers of databases end at 2**63.
_DECODED: Mapping[Any, Any] = {Day | None: str | None, float | int | None: float | None}


#: The field that holds the words of the sentence: of a table of their own, where a sentence is one row.
SENTENCE: Final = "sentence"


def column_name(field: Field) -> str:
    """The column of a field: `start`, `end` are words of SQL, and `time`, `place` hold ids there."""
    return _NAMES.get(field.name, field.name)


def _ordered(family: Family) -> tuple[Field, ...]:
    """The fields of a family as its rows are made: days first, those with parts last."""
    fields = [field for field in fields_of(family) if field.name not in ("type", SENTENCE)]
    return tuple(sorted(fields, key=lambda field: (field.kind != "day", bool(field.parts))))


def _columns(family: Family) -> tuple[str, ...]:
    return (LINE, "type", *(column_name(field) for field in flat(_ordered(family))))


#: Number of the record's line; of records with one id the last counts.
LINE: Final = "line"
#: Columns of the rows that are made below, in their order.
_PLAIN_QUANTITY, DATE_COLUMNS, PLACE_COLUMNS = map(_columns, SHAPES)
QUANTITY_COLUMNS = (*_PLAIN_QUANTITY, *EXTRAS)
SENTENCE_COLUMNS = (LINE, "doc_id", "start_char", "end_char", "text")
DOCUMENT_COLUMNS = (LINE, *_DOCUMENT, "published", "sections", "warnings", "incomplete")
ERROR_COLUMNS = (LINE, "id", *_ERROR)


def _shape(family: Family, fact_type: str) -> type[msgspec.Struct]:
    """The class of a fact, its fields in the order of `_ordered`, as a struct: decoded much faster."""
    hints = get_type_hints(SHAPES[family], include_extras=True)
    parts: list[Any] = []
    for field in _ordered(family):
        hint = _DECODED.get(hints[field.name], hints[field.name])
        parts.append((field.name, hint) if field.required else (field.name, hint, field.default))
    parts.append((SENTENCE, str | None, None))  # behind all that is part of the row
    return msgspec.defstruct(
        f"{fact_type}_row", parts, kw_only=True, gc=False, tag=fact_type, tag_field="type"
    )


def _row_maker(family: Family, fact_type: str) -> Callable[[msgspec.Struct, int], Row]:
    """What makes a row of a fact that was decoded as `_shape`, and of the number of its line."""
    fields = _ordered(family)
    # `published` is the first of all; only dates have further days.
    days = sum(field.kind == "day" for field in fields)
    plain = sum(not field.parts for field in fields)
    nested = [
        (place, attrgetter(*(part.path[-1] for part in field.parts)), (None,) * len(field.parts))
        for place, field in enumerate(fields[plain:], plain)
    ]

    def row(fact: msgspec.Struct, line: int) -> Row:
        told = astuple(fact)
        further = map(day, told[1:days]) if days > 1 else ()
        found = (line, fact_type, day(told[0]), *further, *told[days:plain])
        for place, parts, none in nested:
            found += parts(told[place]) if told[place] is not None else none
        return found

    return row


_document: attrgetter[Any] = attrgetter(*_DOCUMENT)
_error: attrgetter[Any] = attrgetter(*_ERROR)

Kind: TypeAlias = Literal["quantities", "dates", "places", "sentences", "documents", "errors"]
#: Rows of each kind, made as they are taken.
Rows: TypeAlias = Mapping[Kind, Iterator[Row]]

#: Kind of the rows -> the structs of its facts and what makes rows of them.
_FACTS: Mapping[Kind, Mapping[type[Any], Callable[[Any, int], Row]]] = {
    "quantities": {_shape("quantity", name): _row_maker("quantity", name) for name in QUANTITY_TYPES},
    "dates": {_shape("date", "date"): _row_maker("date", "date")},
    "places": {_shape("place", "place"): _row_maker("place", "place")},
}


def fact_decoder() -> msgspec.json.Decoder[Any]:
    """Decodes facts to what `fact_rows` takes."""
    return msgspec.json.Decoder(Union[(*(shape for shapes in _FACTS.values() for shape in shapes),)])


def fact_rows(facts: Sequence[Any], first: int) -> Rows:
    """Facts of whole documents as rows with lines from `first`.

    Raises ValueError for an impossible day, when it comes to it.
    """
    plain: Rows = {kind: _rows(facts, first, makers) for kind, makers in _FACTS.items()}
    quantities = map(add, plain["quantities"], map(_with_days, extras_of(facts)))
    return {**plain, "quantities": quantities, "sentences": _sentence_rows(facts, first)}


_DAYS = tuple(kind == "day" for kind in EXTRAS.values())


def _with_days(extras: Row) -> Row:
    return tuple(day(told) if is_day else told for told, is_day in zip(extras, _DAYS, strict=True))


def _rows(
    facts: Sequence[Any], first: int, makers: Mapping[type[Any], Callable[[Any, int], Row]]
) -> Iterator[Row]:
    return (make(f, n) for n, f in enumerate(facts, first) if (make := makers.get(type(f))))


def _sentence_rows(facts: Sequence[Any], first: int) -> Iterator[Row]:
    """Each sentence of these facts once, with the line of the first that tells it."""
    told: set[tuple[str, int, int]] = set()
    for line, fact in enumerate(facts, first):
        key = (fact.doc_id, fact.sentence_start, fact.sentence_end)
        if fact.sentence is not None and key not in told:
            told.add(key)
            yield (line, *key, fact.sentence)


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
