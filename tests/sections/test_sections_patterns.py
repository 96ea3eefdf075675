"""No pattern of rules/sections backtracks without bound on lines made of its own words."""

from __future__ import annotations

import random
import re
import time

import pytest

from newsfacts.rules import RuleSet
from newsfacts.sections.rules import Compiled

LINES = Compiled.from_rules(RuleSet()).lines
MARKS = [*"AB .,;:|/>&@()#-_=*1©", "A...", "A,,,", "a@b.c", "A.B.", "  "]


def hostile_lines(pattern: str, longest: int):
    chance = random.Random(7)
    words = re.findall(r"[A-Za-z]{2,}", pattern) + MARKS
    for _ in range(60):
        unit = [chance.choice(words) for _ in range(chance.randint(1, 4))]
        separator = chance.choice([" ", "", ", ", ". ", " & "])
        opening = chance.choice(words) + chance.choice([" ", " by ", ": "])
        yield (opening + separator.join(unit * 200))[: longest - 1] + "~"


@pytest.mark.parametrize("compiled", LINES, ids=lambda c: c.rule.rule)
def test_line_patterns_stay_fast(compiled):
    start = time.process_time()
    for line in hostile_lines(compiled.rule.pattern, compiled.rule.longest):
        compiled.pattern.fullmatch(line)
    assert time.process_time() - start < 0.5


def test_line_rule_names_are_unique():
    names = [c.rule.rule for c in LINES]
    assert len(names) == len(set(names))
