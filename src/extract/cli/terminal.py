"""What a person sees: results on stdout, everything about the run on stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import NewsfactsError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def out() -> Console:
    """The console of results."""
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False)


def err() -> Console:
    """The console of messages."""
    from rich.console import Console

    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


def show_error(error: Exception) -> None:
    """The message in red and the remedy under it, on stderr."""
    from rich.text import Text

    message, remedy = _parts(error)
    console = err()
    console.print(Text("Error: ", style="bold red") + Text(message, style="red"))
    if remedy:
        console.print(Text(f"  {remedy}"))


def _parts(error: Exception) -> tuple[str, str]:
    if isinstance(error, NewsfactsError):
        return error.message, error.remedy
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        return f"{name}{error.strerror or error}", ""
    return str(error), ""


def plain_table(*columns: str, numbers: frozenset[str] = frozenset()) -> Table:
    """A table with a line under its head and nothing else; `numbers` are set flush right."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return table


def several(count: int, noun: str) -> str:
    """The count with its noun: "1 fact", "2,000 facts"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def shown_path(path: Path) -> str:
    """A path as short as it can be: below the working folder where it lies there."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
