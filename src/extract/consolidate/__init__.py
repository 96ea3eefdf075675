"""The same claim told by several articles becomes one claim with its sources."""

from extract.consolidate.claims import Consolidator
from extract.consolidate.duplicates import find_copies
from extract.consolidate.run import Consolidation, consolidate

__all__ = ["Consolidation", "Consolidator", "consolidate", "find_copies"]
