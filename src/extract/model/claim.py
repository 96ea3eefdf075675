"""Claims: what facts of one or more articles say of the same quantity. The records of claims.jsonl."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from newsfacts.model.fact import Change, Day
from newsfacts.model.mention import Modifier, QuantityType

Verdict = Literal["single", "agreeing", "refining", "conflicting"]
Standing = Literal["agrees", "refines", "conflicts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSource:
    """One fact that makes the claim. `standing` is towards the claim's main value.

    `copy_of` names the document of which the fact's document is a near-duplicate: it confirms nothing.
    """

    doc_id: str
    fact_id: str
    published: Day | None = None
    copy_of: str | None = None
    standing: Standing
    text: str
    item: str | None = None
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    modifier: Modifier = "="
    per: str | None = None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One quantity as its sources tell it. The main value is that of most independent documents.

    `documents` counts independent documents (copies of one article count once).
    """

    id: str
    verdict: Verdict
    type: QuantityType
    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    modifier: Modifier = "="
    unit: str | None = None
    per: str | None = None
    item: str | None = None
    subject: str | None = None
    predicate: str | None = None
    change: Change | None = None
    status: str
    time: str | None = None
    date_start: Day | None = None
    date_end: Day | None = None
    place: str | None = None
    documents: Annotated[int, Meta(ge=1)]
    sources: tuple[ClaimSource, ...]
