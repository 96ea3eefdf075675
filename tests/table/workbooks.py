"""Reads the one sheet of a workbook, without a library: what is text, number, flag or day."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ZERO = dt.date(1899, 12, 30)


def _position(reference: str) -> int:
    number = 0
    for letter in re.sub(r"\d", "", reference):
        number = number * 26 + ord(letter) - 64
    return number - 1


def read_workbook(path: Path, days: frozenset[str]) -> list[dict[str, Any]]:
    """The rows by column; cells of the columns `days` that are numbers are days."""
    with zipfile.ZipFile(path) as book:
        root = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    lines = [{_position(c.get("r", "")): _cell(c) for c in row} for row in root.iter(f"{_NS}row")]
    names = [lines[0][i] for i in sorted(lines[0])]
    return [{n: _day(n, line.get(i), days) for i, n in enumerate(names)} for line in lines[1:]]


def _cell(cell: ET.Element) -> Any:
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(f"{_NS}t"))
    value = cell.findtext(f"{_NS}v") or ""
    return bool(int(value)) if cell.get("t") == "b" else float(value)


def _day(name: str, value: Any, days: frozenset[str]) -> Any:
    if name in days and isinstance(value, float):
        return (_ZERO + dt.timedelta(int(value))).isoformat()
    return value
