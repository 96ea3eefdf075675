"""A table in a text: its rows of cells, all as offsets of the text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands between two marks of a row, without white space; empty cells have start == end."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    start: int
    end: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Head rows and body rows; `caption` is the line or sentence right above the table, if any.

    Rows may have fewer cells than the head; a row of marks only ("|---|") is none of them.
    """

    start: int
    end: int
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: Cell | None = None
