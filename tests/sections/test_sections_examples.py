"""Every example of rules/sections/examples.yaml, positive and negative."""

from __future__ import annotations

from newsfacts.rules import ExampleFile, RuleSet, check_example
from newsfacts.rules.loader import default_rules_dir
from newsfacts.sections import DocumentBuilder
from newsfacts.sections.rules import LineRules

RULES = RuleSet()
EXAMPLES = RULES.read("sections/examples.yaml", ExampleFile).examples
BUILDER = DocumentBuilder.from_rules(RULES)
PLAIN = {"body", "title", "heading"}


def find(text, published, needs_model):
    return [p for p in BUILDER.pieces(text) if p.kind not in PLAIN]


def pytest_generate_tests(metafunc):
    if "example" in metafunc.fixturenames:
        metafunc.parametrize("example", EXAMPLES, ids=[f"{i}-{e.rule}" for i, e in enumerate(EXAMPLES)])


def test_sections_example(example):
    assert check_example(example, find) == []


def test_sections_every_line_rule_has_an_example():
    shown = {e.rule for e in EXAMPLES if e.finds}
    assert {r.rule for r in RULES.read("sections/lines.yaml", LineRules).rules} <= shown


def test_sections_rules_are_found_beside_the_package():
    assert (default_rules_dir() / "sections" / "lines.yaml").is_file()
