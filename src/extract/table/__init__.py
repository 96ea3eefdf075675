"""The flat table `quantities`: a row a quantity, with all that its readers need beside it."""

from newsfacts.table.columns import COLUMNS, NAMES, Column, ColumnType
from newsfacts.table.rows import Row, computed, quantities
from newsfacts.table.words import TableWords, shipped_words

__all__ = [
    "COLUMNS",
    "NAMES",
    "Column",
    "ColumnType",
    "Row",
    "TableWords",
    "computed",
    "quantities",
    "shipped_words",
]
