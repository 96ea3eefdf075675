"""The records beside the facts: a line of documents.jsonl. (A line of errors.jsonl is a DocumentError.)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from msgspec import Meta

from newsfacts.model.fact import Day, Offset

#: A part of the work on a document that can fail by itself.
Step = Literal["dates", "places", "quantities", "linking"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """What is known of a document that was read and searched for facts.

    `characters` counts Unicode code points, `sections` says how many sections of each kind were found,
    `facts` how many facts, and `sha256` is the hash of the text in UTF-8: it tells whether offsets still fit.
    `incomplete` names the families that failed on the document: it has no facts of them and no links to them.
    `converted` says that offsets are those of the input's field without the markup that it had.
    """

    id: str
    path: str | None = None
    title: str | None = None
    published: Day | None = None
    published_source: Literal["metadata", "header", "dateline"] | None = None
    url: str | None = None
    characters: Offset
    words: Offset
    sections: dict[str, Offset]
    facts: Offset
    warnings: tuple[str, ...] = ()
    incomplete: tuple[Step, ...] = ()
    converted: bool = False
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
