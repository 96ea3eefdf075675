"""Which rows of the table are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a row must have; an empty set or None allows all.

    `since` and `until` are days, months or years (2005-06); a row without an as_of is in no such span.
    """

    types: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None

    def has(self, row: Mapping[str, Any]) -> bool:
        """Whether a row is wanted.

        >>> Choice(since="2005").has({"as_of_start": "2004-12-31", "as_of_end": "2005-01-02"})
        True
        """
        for name, wanted in (("type", self.types), ("country", self.countries), ("status", self.statuses)):
            if wanted and row[name] not in wanted:
                return False
        return self._in_span(row)

    def _in_span(self, row: Mapping[str, Any]) -> bool:
        if self.since is None and self.until is None:
            return True
        start = row["as_of_start"] or row["as_of_end"]
        end = row["as_of_end"] or row["as_of_start"]
        if start is None or end is None:
            return False
        # ISO days sort as text, and a year or month sorts before its first day.
        after = self.since is None or end >= self.since
        return after and (self.until is None or start[: len(self.until)] <= self.until)
