"""The table cases: how many of their facts are found, and how tables are cut."""

from __future__ import annotations

import pytest
from table_cases import load, wrong

from newsfacts.pipeline import Pipeline
from newsfacts.quantities import QuantityFinder
from newsfacts.readers.pages import load_page, take_tables
from newsfacts.rules import RuleSet
from newsfacts.sections.grids import find_tables
from newsfacts.tabular.units import UnitNotes

#: Facts that are not found yet, by file: a place that the gazetteer outweighs, periods such as
#: "1-6/2024", a town in a table without a head that calls it one.
KNOWN = {"seen.yaml": 1, "sealed.yaml": 4}


@pytest.mark.parametrize("name", KNOWN)
def test_tables_cases(name, nlp, rules):
    pipeline = Pipeline(nlp, rules)
    found = [problem for case in load(name) for problem in wrong(case, pipeline)]
    assert len(found) <= KNOWN[name], found
    assert not [problem for problem in found if problem.startswith("may not")]


def test_tables_facts_hold_their_row(nlp, rules):
    text = "| Town | Mills, 2023 |\n| --- | --- |\n| Lorvik | 12 |\n| Moss | 7 |\n"
    facts = [fact for fact in Pipeline(nlp, rules).facts(text) if fact.rule == "table-cell"]
    assert [(fact.value, fact.sentence) for fact in facts] == [(12, "| Lorvik | 12 |"), (7, "| Moss | 7 |")]


@pytest.mark.parametrize(
    ("head", "unit", "per", "factor"),
    [
        ("Net sales (in millions of dollars, except per share)", "USD", None, 1_000_000),
        ("EUR thousand", "EUR", None, 1000),
        ("Budget (£m)", "GBP", None, 1_000_000),
        ("prices in US dollars per litre", "USD", "L", 1),
        ("Sales ($'000)", "USD", None, 1000),
        ("Cost/income ratio, %", "%", None, 1),
        ("% change", "%", None, 1),
        ("Area, ha", "ha", None, 1),
    ],
)
def test_tables_heads_give_units(head, unit, per, factor):
    note = UnitNotes(QuantityFinder.from_rules(RuleSet()).read).of(head)
    assert note is not None
    assert (note.unit, note.per, note.factor) == (unit, per, factor)


@pytest.mark.parametrize("head", ["Year", "Doctors", "Share price", "Consumer price index, 2015 = 100", ""])
def test_tables_heads_without_units(head):
    assert UnitNotes(QuantityFinder.from_rules(RuleSet()).read).of(head) is None


@pytest.mark.parametrize(
    "text",
    [
        "Rice, wheat, and corn rose 3 percent.\nBeans, too, fell.\nThe rest, 5 percent, stayed.\n",
        "He said: yes; no.\nShe said: 3; 4.\nThey left; it rained.\n",
        "a | b\n",
    ],
)
def test_tables_prose_is_none(text):
    assert find_tables(text) == ()


def test_tables_merged_cells_are_spread_out():
    tree = load_page(
        "<table><tr><th rowspan='2'>A</th><th colspan='2'>2023</th></tr><tr><th>x</th><th>y</th></tr>"
        "<tr><td>k</td><td colspan='2'>5</td></tr></table>"
    )
    (lines,) = take_tables(tree).values()
    assert lines == "| A | 2023 x | 2023 y |\n| --- | --- | --- |\n| k | 5 | 5 |"
