"""quantulum3 as the second reader: its units in our codes, and that it can do no harm."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from newsfacts.check import reader
from newsfacts.check.reader import Quantulum
from newsfacts.check.units import UnitNames
from newsfacts.rules import RuleSet


@pytest.fixture(scope="module")
def quantulum(rules: RuleSet) -> Quantulum:
    return Quantulum.from_rules(rules)


@pytest.mark.parametrize(
    ("sentence", "value", "code"),
    [
        ("Sales rose 5 percent.", 5, "%"),
        ("The road is 25 km long.", 25, "km"),
        ("It cost 2.3 trillion yuan.", 2.3e12, "CNY"),
        ("It costs $5 now.", 5, "USD"),
        ("It went 60 miles per hour.", 60, "[mi_i]/h"),
        ("He ate 3 pounds of fish.", 3, "[lb_av]"),
        ("He paid 40 pounds for it.", 40, "GBP"),
        ("It lasted three years.", 3, "a"),
    ],
)
def test_units_are_given_in_our_codes(quantulum: Quantulum, sentence: str, value: float, code: str) -> None:
    (found,) = quantulum(sentence) or []
    assert (found.low, found.high) == (value, value)
    assert code in {unit.code for unit in found.units}
    assert sentence[found.start : found.end] == found.text


def test_a_range_has_two_bounds(quantulum: Quantulum) -> None:
    (found,) = quantulum("They grew between 5 and 10 percent.") or []
    assert (found.low, found.high) == (5, 10)


def test_a_bracket_is_no_minus_sign(quantulum: Quantulum) -> None:
    found = quantulum("It cost 2 trillion yuan ($300 billion).") or []
    assert [r.low for r in found] == [2e12, 3e11]


@pytest.mark.parametrize(
    "sentence", ["Three U.S. soldiers came.", "All 14 Tupac men left.", "There were 30 in Oslo."]
)
def test_words_are_no_units(quantulum: Quantulum, sentence: str) -> None:
    assert all(not reading.units or reading.units[0].code is None for reading in quantulum(sentence) or [])


def test_what_fails_or_is_too_long_is_no_reading(
    quantulum: Quantulum, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert quantulum("5 kg " * 300) is None

    def fails(sentence: str) -> list[object]:
        raise KeyError(sentence)

    monkeypatch.setattr(reader, "_parser", lambda: fails)
    assert quantulum("It weighs 5 kg.") is None


def test_the_root_logger_is_left_as_it_was(quantulum: Quantulum) -> None:
    before = list(logging.getLogger().handlers)
    quantulum("It weighs 5 kg.")
    assert logging.getLogger().handlers == before


def test_names_of_units_mean_what_the_tables_say(rules: RuleSet) -> None:
    names = UnitNames.from_rules(rules)
    assert [m.code for m in names.meanings("kilometre")] == ["km"]
    assert [(m.code, m.times) for m in names.meanings("decade")] == [("a", 10)]
    assert [(m.code, m.times) for m in names.meanings("dozen")] == [(None, 12)]
    assert names.meanings("dollar")[0].code == "USD"
    assert names.meanings("no such unit") == ()


def test_quantulum_is_imported_when_a_sentence_is_read() -> None:
    code = "import sys, newsfacts.check, newsfacts.cli.app; sys.exit('quantulum3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
