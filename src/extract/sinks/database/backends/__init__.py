"""What differs between the databases: connecting, locking out other loads, taking many rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol

import sqlalchemy as sa

from newsfacts.sinks.database.reading import Batch
from newsfacts.sinks.database.rows import Row


class Backend(Protocol):
    """One kind of database. `errors` are those that its driver raises."""

    errors: tuple[type[Exception], ...]

    def transaction(self) -> AbstractContextManager[sa.Connection]:
        """A transaction that no other load runs beside; it commits at its end, and not after an error."""

    def stage(self, connection: sa.Connection, batches: Iterable[Batch]) -> None:
        """Fill the staging tables and make them ready to be searched; comes first in the transaction."""

    def fill(self, connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
        """Insert many rows, which have the columns of the table, within the transaction."""
