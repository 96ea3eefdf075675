"""Facts: the records of facts.jsonl. The JSON Schema is generated from these classes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from newsfacts.model.mention import Modifier, Part, PlaceKind, QuantityType, Relation

SCHEMA_VERSION = "1.2"
#: Fields that records got after the first release, by the name of their schema: older runs lack them.
ADDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "quantity": ("sentence", "subject_resolved", "of", "of_start", "of_end"),
        "date": ("sentence",),
        "place": ("sentence",),
        "document": ("incomplete", "converted"),
    }
)

#: The largest integer of every database; a text is far shorter.
LARGEST_OFFSET = 2**31 - 1

Offset = Annotated[int, Meta(ge=0, le=LARGEST_OFFSET)]
Day = Annotated[str, Meta(pattern=r"^-?\d{4}-\d\d-\d\d$")]
Probability = Annotated[float, Meta(ge=0, le=1)]
Family: TypeAlias = Literal["quantity", "date", "place"]


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field that holds the id of another fact of its document, and says of which family that is."""

    family: Family


@dataclass(frozen=True, slots=True)
class Change:
    """That the quantity itself rises or falls; `role` says what the number is of that change."""

    direction: Literal["up", "down"]
    role: Literal["by", "to", "from"]
    basis: Literal["yoy", "mom", "qoq"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    id: str
    doc_id: str
    published: Day | None = None
    start: Offset
    end: Offset
    text: str
    sentence_start: Offset
    sentence_end: Offset
    sentence: str | None = None
    section: str
    rule: str
    confidence: Probability


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityFact(_Common):
    """A quantity and what the sentence says about it."""

    type: QuantityType
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    modifier: Modifier = "="
    unit: str | None = None
    per: str | None = None
    item: str | None = None
    item_start: Offset | None = None
    item_end: Offset | None = None
    of: str | None = None
    of_start: Offset | None = None
    of_end: Offset | None = None
    subject: str | None = None
    subject_start: Offset | None = None
    subject_end: Offset | None = None
    subject_resolved: str | None = None
    predicate: str | None = None
    change: Change | None = None
    status: Literal["actual", "planned", "possible", "negated"] = "actual"
    source: str | None = None
    source_start: Offset | None = None
    source_end: Offset | None = None
    time: Annotated[str, Refers("date")] | None = None
    place: Annotated[str, Refers("place")] | None = None
    place_inherited: bool = False
    same_as: Annotated[str, Refers("quantity")] | None = None
    timex3: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFact(_Common):
    """A point, span or part of time that can be put on a calendar, or a vague reference."""

    type: Literal["date"] = "date"
    edtf: str | None = None
    date_start: Day | None = None
    date_end: Day | None = None
    timex3: str | None = None
    part: Part | None = None
    part_of_day: str | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFact(_Common):
    """A named place and the entity that it stands for."""

    type: Literal["place"] = "place"
    name: str
    kind: PlaceKind
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")] | None = None
    admin1: str | None = None
    admin2: str | None = None
    geonames_id: Annotated[int, Meta(ge=0, le=2**63 - 1)] | None = None
    cn_code: Annotated[str, Meta(pattern=r"^\d{6,12}$")] | None = None
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, Meta(ge=-180, le=180)] | None = None


Fact: TypeAlias = QuantityFact | DateFact | PlaceFact
FactType: TypeAlias = QuantityType | Literal["date", "place"]


def fact_id(doc_id: str, fact_type: str, start: int, end: int) -> str:
    """The id of a fact: 32 hex digits, a function of document, type and span only.

    They are 128 bits, so that two facts of different documents never share one. Runs of newsfacts 0.1 have
    the first 16 of them.
    """
    key = f"{doc_id}\0{fact_type}\0{start}\0{end}"
    return hashlib.sha256(key.encode()).hexdigest()[:32]
