"""Mentions: spans of the text with a normalised value, before anything is linked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

QuantityType = Literal["money", "count", "percent", "ratio", "measure", "duration", "rank"]
QUANTITY_TYPES: tuple[QuantityType, ...] = (
    "money",
    "count",
    "percent",
    "ratio",
    "measure",
    "duration",
    "rank",
)
Modifier = Literal["=", "~", ">", ">=", "<", "<="]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Relation = Literal["by", "since", "before", "after", "until"]
Part = Literal["start", "early", "mid", "late", "end"]
PlaceKind = Literal[
    "country", "admin1", "admin2", "admin3", "admin4", "city", "region", "water", "landform", "facility",
]  # fmt: skip


class Span(Protocol):
    """Anything with offsets."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """One past the last character."""


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention:
    """A quantity as FACTS.md section 3 spans it: modifier + number + scale + unit.

    `number_start`/`number_end` hold the number with its scale and unit but without modifier.
    `twin` is the `start` of the mention that this one restates in brackets ("15,000 yuan (about ...)").
    """

    start: int
    end: int
    type: QuantityType
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    modifier: Modifier = "="
    unit: str | None = None
    per: str | None = None
    number_start: int
    number_end: int
    twin: int | None = None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A TIMEX3 expression. Only DATE and TIME become date facts; `timex3` is the ISO-TimeML value.

    `date_start`/`date_end` are full ISO days, inclusive, or None. `edtf` is None where nothing is
    to be guessed.
    """

    start: int
    end: int
    timex_type: TimexType
    timex3: str | None = None
    edtf: str | None = None
    date_start: str | None = None
    date_end: str | None = None
    part: Part | None = None
    part_of_day: str | None = None
    relation: Relation | None = None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A toponym and the entity that it was resolved to (coordinates in WGS 84 degrees)."""

    start: int
    end: int
    name: str
    kind: PlaceKind
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    geonames_id: int | None = None
    cn_code: str | None = None
    lat: float | None = None
    lon: float | None = None
    confidence: float = 1.0
    rule: str
