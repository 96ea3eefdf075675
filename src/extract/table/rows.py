"""Facts and documents as rows of the table `quantities`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

import msgspec

from newsfacts.model import QUANTITY_TYPES, Document, Fact
from newsfacts.model.fields import COLUMNS as FACT_FIELDS
from newsfacts.model.fields import Field
from newsfacts.model.records import DocumentRecord
from newsfacts.table.as_of import Days
from newsfacts.table.columns import NAMES, RENAMED
from newsfacts.table.items import item_key
from newsfacts.table.links import check_url
from newsfacts.table.said import said
from newsfacts.table.units import in_si, unit_words
from newsfacts.table.words import TableWords, shipped_words

#: A value for each column, in their order: texts, numbers, flags, days as ISO text; None where there is none.
Row: TypeAlias = dict[str, Any]
Record: TypeAlias = Mapping[str, Any]

_QUANTITIES = frozenset(QUANTITY_TYPES)
#: What is taken over from a fact: the name of the column and the field.
_COPIED = tuple(
    (RENAMED.get(field.name, field.name), field)
    for field in FACT_FIELDS
    if "quantity" in field.families and field.name != "published"
)
_BLANK: Row = dict.fromkeys(NAMES)
#: Integers that a float holds exactly end here.
_EXACT = 2**53


def quantities(
    facts: Iterable[Fact | Record],
    documents: Iterable[Document | DocumentRecord | Record] = (),
    texts: Mapping[str, str] | None = None,
    *,
    words: TableWords | None = None,
    version: str | None = None,
    run: str | None = None,
) -> Iterator[Row]:
    """A row of COLUMNS for every quantity, in the order of the facts.

    The facts of a document must be neighbours, of all families, as runs write them; one document is held at a
    time. `documents` (in the order of the facts, or any) give title, url and path. `texts` (document id ->
    text) give the sentences that facts of older runs lack. `version` and `run` fill the columns of that name.

    >>> import newsfacts
    >>> rows = quantities(newsfacts.facts("Exports rose 5 percent in 2023."))
    >>> [(row["said"], row["as_of_start"]) for row in rows]
    [('Exports: rose by 5 percent (2023)', '2023-01-01')]
    """
    words = words or shipped_words()
    known = _Documents(documents)
    records = map(_record, facts)
    for doc_id, group in groupby(records, key=itemgetter("doc_id")):
        text = (texts or {}).get(doc_id)
        yield from _rows(list(group), known.of(doc_id), text, words, {"version": version, "run": run})


class _Documents:
    """Documents by id, taken from their stream as far as is needed; those without facts are not kept."""

    def __init__(self, documents: Iterable[Any]) -> None:
        self._coming = iter(documents)
        self._kept: dict[str, Record] = {}

    def of(self, doc_id: str) -> Record:
        """The document of this id; an empty record where there is none."""
        while doc_id not in self._kept:
            following = next(self._coming, None)
            if following is None:
                return {}
            document = _record(following)
            if document.get("facts") != 0:
                self._kept[document["id"]] = document
        return self._kept.pop(doc_id)


def _record(told: Any) -> Record:
    if isinstance(told, Mapping):
        return told
    record: Record = msgspec.to_builtins(told)
    return record


def _rows(
    facts: list[Record], document: Record, text: str | None, words: TableWords, behind: Row
) -> Iterator[Row]:
    """The rows of one document."""
    by_id = {fact["id"]: fact for fact in facts}
    days = Days(facts)
    for fact in facts:
        if fact["type"] in _QUANTITIES:
            yield _row(fact, by_id, days, document, text, words) | behind


def _row(
    fact: Record,
    by_id: Mapping[str, Record],
    days: Days,
    document: Record,
    text: str | None,
    words: TableWords,
) -> Row:
    row = _BLANK.copy()
    for name, field in _COPIED:
        row[name] = _value(field, fact)
    date, place = (by_id.get(fact.get(name) or "", {}) for name in ("time", "place"))
    row |= _of_date(date) | _of_place(place) | _of_document(document, fact)
    first, last = fact["sentence_start"], fact["sentence_end"]
    if row["sentence"] is None and text is not None:
        row["sentence"] = text[first:last]
    unit = unit_words(row["unit"], words.units)
    as_of = days.of(fact)
    value, si = _si(row, words)
    row |= {
        "unit_name": unit.name if unit else None,
        "value_si": value,
        "unit_si": si,
        "item_key": item_key(row["item"], words.items),
        "as_of_start": _day(as_of.start),
        "as_of_end": _day(as_of.end),
        "as_of_from": as_of.origin,
        "check_url": check_url(row["url"], row["sentence"], fact["start"] - first, fact["end"] - first),
    }
    row["said"] = said(row, words)
    return row


def _value(field: Field, fact: Record) -> Any:
    found = field.within(fact)
    return _number(found) if field.kind == "number" else found


def _number(value: float | None) -> float | None:
    """A whole number is an integer, whichever way it was written: 5.0 in one format is 5 in another."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def _si(row: Row, words: TableWords) -> tuple[float | None, str | None]:
    if row["type"] not in ("measure", "duration"):
        return None, None
    unit = unit_words(row["unit"], words.units)
    value, si = in_si(row["value"], unit, difference=row["change_role"] == "by")
    return _number(value), si


def _of_date(date: Record) -> Row:
    return {
        "date_text": date.get("text"),
        "date_edtf": date.get("edtf"),
        "date_start": _day(date.get("date_start")),
        "date_end": _day(date.get("date_end")),
    }


def _of_place(place: Record) -> Row:
    same = ("admin1", "country", "lat", "lon", "geonames_id")
    return {name: place.get(name) for name in same} | {
        "place_name": place.get("name"),
        "place_kind": place.get("kind"),
    }


def _of_document(document: Record, fact: Record) -> Row:
    return {name: document.get(name) for name in ("title", "url", "path")} | {
        "published": _day(fact.get("published") or document.get("published"))
    }


def _day(text: str | None) -> str | None:
    # Calendars of databases and spreadsheets begin with the year 1; EDTF keeps what the text says.
    return None if not text or text.startswith(("-", "0000")) else text
