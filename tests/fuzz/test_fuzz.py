"""A few seconds of `make fuzz`, and that it finds what it is meant to find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from tools.fuzz.checks import check, shortened
from tools.fuzz.scraps import CHARACTERS, SCRAPS
from tools.fuzz.texts import MUTATIONS, Case, Maker, sentences_at_hand

from newsfacts.dates import DateFinder
from newsfacts.model import DateFact, QuantityFact
from newsfacts.pipeline import Pipeline, Result
from newsfacts.rules import RuleSet

TEXT = "Exports of Vietnam rose 5 percent to more than 2 billion dollars in 2023, customs officials said."
PARTS = st.lists(st.sampled_from((TEXT, *SCRAPS)) | st.text(max_size=30), max_size=12)


@pytest.fixture(scope="module")
def pipeline(nlp: Language, rules: RuleSet) -> Pipeline:
    return Pipeline(nlp, rules)


@pytest.fixture(scope="module")
def maker() -> Maker:
    return Maker(20261201, sentences_at_hand())


@pytest.mark.model
def test_hostile_texts_lose_no_family_and_break_no_rule(pipeline: Pipeline, maker: Maker) -> None:
    cases = [maker.case(number) for number in range(64)]
    assert [str(finding) for finding in check(pipeline, cases)] == []


@pytest.mark.model
@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(PARTS)
def test_any_text_at_all(pipeline: Pipeline, parts: list[str]) -> None:
    assert [str(finding) for finding in check(pipeline, [Case(0, " ".join(parts))])] == []


def test_a_case_depends_on_seed_and_number_alone(maker: Maker) -> None:
    cases = [maker.case(number) for number in range(200)]
    assert [Maker(20261201, sentences_at_hand()).case(number) for number in (7, 199)] == [
        cases[7],
        cases[199],
    ]
    assert len({case.text for case in cases}) > 190
    assert Maker(1, sentences_at_hand()).case(7) != cases[7]


def test_mutations_take_any_text(maker: Maker) -> None:
    import random

    for mutation in MUTATIONS:
        for text in ("", " ", "a", TEXT, "".join(CHARACTERS)):
            assert isinstance(mutation(random.Random(1), text), str)


def of_dates(change: Callable[[DateFact], DateFact]) -> Callable[[Result], Result]:
    def changed(result: Result) -> Result:
        facts = (change(fact) if isinstance(fact, DateFact) else fact for fact in result.facts)
        return replace(result, facts=tuple(facts))

    return changed


def of_quantities(**fields: Any) -> Callable[[Result], Result]:
    def changed(result: Result) -> Result:
        facts = (replace(f, **fields) if isinstance(f, QuantityFact) else f for f in result.facts)
        return replace(result, facts=tuple(facts))

    return changed


@pytest.mark.model
@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda result: replace(result, error=KeyError("x")), "error"),
        (of_dates(lambda fact: replace(fact, end=fact.end + 1)), "invalid text"),
        (of_dates(lambda fact: replace(fact, sentence_end=fact.start)), "invalid start"),
        (of_dates(lambda fact: replace(fact, date_end="2023-02-30")), "invalid date_end"),
        (of_dates(lambda fact: replace(fact, id="other")), "invalid time"),
        (of_dates(lambda fact: replace(fact, relation="near")), "invalid relation"),
        (of_quantities(value=float("nan")), "infinite"),
        (of_quantities(source=" she"), "invalid source"),
        (lambda result: replace(result, facts=result.facts[::-1]), "unsorted"),
        (lambda result: replace(result, document=replace(result.document, sections=())), "outside"),
    ],
)
def test_what_is_spoilt_is_found(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Result], Result], kind: str
) -> None:
    process = Pipeline.process

    def spoilt(self: Pipeline, documents: Any) -> Iterator[Result]:
        return map(spoil, process(self, documents))

    monkeypatch.setattr(Pipeline, "process", spoilt)
    assert kind in {finding.kind for finding in check(pipeline, [Case(1, TEXT)])}


@pytest.mark.model
def test_a_family_that_fails_is_found_and_its_text_is_shortened(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = DateFinder.find

    def fragile(self: DateFinder, parsed: Any) -> Any:
        if "zero" in parsed.text:
            raise ZeroDivisionError
        return find(self, parsed)

    monkeypatch.setattr(DateFinder, "find", fragile)
    case = Case(3, f"{TEXT} Nothing is zero here. {TEXT}")
    (finding,) = check(pipeline, [case])
    assert (finding.kind, finding.message) == ("incomplete dates", "dates failed: ZeroDivisionError")

    def fails(less: Case) -> bool:
        return any(other.kind == finding.kind for other in check(pipeline, [less]))

    assert shortened(case, fails).text == "zero"


@pytest.mark.model
def test_facts_that_depend_on_the_neighbours_are_found(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = Pipeline.process

    def moody(self: Pipeline, documents: Any) -> Iterator[Result]:
        results = list(process(self, documents))
        return iter(results if len(results) == 1 else [replace(r, facts=r.facts[:1]) for r in results])

    monkeypatch.setattr(Pipeline, "process", moody)
    assert [f.kind for f in check(pipeline, [Case(1, TEXT), Case(2, "")])] == ["undetermined"]
