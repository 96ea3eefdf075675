"""Restated amounts, and what they share with the amount before them."""

from __future__ import annotations

import pytest

from newsfacts.linking.restate import RestateRules, partners, shared_modifier
from newsfacts.model import QuantityMention
from newsfacts.rules import RuleSet


@pytest.fixture(scope="module")
def words(rules: RuleSet) -> RestateRules:
    return rules.read("linking/restate.yaml", RestateRules)


def amount(text: str, words: str, unit: str, **fields: object) -> QuantityMention:
    start = text.index(words)
    span = {
        "start": start,
        "end": start + len(words),
        "number_start": start,
        "number_end": start + len(words),
    }
    return QuantityMention(**{"type": "measure", "value": 1, "unit": unit, "rule": "t", **span, **fields})


@pytest.mark.parametrize(
    "between",
    [", or ", " or ", " (", ", equivalent to ", " (about ", ", or about ", " each way (", " a trip (about "],
)
def test_connectives_restate(words, between):
    text = f"The road is 5 miles{between}8 km long."
    mentions = [amount(text, "5 miles", "[mi_i]"), amount(text, "8 km", "km")]
    assert partners(text, mentions, words) == {mentions[1].start: mentions[0]}


@pytest.mark.parametrize(
    ("text", "other", "unit"),
    [
        ("It is 5 miles and 8 km away.", "8 km", "km"),
        ("It is 5 miles, 8 km away.", "8 km", "km"),
        ("It is 5 miles or 8 miles away.", "8 miles", "[mi_i]"),
    ],
)
def test_other_neighbours_do_not(words, text, other, unit):
    mentions = [amount(text, "5 miles", "[mi_i]"), amount(text, other, unit)]
    assert partners(text, mentions, words) == {}


def test_a_bracket_twin_is_taken_from_the_mention(words):
    text = "It cost 7 yuan (1 dollar)."
    first = amount(text, "7 yuan", "CNY", type="money")
    second = amount(text, "1 dollar", "USD", type="money", twin=first.start)
    assert partners(text, [first, second], words) == {second.start: first}


def test_a_chain_restates_the_first_amount(words):
    text = "It cost 7 yuan, or 1 dollar, or 2 marks."
    mentions = [
        amount(text, w, u, type="money")
        for w, u in (("7 yuan", "CNY"), ("1 dollar", "USD"), ("2 marks", "DEM"))
    ]
    assert set(partners(text, mentions, words).values()) == {mentions[0]}


def test_a_verb_sets_the_modifier_of_both():
    text = "Output surpasses 7 yuan (1 dollar)."
    first = amount(text, "7 yuan", "CNY", modifier=">", low=7, value=7)
    second = amount(text, "1 dollar", "USD")
    shared = shared_modifier(second, first)
    assert (shared.modifier, shared.low, shared.high) == (">", 1, None)


def test_an_adjacent_modifier_is_its_own():
    text = "Output was over 7 yuan (1 dollar)."
    first = amount(text, "over 7 yuan", "CNY", modifier=">", number_start=text.index("7"))
    second = amount(text, "1 dollar", "USD")
    assert shared_modifier(second, first) is second
