from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from engine_stubs import Stub, documents

from newsfacts.batch import ThisProcess, run_shards, validate
from newsfacts.batch.manifest import add_file
from newsfacts.errors import ConfigurationError
from newsfacts.model import DateFact, DocumentError, Fact, PlaceFact, QuantityFact
from newsfacts.model.claim import Claim, ClaimSource
from newsfacts.model.fact import ADDED
from newsfacts.model.records import DocumentRecord, Step
from newsfacts.sinks.current import read_manifest
from newsfacts.sinks.jsonl import encode

TEXT = "Exports of China rose 5 percent in 2023."


def facts() -> tuple[Fact, ...]:
    common: dict[str, Any] = {
        "doc_id": "a", "sentence_start": 0, "sentence_end": 40, "section": "body", "rule": "r",
        "confidence": 1.0,
    }  # fmt: skip
    return (
        PlaceFact(id="p", start=11, end=16, text="China", name="China", kind="country", **common),
        QuantityFact(
            id="q",
            start=22,
            end=31,
            text="5 percent",
            type="percent",
            value=5,
            unit="%",
            time="d",
            place="p",
            **common,
        ),
        DateFact(
            id="d", start=35, end=39, text="2023", date_start="2023-01-01", date_end="2023-12-31", **common
        ),
    )


def written(path: Path, *, field: str = "", value: object = None, fact: str = "q") -> Path:
    records = [json.loads(encode(f)) for f in facts()]
    for record in records:
        if record["id"] == fact and field:
            record[field] = value
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_good_files_have_no_problems(tmp_path: Path) -> None:
    written(tmp_path / "facts.jsonl")
    record = DocumentRecord(id="a", characters=40, words=7, sections={}, facts=3, sha256="0" * 64)
    (tmp_path / "documents.jsonl").write_bytes(encode(record))
    error = DocumentError(path="b", kind="empty", message="m", remedy="r")
    (tmp_path / "errors.jsonl").write_bytes(encode(error))
    source = ClaimSource(doc_id="a", fact_id="q", standing="agrees", text="5 percent", status="actual")
    claim = Claim(
        id="c", verdict="single", type="percent", value=5, status="actual", documents=1, sources=(source,)
    )
    (tmp_path / "claims.jsonl").write_bytes(encode(claim))
    assert list(validate([tmp_path], {"a": TEXT})) == []


def test_a_claim_follows_its_schema(tmp_path: Path) -> None:
    (tmp_path / "claims.jsonl").write_text('{"id": "c", "type": "percent", "verdict": "doubtful"}\n')
    found = {(problem.field, problem.message.split(" ", 1)[0]) for problem in validate([tmp_path])}
    assert ("verdict", "'doubtful'") in found


@pytest.mark.parametrize(
    ("fact", "field", "value", "message"),
    [
        ("q", "type", "weight", "is not one of"),
        ("q", "value", "five", "is not of type 'number', 'null'"),
        ("q", "status", "sure", "is not one of"),
        ("q", "colour", "red", "Additional properties"),
        ("q", "text", "5 per cent", "has 10 characters, but end - start is 9"),
        ("q", "end", 21, "has 9 characters"),
        ("q", "sentence_end", 30, "not inside its sentence"),
        ("q", "item_start", 0, "given together"),
        ("q", "value", None, "is null, and so is low or high"),
        ("q", "source", " she", "has blanks at its edges"),
        ("q", "time", "nowhere", "no fact 'nowhere'"),
        ("q", "time", "p", "is a place"),
        ("q", "place", "d", "is a date"),
        ("q", "same_as", "d", "is a date"),
        ("q", "id", "p", "is used before"),
        ("d", "date_start", "2024-01-01", "is after date_end"),
        ("d", "date_end", "2023", "does not match"),
        ("d", "date_end", "2023-02-30", "there is no day 2023-02-30"),
        ("d", "published", "2023-13-01", "there is no day 2023-13-01"),
        ("p", "country", "China", "does not match"),
        ("p", "lat", 100, "greater than the maximum"),
    ],
)
def test_a_problem_names_line_and_field(
    tmp_path: Path, fact: str, field: str, value: object, message: str
) -> None:
    path = written(tmp_path / "facts.jsonl", field=field, value=value, fact=fact)
    problems = list(validate([path]))
    assert message in problems[0].message
    assert problems[0].line == {"p": 1, "q": 2, "d": 3}[fact]
    assert str(problems[0]).startswith(f"{path}:")
    if field not in ("colour", "end", "sentence_end"):
        assert problems[0].field == field


def test_low_above_high(tmp_path: Path) -> None:
    path = written(tmp_path / "facts.jsonl", field="low", value=-1)
    record = [json.loads(line) for line in path.read_text().splitlines()]
    record[1]["high"] = -2
    path.write_text("".join(json.dumps(r) + "\n" for r in record))
    assert [p.field for p in validate([path])] == ["low"]


def test_a_reference_stays_in_its_document(tmp_path: Path) -> None:
    path = written(tmp_path / "facts.jsonl", fact="d", field="doc_id", value="b")
    assert [(p.line, p.field) for p in validate([path])] == [(2, "time")]


def test_facts_and_documents_of_a_folder_are_of_one_run(tmp_path: Path) -> None:
    written(tmp_path / "facts.jsonl")
    record = DocumentRecord(id="a", characters=40, words=7, sections={}, facts=2, sha256="0" * 64)
    (tmp_path / "documents.jsonl").write_bytes(encode(record))
    (problem,) = validate([tmp_path])
    assert (problem.line, problem.field, problem.message) == (
        1,
        "facts",
        "is 2, but facts.jsonl has 3 facts of 'a'",
    )
    (tmp_path / "documents.jsonl").write_bytes(b"")
    (problem,) = validate([tmp_path])
    assert problem.message == "document 'a', which has facts, is not there"
    assert list(validate([tmp_path / "facts.jsonl"])) == []


def incomplete(folder: Path, *families: Step, told: bool = True) -> Path:
    """A run whose only document lacks these families, and whether its errors tell of it."""
    written(folder / "facts.jsonl")
    record = DocumentRecord(
        id="a", characters=40, words=7, sections={}, facts=3, incomplete=families, sha256="0" * 64
    )
    (folder / "documents.jsonl").write_bytes(encode(record))
    error = DocumentError(doc_id="a", path="a", kind="incomplete", message="m", remedy="r")
    (folder / "errors.jsonl").write_bytes(encode(error) if told else b"")
    return folder


@pytest.mark.parametrize(
    ("family", "number"), [("dates", 2), ("places", 2), ("quantities", 1), ("linking", 2)]
)
def test_a_document_lacks_what_it_says_it_lacks(tmp_path: Path, family: Step, number: int) -> None:
    (problem,) = validate([incomplete(tmp_path, family)])
    expected = f"lacks {family}, but facts.jsonl has {number} of them or links to them"
    assert (problem.line, problem.field, problem.message) == (1, "incomplete", expected)


def test_errors_tell_of_every_incomplete_document_and_of_no_other(tmp_path: Path) -> None:
    message = "and the errors file do not agree on what is incomplete"
    assert message in [p.message for p in validate([incomplete(tmp_path, "dates", told=False)])]
    assert [p.message for p in validate([incomplete(tmp_path)])] == [message]
    assert list(validate([incomplete(tmp_path, told=False)])) == []


def test_an_unknown_family_is_refused(tmp_path: Path) -> None:
    problem, *_ = validate([incomplete(tmp_path, "verbs")])  # type: ignore[arg-type]
    assert problem.field == "incomplete.0"


@pytest.mark.parametrize("name", ["item", "subject", "source"])
def test_phrases_are_compared_with_the_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / "facts.jsonl"
    record = json.loads(encode(facts()[1]))
    record |= {"time": None, "place": None, name: "Exports", f"{name}_start": 0, f"{name}_end": 7}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert list(validate([path], {"a": TEXT})) == []
    path.write_text(json.dumps(record | {f"{name}_end": 6}) + "\n", encoding="utf-8")
    assert {p.field for p in validate([path], {"a": TEXT})} == {name}
    path.write_text(json.dumps(record | {name: "Imports"}) + "\n", encoding="utf-8")
    assert [p.field for p in validate([path], {"a": TEXT})] == [name]


def test_texts_are_compared(tmp_path: Path) -> None:
    path = written(tmp_path / "facts.jsonl")
    moved = {"a": " " + TEXT}
    assert [p.field for p in validate([path], moved)] == ["text"] * 3
    assert [p.field for p in validate([path], {})] == ["doc_id"] * 3


@pytest.mark.parametrize("line", [b"{", b"[]", b'"x"', b"\xff", b""])
def test_what_is_no_record_is_a_problem(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "facts.jsonl").write_bytes(line + b"\n")
    assert [p.line for p in validate([tmp_path])] == [1]


def test_a_missing_file_is_a_wrong_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no file"):
        list(validate([tmp_path]))


def test_a_run_of_an_older_schema_is_valid(tmp_path: Path) -> None:
    """Its records lack the fields that came since; other fields they may not lack."""
    path = written(tmp_path / "facts.jsonl")
    records = [json.loads(line) for line in path.read_text().splitlines()]
    for record in records:
        for name in ADDED["quantity"]:
            record.pop(name, None)
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    assert list(validate([path], {"a": TEXT})) == []
    del records[1]["predicate"]
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    assert [problem.message for problem in validate([path])] == ["'predicate' is a required property"]


def test_claims_of_another_run_are_a_problem_and_go_with_the_next(tmp_path: Path) -> None:
    engine = ThisProcess(Stub(), Stub().fingerprint)
    run_shards(documents(2), engine, tmp_path)
    add_file(tmp_path, "claims.jsonl", [], read_manifest(tmp_path))
    assert list(validate([tmp_path])) == []
    run_shards(documents(2), engine, tmp_path)  # nothing changed, so they are still of these facts
    assert (tmp_path / "claims.jsonl").exists()
    (tmp_path / "claims.jsonl").write_text("{}\n")
    assert "is not the file that manifest.json names" in next(validate([tmp_path])).message
    run_shards(documents(3), engine, tmp_path)
    assert not (tmp_path / "claims.jsonl").exists()
    (tmp_path / "claims.jsonl").touch()  # as a killed run of another format or version left them
    (problem,) = validate([tmp_path])
    assert "is of another run" in problem.message
    assert [p.message for p in validate([tmp_path / "claims.jsonl"])] == [problem.message]
    assert list(validate([tmp_path / "facts.jsonl"])) == []


def test_claims_of_facts_that_changed_meanwhile_are_refused(tmp_path: Path) -> None:
    engine = ThisProcess(Stub(), Stub().fingerprint)
    run_shards(documents(2), engine, tmp_path)
    made_from = read_manifest(tmp_path)
    run_shards(documents(3), engine, tmp_path)
    with pytest.raises(ConfigurationError, match="changed meanwhile"):
        add_file(tmp_path, "claims.jsonl", [], made_from)
    assert not (tmp_path / "claims.jsonl").exists()


def test_two_formats_without_a_manifest_are_a_problem(tmp_path: Path) -> None:
    written(tmp_path / "facts.jsonl")
    (tmp_path / "facts.csv").touch()
    (problem,) = validate([tmp_path])
    assert (problem.file, problem.line) == (str(tmp_path / "facts.csv"), 0)
    assert "no manifest.json says which counts" in problem.message
