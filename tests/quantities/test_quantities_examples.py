"""The executed examples beside the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from newsfacts.language import Parsed
from newsfacts.quantities import QuantityFinder
from newsfacts.rules import Example, ExampleFile, RuleSet, check_example

EXAMPLES = RuleSet().read("quantities/examples.yaml", ExampleFile).examples


@pytest.fixture(scope="module")
def finder(rules: RuleSet) -> QuantityFinder:
    return QuantityFinder.from_rules(rules)


@pytest.mark.parametrize("example", EXAMPLES, ids=[e.text[:50] for e in EXAMPLES])
def test_example(example: Example, finder: QuantityFinder, blank: Any) -> None:
    def find(text: str, published: dt.date | None, _: bool) -> Sequence[Any]:
        parsed: Parsed = blank(text, published)
        return finder.find(parsed, ())

    assert check_example(example, find) == []


def test_every_rule_has_an_example(finder: QuantityFinder) -> None:
    shown = {e.rule for e in EXAMPLES if e.finds}
    assert finder.rules <= shown
