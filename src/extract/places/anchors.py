"""The resolved place that an unlisted one is nearest to in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from newsfacts.places.candidates import Candidate
from newsfacts.places.gazetteer import Entry

_Resolved = tuple[Candidate, Entry]


@dataclass(frozen=True, slots=True)
class _Row:
    """Resolved places in text order."""

    starts: list[int]
    places: list[_Resolved]

    @classmethod
    def of(cls, resolved: Iterable[_Resolved]) -> _Row:
        places = sorted(resolved, key=lambda pair: pair[0].start)
        return cls([candidate.start for candidate, _ in places], places)

    def neighbours(self, c: Candidate) -> list[_Resolved]:
        """The place before and the place after a candidate."""
        i = bisect_left(self.starts, c.start)
        return self.places[max(i - 1, 0) : i + 1]


@dataclass(frozen=True, slots=True)
class Anchors:
    """Finds the anchor of an unlisted place: of its own block first, rather after than before it.

    A country serves only where nothing smaller is named.
    """

    _smaller: _Row
    _countries: _Row

    @classmethod
    def of(cls, resolved: Iterable[_Resolved]) -> Anchors:
        """The anchors among the resolved places of a document."""
        usable = [(c, e) for c, e in resolved if e.country is not None and e.kind != "region"]
        return cls(
            _Row.of(pair for pair in usable if pair[1].kind != "country"),
            _Row.of(pair for pair in usable if pair[1].kind == "country"),
        )

    def nearest(self, c: Candidate) -> Entry | None:
        """The entry that an unlisted candidate lies by."""

        def distance(pair: _Resolved) -> tuple[bool, int]:
            other = pair[0]
            gap = other.start - c.end if other.start >= c.end else 2 * (c.start - other.end)
            return other.block != c.block, gap

        near = self._smaller.neighbours(c) or self._countries.neighbours(c)
        return min(near, key=distance)[1] if near else None
