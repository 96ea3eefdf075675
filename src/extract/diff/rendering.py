"""Shows a diff: tables for the terminal, lines for messages, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

import msgspec
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from newsfacts.diff.changes import KINDS, Diff, Entry, shown
from newsfacts.model import DateFact, Fact, PlaceFact

_COLOURS = MappingProxyType({"worse": "red", "better": "green", "same": "default"})


def headline(diff: Diff) -> str:
    """The numbers in one line."""
    parts = [f"{len(diff.of_kind(kind)):,} {kind}" for kind in KINDS]
    line = f"{', '.join(parts)}, {diff.unchanged:,} unchanged ({diff.old:,} -> {diff.new:,} facts)"
    if not diff.judged:
        return line
    better, worse = len(diff.of_effect("better")), len(diff.of_effect("worse"))
    return f"{line}; by the gold {better:,} better, {worse:,} worse"


def summary(fact: Fact) -> str:
    """The normalised value in a few words."""
    if isinstance(fact, DateFact):
        return fact.edtf or fact.timex3 or "unresolved"
    if isinstance(fact, PlaceFact):
        parts = (fact.name, fact.admin1 if fact.admin1 != fact.name else None, fact.country)
        return ", ".join(part for part in parts if part)
    value = f"{shown(fact.low)}..{shown(fact.high)}" if fact.value is None else shown(fact.value)
    return " ".join(part for part in (fact.modifier, value, fact.unit) if part and part != "=")


def judged(entry: Entry) -> str:
    """What the gold says of the fact: "was right", "wrong", "right -> wrong"; empty without gold."""
    old, new = entry.old_judgement, entry.new_judgement
    if entry.kind == "changed" and old and new:
        return f"{old.verdict} -> {new.verdict}"
    if entry.kind == "lost" and old:
        return f"was {old.verdict}"
    return new.verdict if new else ""


def rows(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """What differs: field, old, new. Of a fact lost or gained its value."""
    if entry.old is None or entry.new is None:
        old = summary(entry.old) if entry.old else ""
        yield "fact", old, summary(entry.new) if entry.new else ""
    elif not entry.differences:
        yield "(what it refers to)", "", ""
    for difference in entry.differences:
        yield difference.field, difference.old, difference.new


def describe(entry: Entry) -> str:
    """One line that names the fact and what became of it."""
    fact = entry.fact
    changes = ", ".join(f"{field} {old} -> {new}" for field, old, new in rows(entry) if old or new)
    what = summary(fact) if entry.kind != "changed" else changes or "what it refers to changed"
    where = f"{fact.start}-{fact.end} of {entry.doc_id}"
    verdict = f" ({judged(entry)})" if entry.effect else ""
    return f"{entry.kind}{verdict}: {fact.type} {fact.text!r} at {where}: {what}"


def diff_tables(diff: Diff, *, limit: int | None = None) -> list[Table]:
    """Tables for the terminal, one a document: the first `limit` entries, or all."""
    entries = diff.entries if limit is None else diff.entries[:limit]
    return [_table(doc_id, list(group)) for doc_id, group in groupby(entries, key=attrgetter("doc_id"))]


def diff_to_json(diff: Diff) -> bytes:
    """The diff as JSON: numbers, and every entry with both facts in full."""
    kinds: dict[str, object] = {kind: len(diff.of_kind(kind)) for kind in KINDS}
    content = {
        "old": diff.old,
        "new": diff.new,
        "unchanged": diff.unchanged,
        **kinds,
        "better": len(diff.of_effect("better")),
        "worse": len(diff.of_effect("worse")),
        "judged": diff.judged,
        "entries": [_entry_json(entry) for entry in diff.entries],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _entry_json(entry: Entry) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "doc_id": entry.doc_id,
        "effect": entry.effect,
        "old_verdict": entry.old_judgement.verdict if entry.old_judgement else None,
        "new_verdict": entry.new_judgement.verdict if entry.new_judgement else None,
        "differences": entry.differences,
        "old": entry.old,
        "new": entry.new,
    }


def _table(doc_id: str, entries: Sequence[Entry]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.title, table.title_justify = Text(doc_id), "left"
    with_gold = any(entry.effect for entry in entries)
    for head in ("what", "type", "text", "field", "old", "new", *(("gold",) if with_gold else ())):
        table.add_column(head, overflow="fold")
    for entry in entries:
        opening = (entry.kind, entry.fact.type, entry.fact.text)
        for number, row in enumerate(rows(entry)):
            lead, verdict = (("",) * 3, "") if number else (opening, judged(entry))
            cells = (*lead, *row, *((verdict,) if with_gold else ()))
            style = _COLOURS[entry.effect or "same"]
            # Text: square brackets in news text are no markup
            table.add_row(*(Text(cell.replace("\n", " ")) for cell in cells), style=style)
    return table
