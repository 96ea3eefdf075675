"""Where facts go: JSON Lines, a database, a table. Callers need only what is named here."""

from newsfacts.sinks.changes import Changes
from newsfacts.sinks.load import LoadReport, load

__all__ = ["Changes", "LoadReport", "load"]
