"""The executed examples of rules/places."""

from __future__ import annotations

import datetime as dt

import pytest

from newsfacts.model import PlaceMention
from newsfacts.places import PlaceFinder
from newsfacts.rules import RuleSet
from newsfacts.rules.examples import Example, ExampleFile, check_example

EXAMPLES = RuleSet().read("places/examples.yaml", ExampleFile).examples


@pytest.fixture(scope="session")
def finder(rules: RuleSet) -> PlaceFinder:
    return PlaceFinder.from_rules(rules)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.rule}: {e.text[:40]}")
def test_example(example: Example, finder: PlaceFinder, blank, request) -> None:
    def find(text: str, published: dt.date | None, needs_model: bool) -> list[PlaceMention]:
        parse = request.getfixturevalue("full") if needs_model else blank
        return finder.find(parse(text, published))

    assert check_example(example, find) == []


def test_every_rule_has_examples_for_and_against() -> None:
    rules = {e.rule for e in EXAMPLES if e.finds}
    silent = {e.rule for e in EXAMPLES if not e.finds}
    assert {"place-gazetteer", "place-generic-noun", "place-new-name", "place-dateline"} <= rules & silent
