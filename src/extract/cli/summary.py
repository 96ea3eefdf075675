"""The end of a run, for people and for programs."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsfacts.batch import Summary
from newsfacts.cli.figures import figures_of
from newsfacts.cli.opening import page_of
from newsfacts.cli.terminal import out, plain_table, several, shown_path
from newsfacts.model import QUANTITY_TYPES
from newsfacts.readers.office import PACKAGES
from newsfacts.sinks.lines import ERRORS

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

#: The flat table of quantities beside the facts.
TABLE = "quantities.csv"
#: Names of skipped files that are shown.
_NAMED = 5
_ORDER = (*QUANTITY_TYPES, "date", "place")


def show_summary(
    summary: Summary, folder: Path, *, skipped: int, unknown: Sequence[str] = (), opened: bool = False
) -> None:
    """A table of what was found, what went wrong, where the files are, a few figures, and what to do next.

    `unknown` names skipped files; `opened` says that the page was shown.
    """
    console = out()
    if summary.facts:
        console.print(_table(summary))
        console.print()
    pace = f"{summary.extracted_words:,} words in {summary.seconds:.1f} s"
    rate = f"{summary.words_per_second:,.0f} words/s"
    reused = f", {summary.reused:,} of them done before" if summary.reused else ""
    console.print(f"{several(summary.documents, 'document')}{reused}, {pace}, {rate}", soft_wrap=True)
    for line in skipped_lines(skipped, unknown):
        console.print(line, style="yellow" if unknown else "", soft_wrap=True)
    if summary.warnings:
        console.print(f"{several(summary.warnings, 'warning')}, in documents.jsonl", style="yellow")
    if summary.errors:
        _show_errors(console, summary, folder)
    facts = folder / summary.facts_file
    console.print(f"facts are in {shown_path(facts)}", soft_wrap=True)
    show_figures(console, figures_of(folder) if summary.facts else [], folder / TABLE)
    console.print(f"next: {next_command(folder, opened=opened)}", soft_wrap=True)


def show_figures(console: Console, figures: Sequence[str], table: Path | None = None) -> None:
    """The figures, a line each, between blank lines; and the file that has all of them."""
    if not figures:
        return
    console.print("\nfor example:")
    for figure in figures:
        console.print(f"  {figure}", soft_wrap=True)
    if table is not None and table.is_file():
        console.print(f"all figures with their sentences are in {shown_path(table)}", soft_wrap=True)
    console.print()


def next_command(folder: Path, *, opened: bool = False) -> str:
    """What to type after a run, to be pasted into a shell."""
    name = shlex.quote(shown_path(folder))
    if opened:
        return f"newsfacts load {name} --to facts.db"
    return f"newsfacts report {name} --html {shlex.quote(shown_path(page_of(folder)))}"


def skipped_lines(skipped: int, unknown: Sequence[str]) -> Iterator[str]:
    """How many files were skipped; the names of those that are not hidden, and what would read them."""
    if not skipped:
        return
    if not unknown:
        yield f"{several(skipped, 'file')} skipped: hidden, or no format that can be read"
        return
    office = [name for name in unknown if Path(name).suffix.lower() in PACKAGES]
    others = [name for name in unknown if name not in office]
    yield f"{several(skipped, 'file')} skipped"
    if office:
        yield f"  {_named(office)}: to read PDF and Word, pip install 'newsfacts[office]'"
    if others:
        yield f"  {_named(others)}: no format that can be read; save the text as .txt, .md or .html"


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


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


def summary_json(
    summary: Summary,
    folder: Path,
    *,
    skipped: int,
    fingerprint: Mapping[str, str],
    unknown: Sequence[str] = (),
) -> str:
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
            "skipped_files": list(unknown),
            "facts": {kind: summary.facts[kind] for kind in _ORDER},
            "words": summary.words,
            "seconds": round(summary.seconds, 3),
            "words_per_second": round(summary.words_per_second),
            "fingerprint": dict(fingerprint),
        }
    )
