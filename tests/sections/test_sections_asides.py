"""Every example of rules/asides/examples.yaml, and what the parser sees of an aside."""

from __future__ import annotations

import itertools

from newsfacts.language.parsed import _readable
from newsfacts.model import Section
from newsfacts.rules import ExampleFile, RuleSet, check_example
from newsfacts.sections import DocumentBuilder
from newsfacts.sections.asides import AsideFinder, AsideRules

RULES = RuleSet()
EXAMPLES = RULES.read("asides/examples.yaml", ExampleFile).examples
FINDER = AsideFinder.from_rules(RULES)
BUILDER = DocumentBuilder.from_rules(RULES)


def find(text, published=None, needs_model=False):
    return FINDER.find(text, [Section("body", 0, len(text))])


def pytest_generate_tests(metafunc):
    if "example" in metafunc.fixturenames:
        metafunc.parametrize("example", EXAMPLES, ids=[f"{i}-{e.rule}" for i, e in enumerate(EXAMPLES)])


def test_asides_example(example):
    assert check_example(example, find) == []


def test_asides_every_pattern_has_examples_of_both_kinds():
    found = {e.rule for e in EXAMPLES if e.finds}
    left = {e.rule for e in EXAMPLES if not e.finds}
    assert {p.rule for p in RULES.read("asides/asides.yaml", AsideRules).patterns} <= found
    assert {"citation-number", "citation-year", "label", "list-mark", "telephone"} <= left


def test_asides_the_parser_sees_blanks_for_what_is_passed_over():
    document = BUILDER.build("The firm[3] sold 40 boats in phase 2.\n\nIt closed [4].", id="d")
    assert _readable(document) == "The firm    sold 40 boats in phase 2.\n\nIt closed    ."


def test_asides_stand_in_order_and_apart():
    document = BUILDER.build("See (Okafor, 2009; Nagy, 2010), Tables 2 and 3 [4], and [5].", id="d")
    spans = [(a.start, a.end) for a in document.asides]
    assert len(spans) == 4
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_asides_silent_sections_have_none():
    document = BUILDER.build(
        "Output rose 4 percent in the year, the mill said on Monday.\n\nTel: +44 20 7946 0018", id="d"
    )
    assert document.asides == ()
