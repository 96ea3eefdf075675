"""The executed examples beside the rules of linking, over the complete pipeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from newsfacts.batch.linkcheck import LinkingExamples
from newsfacts.language import Parsed
from newsfacts.rules import Example, ExampleFile, RuleSet, check_example

EXAMPLES = RuleSet().read("linking/examples.yaml", ExampleFile).examples


@pytest.fixture(scope="module")
def examples(rules: RuleSet) -> LinkingExamples:
    return LinkingExamples(rules)


@pytest.mark.model
@pytest.mark.parametrize("example", EXAMPLES, ids=[e.text[:50] for e in EXAMPLES])
def test_example(example: Example, examples: LinkingExamples, full: Callable[..., Parsed]) -> None:
    def find(text: str, published: dt.date | None, _: bool) -> Sequence[Any]:
        return examples.find(full(text, published))

    assert check_example(example, find) == []


def test_there_are_examples_of_both_kinds() -> None:
    assert {bool(e.finds) for e in EXAMPLES} == {True, False}
