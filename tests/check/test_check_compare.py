"""Quantities held against a second reader: what counts as another reading, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from newsfacts.check import Checker, Reading
from newsfacts.check.units import Meaning
from newsfacts.model import QuantityFact
from newsfacts.rules import RuleSet

Check = Callable[..., list[tuple[str, str, str]]]
KG = Meaning("kg")


def fact(sentence: str, text: str, **fields: Any) -> QuantityFact:
    start = sentence.index(text)
    own: dict[str, Any] = {
        "id": text, "doc_id": "d", "start": start, "end": start + len(text), "text": text,
        "sentence_start": 0, "sentence_end": len(sentence), "section": "body",
        "rule": "r", "confidence": 1.0, "type": "measure",
    }  # fmt: skip
    return QuantityFact(**{**own, **fields})


def reading(sentence: str, text: str, low: float, *units: Meaning, high: float | None = None) -> Reading:
    start = sentence.index(text)
    return Reading(start, start + len(text), text, low, low if high is None else high, units)


@pytest.fixture(scope="module")
def check(rules: RuleSet) -> Check:
    def run(sentence: str, facts: list[QuantityFact], *readings: Reading) -> list[tuple[str, str, str]]:
        checker = Checker.from_rules(rules, lambda text: list(readings))
        return [(d.field, d.ours, d.theirs) for d in checker.check(facts, {"d": sentence}).disagreements]

    return run


S = "It weighs 5 kg, or so."


def test_the_same_reading_is_no_disagreement(check: Check) -> None:
    assert check(S, [fact(S, "5 kg", value=5, unit="kg")], reading(S, "5 kg", 5, KG)) == []


def test_another_value_and_another_unit_are_named_with_both_readings(check: Check) -> None:
    own = [fact(S, "5 kg", value=5, unit="kg")]
    assert check(S, own, reading(S, "5 kg", 5000, KG)) == [("value", "5 kg", "5,000 kg")]
    assert check(S, own, reading(S, "5 kg", 5, Meaning("g"))) == [("unit", "5 kg", "5 g")]


def test_where_no_unit_is_named_only_the_value_is_compared(check: Check) -> None:
    own = [fact(S, "5 kg", value=5, unit="kg")]
    assert check(S, own, reading(S, "5", 5)) == []
    assert check(S, own, reading(S, "5", 6)) == [("value", "5 kg", "6")]


def test_any_meaning_of_an_ambiguous_unit_agrees(check: Check) -> None:
    own = [fact(S, "5 kg", value=5, unit="kg")]
    assert check(S, own, reading(S, "5 kg", 5, Meaning("GBP"), KG)) == []


def test_a_units_factor_is_applied(check: Check) -> None:
    sentence = "Six decades passed."
    own = [fact(sentence, "Six decades", value=60, unit="a", type="duration")]
    assert check(sentence, own, reading(sentence, "Six decades", 6, Meaning("a", 10))) == []
    assert check(sentence, own, reading(sentence, "Six decades", 5, Meaning("a", 10))) != []


def test_a_rate_agrees_in_one_code_or_in_two(check: Check) -> None:
    sentence = "It runs 90 km an hour."
    own = [fact(sentence, "90 km an hour", value=90, unit="km", per="h")]
    assert check(sentence, own, reading(sentence, "90 km an hour", 90, Meaning("km/h"))) == []
    assert check(sentence, own, reading(sentence, "90 km", 90, Meaning("km"))) == []


def test_ranges_agree_by_their_bounds(check: Check) -> None:
    sentence = "It weighs 5 to 10 kg."
    own = [fact(sentence, "5 to 10 kg", low=5, high=10, unit="kg")]
    assert check(sentence, own, reading(sentence, "5 to 10 kg", 5, KG, high=10)) == []
    other = reading(sentence, "5 to 10 kg", 5, KG, high=11)
    assert check(sentence, own, other) == [("value", "5 to 10 kg", "5 to 11 kg")]


def test_one_end_of_a_range_that_the_reader_took_as_one_agrees(check: Check) -> None:
    sentence = "It rose from 3 kg to 5 kg."
    own = [fact(sentence, "3 kg", value=3, unit="kg"), fact(sentence, "5 kg", value=5, unit="kg")]
    assert check(sentence, own, reading(sentence, "3 kg to 5 kg", 3, KG, high=5)) == []


@pytest.mark.parametrize(
    ("sentence", "text", "part", "value"),
    [
        ("It took one hour and 7 minutes.", "one hour and 7 minutes", "7 minutes", 7),
        ("It paid 2, 936 yuan.", "2, 936 yuan", "936 yuan", 936),
        ("They sold some 5 million copies.", "some 5 million", "some 5", 5),
    ],
)
def test_a_part_of_a_number_is_not_compared(
    check: Check, sentence: str, text: str, part: str, value: float
) -> None:
    assert check(sentence, [fact(sentence, text, value=99)], reading(sentence, part, value)) == []


def test_a_hyphen_before_a_number_word_makes_no_range(check: Check) -> None:
    sentence = "A 271-million-dollar fraud."
    own = [fact(sentence, "271-million-dollar", value=271e6, unit="USD", type="money")]
    assert check(sentence, own, reading(sentence, "271-million-dollar", 271, Meaning("USD"), high=1e6)) == []


def test_cents_are_hundredths_where_the_reader_names_no_currency(check: Check) -> None:
    sentence = "It cost 62 US cents."
    own = [fact(sentence, "62 US cents", value=0.62, unit="USD", type="money")]
    assert check(sentence, own, reading(sentence, "62", 62)) == []


def test_ranks_and_texts_that_are_not_there_are_left_out(rules: RuleSet) -> None:
    sentence = "The third largest city."
    rank = fact(sentence, "third", value=3, type="rank")
    checker = Checker.from_rules(rules, lambda text: [reading(text, "third", 1 / 3)])
    assert checker.check([rank], {"d": sentence}).quantities == 0
    assert checker.check([fact(S, "5 kg", value=5)], {}).quantities == 0


def test_a_sentence_that_cannot_be_read_is_counted_and_is_no_disagreement(rules: RuleSet) -> None:
    found = Checker.from_rules(rules, lambda text: None).check([fact(S, "5 kg", value=5)], {"d": S})
    assert (found.unread, found.compared, found.disagreements) == (1, 0, ())


def test_a_disagreement_says_where_it_is(rules: RuleSet) -> None:
    text = f"One. {S}"
    at = {"start": 15, "end": 19, "sentence_start": 5, "sentence_end": len(text)}
    shifted = fact(text, "5 kg", id="f", value=5, unit="kg", **at)
    checker = Checker.from_rules(rules, lambda sentence: [reading(sentence, "5 kg", 6, KG)])
    (found,) = checker.check([shifted], {"d": text}).disagreements
    assert (found.fact_id, found.doc_id, found.quote) == ("f", "d", S)
    assert text[found.start : found.end] == found.text == "5 kg"
