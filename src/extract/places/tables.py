"""What a table says of the names in its first column: their head calls them places, or most are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsfacts.model import Document
from newsfacts.places.candidates import Candidate

_NOTES = re.compile(r"\s*[(\[].*|[*†‡:]+$")
#: Share of the names that must be known ones for the rest to be a list of places.
_MOST = 0.8


def weigh_rows(
    candidates: Iterable[Candidate], document: Document, heads: frozenset[str], weights: dict[str, float]
) -> None:
    """Add the evidence of tables to the candidates that are the whole name of a row."""
    if not document.tables:
        return
    by_span = {(c.start, c.end): c for c in candidates}
    for table in document.tables:
        names = [row.cells[0] for row in table.body if sum(c.end > c.start for c in row.cells) > 1]
        found = [c for name in names if (c := by_span.get((name.start, name.end))) is not None and c.named]
        corner = table.head[-1].cells[0] if table.head else None
        head = document.text[corner.start : corner.end] if corner is not None else ""
        if _NOTES.sub("", head).strip().lower() in heads:
            reason = "row-head"
        elif len(found) > 1 and len(found) >= _MOST * len(names):
            reason = "list"
        else:
            continue
        for candidate in found:
            candidate.add(reason, weights[reason])
