"""Links mentions that a test marks by their words, over a real parse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from describing import marked
from linked_facts import Linked

from newsfacts.language import Parsed
from newsfacts.linking import Linker
from newsfacts.linking.clause import Describer, Description
from newsfacts.model import DateMention, PlaceMention, QuantityMention
from newsfacts.rules import RuleSet


@pytest.fixture(scope="session")
def linker(rules: RuleSet) -> Linker:
    return Linker.from_rules(rules)


@pytest.fixture(scope="session")
def linked(full: Callable[..., Parsed], linker: Linker) -> Callable[..., Linked]:
    """linked(text, {"5 percent": "percent", ...}, dates={"May": "2005-05"}, places={"Japan": "country"}).

    Quantities map to a type, or to a dict of the mention's fields. The words must stand in the text in order;
    words that stand there several times are marked at their next place after the mark before.
    """

    def link(
        text: str,
        quantities: dict[str, str | dict[str, Any]],
        dates: dict[str, str | None] | None = None,
        places: dict[str, str | dict[str, Any]] | None = None,
        published: dt.date | None = None,
    ) -> Linked:
        marks = [
            _quantity(text, words, fields if isinstance(fields, dict) else {"type": fields})
            for words, fields in quantities.items()
        ]
        calendar = [
            DateMention(start=s, end=e, timex_type="DATE", edtf=edtf, rule="test")
            for words, edtf in (dates or {}).items()
            for s, e in _all(text, words)
        ]
        named = [
            PlaceMention(start=s, end=e, rule="test", **_place(words, fields))
            for words, fields in (places or {}).items()
            for s, e in _all(text, words)
        ]
        return Linked(linker.link(full(text, published), marks, calendar, named))

    return link


@pytest.fixture(scope="session")
def describe(full: Callable[[str], Parsed], rules: RuleSet) -> Callable[[str], dict[str, Description]]:
    """describe("It sold [30|count] shops."): the descriptions of what is marked, by its text."""
    describer = Describer.from_rules(rules)

    def describe_all(sentence: str) -> dict[str, Description]:
        text, mentions = marked(sentence)
        parsed = full(text)
        return {text[m.start : m.end]: describer.describe(parsed, m, mentions) for m in mentions}

    return describe_all


def _quantity(text: str, words: str, fields: dict[str, Any]) -> QuantityMention:
    start = text.index(words)
    twin = text.index(fields["twin"]) if "twin" in fields else None
    span = {
        "start": start,
        "end": start + len(words),
        "number_start": start,
        "number_end": start + len(words),
    }
    return QuantityMention(**{"value": 1, "rule": "test", **span, **fields, "twin": twin})


def _place(words: str, fields: str | dict[str, Any]) -> dict[str, Any]:
    return {"name": words, **(fields if isinstance(fields, dict) else {"kind": fields})}


def _all(text: str, words: str) -> list[tuple[int, int]]:
    found, at = [], text.find(words)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    assert found, f"{words!r} is not in the text"
    return found
