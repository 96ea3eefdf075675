from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from browsing import TEXTS, facts
from newsfacts.errors import ValidationError
from newsfacts.evaluation import evaluate
from newsfacts.evaluation.records import read_gold
from newsfacts.model import fact_id
from newsfacts.report import Content, read_content
from newsfacts.review import CorrectionLog, ReviewSession, export_gold
from newsfacts.review.gold import head
from newsfacts.review.session import Decision


@pytest.fixture
def content(output: Path) -> Content:
    return read_content(output).with_texts(TEXTS.values())


@pytest.fixture
def session(content: Content, output: Path) -> Any:
    with CorrectionLog(output / "corrections.jsonl") as log:
        yield ReviewSession(content, log)


def id_of(words: str, kind: str | None = None) -> str:
    return next(each.id for each in facts() if each.text == words and kind in {None, each.type})


def gold(session: ReviewSession, **options: bool) -> list[dict[str, Any]]:
    found = export_gold(session.content, session.log.decisions(), **options)
    return [json.loads(line) for line in found.lines]


def accept_all(session: ReviewSession, doc: str) -> None:
    session.decide([Decision("accept", each.id) for each in facts() if each.doc_id == doc])


def test_only_documents_decided_as_a_whole_are_exported(session: ReviewSession) -> None:
    session.decide([Decision("accept", id_of("5 percent"))])
    assert gold(session) == []
    assert [each["text"] for each in gold(session, partial=True)] == ["5 percent"]
    accept_all(session, "hostile")
    assert {each["doc_id"] for each in gold(session)} == {"hostile"}
    found = export_gold(session.content, session.log.decisions())
    assert (found.complete, found.partial, found.stale) == (1, 1, 0)


def test_export_is_gold_that_its_own_facts_match(
    session: ReviewSession, output: Path, tmp_path: Path
) -> None:
    accept_all(session, "harbour")
    accept_all(session, "hostile")
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"".join(export_gold(session.content, session.log.decisions()).lines))
    assert sum(map(len, read_gold(path).documents.values())) == len(facts())
    report = evaluate(path, output / "facts.jsonl", resamples=1)
    assert report.figures()["strict_f1"] == 1


def test_rejected_facts_are_left_out_and_no_longer_referred_to(session: ReviewSession) -> None:
    accept_all(session, "hostile")
    session.decide([Decision("accept", id_of("2022"))])
    crates_time = next(each.id for each in facts() if each.doc_id == "hostile" and each.type == "date")
    session.decide([Decision("reject", crates_time)])
    found = gold(session)
    assert {each["type"] for each in found} == {"count", "place"}
    assert "time" not in next(each for each in found if each["type"] == "count")


def test_corrections_are_in_the_gold(session: ReviewSession) -> None:
    accept_all(session, "hostile")
    crates = id_of("Some 75")
    start = TEXTS["hostile"].index("75")
    session.decide([Decision("fix", crates, {"modifier": "=", "start": start, "end": start + 2})])
    found = next(each for each in gold(session) if each["id"] == crates)
    assert (found["text"], found["modifier"], found["item_heads"]) == ("75", "=", ["crates"])


@pytest.mark.parametrize(
    ("words", "fields", "field"),
    [
        ("Some 75", {"modifier": "about"}, "modifier"),
        ("Some 75", {"value": "many"}, "value"),
        ("Some 75", {"value": None}, "value"),
        ("Some 75", {"colour": "red"}, "colour"),
        ("Some 75", {"confidence": 1.0}, "confidence"),
        ("Some 75", {"start": 90, "end": 80}, "start"),
        ("Some 75", {"end": 10_000}, "end"),
        ("Some 75", {"time": "0" * 16}, "time"),
        ("30 million euros", {"place": id_of("2030")}, "place"),
        ("2030", {"relation": "until then"}, "relation"),
    ],
)
def test_what_cannot_be_is_refused_and_not_stored(
    session: ReviewSession, words: str, fields: dict[str, Any], field: str
) -> None:
    good = Decision("accept", id_of("5 percent"))
    with pytest.raises(ValidationError, match=field):
        session.decide([good, Decision("fix", id_of(words), fields)])
    assert session.log.decisions() == {}


def test_a_span_cannot_change_where_the_text_is_unknown(output: Path) -> None:
    with CorrectionLog(output / "corrections.jsonl") as log:
        session = ReviewSession(read_content(output), log)
        with pytest.raises(ValidationError, match="article is not here"):
            session.decide([Decision("fix", id_of("Some 75"), {"end": 80})])


def test_decisions_of_facts_that_are_gone_are_counted(session: ReviewSession, output: Path) -> None:
    accept_all(session, "hostile")
    left = [line for line in (output / "facts.jsonl").read_text().splitlines() if '"hostile"' not in line]
    (output / "facts.jsonl").write_text("\n".join(left))
    found = export_gold(read_content(output), session.log.decisions())
    assert (found.lines, found.stale) == ((), 3)


def addition(doc: str, words: str, type_: str, **fields: Any) -> Decision:
    start = TEXTS[doc].index(words)
    return Decision(
        "add", doc_id=doc, type=type_, fields={"start": start, "end": start + len(words), **fields}
    )


def test_a_fact_that_was_missed_can_be_added_and_taken_out(session: ReviewSession) -> None:
    accept_all(session, "harbour")
    place = id_of("Larsund")
    (added,) = session.decide([addition("harbour", "port", "count", value=1, item="port", place=place)])
    assert added.fact_id == fact_id("harbour", "count", added.start, added.end)
    found = next(each for each in gold(session) if each["id"] == added.fact_id)
    assert (found["text"], found["value"], found["place"], found["published"]) == (
        "port",
        1,
        place,
        "2023-01-05",
    )
    starts = [each["start"] for each in gold(session)]
    assert starts == sorted(starts)
    session.decide([Decision("reject", added.fact_id)])
    assert added.fact_id not in {each["id"] for each in gold(session)}
    session.undo()
    assert added.fact_id in {each["id"] for each in gold(session)}


def test_zero_is_a_value(session: ReviewSession) -> None:
    session.decide([addition("empty", "No number", "count", value=0, item="number")])
    assert [(each["text"], each["value"]) for each in gold(session)] == [("No number", 0)]


def test_an_article_without_facts_becomes_gold_by_what_is_added(session: ReviewSession) -> None:
    session.decide([addition("empty", "this article", "place", name="Here", kind="region")])
    assert [(each["doc_id"], each["name"]) for each in gold(session)] == [("empty", "Here")]


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (addition("harbour", "port", "count"), "value"),
        (addition("harbour", "port", "idea"), "type"),
        (addition("harbour", "port", "place", kind="city"), "name"),
        (addition("harbour", "port", "count", value=1, rule="mine"), "rule"),
        (addition("harbour", "port", "count", value=1, time="x"), "time"),
        (addition("harbour", "Nearly 400", "count", value=400), "correct that one"),
        (Decision("add", doc_id="none", type="count", fields={"start": 0, "end": 1}), "not here"),
        (Decision("add", doc_id="harbour", type="count", fields={"start": 5, "end": 1}), "start"),
    ],
)
def test_what_cannot_be_added_is_refused(session: ReviewSession, decision: Decision, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        session.decide([decision])
    assert session.log.decisions() == {}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("ships", "ships"),
        ("pieces of fine tableware", "pieces"),
        ("the annual Output value", "value"),
        ("workers (mostly young)", "workers"),
        ("firms, old and new", "firms"),
        ("of", "of"),
        ("…", "…"),
    ],
)
def test_head_of_a_phrase(phrase: str, expected: str) -> None:
    assert head(phrase) == expected
