"""The commands with a stub in place of the pipeline: what they print, write and return."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner
from typer.testing import Result as Outcome

import newsfacts.cli.run
from newsfacts.cli.app import app
from newsfacts.errors import ModelError
from newsfacts.guard import Failure
from newsfacts.model import Document, PlaceFact, QuantityFact, fact_id
from newsfacts.model.records import DocumentRecord
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder
from newsfacts.sinks.tables import table_records


@dataclass(frozen=True)
class Found:
    document: Document
    facts: tuple[PlaceFact, ...] = ()
    error: Exception | None = None
    failures: tuple[Failure, ...] = ()


class Stub:
    """Finds the first "China" of a text; `crash` makes it fail, `lack` costs it its dates."""

    fingerprint = {"newsfacts": "0", "model": "stub", "rules": "0"}  # noqa: RUF012

    def __init__(self) -> None:
        self.documents = DocumentBuilder.from_rules(RuleSet())

    def process(self, documents: Iterable[Document]) -> Iterator[Found]:
        for document in documents:
            if "crash" in document.text:
                yield Found(document, error=KeyError("lost"))
            else:
                lacking = (Failure("dates", ValueError("year 0")),) if "lack" in document.text else ()
                yield Found(document, self._facts(document), failures=lacking)

    def _facts(self, document: Document) -> tuple[PlaceFact, ...]:
        start = document.text.find("China")
        if start < 0:
            return ()
        fact = PlaceFact(
            id=fact_id(document.id, "place", start, start + 5),
            doc_id=document.id,
            published=document.published.isoformat() if document.published else None,
            start=start,
            end=start + 5,
            text="China",
            sentence_start=0,
            sentence_end=len(document.text),
            section="body",
            rule="stub",
            confidence=1.0,
            name="China",
            kind="country",
        )
        return (fact,)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    made = Stub()
    monkeypatch.setattr(newsfacts.cli.run, "load_pipeline", lambda model, rules: made)
    return made


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("Exports of China rose again in the first half.\n")
    (folder / "sub" / "b.txt").write_text("Nothing of interest happened anywhere at all.\n")
    return folder


def invoke(*args: object, text: str | None = None) -> Outcome:
    return CliRunner().invoke(app, [str(arg) for arg in args], input=text, env={"COLUMNS": "200"})


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.usefixtures("stub")
def test_run_writes_the_folder_and_prints_a_table(articles: Path, tmp_path: Path) -> None:
    done = invoke("run", articles, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "2 documents" in done.stdout
    assert "place" in done.stdout
    assert [fact["doc_id"] for fact in lines(tmp_path / "out/facts.jsonl")] == ["a"]
    assert [record["id"] for record in lines(tmp_path / "out/documents.jsonl")] == ["a", "sub/b"]
    assert done.stderr == ""


@pytest.mark.usefixtures("stub")
def test_run_json_prints_one_object_and_quiet_nothing(articles: Path, tmp_path: Path) -> None:
    summary = json.loads(invoke("run", articles, "--out", tmp_path / "out", "--json").stdout)
    assert (summary["documents"], summary["errors"], summary["facts"]["place"]) == (2, 0, 1)
    assert summary["fingerprint"]["model"] == "stub"
    assert invoke("run", articles, "--out", tmp_path / "out", "--quiet").output == ""


@pytest.mark.usefixtures("stub")
def test_run_goes_on_after_a_bad_document_and_returns_3(articles: Path, tmp_path: Path) -> None:
    (articles / "empty.txt").touch()
    (articles / "broken.txt").write_text("This one will crash the pipeline for certain.\n")
    done = invoke("run", articles, "--out", tmp_path / "out")
    assert done.exit_code == 3
    assert "2 errors" in done.stdout
    assert f"{articles / 'empty.txt'}: there is no text (empty)" in done.stdout
    assert [fact["doc_id"] for fact in lines(tmp_path / "out/facts.jsonl")] == ["a"]
    errors = {error["doc_id"]: error["kind"] for error in lines(tmp_path / "out/errors.jsonl")}
    assert errors["broken"] == "internal"
    assert len(errors) == 2


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_run_keeps_the_other_facts_of_an_incomplete_document_and_returns_3(
    articles: Path, tmp_path: Path, kind: str
) -> None:
    (articles / "c.txt").write_text("In the year 0, exports of China did not lack buyers.\n")
    done = invoke("run", articles, "--out", tmp_path / "out", "--format", kind)
    assert done.exit_code == 3
    assert f"{articles / 'c.txt'}: dates failed: ValueError: year 0 (incomplete)" in done.stdout
    documents = next((tmp_path / "out").glob("documents.*"))
    read = lines(documents) if kind == "jsonl" else map(asdict, table_records(documents))
    assert [list(record["incomplete"]) for record in read] == [[], ["dates"], []]
    checked = invoke("validate", tmp_path / "out", "--texts", articles)
    assert checked.exit_code == 0, checked.output
    to_stdout = invoke("run", articles)
    assert to_stdout.exit_code == 3
    assert [json.loads(line)["doc_id"] for line in to_stdout.stdout.splitlines()] == ["a", "c"]


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize("args", [["-"], []])
def test_run_reads_a_text_on_stdin_and_prints_facts(args: list[str]) -> None:
    done = invoke("run", *args, "--published", "2023-07-28", text="Exports of China rose.")
    assert done.exit_code == 0, done.output
    (fact,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (fact["text"], fact["start"], fact["published"]) == ("China", 11, "2023-07-28")


@pytest.mark.usefixtures("stub")
def test_run_without_out_prints_facts_and_tells_errors_on_stderr(articles: Path) -> None:
    (articles / "broken.txt").write_text("This one will crash the pipeline for certain.\n")
    done = invoke("run", articles)
    assert done.exit_code == 3
    assert [json.loads(line)["doc_id"] for line in done.stdout.splitlines()] == ["a"]
    assert "KeyError" in done.stderr


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["run", "nowhere"], "there is no file or folder 'nowhere'"),
        (["run", ".", "--encoding", "latin-99"], "there is no encoding"),
        (["run", ".", "--out", "out"], "lies inside the input folder"),
        (["run", ".", "--published", "28 July"], "write it as 2023-07-28"),
        (["run", ".", "--colour"], "No such option"),
        (["load", "x"], "Missing option"),
        (["paint"], "No such command"),
    ],
)
def test_wrong_usage_returns_2(
    args: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = invoke(*args)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.replace("│", " ").split())


def test_our_errors_return_4_with_remedy_and_without_traceback(
    articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(model: object, rules: object) -> None:
        raise ModelError("no spaCy pipeline 'x' is installed", remedy="Install it")

    monkeypatch.setattr(newsfacts.cli.run, "load_pipeline", missing)
    done = invoke("run", articles)
    assert done.exit_code == 4
    assert "no spaCy pipeline 'x' is installed" in done.stderr
    assert "Install it" in done.stderr
    assert "Traceback" not in done.stderr
    assert isinstance(invoke("--debug", "run", articles).exception, ModelError)


@pytest.mark.usefixtures("stub")
def test_an_interrupted_run_returns_130(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: Stub, documents: Iterable[Document]) -> Iterator[Found]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(Stub, "process", interrupted)
    assert invoke("run", articles, "--out", tmp_path / "out").exit_code == 130
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["manifest.json"]
    told = invoke("validate", tmp_path / "out")
    assert (told.exit_code, "a run that has not come to its end" in told.stderr) == (1, True), told.output
    assert invoke("load", tmp_path / "out", "--to", tmp_path / "facts.db").exit_code == 4
    assert not (tmp_path / "facts.db").exists()


@pytest.mark.usefixtures("stub")
def test_two_folders_with_equal_names_do_not_replace_each_other(tmp_path: Path) -> None:
    for day in ("day1", "day2"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "001.txt").write_text(f"Exports of China rose again on {day} of the fair.\n")
        assert invoke("run", tmp_path / day, "--out", tmp_path / f"out-{day}").exit_code == 0
    one, two, database = tmp_path / "out-day1", tmp_path / "out-day2", tmp_path / "facts.db"
    assert invoke("load", one, "--to", database).exit_code == 0
    refused = invoke("load", two, "--to", database)
    assert refused.exit_code == 4
    assert all(told in refused.stderr for told in (str(tmp_path / "day1"), str(tmp_path / "day2"), "'001'"))
    loaded = invoke("load", two, "--to", database, "--id-prefix", "day2/")
    assert "documents: 1 inserted, 0 updated, 0 removed, 0 unchanged" in loaded.stdout
    invoke("run", tmp_path / "day2", "--out", two, "--id-prefix", "day2/")
    again = json.loads(invoke("load", two, "--to", database, "--json").stdout)
    unchanged = {"inserted": 0, "updated": 0, "removed": 0, "unchanged": 1}
    assert (again["document_changes"], again["fact_changes"]) == (unchanged, unchanged)
    assert [d["id"] for d in lines(two / "documents.jsonl")] == ["day2/001"]


@pytest.mark.usefixtures("stub")
def test_a_named_source_is_kept_and_pruned(articles: Path, tmp_path: Path) -> None:
    out, database = tmp_path / "out", tmp_path / "facts.db"
    assert "--source" in invoke("run", articles, "--source", "wire").stderr  # there is no manifest
    invoke("run", articles, "--out", out)
    invoke("run", articles, "--out", out, "--source", "wire")
    assert json.loads((out / "manifest.json").read_text())["source"] == "wire"
    invoke("load", out, "--to", database)
    (articles / "a.txt").unlink()
    invoke("run", articles, "--out", out, "--source", "wire")
    pruned = invoke("load", out, "--to", database, "--prune")
    assert "documents: 0 inserted, 0 updated, 1 removed, 1 unchanged" in pruned.stdout
    assert "facts: 0 inserted, 0 updated, 1 removed, 0 unchanged" in pruned.stdout


@pytest.mark.usefixtures("stub")
def test_validate_and_load_what_run_wrote(articles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    invoke("run", articles, "--out", out)
    good = invoke("validate", out, "--texts", articles)
    assert (good.exit_code, "valid" in good.stdout) == (0, True), good.output
    loaded = invoke("load", out, "--to", tmp_path / "facts.db")
    assert loaded.exit_code == 0, loaded.output
    assert "1 fact " in loaded.stdout
    connection = sqlite3.connect(tmp_path / "facts.db")
    assert connection.execute("SELECT name FROM places").fetchall() == [("China",)]
    connection.close()


@pytest.mark.usefixtures("stub")
def test_validate_names_file_line_and_field(articles: Path, tmp_path: Path) -> None:
    invoke("run", articles, "--out", tmp_path / "out")
    facts = tmp_path / "out/facts.jsonl"
    facts.write_text(facts.read_text().replace('"text":"China"', '"text":"Japan"'))
    bad = invoke("validate", facts, "--texts", articles)
    assert bad.exit_code == 1
    assert f"{facts}:1 text: is 'Japan', but the document has 'China' there" in bad.stderr
    whole, problem = json.loads(invoke("validate", facts, "--texts", articles, "--json").stdout)
    assert (whole["line"], "manifest.json" in whole["message"]) == (0, True)
    assert (problem["line"], problem["field"]) == (1, "text")


def test_missing_files_return_4(tmp_path: Path) -> None:
    for args in (["validate", "nowhere.jsonl"], ["load", "nowhere", "--to", str(tmp_path / "x.db")]):
        done = invoke(*args)
        assert done.exit_code == 4
        assert "nowhere" in done.stderr


@pytest.mark.parametrize("name", ["fact", "quantity", "date", "place", "document", "error", "claim"])
def test_schema_prints_a_schema(name: str) -> None:
    done = invoke("schema", name)
    assert json.loads(done.stdout)["$id"].endswith(f":{name}")


def test_schema_of_another_name_returns_4() -> None:
    assert invoke("schema", "facts").exit_code == 4


def test_version_and_help() -> None:
    assert invoke("--version").stdout.startswith("newsfacts 0.")
    shown = invoke("--help").stdout
    for command in ("run", "load", "validate", "schema", "rules", "explain", "evaluate"):
        assert command in shown


def test_the_command_line_imports_nothing_heavy() -> None:
    code = (
        "import sys, newsfacts.cli.app;"
        "heavy = ('spacy', 'pandas', 'numpy', 'jsonschema', 'newsfacts.pipeline', 'newsfacts.readers');"
        "print(*(name for name in heavy if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_rules_are_listed_and_copied(tmp_path: Path) -> None:
    shown = invoke("rules", "list").stdout.split()
    assert {"quantities", "dates", "money-word-after"} <= set(shown)
    listed = json.loads(invoke("rules", "list", "--json").stdout)
    assert {"family", "rule", "positive", "negative"} == set(listed[0])
    assert "rules files copied" in invoke("rules", "copy", tmp_path / "mine").stdout
    assert (tmp_path / "mine/quantities/units.yaml").is_file()


def test_rules_check_shows_a_mistake_and_returns_4(tmp_path: Path) -> None:
    (tmp_path / "quantities").mkdir()
    example = '{rule: count, text: "The team won 3 prizes.", finds: [{text: "4"}]}'
    (tmp_path / "quantities/examples.yaml").write_text(f"examples:\n  - {example}\n")
    (tmp_path / "misspelt.yaml").write_text("{}")
    done = invoke("rules", "check", "--rules", tmp_path)
    assert done.exit_code == 4
    assert f"{tmp_path}/quantities/examples.yaml:2 (examples): count" in done.stderr
    assert f"{tmp_path}/misspelt.yaml: no rules file has this name" in done.stderr
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("quantities")]
    assert row.split()[-1] == "1"


def test_schemas_of_rules_files() -> None:
    assert "rules/quantities/units.yaml" in invoke("schema", "rules").stdout.splitlines()
    schema = json.loads(invoke("schema", "rules/quantities/examples.yaml").stdout)
    assert schema["$ref"] == "#/$defs/ExampleFile"
    assert invoke("schema", "rules/nothing.yaml").exit_code == 4


def test_check_names_both_readings_and_fails_only_where_it_is_asked_to(tmp_path: Path) -> None:
    text = "The barn holds 5 tonnes of hay. It is 20 km from the town."
    (tmp_path / "a.txt").write_text(text)
    start = text.index("5 tonnes")
    fact = QuantityFact(
        id="0" * 16, doc_id="a", start=start, end=start + 8, text="5 tonnes", sentence_start=0,
        sentence_end=31, section="body", rule="measure-unit", confidence=0.9, type="measure",
        value=5, unit="kg",
    )  # fmt: skip
    record = DocumentRecord(
        id="a", characters=len(text), words=14, sections={"body": 1}, facts=1,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    (tmp_path / "out").mkdir()
    (tmp_path / "out/facts.jsonl").write_bytes(msgspec.json.encode(fact) + b"\n")
    (tmp_path / "out/documents.jsonl").write_bytes(msgspec.json.encode(record) + b"\n")
    told = invoke("check", tmp_path / "out", "--texts", tmp_path / "a.txt")
    assert told.exit_code == 0, told.output
    assert "'5 tonnes': unit 5 kg, quantulum3 reads 5 t" in told.stdout
    assert invoke("check", tmp_path / "out", "--texts", tmp_path / "a.txt", "--fail").exit_code == 1
    (found,) = json.loads(invoke("check", tmp_path / "out", "--texts", tmp_path / "a.txt", "--json").stdout)[
        "disagreements"
    ]
    assert (found["field"], found["quote"]) == ("unit", "The barn holds 5 tonnes of hay.")
    untold = invoke("check", tmp_path / "out")
    assert "1 document not checked without text" in untold.stderr
