"""Patterns of the grammar: what is compiled, and how a mistake in a pattern is reported."""

from __future__ import annotations

import pytest

from newsfacts.dates.grammar import Matcher
from newsfacts.dates.lexer import Token
from newsfacts.dates.shapes import Grammar, GrammarRule
from newsfacts.errors import RulesError

KINDS = ("the", "month", "year")


def matcher(pattern: str, **macros: str) -> Matcher:
    rules = (GrammarRule(name="r", match=pattern, resolve="month"),)
    return Matcher(Grammar(macros=macros, rules=rules), KINDS)


def test_the_longest_match_gives_its_slots() -> None:
    tokens = [
        Token(0, 3, "the", "the", 0),
        Token(4, 7, "may", "month", 5),
        Token(8, 12, "2006", "year", 2006),
    ]
    found = matcher("the? m=month (y=@end)?", end="year")
    (match,) = found.candidates(found.classes(tokens), tokens, 0)
    assert (match.last, match.number("m"), match.number("y")) == (3, 5, 2006)


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("m=mnth", "names no class: 'mnth'"),
        ("m=month @yaer?", "names no macro: 'yaer'"),
        ("(m=month year", "does not close a parenthesis"),
        ("m=month) year", "closes a parenthesis that was not opened"),
    ],
)
def test_a_mistake_in_a_pattern_names_file_rule_and_problem(pattern: str, problem: str) -> None:
    with pytest.raises(RulesError, match=r"dates/grammar\.yaml \(match\): pattern of rule 'r'") as caught:
        matcher(pattern)
    assert problem in str(caught.value)
