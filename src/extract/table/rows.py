"""Facts and documents as rows of the table `quantities`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import msgspec

from newsfacts.model import QUANTITY_TYPES, Document, Fact
from newsfacts.model.fields import COLUMNS as FACT_FIELDS
from newsfacts.model.records import DocumentRecord
from newsfacts.table.as_of import AsOf, Days
from newsfacts.table.columns import NAMES, RENAMED
from newsfacts.table.items import item_key
from newsfacts.table.links import check_url, text_fragment
from newsfacts.table.said import said
from newsfacts.table.units import in_si, unit_words
from newsfacts.table.words import TableWords, shipped_words

#: A value for each column, in their order: texts, numbers, flags, days as ISO text; None where there is none.
Row: TypeAlias = dict[str, Any]
Record: TypeAlias = Mapping[str, Any]

_QUANTITIES = frozenset(QUANTITY_TYPES)
#: What is taken over from a fact: the column and the field.
_COPIED = tuple(
    (RENAMED.get(field.name, field.name), field)
    for field in FACT_FIELDS
    if "quantity" in field.families and field.name != "published"
)
_NUMBERS = tuple(column for column, field in _COPIED if field.kind == "number")
_PLAIN = tuple((column, field.name) for column, field in _COPIED if len(field.path) == 1)
_NESTED = tuple((column, field) for column, field in _COPIED if len(field.path) > 1)
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
    behind = {"version": version, "run": run}
    for doc_id, group in _by_document(facts):
        document, text = known.of(doc_id), (texts or {}).get(doc_id)
        for quantity in _linked(group):
            yield _row(quantity, document, text, words) | behind


def computed(facts: Iterable[Fact | Record], words: TableWords | None = None) -> Iterator[Row]:
    """Of every quantity the columns that no query over facts can give, and its `text_fragment`.

    The facts as `quantities` takes them.

    >>> import newsfacts
    >>> [row["item_key"] for row in computed(newsfacts.facts("The exports rose 5 percent in 2023."))]
    ['export']
    """
    words = words or shipped_words()
    for _, group in _by_document(facts):
        for quantity in _linked(group):
            fact = quantity.fact
            told = _told(quantity)
            fragment = text_fragment(told["sentence"], *_in_sentence(fact))
            yield _computed(told, quantity.as_of, words) | {"text_fragment": fragment}


class _Linked(NamedTuple):
    """A quantity with what it refers to; an empty record where it refers to none."""

    fact: Record
    date: Record
    place: Record
    as_of: AsOf


def _by_document(facts: Iterable[Fact | Record]) -> Iterator[tuple[str, list[Record]]]:
    for doc_id, group in groupby(map(_record, facts), key=itemgetter("doc_id")):
        yield doc_id, list(group)


def _linked(facts: list[Record]) -> Iterator[_Linked]:
    """The quantities of one document."""
    by_id = {fact["id"]: fact for fact in facts}
    days = Days(facts)
    for fact in facts:
        if fact["type"] in _QUANTITIES:
            date, place = (by_id.get(fact.get(name) or "", {}) for name in ("time", "place"))
            yield _Linked(fact, date, place, days.of(fact))


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


def _row(quantity: _Linked, document: Record, text: str | None, words: TableWords) -> Row:
    fact = quantity.fact
    row = _BLANK | _told(quantity) | _of_document(document, fact)
    if row["sentence"] is None and text is not None:
        row["sentence"] = text[fact["sentence_start"] : fact["sentence_end"]]
    row |= _computed(row, quantity.as_of, words)
    row["check_url"] = check_url(row["url"], row["sentence"], *_in_sentence(fact))
    return row


def _told(quantity: _Linked) -> Row:
    """What the facts themselves say."""
    fact = quantity.fact
    row = {column: fact.get(name) for column, name in _PLAIN}
    row |= {column: field.within(fact) for column, field in _NESTED}
    row |= {column: _number(row[column]) for column in _NUMBERS}
    return row | _of_date(quantity.date) | _of_place(quantity.place)


def _computed(row: Row, as_of: AsOf, words: TableWords) -> Row:
    unit = unit_words(row["unit"], words.units)
    value, si = _si(row, words)
    return {
        "unit_name": unit.name if unit else None,
        "value_si": value,
        "unit_si": si,
        "item_key": item_key(row["item"], words.items),
        "as_of_start": _day(as_of.start),
        "as_of_end": _day(as_of.end),
        "as_of_from": as_of.origin,
        "said": said(row, words),
    }


def _in_sentence(fact: Record) -> tuple[int, int]:
    first = fact["sentence_start"]
    return fact["start"] - first, fact["end"] - first


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
