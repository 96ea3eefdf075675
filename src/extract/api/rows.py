"""The rows of the flat table `quantities`: a quantity with the date, place and document that belong to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from newsfacts.model import QUANTITY_TYPES, DateFact, Fact, PlaceFact, QuantityFact
from newsfacts.model.fields import COLUMNS as FIELDS
from newsfacts.model.fields import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `values` are the only texts, where they are few."""

    name: str
    type: Literal["string", "integer", "number", "boolean", "date"]
    values: tuple[str, ...] = ()


_TYPES: Final[Mapping[Kind, Any]] = {
    "text": "string",
    "reference": "string",
    "offset": "integer",
    "whole": "integer",
    "number": "number",
    "flag": "boolean",
    "day": "date",
}
_RENAMED: Final = {"time": "time_id", "place": "place_id"}
_OWN: Final = {field.name: field for field in FIELDS if "quantity" in field.families}
_LINKED: Final[tuple[Column, ...]] = (
    Column("said", "string"),
    Column("sentence", "string"),
    Column("date_text", "string"),
    Column("date_edtf", "string"),
    Column("date_start", "date"),
    Column("date_end", "date"),
    Column("place_name", "string"),
    Column("place_kind", "string", next(field.values for field in FIELDS if field.name == "kind")),
    Column("admin1", "string"),
    Column("country", "string"),
    Column("lat", "number"),
    Column("lon", "number"),
    Column("geonames_id", "integer"),
    Column("title", "string"),
    Column("url", "string"),
    Column("path", "string"),
    Column("version", "string"),
    Column("run", "string"),
)
COLUMNS: Final[tuple[Column, ...]] = (
    *(
        Column(_RENAMED.get(name, name), _TYPES[f.kind], QUANTITY_TYPES if name == "type" else f.values)
        for name, f in _OWN.items()
    ),
    *_LINKED,
)


def rows(
    facts: Iterable[Fact],
    documents: Iterable[Any],
    texts: Mapping[str, str],
    *,
    version: str | None = None,
    run: str | None = None,
) -> Iterator[dict[str, Any]]:
    """A row for each quantity, in order. `documents` have id, title, url and path; `texts` go by their id.

    `version` and `run` fill the columns of that name.
    """
    told = list(facts)
    by_id, known = {fact.id: fact for fact in told}, {document.id: document for document in documents}
    for fact in told:
        if isinstance(fact, QuantityFact):
            row = _row(fact, by_id, known.get(fact.doc_id), texts.get(fact.doc_id))
            yield row | {"version": version, "run": run}


def _row(fact: QuantityFact, by_id: Mapping[str, Fact], document: Any, text: str | None) -> dict[str, Any]:
    own = {_RENAMED.get(name, name): field.of(fact) for name, field in _OWN.items()}
    date, place = by_id.get(fact.time or ""), by_id.get(fact.place or "")
    sentence = text[fact.sentence_start : fact.sentence_end] if text is not None else None
    shared = {name: getattr(document, name, None) for name in ("title", "url", "path")}
    linked = own | shared | {"sentence": sentence, "said": said(fact, date, place)}
    if isinstance(date, DateFact):
        linked |= {"date_text": date.text, "date_edtf": date.edtf}
        linked |= {"date_start": date.date_start, "date_end": date.date_end}
    if isinstance(place, PlaceFact):
        linked |= {"place_name": place.name, "place_kind": place.kind, "lat": place.lat, "lon": place.lon}
        linked |= {name: getattr(place, name) for name in ("admin1", "country", "geonames_id")}
    return linked


def said(fact: QuantityFact, date: Fact | None, place: Fact | None) -> str:
    """The figure as one line: "Shanxi: parks, 20 (planned, 2024)"."""
    where = place.name if isinstance(place, PlaceFact) else None
    what = fact.item if fact.item and fact.item not in fact.text else None
    when = (date.edtf or date.text) if isinstance(date, DateFact) else None
    notes = ", ".join(note for note in (fact.status if fact.status != "actual" else None, when) if note)
    line = ", ".join(part for part in (what, fact.text) if part)
    return " ".join(f"{f'{where}: ' if where else ''}{line}{f' ({notes})' if notes else ''}".split())
