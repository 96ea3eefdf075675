"""Tables of pages as Markdown lines: merged cells spread out, several head rows made one."""

from __future__ import annotations

import re
from typing import Any, Final

_SPACE = re.compile(r"\s+")
#: Larger tables are kept to this; wider spans are mistakes of the page.
_MOST_ROWS, _MOST_COLUMNS, _WIDEST_SPAN = 2000, 60, 60
#: Text of a cell beyond which a table is there for the page's layout.
_LONGEST_CELL: Final = 200


def as_markdown(table: Any) -> str | None:
    """The lines of a data table, its caption above; None for tables without figures or made for layout."""
    if table.find(".//table") is not None:
        return None
    rows, heads = _grid(table)
    if len(rows) < 2 or max(map(len, rows)) < 2 or any(len(c) > _LONGEST_CELL for row in rows for c in row):
        return None
    if not any(c.isdigit() for row in rows[heads:] for cell in row for c in cell):
        return None
    width = max(map(len, rows))
    head = [_joined([row[c] if c < len(row) else "" for row in rows[:heads]]) for c in range(width)]
    lines = [_line(head), _line(["---"] * width)] if heads else []
    lines += [_line(row) for row in rows[heads:]]
    caption = table.find("caption")
    above = [_text(caption), ""] if caption is not None and _text(caption) else []
    return "\n".join([*above, *lines])


def _grid(table: Any) -> tuple[list[list[str]], int]:
    """The texts of all cells by row and column, and how many rows are heads."""
    rows: list[list[str]] = []
    hanging: dict[
        int, tuple[int, str]
    ] = {}  # column -> rows that a cell above still reaches into, and its text
    heads, in_head = 0, True
    for tr in table.iter("tr"):
        cells = [c for c in tr if c.tag in ("td", "th")]
        if not cells or len(rows) >= _MOST_ROWS:
            continue
        row: list[str] = []
        for cell in cells:
            _hang(row, hanging)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            text = _text(cell)
            for _ in range(across):
                if down > 1:
                    hanging[len(row)] = (down - 1, text)
                row.append(text)
        _hang(row, hanging)
        rows.append(row[:_MOST_COLUMNS])
        head = tr.getparent().tag == "thead" or all(c.tag == "th" for c in cells)
        in_head = in_head and head
        heads += in_head
    return rows, heads or _first_heads(rows)


def _hang(row: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    while (left := hanging.get(len(row))) is not None and len(row) < _MOST_COLUMNS:
        column = len(row)
        row.append(left[1])
        if left[0] > 1:
            hanging[column] = (left[0] - 1, left[1])
        else:
            del hanging[column]


def _first_heads(rows: list[list[str]]) -> int:
    """Without marked heads the first row is one where it has no figures but years."""
    plain = all(not re.search(r"\d", c) or re.search(r"(?:19|20)\d\d", c) for c in rows[0]) if rows else False
    return 1 if plain else 0


def _joined(parts: list[str]) -> str:
    """A column's head of several rows: "2022 Milk"; a cell that reaches over rows counts once."""
    return " ".join(dict.fromkeys(part for part in parts if part))


def _span(cell: Any, name: str) -> int:
    value = cell.get(name) or "1"
    return min(int(value), _WIDEST_SPAN) if value.isdigit() and len(value) < 4 and int(value) > 0 else 1


def _text(element: Any) -> str:
    return _SPACE.sub(" ", " ".join(element.itertext())).strip().replace("|", "/")


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
