from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsfacts.batch import run, stream, validate
from newsfacts.batch.folder import claimed
from newsfacts.errors import ConfigurationError
from newsfacts.guard import Failure
from newsfacts.model import Document, DocumentError, PlaceFact, Section
from newsfacts.readers import ReadOptions, read
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

OUTPUT = [
    "datapackage.json", "documents.jsonl", "errors.jsonl", "facts.jsonl", "manifest.json",
    "quantities.csv", "shards",
]  # fmt: skip


@dataclass(frozen=True)
class Result:
    document: Document
    facts: tuple[PlaceFact, ...] = ()
    error: Exception | None = None
    failures: tuple[Failure, ...] = ()


def place(document: Document, start: int) -> PlaceFact:
    return PlaceFact(
        id=f"{document.id}-{start}",
        doc_id=document.id,
        start=start,
        end=start + 5,
        text=document.text[start : start + 5],
        sentence_start=0,
        sentence_end=len(document.text),
        section="body",
        rule="stub",
        confidence=1.0,
        name="China",
        kind="country",
    )


class Stub:
    """Finds "China"; `crash` makes one document fail, `explode` its whole batch, `lack` costs it dates."""

    def __init__(self) -> None:
        self.largest = 0

    def process(self, documents: Iterable[Document]) -> Iterator[Result]:
        batch = list(documents)
        self.largest = max(self.largest, len(batch))
        for document in batch:
            if "explode" in document.text:
                raise RuntimeError("parser exploded")
            if "crash" in document.text:
                yield Result(document, error=KeyError("lost"))
            else:
                found = document.text.find("China")
                failures = (Failure("dates", ValueError("year 0" * 99)),) if "lack" in document.text else ()
                yield Result(document, (place(document, found),) if found >= 0 else (), failures=failures)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def document(name: str, text: str, **more: object) -> Document:
    return Document(id=name, text=text, path=f"{name}.txt", **more)  # type: ignore[arg-type]


def test_writes_facts_documents_and_errors(tmp_path: Path) -> None:
    told = document(
        "a",
        "In China",
        published=dt.date(2023, 7, 28),
        published_source="header",
        warnings=("odd",),
        sections=(Section("title", 0, 2), Section("body", 3, 8), Section("body", 8, 8)),
    )
    unread = DocumentError(path="b.txt", kind="empty", message="no text", remedy="fill it")
    summary = run([told, unread, document("c", "nothing here")], Stub(), tmp_path / "out")

    assert (summary.documents, summary.errors, summary.warnings, summary.words) == (2, 1, 1, 4)
    assert summary.facts == {"place": 1}
    assert [fact["text"] for fact in lines(tmp_path / "out/facts.jsonl")] == ["China"]
    records = lines(tmp_path / "out/documents.jsonl")
    assert [record["id"] for record in records] == ["a", "c"]
    assert records[0]["published"] == "2023-07-28"
    assert records[0]["sections"] == {"body": 2, "title": 1}
    assert (records[0]["facts"], records[0]["characters"], records[0]["words"]) == (1, 8, 2)
    assert lines(tmp_path / "out/errors.jsonl") == [
        {"doc_id": None, "path": "b.txt", "kind": "empty", "message": "no text", "remedy": "fill it"}
    ]
    assert names(tmp_path / "out") == [
        "datapackage.json",
        "documents.jsonl",
        "errors.jsonl",
        "facts.jsonl",
        "manifest.json",
        "quantities.csv",
        "shards",
    ]


@pytest.mark.parametrize("word", ["crash", "explode"])
def test_a_failing_document_is_an_error_record_and_the_others_go_on(tmp_path: Path, word: str) -> None:
    documents = [document("a", "China"), document("b", f"{word} China"), document("c", "China")]
    summary = run(documents, Stub(), tmp_path)
    assert [fact["doc_id"] for fact in lines(tmp_path / "facts.jsonl")] == ["a", "c"]
    assert summary.error_kinds == {"internal": 1}
    (error,) = lines(tmp_path / "errors.jsonl")
    assert (error["doc_id"], error["path"]) == ("b", "b.txt")
    assert str(error["message"]).startswith(("KeyError", "RuntimeError"))


def test_a_document_that_lacks_a_family_keeps_its_facts_and_is_an_error_of_its_own_kind(
    tmp_path: Path,
) -> None:
    watched: list[object] = []
    documents = [document("a", "China"), document("b", "lack China", warnings=("odd",))]
    summary = run(documents, Stub(), tmp_path, watch=watched.append)
    assert [fact["doc_id"] for fact in lines(tmp_path / "facts.jsonl")] == ["a", "b"]
    whole, lacking = lines(tmp_path / "documents.jsonl")
    assert (whole["incomplete"], lacking["incomplete"]) == ([], ["dates"])
    (error,) = lines(tmp_path / "errors.jsonl")
    assert (error["doc_id"], error["path"], error["kind"]) == ("b", "b.txt", "incomplete")
    assert str(error["message"]).startswith("dates failed: ValueError: year 0")
    assert len(str(error["message"])) < 250
    assert str(error["remedy"]).startswith("The other facts of the document are there.")
    assert lacking["warnings"] == ["odd", error["message"]]
    assert (summary.documents, summary.errors, summary.error_kinds) == (2, 1, {"incomplete": 1})
    assert len(watched) == 2
    assert list(validate([tmp_path])) == []


def test_text_that_is_no_unicode_is_an_error_and_leaves_no_half_line(tmp_path: Path) -> None:
    run([document("a", "China \ud800"), document("b", "China")], Stub(), tmp_path)
    assert [fact["doc_id"] for fact in lines(tmp_path / "facts.jsonl")] == ["b"]
    assert lines(tmp_path / "errors.jsonl")[0]["kind"] == "internal"


def test_two_runs_give_equal_bytes_and_order_is_that_of_the_input(tmp_path: Path) -> None:
    documents = [document(f"d{i}", f"China {i}") for i in range(150)]
    for name in ("one", "two"):
        run(iter(documents), Stub(), tmp_path / name)
    for name in ("facts.jsonl", "documents.jsonl", "errors.jsonl"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert [r["id"] for r in lines(tmp_path / "one/documents.jsonl")] == [d.id for d in documents]


def test_documents_are_held_a_batch_at_a_time(tmp_path: Path) -> None:
    stub, read, done = Stub(), 0, 0

    def source() -> Iterator[Document]:
        nonlocal read
        for i in range(300):
            assert read - done <= 64
            read += 1
            yield document(f"d{i}", "China")

    def watch(outcome: object) -> None:
        nonlocal done
        done += 1

    run(source(), stub, tmp_path, watch=watch)
    assert (read, done, stub.largest) == (300, 300, 64)


def test_long_documents_make_small_batches(tmp_path: Path) -> None:
    stub = Stub()
    run((document(f"d{i}", "China " * 20_000) for i in range(10)), stub, tmp_path)
    assert stub.largest == 3
    assert len(lines(tmp_path / "facts.jsonl")) == 10


def test_an_interrupted_run_leaves_the_old_files(tmp_path: Path) -> None:
    run([document("a", "China")], Stub(), tmp_path)
    before = (tmp_path / "facts.jsonl").read_bytes()

    def interrupted() -> Iterator[Document]:
        yield document("b", "China")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(interrupted(), Stub(), tmp_path)
    assert (tmp_path / "facts.jsonl").read_bytes() == before
    assert names(tmp_path) == OUTPUT


@pytest.mark.parametrize("part", [".facts.jsonl.part", f".documents.parquet.{'0' * 32}.part"])
def test_a_part_left_by_a_killed_run_is_removed(tmp_path: Path, part: str) -> None:
    run([document("a", "China")], Stub(), tmp_path)
    (tmp_path / part).write_text("rest of a killed run")
    run([document("a", "China")], Stub(), tmp_path)
    assert len(lines(tmp_path / "facts.jsonl")) == 1
    assert not (tmp_path / part).exists()


def test_two_runs_into_one_folder_at_a_time_are_refused(tmp_path: Path) -> None:
    with (
        claimed(tmp_path),
        pytest.raises(ConfigurationError, match="another run"),
    ):
        run([], Stub(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_output_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="cannot be made"):
        run([], Stub(), tmp_path / "file")


def test_stream_writes_facts_and_returns_errors(tmp_path: Path) -> None:
    with (tmp_path / "facts").open("wb") as facts:
        errors = stream([document("a", "China"), document("b", "crash")], Stub(), facts)
    assert [fact["doc_id"] for fact in lines(tmp_path / "facts")] == ["a"]
    assert [error.doc_id for error in errors] == ["b"]


@pytest.mark.parametrize("name", ["notes.txt", "manifest.json", "facts.jsonl", "shards/part-000.jsonl"])
def test_a_folder_that_is_not_ours_is_refused_and_left_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    with pytest.raises(ConfigurationError, match=r"newsfacts.*--force takes"):
        run([document("a", "China")], Stub(), tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / name]
    assert (tmp_path / name).read_text() == "mine"


def test_hidden_files_make_no_folder_foreign(tmp_path: Path) -> None:
    (tmp_path / ".gitkeep").touch()
    run([document("a", "China")], Stub(), tmp_path)
    assert (tmp_path / ".gitkeep").exists()


def test_a_folder_of_version_0_1_is_ours(tmp_path: Path) -> None:
    run([document("a", "China")], Stub(), tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    new = ("state", "code", "gazetteer", "weights", "spacy", "numpy")
    old = {name: value for name, value in manifest.items() if name not in new}
    (tmp_path / "manifest.json").write_text(json.dumps(old))
    run([document("a", "Peru")], Stub(), tmp_path, kind="csv")
    assert not (tmp_path / "facts.jsonl").exists()


def test_what_the_facts_depend_on_is_in_the_manifest(tmp_path: Path) -> None:
    depends = {name: name.upper() for name in ("newsfacts", "model", "rules", "code", "gazetteer", "weights")}
    depends |= {"spacy": "3", "numpy": "2"}
    run([document("a", "China")], Stub(), tmp_path, fingerprint=depends)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert {name: manifest[name] for name in depends} == depends
    for name in depends:
        again = run([document("a", "China")], Stub(), tmp_path, fingerprint=depends | {name: "other"})
        assert again.extracted == 1, name


def test_what_a_run_wrote_is_no_input(tmp_path: Path) -> None:
    run([document("a", "China")], Stub(), tmp_path / "old/out")
    (tmp_path / "old/out/report.html").write_text("<p>China")
    (tmp_path / "old/b.txt").write_text("Exports of China rose again in the first half.")
    (tmp_path / "old/other").mkdir()
    (tmp_path / "old/other/facts.jsonl").write_text(
        '{"id": "c", "text": "Exports of China rose again in May."}\n'
    )
    builder = DocumentBuilder.from_rules(RuleSet())
    found = read([tmp_path / "old"], ReadOptions(), builder)
    assert [item.id for item in found if isinstance(item, Document)] == ["b", "c"]
    assert found.skipped == 1
    by_pattern = read([str(tmp_path / "old/**/*.jsonl")], ReadOptions(), builder)
    assert [item.id for item in by_pattern if isinstance(item, Document)] == ["c"]
