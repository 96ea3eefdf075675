"""What a person sees: results on stdout, everything about the run on stderr.

Texts, ids, file names and messages come from others. All that a command prints goes through here, and what
would steer a terminal rather than be shown by it is written out: ESC as `\\x1b`, in JSON as `\\u001b`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import typer

from newsfacts.cli.visible import visible, visible_json
from newsfacts.errors import NewsfactsError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def out() -> Console:
    """The console of results. Square brackets and colons are what they are, no markup."""
    from newsfacts.cli.screen import Screen

    return Screen(sys.stdout, soft_wrap=False)


def err() -> Console:
    """The console of messages."""
    from newsfacts.cli.screen import Screen

    return Screen(sys.stderr, soft_wrap=True)


def print_json(data: str | bytes) -> None:
    """JSON on stdout, ended by a line feed."""
    encoded = data.encode() if isinstance(data, str) else data
    typer.echo(visible_json(encoded.rstrip(b"\n")))


def print_lines(lines: Iterable[str]) -> None:
    """Lines on stdout as they are, for another program or a file."""
    typer.echo("\n".join(map(visible, lines)))


class _JsonLines(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return sys.stdout.buffer.write(visible_json(bytes(data)))


def json_output() -> BinaryIO:
    """Stdout for JSON Lines, which are to be written whole."""
    return cast("BinaryIO", _JsonLines())


def show_crash(error: Exception) -> None:
    """The traceback of a defect, on stderr."""
    import traceback

    sys.stderr.write(visible("".join(traceback.format_exception(error))))


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
