"""How inputs are read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from newsfacts.sections import DateOrder


@dataclass(frozen=True, slots=True)
class FieldNames:
    """Names of the fields of a record; the first that is there and not null is taken."""

    id: tuple[str, ...] = ("id", "doc_id")
    text: tuple[str, ...] = ("text", "content", "body")
    title: tuple[str, ...] = ("title", "headline")
    date: tuple[str, ...] = ("date", "published")
    url: tuple[str, ...] = ("url",)

    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.id, *self.text, *self.title, *self.date, *self.url)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Options of `read`.

    max_chars: longest text of one document, in characters.
    published: day of publication of every document, whatever its metadata says.
    encoding: the inputs' encoding; None means UTF-8, or else what charset-normalizer finds.
    date_order: how 03/04/2024 is read in date fields and header lines; None leaves it unknown.
    stdin_format: suffix that says what standard input holds (".jsonl"); None looks at its first bytes.
    check_language: whether texts that are not English are refused.
    follow_links: whether links in a folder may lead out of it; links to folders are followed then, each once.
    id_prefix: what every id begins with, so that inputs with equal ids can be kept in one place.
    """

    fields: FieldNames = field(default_factory=FieldNames)
    max_chars: int = 20_000_000
    published: dt.date | None = None
    encoding: str | None = None
    date_order: DateOrder = None
    stdin_format: str | None = None
    check_language: bool = True
    follow_links: bool = False
    id_prefix: str = ""
