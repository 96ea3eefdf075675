"""The flat table `quantities`: a row a quantity, with all that its readers need beside it."""

from newsfacts.table.columns import COLUMNS, NAMES, Column, ColumnType

__all__ = ["COLUMNS", "NAMES", "Column", "ColumnType"]
