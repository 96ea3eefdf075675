"""The executed examples beside the rules, and the table of the documentation made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from tools import date_table

from newsfacts.dates import DateFinder
from newsfacts.dates.shapes import Grammar
from newsfacts.language import Parsed
from newsfacts.rules import Example, ExampleFile, RuleSet, check_example

EXAMPLES = RuleSet().read("dates/examples.yaml", ExampleFile).examples
PLAIN = [e for e in EXAMPLES if not e.needs_model]
TAGGED = [e for e in EXAMPLES if e.needs_model]


@pytest.fixture(scope="module")
def finder(rules: RuleSet) -> DateFinder:
    return DateFinder.from_rules(rules)


@pytest.mark.parametrize("example", PLAIN, ids=[e.text[:50] for e in PLAIN])
def test_example(example: Example, finder: DateFinder, blank: Any) -> None:
    def find(text: str, published: dt.date | None, _: bool) -> Sequence[Any]:
        parsed: Parsed = blank(text, published)
        return finder.find(parsed)

    assert check_example(example, find) == []


@pytest.mark.model
@pytest.mark.parametrize("example", TAGGED, ids=[e.text[:50] for e in TAGGED])
def test_example_with_tags(example: Example, finder: DateFinder, full: Any) -> None:
    def find(text: str, published: dt.date | None, _: bool) -> Sequence[Any]:
        parsed: Parsed = full(text, published)
        return finder.find(parsed)

    assert check_example(example, find) == []


def test_every_rule_has_an_example(rules: RuleSet) -> None:
    shown = {e.rule for e in EXAMPLES if e.finds}
    joined = {"interval", "further-day", "counted-from", "further-part", "further-decade"}
    named = {rule.name for rule in rules.read("dates/grammar.yaml", Grammar).rules}
    assert (named | joined) - shown == set()
    assert shown <= named | joined


def test_there_are_negative_examples() -> None:
    assert sum(not e.finds for e in EXAMPLES) >= 10


def test_the_table_of_the_documentation_is_made_of_the_examples() -> None:
    assert date_table.page().count("\n") > 60
