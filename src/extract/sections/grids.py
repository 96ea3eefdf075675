"""Finds the tables of a text: Markdown rows, tab-separated and CSV-like lines, each with its caption."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsfacts.model.table import Cell, Row, Table
from newsfacts.sections.spans import trimmed

#: Longest line and cell that belong to a table; most columns.
_LONGEST_ROW, _LONGEST_CELL, _MOST_COLUMNS = 1000, 120, 60
#: A caption is at most so long and stands at most so far above.
_LONGEST_CAPTION, _CAPTION_GAP = 250, 3
_DIGIT = re.compile(r"\d")
_RULER = re.compile(r"[\s|:+\-–—=]+")
_FIGURE = re.compile(
    r"[(+\-−–~<>≈$€£¥]?\s?(?:[A-Z]{1,3}\$?\s?)?[(+\-−–]?\d[\d.,\u00a0\u202f ]*\)?\s?[%‰]?[*†‡a-e]?"
)
_SEPARATORS = (
    ("|", re.compile(r"\|")),
    ("\t", re.compile(r"\t+")),
    (";", re.compile(r";")),
    (",", re.compile(r",(?! )")),
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int


def find_tables(text: str) -> tuple[Table, ...]:
    """The tables of a text with figures in their cells, in order. Linear in the length of the text."""
    if "|" not in text and "\t" not in text and ";" not in text and "," not in text:
        return ()
    found: list[Table] = []
    for group in _groups(text):
        table = _table(text, group)
        if table is not None:
            found.append(table)
    return tuple(found)


def _groups(text: str) -> Iterator[tuple[str, list[_Line]]]:
    """Runs of lines that the same mark cuts, with that mark."""
    run: list[_Line] = []
    mark, at = "", 0
    for raw in text.split("\n"):
        start, end = trimmed(text, at, at + len(raw)) if raw.strip(" \r") else (at, at)
        at += len(raw) + 1
        used = _mark_of(text[start:end], mark) if end - start <= _LONGEST_ROW else ""
        if used != mark and run:
            yield mark, run
            run = []
        mark = used
        if used:
            run.append(_Line(start, end))
    if run:
        yield mark, run


def _mark_of(line: str, before: str) -> str:
    """The mark that cuts a line into cells: that of the line before, where it does; "" where none does."""
    if before and before in line and (before != "," or re.search(r",(?! )", line)):
        return before
    if "|" in line and (line.startswith("|") or line.endswith("|") or line.count("|") > 1):
        return "|"
    if "\t" in line:
        return "\t"
    if ";" in line and line.count(";") >= 1 and not line.endswith((".", ";")) and "; " not in line:
        return ";"
    return "," if line.count(",") and ", " not in line and not line.endswith((".", ",")) else ""


def _table(text: str, group: tuple[str, list[_Line]]) -> Table | None:
    mark, lines = group
    if len(lines) < 2 or _DIGIT.search(text, lines[0].start, lines[-1].end) is None:
        return None
    ruled = [
        i for i, line in enumerate(lines) if mark == "|" and _RULER.fullmatch(text, line.start, line.end)
    ]
    skipped = frozenset(ruled)
    rows = [_row(text, line, mark) for i, line in enumerate(lines) if i not in skipped]
    if len(rows) < 2 or not _is_grid(text, rows, mark):
        return None
    heads = ruled[0] if ruled and 0 < ruled[0] <= 3 else _plain_heads(text, rows)
    head, body = tuple(rows[:heads]), tuple(rows[heads:])
    if not body or not any(
        c.isdigit() for row in body for cell in row.cells for c in text[cell.start : cell.end]
    ):
        return None
    return Table(lines[0].start, lines[-1].end, head, body, _caption(text, lines[0].start))


def _is_grid(text: str, rows: Sequence[Row], mark: str) -> bool:
    """Rows of prose with marks in them are no table: cells are short, and columns go on."""
    widths = [len(row.cells) for row in rows]
    if max(widths) < 2 or max(widths) > _MOST_COLUMNS:
        return False
    if any(cell.end - cell.start > _LONGEST_CELL for row in rows for cell in row.cells):
        return False
    if mark == "|":
        return True
    if len(rows) < 3 or len(set(widths)) > 1:
        return False
    # Every line but the first has a column of figures.
    last = range(1, widths[0])
    return any(all(is_figure(text, row.cells[c]) for row in rows[1:]) for c in last)


def _plain_heads(text: str, rows: Sequence[Row]) -> int:
    """How many rows head the table where no line divides them: the first, where no cell is a figure."""
    figures = sum(is_figure(text, cell) and not _is_year(text, cell) for cell in rows[0].cells)
    return 1 if figures == 0 else 0


def is_figure(text: str, cell: Cell) -> bool:
    """Whether a cell holds a number and nothing else but its signs."""
    return _FIGURE.fullmatch(text, cell.start, cell.end) is not None


def _is_year(text: str, cell: Cell) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d[a-z]?", text[cell.start : cell.end]) is not None


def _row(text: str, line: _Line, mark: str) -> Row:
    pattern = next(p for m, p in _SEPARATORS if m == mark)
    start, end = line.start, line.end
    if mark == "|":
        start += text.startswith("|", start)
        end -= text.endswith("|", start, end) if end > start else 0
    cells, at = [], start
    for match in pattern.finditer(text, start, end):
        cells.append(Cell(*trimmed(text, at, match.start())))
        at = match.end()
    cells.append(Cell(*trimmed(text, at, end)))
    return Row(line.start, line.end, tuple(cells))


def _caption(text: str, start: int) -> Cell | None:
    """The last line above the table, where at most one blank line stands between."""
    above = text[max(0, start - _LONGEST_CAPTION - _CAPTION_GAP) : start]
    line = above.rstrip()
    if not line or above[len(line) :].count("\n") > 2:
        return None
    end = start - (len(above) - len(line))
    line = line.rpartition("\n")[2]
    return None if "|" in line or len(line) >= _LONGEST_CAPTION else Cell(end - len(line), end)
