"""The linker as a whole: order, ids, sections, what restated amounts share, confidence."""

from __future__ import annotations

import pytest

from newsfacts.linking import Linker
from newsfacts.linking.confidence import ConfidenceRules
from newsfacts.model import DateMention, PlaceMention, QuantityMention, fact_id

TEXT = "In May, rents in Leeds rose by 7 percent to 900 pounds (1,200 dollars), said Jo Hall."
QUANTITIES = {
    "7 percent": "percent",
    "900 pounds": {"type": "money", "unit": "GBP"},
    "1,200 dollars": {"type": "money", "unit": "USD", "twin": "900 pounds"},
}


@pytest.fixture(scope="module")
def facts(linked):
    return linked(TEXT, QUANTITIES, dates={"May": "2005-05"}, places={"Leeds": "city"})


@pytest.mark.model
def test_facts_come_in_text_order_with_their_ids(facts):
    assert [f.text for f in facts.facts] == ["May", "Leeds", "7 percent", "900 pounds", "1,200 dollars"]
    assert all(f.id == fact_id("t", f.type, f.start, f.end) for f in facts.facts)
    assert all(TEXT[f.start : f.end] == f.text for f in facts.facts)


@pytest.mark.model
def test_facts_know_sentence_and_section(facts):
    assert {(f.sentence_start, f.sentence_end, f.section) for f in facts.facts} == {(0, len(TEXT), "body")}


@pytest.mark.model
def test_what_restates_shares_everything_but_the_amount(facts):
    first, second = facts["900 pounds"], facts["1,200 dollars"]
    assert facts.same_as("1,200 dollars") == "900 pounds"
    shared = ("item", "subject", "predicate", "change", "status", "source", "time", "place", "per")
    assert [getattr(first, name) for name in shared] == [getattr(second, name) for name in shared]
    assert first.source == "Jo Hall"
    assert facts.time("1,200 dollars") == "May"
    assert facts.place("1,200 dollars") == "Leeds"


@pytest.mark.model
def test_the_same_text_gives_the_same_facts(linked, facts):
    again = linked(TEXT, QUANTITIES, dates={"May": "2005-05"}, places={"Leeds": "city"})
    assert again.facts == facts.facts


@pytest.mark.model
def test_confidence_falls_where_more_is_inferred(linked):
    plain = linked("Leeds has 40 mills.", {"40": "count"}, places={"Leeds": "city"})["40"]
    vague = linked(
        "Leeds is growing. It should reach 40 by May.", {"40": "count"}, {"May": None}, {"Leeds": "city"}
    )["40"]
    assert 0 < vague.confidence < plain.confidence < 1


def test_durations_and_sets_are_no_date_facts(blank, linker: Linker):
    text = "It took two days every May."
    dates = [
        DateMention(start=8, end=16, timex_type="DURATION", timex3="P2D", rule="t"),
        DateMention(start=17, end=26, timex_type="SET", timex3="XXXX-05", rule="t"),
    ]
    assert linker.link(blank(text), [], dates, []) == []


def test_mentions_survive_a_document_without_a_parse(blank, linker: Linker):
    text = "Leeds had 40 mills in 1900."
    quantity = QuantityMention(
        start=10, end=12, type="count", value=40, number_start=10, number_end=12, rule="t"
    )
    date = DateMention(start=22, end=26, timex_type="DATE", edtf="1900", rule="t")
    place = PlaceMention(start=0, end=5, name="Leeds", kind="city", rule="t")
    assert [f.type for f in linker.link(blank(text), [quantity], [date], [place])] == [
        "place",
        "count",
        "date",
    ]


def test_an_empty_document_has_no_facts(blank, linker: Linker):
    assert linker.link(blank(""), [], [], []) == []


def test_confidence_is_a_probability_for_any_evidence(rules):
    score = rules.read("linking/confidence.yaml", ConfidenceRules).quantity
    everything = list(score.weights)
    assert 0 <= score.of(everything) < score.of([]) < 1
    assert score.of(["unheard-of"]) == score.of([])


@pytest.mark.parametrize(
    ("dates", "timex3"),
    [
        ([DateMention(start=8, end=19, timex_type="DURATION", timex3="P6DE", rule="t")], "P6DE"),
        ([], "P60Y"),
    ],
)
def test_durations_carry_their_timex3_value(blank, linker: Linker, dates, timex3):
    span = {"start": 8, "end": 19, "number_start": 8, "number_end": 19}
    quantity = QuantityMention(type="duration", value=60, unit="a", rule="t", **span)
    facts = linker.link(blank("It took six decades."), [quantity], dates, [])
    assert [(f.type, f.timex3) for f in facts] == [("duration", timex3)]
