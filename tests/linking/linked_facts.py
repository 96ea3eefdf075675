"""The facts of a text, looked up by the words of a quantity.

A module of its own: `from conftest import` finds whichever folder's conftest.py pytest loaded first.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsfacts.model import DateFact, PlaceFact, QuantityFact


class Linked:
    """The facts of a text, found by the words of a quantity."""

    def __init__(self, facts: Sequence[QuantityFact | DateFact | PlaceFact]) -> None:
        self.facts = list(facts)
        self._by_id = {fact.id: fact for fact in facts}

    def __getitem__(self, text: str) -> QuantityFact:
        found = [f for f in self.facts if f.text == text and isinstance(f, QuantityFact)]
        assert found, f"no quantity fact {text!r}"
        return found[0]

    def time(self, text: str) -> str | None:
        """The text of the date that a quantity is linked to."""
        return self._text(self[text].time)

    def place(self, text: str) -> str | None:
        """The text of the place that a quantity is linked to."""
        return self._text(self[text].place)

    def same_as(self, text: str) -> str | None:
        """The text of the amount that a quantity restates."""
        return self._text(self[text].same_as)

    def _text(self, fact_id: str | None) -> str | None:
        return self._by_id[fact_id].text if fact_id else None
