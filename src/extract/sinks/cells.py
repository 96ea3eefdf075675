"""Text in CSV cells that a spreadsheet would take for a formula."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

#: What a formula begins with, also in the full-width forms that some spreadsheets take; the apostrophes
#: before it are those of earlier guards. A number is none, nor is a sign alone (the modifier "=").
#: The page has the same pattern for its downloads (report/assets/download.js).
FORMULA: Final = r"^'*[=+\-@\t\r\n＝＋－＠][\s\S]"
NUMBER: Final = r"^[-+]?[\d.]+$"

_FORMULA: Final = re.compile(FORMULA)
_NUMBER: Final = re.compile(NUMBER, re.ASCII)


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula.

    `unguarded` gives back what it was.

    >>> guarded("=1+1"), guarded("-2.1"), guarded("5 percent")
    ("'=1+1", '-2.1', '5 percent')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell that `guarded` made."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def guarded_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its texts guarded; numbers, days and what is missing stay as they are."""
    return {name: guarded(value) if isinstance(value, str) else value for name, value in row.items()}
