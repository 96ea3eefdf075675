"""A document: text whose offsets never move, its sections, and what is known about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

SectionKind = Literal[
    "title", "header", "byline", "dateline", "body", "caption", "heading",
    "credit", "navigation", "notice", "references", "keywords",
]  # fmt: skip

#: Sections that are not the article; they yield no facts.
SILENT_SECTIONS: frozenset[str] = frozenset(
    {"byline", "credit", "navigation", "notice", "references", "keywords"}
)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text of one kind: at most one paragraph; sections never overlap.

    A paragraph that opens with a dateline is two sections (dateline, body) of one `paragraph` number.
    """

    kind: SectionKind
    start: int
    end: int
    paragraph: int = 0

    @property
    def silent(self) -> bool:
        """True where the section yields no facts."""
        return self.kind in SILENT_SECTIONS


@dataclass(frozen=True, slots=True)
class Document:
    """One article. Offsets are Unicode code points of `text`, end exclusive.

    `published` is the day of publication where known, else None; it never comes from the machine's clock.
    """

    id: str
    text: str
    title: str | None = None
    published: dt.date | None = None
    published_source: Literal["metadata", "header", "dateline"] | None = None
    url: str | None = None
    path: str | None = None
    warnings: tuple[str, ...] = ()
    sections: tuple[Section, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentError:
    """Why a document yielded nothing: a line of errors.jsonl."""

    doc_id: str | None = None
    path: str
    kind: str
    message: str
    remedy: str
