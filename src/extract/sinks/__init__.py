"""Where facts go: JSON Lines, a database, a table. Callers need only what is named here."""

from extract.sinks.changes import Changes
from extract.sinks.load import LoadReport, load

__all__ = ["Changes", "LoadReport", "load"]
