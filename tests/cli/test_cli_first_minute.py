"""What a new user sees: figures as sentences, what was skipped and why, what to type next, the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner
from typer.testing import Result as Outcome

import newsfacts.cli.run
from newsfacts.cli import opening
from newsfacts.cli.app import app
from newsfacts.cli.figures import figures
from newsfacts.cli.summary import next_command, skipped_lines
from newsfacts.model import DateFact, DocumentError, Fact, PlaceFact, QuantityFact
from newsfacts.readers import office, web
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

COMMON = {"sentence_start": 0, "sentence_end": 9, "section": "body", "rule": "r", "confidence": 0.9}


class NoFacts:
    fingerprint = {"newsfacts": "0", "model": "stub", "rules": "0"}  # noqa: RUF012
    found: tuple[Fact, ...] = ()

    def __init__(self) -> None:
        self.documents = DocumentBuilder.from_rules(RuleSet())

    def process(self, documents):
        from newsfacts.pipeline import Result

        return (Result(document, self.found) for document in documents)


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """No model and no browser; gives the addresses that were opened. The working folder is an empty one."""
    opened: list[str] = []
    monkeypatch.setattr(newsfacts.cli.run, "load_pipeline", lambda model, rules: NoFacts())
    monkeypatch.setattr(opening, "opener", lambda address: opened.append(address) or True)
    monkeypatch.setattr(office, "find_spec", lambda name: None)
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    Path("news/a.txt").write_text("Nothing of interest happened anywhere at all.\n")
    return opened


def invoke(*args: object) -> Outcome:
    return CliRunner().invoke(app, [str(arg) for arg in args], env={"COLUMNS": "200"})


def quantity(number: int, kind: str = "count", **fields: object) -> QuantityFact:
    values = {"id": str(number), "doc_id": "d", "start": number, "end": number + 2, "text": f"{number}0"}
    return QuantityFact(**(COMMON | values | {"type": kind, "value": number * 10} | fields))


def test_figures_are_those_that_say_most_of_different_types() -> None:
    facts: list[Fact] = [
        PlaceFact(**COMMON, id="p", doc_id="d", start=0, end=6, text="Shanxi", name="Shanxi", kind="admin1"),
        DateFact(**COMMON, id="t", doc_id="d", start=7, end=9, text="2022", edtf="2022"),
        quantity(1),
        quantity(2, item="parks", place="p", time="t", status="planned"),
        quantity(3, item="schools", place="p"),
        quantity(4, "money", item="funds", time="t"),
    ]
    parks, funds = figures(facts, 2)
    assert all(part in parks for part in ("Shanxi", "20", "parks", "planned", "2022"))
    assert all(part in funds for part in ("40", "funds", "2022"))
    assert len(figures(facts, 9)) == 4
    assert figures([], 5) == []


def test_skipped_files_are_named_with_what_reads_them() -> None:
    assert list(skipped_lines(0, ())) == []
    assert list(skipped_lines(2, ())) == ["2 files skipped: hidden, or no format that can be read"]
    office, others = list(skipped_lines(9, ["a.pdf", "b.docx", *(f"{n}.jpg" for n in range(7))]))[1:]
    assert office == "  a.pdf, b.docx: to read PDF and Word, pip install 'newsfacts[office]'"
    assert others.startswith("  0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg and 2 more: ")


def test_a_run_ends_with_what_was_skipped_and_the_next_command() -> None:
    Path("news/report.pdf").write_bytes(b"%PDF-")
    done = invoke("run", "news", "--out", "out")
    assert done.exit_code == 0, done.output
    assert "report.pdf: to read PDF and Word, pip install 'newsfacts[office]'" in done.stdout
    assert done.stdout.splitlines()[-1] == "next: newsfacts report out --html out.html"
    told = json.loads(invoke("run", "news", "--out", "out", "--json").stdout)
    assert (told["skipped"], told["skipped_files"]) == (1, ["report.pdf"])


def test_without_out_a_person_is_told_the_same_beside_the_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("news/report.pdf").write_bytes(b"%PDF-")
    assert invoke("run", "news").stderr == ""
    monkeypatch.setattr(newsfacts.cli.run, "is_watched", lambda: True)
    monkeypatch.setattr(NoFacts, "found", (quantity(3, item="schools"),))
    done = invoke("run", "news")
    assert json.loads(done.stdout)["item"] == "schools"
    assert "for example:" in done.stderr
    assert "report.pdf" in done.stderr
    assert done.stderr.splitlines()[-1] == "next: newsfacts run news --open"
    assert invoke("run", "news", "--quiet").stderr == ""


def test_the_next_command_can_be_pasted(tmp_path: Path) -> None:
    assert next_command(Path("my out")) == "newsfacts report 'my out' --html 'my out.html'"
    assert next_command(Path("out"), opened=True) == "newsfacts load out --to facts.db"


def test_open_writes_the_page_beside_the_output_and_opens_it(stub: list[str]) -> None:
    done = invoke("run", "news", "--open")
    assert done.exit_code == 0, done.output
    page = Path("newsfacts-output.html").resolve()
    assert stub == [page.as_uri()]
    assert "Nothing of interest" not in done.output
    assert page.read_bytes().startswith(b"<!doctype html>")
    assert invoke("run", "news", "--open", "--quiet").output == ""


def test_open_tells_where_the_page_is_when_there_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "opener", lambda address: False)
    done = invoke("run", "news", "--out", "out", "--open")
    assert (done.exit_code, done.stderr) == (0, "no browser was found; open out.html\n")


def test_open_refuses_a_page_that_is_not_ours_before_any_work(stub: list[str]) -> None:
    Path("out.html").write_text("mine")
    done = invoke("run", "news", "--out", "out", "--open")
    assert (done.exit_code, stub, Path("out").exists()) == (4, [], False)
    assert Path("out.html").read_text() == "mine"


def test_an_address_needs_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def fetched(addresses, folder):
        asked.append((addresses, folder))
        yield Path("news/a.txt")
        yield DocumentError(path="https://b.example", kind="not-fetched", message="none", remedy="Look.")

    monkeypatch.setattr(web, "fetch", fetched)
    refused = invoke("run", "https://a.example/feed", "--out", "out")
    assert (refused.exit_code, asked) == (2, [])
    assert "--fetch" in refused.stderr
    done = invoke("run", "https://a.example/feed", "--out", "out", "--fetch", "pages")
    assert (done.exit_code, asked) == (3, [(["https://a.example/feed"], Path("pages"))])
    assert "https://b.example" in Path("out/errors.jsonl").read_text()


def test_help_is_grouped_and_the_shell_completes(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = invoke("--help").output
    heads = ["From texts to facts", "See and use facts", "Check facts and outputs", "Hold against gold"]
    assert [shown.index(head) for head in heads] == sorted(shown.index(head) for head in heads)
    assert "--install-completion" in shown
    for name, value in (
        ("_NEWSFACTS_COMPLETE", "complete_bash"),
        ("COMP_WORDS", "newsfacts re"),
        ("COMP_CWORD", "1"),
    ):
        monkeypatch.setenv(name, value)
    assert {"report", "review"} <= set(CliRunner().invoke(app, prog_name="newsfacts").output.split())


def test_version() -> None:
    assert invoke("--version").output == f"newsfacts {newsfacts.__version__}\n"
