"""The whole path on small texts, through each of its doors: API, stream, spaCy component, explain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import newsfacts
from newsfacts.analysis import Analysis
from newsfacts.dates import DateFinder
from newsfacts.errors import IncompleteWarning, RulesError
from newsfacts.language import Annotator, Parsed, load_model
from newsfacts.model import DateFact, Document, PlaceFact, QuantityFact
from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet

pytestmark = pytest.mark.model

TEXT = "Exports of Vietnam rose 5 percent to more than 2 billion dollars in 2023, customs officials said."


@pytest.fixture(scope="module")
def pipeline(nlp: Language, rules: RuleSet) -> Pipeline:
    return Pipeline(nlp, rules)


def quantities(facts: list[object]) -> list[QuantityFact]:
    return [f for f in facts if isinstance(f, QuantityFact)]


def test_facts_of_a_sentence(pipeline: Pipeline) -> None:
    facts = pipeline.facts(TEXT)
    (place,) = [f for f in facts if isinstance(f, PlaceFact)]
    (date,) = [f for f in facts if isinstance(f, DateFact)]
    growth, level = quantities(list(facts))
    assert (place.text, place.kind, place.country) == ("Vietnam", "country", "VN")
    assert (date.edtf, date.date_start, date.date_end) == ("2023", "2023-01-01", "2023-12-31")
    assert (growth.type, growth.value, growth.unit) == ("percent", 5, "%")
    assert growth.change is not None
    assert (growth.change.direction, growth.change.role) == ("up", "by")
    assert (level.text, level.value, level.low) == ("more than 2 billion dollars", 2e9, 2e9)
    assert (level.modifier, level.unit, level.item) == (">", "USD", "Exports of Vietnam")
    assert level.time == date.id
    assert level.place == place.id
    assert level.source == "customs officials"


def test_offsets_and_ids_hold_for_every_fact(pipeline: Pipeline) -> None:
    facts = pipeline.facts(TEXT, doc_id="d")
    assert all(TEXT[f.start : f.end] == f.text for f in facts)
    assert len({f.id for f in facts}) == len(facts)
    assert facts == sorted(facts, key=lambda f: (f.start, f.end, f.type))
    for fact in quantities(list(facts)):
        assert fact.item is None or TEXT[fact.item_start : fact.item_end] == fact.item
        assert fact.subject is None or TEXT[fact.subject_start : fact.subject_end] == fact.subject


def test_same_input_same_output(pipeline: Pipeline) -> None:
    assert pipeline.facts(TEXT) == pipeline.facts(TEXT)


def test_published_resolves_what_depends_on_it_and_nothing_is_guessed_without(pipeline: Pipeline) -> None:
    text = "Sales fell 3 percent this year."
    dated = [f for f in pipeline.facts(text, published=dt.date(2021, 3, 4)) if isinstance(f, DateFact)]
    undated = [f for f in pipeline.facts(text) if isinstance(f, DateFact)]
    assert [f.edtf for f in dated] == ["2021"]
    assert [(f.edtf, f.date_start) for f in undated] == [(None, None)]


def test_a_stream_keeps_order_and_gives_what_single_documents_give(pipeline: Pipeline) -> None:
    documents = [pipeline.document(TEXT, doc_id=str(n)) for n in range(70)]
    results = list(pipeline.process(documents))
    assert [r.document.id for r in results] == [d.id for d in documents]
    assert list(results[69].facts) == pipeline.facts(TEXT, doc_id="69")


def test_a_document_that_breaks_the_code_does_not_stop_the_stream(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyse = Pipeline.analyse

    def fragile(self: Pipeline, parsed: object) -> Analysis:
        if parsed.document.id == "bad":  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return analyse(self, parsed)  # type: ignore[arg-type]

    monkeypatch.setattr(Pipeline, "analyse", fragile)
    results = list(pipeline.process([pipeline.document(TEXT, doc_id=i) for i in ("a", "bad", "b")]))
    assert [type(r.error) for r in results] == [type(None), ZeroDivisionError, type(None)]
    assert results[2].facts


@pytest.mark.parametrize(
    ("part", "method", "family", "left"),
    [
        ("_dates", "find", "dates", {"percent", "money", "place"}),
        ("_places", "find", "places", {"percent", "money", "date"}),
        ("_quantities", "find", "quantities", {"date", "place"}),
        ("_linker", "link", "linking", {"percent", "money", "date", "place"}),
    ],
)
def test_a_family_that_fails_costs_the_document_that_family_only(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, part: str, method: str, family: str, left: set[str]
) -> None:
    finder = getattr(pipeline, part)
    found = getattr(type(finder), method)

    def fragile(self: object, parsed: Parsed, *others: object) -> object:
        if parsed.document.id == "bad":
            raise ZeroDivisionError("by zero " * 100)
        return found(self, parsed, *others)

    monkeypatch.setattr(type(finder), method, fragile)
    documents = [pipeline.document(TEXT, doc_id=name) for name in ("a", "bad")]
    whole, lacking = pipeline.process(documents)
    assert (whole.failures, whole.error, lacking.error) == ((), None, None)
    (failure,) = lacking.failures
    assert failure.family == family
    assert str(failure).startswith(f"{family} failed: ZeroDivisionError: by zero by zero")
    assert len(str(failure)) < 250
    assert {fact.type for fact in lacking.facts} == left
    lost = {"dates": "time", "places": "place"}.get(family)
    for fact in quantities(list(lacking.facts)):
        assert lost is None or getattr(fact, lost) is None
        if family == "linking":
            assert (fact.value is None, fact.item, fact.subject, fact.time, fact.place) == (False,) + (
                None,
            ) * 4
    assert not any(fact.text.startswith("2023") for fact in quantities(list(lacking.facts)))
    with pytest.warns(IncompleteWarning, match=f"bad: {family} failed: ZeroDivisionError"):
        assert pipeline.facts(TEXT, doc_id="bad") == list(lacking.facts)


def test_the_end_of_memory_is_the_documents_error(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hungry(*_: object) -> object:
        raise MemoryError

    monkeypatch.setattr(DateFinder, "find", hungry)
    (result,) = pipeline.process([pipeline.document(TEXT)])
    assert isinstance(result.error, MemoryError)
    assert result.failures == ()


def test_a_text_that_the_parser_cannot_take_costs_no_other_of_its_batch(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotate = Annotator.annotate
    calls: list[int] = []

    def fragile(self: Annotator, texts: Sequence[str]) -> list[Doc]:
        calls.append(len(texts))
        if any("unspeakable" in text for text in texts):
            raise MemoryError
        return annotate(self, texts)

    monkeypatch.setattr(Annotator, "annotate", fragile)
    texts = {"a": TEXT, "bad": "unspeakable", "b": TEXT}
    results = list(pipeline.process([pipeline.document(text, doc_id=name) for name, text in texts.items()]))
    assert [type(result.error) for result in results] == [type(None), MemoryError, type(None)]
    assert list(results[2].facts) == pipeline.facts(TEXT, doc_id="b")
    assert calls == [3, 1, 1, 1, 1]


def test_a_text_of_halves_of_characters_gives_facts(pipeline: Pipeline) -> None:
    facts = pipeline.facts(TEXT.replace("Exports", "Ex\ud800ports"))
    assert [f.type for f in facts] == [f.type for f in pipeline.facts(TEXT)]


def test_a_sentence_goes_as_far_as_what_was_found_in_it(pipeline: Pipeline) -> None:
    text = "BHP Billiton advanced 8 cents to 27. 60 dollars, Rio Tinto improved 9 cents to 79.20 dollars."
    levels = {f.text: f for f in quantities(list(pipeline.facts(text)))}
    slipped = levels["27. 60 dollars"]
    assert slipped.value == 27.6
    assert slipped.sentence_start <= slipped.start < slipped.end <= slipped.sentence_end
    assert {(f.sentence_start, f.sentence_end) for f in levels.values()} == {(0, len(text))}


def test_empty_and_blank_documents_have_no_facts(pipeline: Pipeline) -> None:
    assert [r.facts for r in pipeline.process([Document("a", ""), Document("b", " \n\n ")])] == [(), ()]


def test_explain_names_the_rule_and_the_numbers_that_gave_no_fact(pipeline: Pipeline) -> None:
    told = pipeline.explain("Flight 417 carried 96 passengers in 2019.")
    (passengers,) = [w for w in told.whys if isinstance(w.fact, QuantityFact)]
    assert passengers.fact.text == "96"
    assert passengers.examples
    assert all(e.rule == passengers.fact.rule for e in passengers.examples)
    assert {u.text: u.reason for u in told.unused} == {
        "417": "refused by filter named",
        "2019": "inside a date",
    }


def test_component_adds_facts_to_a_doc() -> None:
    nlp = load_model()
    nlp.add_pipe("newsfacts", config={"published": "2021-03-04"})
    doc = nlp("Sales fell 3 percent this year.")
    assert [(f.type, f.text) for f in doc.user_data["newsfacts"]] == [
        ("percent", "3 percent"),
        ("date", "this year"),
    ]
    assert [(s.label_, s.text) for s in doc.spans["newsfacts"]] == [
        ("percent", "3 percent"),
        ("date", "this year"),
    ]


def test_python_api(nlp: Language, rules: RuleSet, pipeline: Pipeline) -> None:
    facts = newsfacts.facts(TEXT, "2024-01-05", nlp=pipeline)
    table = newsfacts.to_dataframe(facts)
    assert list(table["type"]) == [f.type for f in facts]
    assert table.loc[table["type"] == "money", "value"].tolist() == [2e9]
    assert {f.published for f in facts} == {"2024-01-05"}


def test_a_missing_rules_folder_stops_before_work(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="no such folder"):
        newsfacts.load(rules=tmp_path / "none")
