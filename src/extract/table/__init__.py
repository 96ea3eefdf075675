"""The flat table `quantities`: a row a quantity, with all that its readers need beside it."""

from newsfacts.table.columns import COLUMNS, NAMES, Column, ColumnType
from newsfacts.table.rows import Row, quantities
from newsfacts.table.words import TableWords, shipped_words

__all__ = ["COLUMNS", "NAMES", "Column", "ColumnType", "Row", "TableWords", "quantities", "shipped_words"]
