"""What a load did to the records of a kind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Records by what became of them.

    A document is updated where its own record differs, whichever run it is of; facts count for themselves.
    """

    inserted: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def told(self) -> int:
        """The records that the run had."""
        return self.inserted + self.updated + self.unchanged
