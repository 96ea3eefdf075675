"""Which currency is meant, and conversions in brackets."""

from __future__ import annotations

from typing import Any

import pytest

from newsfacts.model import QuantityMention
from newsfacts.quantities import QuantityFinder
from newsfacts.rules import RuleSet


@pytest.fixture(scope="module")
def finder(rules: RuleSet) -> QuantityFinder:
    return QuantityFinder.from_rules(rules)


@pytest.fixture
def find(finder: QuantityFinder, blank: Any) -> Any:
    def found(text: str) -> list[QuantityMention]:
        return finder.find(blank(text), ())

    return found


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("It cost 40 dollars.", ["USD"]),
        ("Sydney traders paid 40 dollars; the fund holds 3 billion Australian dollars.", ["AUD", "AUD"]),
        ("Taipei said capital reached 43 billion dollars.", ["USD"]),
        ("The Hong Kong firm raised HK$5 million, or 640,000 dollars.", ["HKD", "USD"]),
        ("He owes 90 pounds and weighs 180 pounds.", ["[lb_av]", "[lb_av]"]),
        ("London said the grant is 90 pounds.", ["GBP"]),
        ("Seoul paid 500 won.", ["KRW"]),
        ("In all 26 won gold.", [None]),
        ("Manila set the fare at 12 pesos.", ["PHP"]),
        ("The fare is 12 pesos.", ["MXN"]),
        ("Beijing spent ¥30 million.", ["CNY"]),
        ("The game costs ¥3000.", ["JPY"]),
        ("A $5 note, an A$5 note and $A5.", ["USD", "AUD", "AUD"]),
    ],
)
def test_the_currency_meant(find: Any, text: str, units: list[str | None]) -> None:
    assert [m.unit for m in find(text)] == units


def test_a_conversion_shares_modifier_and_denominator(find: Any) -> None:
    first, second = find("Pay exceeds 4,000 yuan (500 dollars) a month.")
    assert (first.modifier, first.per, first.low) == (">", "mo", 4000)
    assert (second.modifier, second.per, second.low, second.twin) == (">", "mo", 500, first.start)


def test_a_modifier_behind_the_bracket_holds_for_both(find: Any) -> None:
    first, second = find("Anyone with 15 grams (0.5 ounces) or more is charged.")
    assert (first.modifier, second.modifier, second.twin) == (">=", ">=", first.start)


def test_three_ways_to_say_one_power(find: Any) -> None:
    assert [m.twin for m in find("It makes 296 hp (224 kW / 300 PS).")] == [None, 9, 9]
