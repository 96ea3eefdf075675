"""From a table's cells to facts: value and unit of the cell, links from row head, column head and caption."""

from newsfacts.tabular.reader import TableReader

__all__ = ["TableReader"]
