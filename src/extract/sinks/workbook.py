"""The table `quantities` as an Excel workbook, by XlsxWriter (newsfacts[excel])."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import Any, BinaryIO, Final

from newsfacts.errors import ConfigurationError
from newsfacts.table import COLUMNS, Row

#: The largest sheet, with its header.
_MOST_ROWS: Final = 1_048_576
#: The longest text of a cell.
_MOST_CHARACTERS: Final = 32_767
#: Integers that a cell holds exactly end here; its numbers are floats.
_EXACT: Final = 2**53
#: Excel's calendar begins with this day.
_FIRST_DAY: Final = dt.date(1900, 1, 1)
#: The file tells the time of its making; equal rows give equal bytes.
_MADE: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_WIDTHS: Final = {"said": 60, "sentence": 60, "text": 22, "item": 24, "item_key": 24, "title": 40}


class _Exact(float):
    """A number that is written with all of its digits; XlsxWriter asks for 16, and some need 17."""

    def __format__(self, spec: str) -> str:
        return float.__repr__(self).removesuffix(".0")


class WorkbookTable:
    """One sheet with a header that stays in sight and a filter on every column; no cell is a formula.

    Days before 1900 and integers above 2^53 are text, as Excel has neither; a text ends after 32,767
    characters. Memory is flat: rows go to a temporary file. Raises ConfigurationError where XlsxWriter is not
    installed, and from `write` where there are more rows than a sheet has.
    """

    def __init__(self, file: BinaryIO) -> None:
        try:
            import xlsxwriter
        except ImportError as error:
            raise ConfigurationError(
                "workbooks need XlsxWriter, which is not installed",
                remedy="pip install 'newsfacts[excel]', or name a .csv file.",
            ) from error
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(file, options)
        self._book.set_properties({"title": "quantities", "created": _MADE, "comments": "newsfacts"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheet = self._book.add_worksheet("quantities")
        self._count = 0
        self._open()

    def _open(self) -> None:
        bold = self._book.add_format({"bold": True})
        for position, column in enumerate(COLUMNS):
            self._sheet.set_column(position, position, _WIDTHS.get(column.name, 12))
            self._sheet.write_string(0, position, column.name, bold)
        self._sheet.freeze_panes(1, 0)

    def write(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            self._count += 1
            if self._count >= _MOST_ROWS:
                raise ConfigurationError(
                    f"a sheet has {_MOST_ROWS:,} rows, and there are more figures",
                    remedy="Filter them (--type, --country, --since), or name a .csv or .parquet file.",
                )
            for position, column in enumerate(COLUMNS):
                self._cell(position, row[column.name], is_day=column.type == "date")

    def _cell(self, position: int, value: Any, *, is_day: bool) -> None:
        if value is None:
            return
        place = (self._count, position)
        if isinstance(value, bool):
            self._sheet.write_boolean(*place, value)
        elif isinstance(value, int | float):
            if is_cell_number(value):
                self._sheet.write_number(*place, _Exact(value))
            else:
                self._sheet.write_string(*place, str(value))
        elif is_day and (day := dt.date.fromisoformat(value)) >= _FIRST_DAY:
            self._sheet.write_datetime(*place, day, self._day)
        else:
            self._sheet.write_string(*place, value[:_MOST_CHARACTERS])

    def close(self) -> None:
        """End the format."""
        self._sheet.autofilter(0, 0, self._count, len(COLUMNS) - 1)
        self._book.close()


def is_cell_number(value: float) -> bool:
    """Whether a cell can hold a number exactly."""
    return abs(value) <= _EXACT if isinstance(value, int) else math.isfinite(value)
