"""A document: text whose offsets never move, its sections, and what is known about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from newsfacts.model.table import Table

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
class Aside:
    """A stretch inside a section that holds none of its figures: a citation, a label, a code, markup.

    `skip`: a reader passes over it, so that the parser sees blanks in its place.
    """

    start: int
    end: int
    rule: str
    skip: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One article. Offsets are Unicode code points of `text`, end exclusive.

    `published` is the day of publication where known, else None; it never comes from the machine's clock.
    `converted` says that the text is a field of the input without the markup that it had.
    """

    id: str
    text: str
    title: str | None = None
    published: dt.date | None = None
    published_source: Literal["metadata", "header", "dateline"] | None = None
    url: str | None = None
    path: str | None = None
    converted: bool = False
    warnings: tuple[str, ...] = ()
    sections: tuple[Section, ...] = field(default=(), repr=False)
    asides: tuple[Aside, ...] = field(default=(), repr=False)
    tables: tuple[Table, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentError:
    """Why a document yielded nothing: a line of errors.jsonl.

    It can always be written: what is no text in a file's name (bytes that are not UTF-8) stands as `\\xff`.
    """

    doc_id: str | None = None
    path: str
    kind: str
    message: str
    remedy: str

    def __post_init__(self) -> None:
        for name in ("doc_id", "path", "message"):
            value = getattr(self, name)
            if value is not None and not is_writable(value):
                object.__setattr__(self, name, writable(value))


def is_writable(text: str) -> bool:
    """Whether a text is Unicode throughout: lone surrogates stand for bytes or halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def writable(text: str) -> str:
    """The text with what is no character replaced by its escape: always the same for the same text."""
    return "".join(c if is_writable(c) else _escaped(ord(c)) for c in text)


def _escaped(code: int) -> str:
    # 0xDC80 to 0xDCFF are how Python gives bytes of names that are not UTF-8.
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"
