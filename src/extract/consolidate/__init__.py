"""The same claim told by several articles becomes one claim with its sources."""

from newsfacts.consolidate.claims import Consolidator
from newsfacts.consolidate.duplicates import find_copies
from newsfacts.consolidate.run import Consolidation, consolidate, consolidated

__all__ = ["Consolidation", "Consolidator", "consolidate", "consolidated", "find_copies"]
