"""The end of a run, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from newsfacts.batch import Summary
from newsfacts.cli.terminal import out, plain_table, several, shown_path
from newsfacts.model import QUANTITY_TYPES
from newsfacts.sinks.lines import ERRORS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_ORDER = (*QUANTITY_TYPES, "date", "place")


def show_summary(summary: Summary, folder: Path, *, skipped: int) -> None:
    """A table of what was found, what went wrong, and where the files are."""
    console = out()
    if summary.facts:
        console.print(_table(summary))
        console.print()
    pace = f"{summary.extracted_words:,} words in {summary.seconds:.1f} s"
    rate = f"{summary.words_per_second:,.0f} words/s"
    reused = f", {summary.reused:,} of them done before" if summary.reused else ""
    console.print(f"{several(summary.documents, 'document')}{reused}, {pace}, {rate}", soft_wrap=True)
    if skipped:
        console.print(f"{several(skipped, 'file')} skipped: hidden, or no format that can be read")
    if summary.warnings:
        console.print(f"{several(summary.warnings, 'warning')}, in documents.jsonl", style="yellow")
    if summary.errors:
        _show_errors(console, summary, folder)
    facts = folder / summary.facts_file
    console.print(f"facts are in {shown_path(facts)}", soft_wrap=True)


def _table(summary: Summary) -> Table:
    table = plain_table("type", "facts", numbers=frozenset({"facts"}))
    for kind in _ORDER:
        table.add_row(kind, f"{summary.facts[kind]:,}")
    table.add_row("all", f"{summary.facts.total():,}", style="bold")
    return table


def _show_errors(console: Console, summary: Summary, folder: Path) -> None:
    console.print(f"{several(summary.errors, 'error')}:", style="red")
    for error in summary.first_errors:
        line = f"  {error.path}: {error.message} ({error.kind})"
        console.print(line, style="red", soft_wrap=True)
    if summary.errors > len(summary.first_errors):
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(summary.error_kinds.items()))
        console.print(f"  ... in all: {kinds}", style="red", soft_wrap=True)
    console.print(f"  remedies are in {shown_path(folder / ERRORS)}", soft_wrap=True)


def summary_json(summary: Summary, folder: Path, *, skipped: int, fingerprint: Mapping[str, str]) -> str:
    """The summary as one JSON object."""
    return json.dumps(
        {
            "out": str(folder),
            "documents": summary.documents,
            "extracted": summary.extracted,
            "reused": summary.reused,
            "errors": summary.errors,
            "error_kinds": dict(sorted(summary.error_kinds.items())),
            "warnings": summary.warnings,
            "skipped": skipped,
            "facts": {kind: summary.facts[kind] for kind in _ORDER},
            "words": summary.words,
            "seconds": round(summary.seconds, 3),
            "words_per_second": round(summary.words_per_second),
            "fingerprint": dict(fingerprint),
        }
    )
