"""Which facts are the same, and what differs between them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.diff.fact_builders import date, facts, gold, place, quantity, write_lines

from newsfacts.diff import Diff, diff_facts, read_judge
from newsfacts.model import Fact, QuantityFact, fact_id


def kinds(diff: Diff) -> list[tuple[str, str]]:
    return [(entry.kind, entry.fact.text) for entry in diff.entries]


def fields(diff: Diff) -> list[tuple[str, str, str]]:
    return [(d.field, d.old, d.new) for entry in diff.entries for d in entry.differences]


def test_equal_facts_do_not_differ() -> None:
    diff = diff_facts(facts(), facts())
    assert (diff.old, diff.new, diff.unchanged, diff.entries) == (5, 5, 5, ())


def test_facts_are_gained_and_lost() -> None:
    some = facts()
    assert kinds(diff_facts(some, some[:4])) == [("lost", "5 percent")]
    assert kinds(diff_facts(some[:4], some)) == [("gained", "5 percent")]


def test_changed_fields_are_named_with_both_values() -> None:
    old, new = quantity("300", 300, item="boats"), quantity("300", 3e6, item=None, status="planned")
    assert fields(diff_facts([old], [new])) == [
        ("value", "300", "3000000"),
        ("item", "boats", "-"),
        ("status", "actual", "planned"),
    ]


def test_rule_confidence_and_section_are_no_change() -> None:
    old = date()
    assert diff_facts([old], [replace(old, rule="other", confidence=0.1, section="title")]).entries == ()


def test_another_span_of_one_type_is_the_same_fact_changed() -> None:
    old, new = quantity("more than 20", 20, modifier=">", low=20), quantity("20 mills", 20)
    assert fields(diff_facts([old], [new])) == [
        ("text", "more than 20", "20 mills"),
        ("low", "20", "-"),
        ("modifier", ">", "="),
    ]


def test_another_type_is_another_fact() -> None:
    old, new = quantity("20", 20), quantity("20", 20, type="rank")
    assert sorted(kinds(diff_facts([old], [new]))) == [("gained", "20"), ("lost", "20")]


def test_of_several_overlapping_facts_the_one_of_equal_value_is_the_same() -> None:
    def at(start: int, end: int, value: float) -> QuantityFact:
        fact = quantity("300", value)
        return replace(fact, id=fact_id("doc", "count", start, end), start=start, end=end)

    diff = diff_facts([at(10, 20, 1), at(12, 22, 2)], [at(11, 19, 2), at(13, 23, 1)])
    assert {d.field for entry in diff.entries for d in entry.differences} == {"text"}


def test_a_reference_to_the_same_fact_under_another_id_is_no_change() -> None:
    old_day, new_day = date("May 2021"), date("2021")
    old, new = quantity("300", 300, time=old_day.id), quantity("300", 300, time=new_day.id)
    diff = diff_facts([old_day, old], [new_day, new])
    assert [(entry.fact.type, entry.kind) for entry in diff.entries] == [("date", "changed")]


def test_a_reference_to_another_fact_is_shown_by_its_text() -> None:
    day, town = date(), place()
    old, new = quantity("300", 300, time=day.id), quantity("300", 300, place=town.id)
    assert fields(diff_facts([day, town, old], [day, town, new])) == [
        ("time", "May 2021", "-"),
        ("place", "-", "Lorvik"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [("a", "a", True), ("a/doc.txt", "b/doc", True), ("doc.txt", "doc", True), ("one", "two", False)],
)
def test_documents_are_the_same_by_id_or_by_a_unique_last_part(old: str, new: str, same: bool) -> None:
    assert (not diff_facts(facts(old), facts(new)).entries) == same


def test_documents_of_one_ambiguous_name_are_kept_apart() -> None:
    diff = diff_facts([*facts("a/doc"), *facts("b/doc")], facts("c/doc"))
    assert (len(diff.of_kind("lost")), len(diff.of_kind("gained"))) == (10, 5)


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_a_diff_turned_round_swaps_lost_and_gained(left: set[int], right: set[int]) -> None:
    every = [*facts("a"), *facts("b")]
    old, new = [every[i] for i in sorted(left)], [every[i] for i in sorted(right)]
    there, back = diff_facts(old, new), diff_facts(new, old)
    assert {e.fact.id for e in there.of_kind("lost")} == {e.fact.id for e in back.of_kind("gained")}
    assert {e.fact.id for e in there.of_kind("gained")} == {e.fact.id for e in back.of_kind("lost")}
    assert len(there.of_kind("changed")) == len(back.of_kind("changed"))
    assert there.unchanged == back.unchanged


def test_thousands_of_neighbours_are_paired_one_to_one() -> None:
    def number(value: int, start: int) -> Fact:
        fact = quantity("300", value)
        return replace(fact, id=fact_id("doc", "count", start, start + 3), start=start, end=start + 3)

    old = [number(i, 4 * i) for i in range(5_000)]
    new = [number(i, 4 * i + 1) for i in range(5_000)]
    assert len(diff_facts(old, new).of_kind("changed")) == 5_000


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "gold.jsonl", gold(facts()))


def test_gold_says_what_got_better_and_worse(judged: Path) -> None:
    right = facts()
    wrong = replace(right[1], modifier="=")
    made_up = quantity("2021", 2021)
    worse = diff_facts(right, [right[0], wrong, *right[2:4], made_up], read_judge(judged))
    assert {(e.kind, e.fact.text, e.effect) for e in worse.entries} == {
        ("changed", "more than 20", "worse"),
        ("lost", "5 percent", "worse"),
        ("gained", "2021", "worse"),
    }
    assert {e.fact.text for e in worse.no_longer_right} == {"more than 20", "5 percent"}
    difference = worse.of_kind("changed")[0].differences[0]
    assert (difference.field, difference.old_right, difference.new_right) == ("modifier", True, False)
    better = diff_facts([right[0], wrong, *right[2:4], made_up], right, read_judge(judged))
    assert {e.effect for e in better.entries} == {"better"}
    assert better.no_longer_right == ()


def test_a_fact_goes_wrong_with_the_one_that_it_refers_to(tmp_path: Path) -> None:
    day, other = date("May 2021"), date("2021", edtf="2021")
    meant = quantity("300", 300, time=day.id)
    rows = gold([day, meant])
    rows[0] |= {"start": 3, "end": 6, "text": "May"}
    path = write_lines(tmp_path / "gold.jsonl", rows)
    diff = diff_facts([day, meant], [other, replace(meant, time=other.id)], read_judge(path))
    entry = next(entry for entry in diff.entries if entry.fact.text == "300")
    assert (entry.differences, entry.no_longer_right) == ((), True)


def test_what_gold_leaves_open_is_neither_better_nor_worse(tmp_path: Path) -> None:
    rows = gold(facts())
    rows[4]["optional"] = True
    path = write_lines(tmp_path / "gold.jsonl", rows)
    diff = diff_facts(facts(), facts()[:4], read_judge(path))
    assert [(e.kind, e.effect, e.no_longer_right) for e in diff.entries] == [("lost", "same", False)]


def test_documents_without_gold_are_not_judged(judged: Path) -> None:
    diff = diff_facts(facts("other"), [], read_judge(judged))
    assert {e.effect for e in diff.entries} == {None}
    assert not diff.judged
