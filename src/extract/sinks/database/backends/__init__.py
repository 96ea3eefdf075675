"""What differs between the databases: connecting, locking out other loads, taking many rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol, TypeAlias

import sqlalchemy as sa

from extract.sinks.database.rows import Row

#: Rows for a staging table, each in the order of its columns.
Batch: TypeAlias = tuple[sa.Table, list[Row]]


class Backend(Protocol):
    """One kind of database."""

    def transaction(self) -> AbstractContextManager[sa.Connection]:
        """A transaction that no other load runs beside; it commits at its end, and not after an error."""

    def stage(self, connection: sa.Connection, batches: Iterable[Batch]) -> None:
        """Fill the staging tables and make them ready to be searched."""
