"""Every command beside and inside a folder full of other people's files: it changes none of them."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
import typer
from tests.diff.fact_builders import TEXT, facts, gold, write_lines
from typer.testing import CliRunner

import newsfacts.cli.explain
import newsfacts.cli.review
import newsfacts.cli.run
from newsfacts.batch import ThisProcess, run_shards
from newsfacts.cli.app import app
from newsfacts.explain import Explanation
from newsfacts.model import Document
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder
from newsfacts.sinks.current import MANIFEST, OURS

#: Files that are not ours. Many have names that newsfacts uses; none ends in a line break.
FOREIGN = (
    "facts.jsonl", "facts.parquet", "documents.jsonl", "documents.csv", "errors.jsonl", "claims.jsonl",
    "manifest.json", "corrections.jsonl", ".x.part", ".facts.jsonl.part", "article.txt", "notes.txt",
    f".notes.txt.{'0' * 32}.part", "shards/part-000.jsonl", f"shards/{'a' * 32}.txt", "tasks/mine.task",
    "report.html", "diff.md", "gate.xml", "baseline.json", "pinned.facts.jsonl", "gold.jsonl", "facts.db",
    "run/claims.jsonl", "run/corrections.jsonl", "rules.yaml", "setup.cfg",
)  # fmt: skip
#: Those that could be ours in a folder that is, and the log of a review.
NAMED_LIKE_OURS = OURS | {MANIFEST, "corrections.jsonl", ".facts.jsonl.part"}


@cache
def builder() -> DocumentBuilder:
    return DocumentBuilder.from_rules(RuleSet())


class Stub:
    """Finds the same facts in every document."""

    fingerprint = {"newsfacts": "0", "model": "stub", "rules": "0"}  # noqa: RUF012

    def __init__(self) -> None:
        self.documents = builder()

    def process(self, documents: Iterable[Document]) -> Iterator[Any]:
        for document in documents:
            yield SimpleNamespace(document=document, facts=tuple(facts(document.id)), error=None, failures=())

    def explain(self, text: str, *, published: object = None) -> Explanation:
        return Explanation(Document(id="t", text=text), (), ())


class Server:
    """A server for `review` that ends at once."""

    @staticmethod
    def listen(port: int) -> socket.socket:
        found = socket.socket()
        found.bind(("127.0.0.1", port))
        return found

    @staticmethod
    def serve(*args: object, **more: object) -> None:
        pass


class Place:
    """Where commands are run: `foreign` has other people's files, `out` is a run's and has some, too."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.foreign, self.out, self.articles, self.new = (root / n for n in ("f", "out", "articles", "new"))
        self.gold, self.link = root / "gold.jsonl", root / "link.txt"
        self.articles.mkdir()
        (self.articles / "doc.txt").write_text(TEXT)
        write_lines(self.gold, gold(facts("doc")))
        run_shards([Document(id="doc", text=TEXT)], ThisProcess(Stub(), {}), self.out)
        fill(self.foreign, FOREIGN)
        write_lines(self.foreign / "run/facts.jsonl", facts("doc"))
        fill(self.out, [name for name in FOREIGN if name not in NAMED_LIKE_OURS])
        self.link.symlink_to(self.foreign / "article.txt")

    def foreign_files(self) -> dict[str, str]:
        """Path -> SHA-256 of all files that newsfacts must not touch."""
        theirs = (self.out / name for name in FOREIGN if name not in NAMED_LIKE_OURS)
        paths = [*under(self.foreign), *under(self.articles), self.gold, *theirs]
        return {str(path.relative_to(self.root)): sha256(path) for path in paths}


def fill(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name}, which somebody wrote: {TEXT}")


def under(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "gone"


class Case(NamedTuple):
    """A command line, and the exit code that it must end with."""

    code: int
    args: Callable[[Place], list[object]]


def gate(*args: str) -> Case:
    return Case(4, lambda p: [p.out, "--gold", p.gold, "--baseline", p.new, *args])


def evaluate(*args: str) -> Case:
    return Case(4, lambda p: [p.out, "--gold", p.gold, *args])


#: The working directory is the foreign folder.
CASES: dict[str, list[Case]] = {
    "run": [
        Case(4, lambda p: [p.articles, "--out", p.foreign]),
        Case(4, lambda p: [p.articles, "--out", p.foreign / "notes.txt"]),
        Case(4, lambda p: [p.articles, "--out", p.foreign / "shards"]),
        Case(2, lambda p: ["article.txt", "--out", "."]),
        Case(2, lambda p: ["documents.jsonl", "--out", ".", "--force"]),
        Case(2, lambda p: [p.foreign / "shards/part-000.jsonl", "--out", p.foreign, "--force"]),
        Case(2, lambda p: ["*.txt", "--out", ".", "--force"]),
        Case(2, lambda p: [p.link, "--out", p.foreign, "--force"]),
        Case(2, lambda p: [p.foreign, "--out", p.foreign / "new"]),
        Case(2, lambda p: [p.out / "notes.txt", "--out", p.out]),
        Case(2, lambda p: [p.out, "--out", p.new]),
        Case(2, lambda p: [p.out / "facts.jsonl"]),
        Case(3, lambda p: [p.foreign, "--out", p.new]),
        Case(0, lambda p: [p.articles, "--out", p.out]),
        Case(0, lambda p: [p.articles, "--out", p.out, "--format", "parquet"]),
        Case(0, lambda p: [p.articles]),
    ],
    "watch": [
        Case(4, lambda p: [p.articles, "--out", p.foreign, "--runs", "1", "--rest", "0"]),
        Case(2, lambda p: [p.foreign, "--out", p.foreign, "--runs", "1", "--rest", "0"]),
        Case(0, lambda p: [p.foreign, "--out", p.new, "--runs", "1", "--rest", "0"]),
        Case(0, lambda p: [p.articles, "--out", p.out, "--runs", "1", "--rest", "0"]),
    ],
    "explain": [Case(0, lambda p: ["article.txt"])],
    "export": [
        Case(4, lambda p: [p.out, "--to", "documents.csv"]),
        Case(4, lambda p: [p.out, "--to", p.out / "quantities.csv", "--force"]),
        Case(4, lambda p: [p.out, "--to", p.out / "facts.jsonl", "--force"]),
        Case(2, lambda p: [p.out, "--to", "notes.txt", "--force"]),
        Case(4, lambda p: [".", "--to", p.root / "new.csv"]),
        Case(0, lambda p: [p.out, "--to", p.root / "new.csv"]),
    ],
    "load": [
        Case(4, lambda p: [p.foreign, "--to", p.new]),
        Case(4, lambda p: ["facts.jsonl", "--to", p.new]),
        Case(4, lambda p: [p.out, "--to", "notes.txt"]),
        Case(4, lambda p: [p.out, "--to", "facts.db"]),
        Case(0, lambda p: [p.out, "--to", p.new]),
    ],
    "validate": [
        Case(1, lambda p: ["."]),
        Case(1, lambda p: [p.foreign / "facts.jsonl", p.foreign / "claims.jsonl"]),
        Case(0, lambda p: [p.out]),
    ],
    "check": [
        Case(4, lambda p: ["."]),
        Case(0, lambda p: [p.out, "--texts", p.articles]),
    ],
    "evaluate": [
        evaluate("--markdown", "diff.md"),
        evaluate("--markdown", "../gold.jsonl"),
        evaluate("--markdown", "../articles/doc.txt"),
        evaluate("--markdown", "../out/facts.jsonl"),
        evaluate("--pin", "--baseline", "baseline.json"),
        Case(4, lambda p: [".", "--gold", "gold.jsonl"]),
        Case(0, lambda p: [p.out, "--gold", p.gold, "--markdown", p.new]),
    ],
    "gate": [
        gate("--junit", "gate.xml"),
        gate("--markdown", "diff.md"),
        gate("--html", "report.html"),
        gate("--html", "../out/documents.jsonl"),
        gate("--junit", "../gold.jsonl", "--force"),
        Case(4, lambda p: [p.out, "--gold", p.gold, "--baseline", "baseline.json", "--pin"]),
        Case(4, lambda p: [p.out, "--gold", p.gold, "--baseline", "pinned.json", "--pin"]),
        Case(4, lambda p: [p.out, "--gold", p.gold, "--baseline", p.gold, "--pin", "--force"]),
        Case(0, lambda p: [p.out, "--gold", p.gold, "--baseline", p.new, "--pin"]),
    ],
    "diff": [
        Case(4, lambda p: [p.out, p.out, "--html", "report.html"]),
        Case(4, lambda p: [p.out, p.out, "--markdown", "diff.md"]),
        Case(4, lambda p: [p.out, p.out, "--html", p.out / "facts.jsonl", "--force"]),
        Case(4, lambda p: [p.out, p.out, "--html", p.out / "manifest.json", "--force"]),
        Case(4, lambda p: [p.out, p.out, "--gold", p.gold, "--html", p.gold, "--force"]),
        Case(4, lambda p: [".", p.out]),
        Case(0, lambda p: [p.out, p.out, "--html", p.new]),
    ],
    "consolidate": [
        Case(4, lambda p: ["."]),
        Case(4, lambda p: ["run"]),
        Case(4, lambda p: ["run/facts.jsonl"]),
        Case(4, lambda p: [p.out, "--out", "claims.jsonl"]),
        Case(4, lambda p: [p.out, "--out", p.out / "facts.jsonl", "--force"]),
        Case(4, lambda p: [p.out / "facts.jsonl", "--out", p.out / "documents.jsonl", "--force"]),
        Case(0, lambda p: [p.out]),
    ],
    "report": [
        Case(4, lambda p: [p.out, "--html", "report.html"]),
        Case(4, lambda p: [p.out, "--html", "notes.txt"]),
        Case(4, lambda p: [p.out, "--html", "."]),
        Case(4, lambda p: [p.out, "--html", p.link]),
        Case(4, lambda p: [p.out, "--html", p.out / "facts.jsonl", "--force"]),
        Case(4, lambda p: [p.out, "--html", p.out / "notes.txt"]),
        Case(4, lambda p: [p.out, "--texts", p.link, "--html", "article.txt", "--force"]),
        Case(4, lambda p: [".", "--html", p.new]),
        Case(0, lambda p: [p.out, "--html", p.new]),
    ],
    "review": [
        Case(4, lambda p: ["."]),
        Case(4, lambda p: ["run"]),
        Case(4, lambda p: ["run/facts.jsonl", "--export", p.new]),
        Case(4, lambda p: [p.out, "--export", "gold.jsonl"]),
        Case(4, lambda p: [p.out, "--export", p.out / "facts.jsonl", "--force"]),
        Case(0, lambda p: [p.out, "--export", p.new]),
        Case(0, lambda p: [p.out]),
    ],
    "schema": [Case(0, lambda p: ["fact"]), Case(4, lambda p: ["rules/rules.yaml"])],
    "rules check": [Case(4, lambda p: ["--rules", "notes.txt"])],
    "rules list": [Case(4, lambda p: ["--rules", "notes.txt"]), Case(0, lambda p: [])],
    "rules copy": [
        Case(4, lambda p: ["."]),
        Case(4, lambda p: ["notes.txt"]),
        Case(4, lambda p: [p.out]),
        Case(0, lambda p: [p.new]),
    ],
}  # fmt: skip


def commands(group: typer.Typer = app, before: str = "") -> Iterator[str]:
    """The names of all commands of the application."""
    for command in group.registered_commands:
        assert command.callback is not None
        yield before + (command.name or command.callback.__name__)
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from commands(inner.typer_instance, f"{before}{inner.name} ")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    stub, found = Stub(), Place(tmp_path)
    for module in (newsfacts.cli.run, newsfacts.cli.explain):
        monkeypatch.setattr(module, "load_pipeline", lambda model, rules: stub)
    monkeypatch.setattr(newsfacts.cli.review, "_server", lambda: Server)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(found.foreign)
    return found


def test_every_command_has_cases() -> None:
    assert set(commands()) == set(CASES)


@pytest.mark.parametrize(
    ("name", "case"),
    [pytest.param(name, case, id=f"{name} {n}") for name in CASES for n, case in enumerate(CASES[name])],
)
def test_no_command_changes_a_file_of_somebody_else(place: Place, name: str, case: Case) -> None:
    before = place.foreign_files()
    assert len(before) > len(FOREIGN)
    done = CliRunner().invoke(app, [*name.split(), *map(str, case.args(place))])
    assert place.foreign_files() == before
    assert done.exit_code == case.code, done.output
    assert case.code != 4 or "Error: " in done.stderr, done.output


def test_a_folder_that_is_taken_keeps_all_files_that_are_not_named_like_ours(place: Place) -> None:
    before = place.foreign_files()
    for form in ("jsonl", "csv"):
        done = CliRunner().invoke(
            app, ["run", str(place.articles), "--out", str(place.foreign), "--force", "--format", form]
        )
        assert done.exit_code == 0, done.output
    after = place.foreign_files()
    changed = {name.removeprefix("f/") for name in before if before[name] != after.get(name)}
    assert changed == {name for name in FOREIGN if name in OURS | {MANIFEST, ".facts.jsonl.part"}}
    assert CliRunner().invoke(app, ["validate", str(place.foreign)]).exit_code == 0


def test_what_newsfacts_wrote_is_written_again(place: Place) -> None:
    reports = ["--junit", place.root / "g.xml", "--markdown", place.root / "g.md"]
    for args in (
        ["report", place.out, "--html", place.new],
        ["diff", place.out, place.out, "--html", place.root / "d.html", "--markdown", place.root / "d.md"],
        ["evaluate", place.out, "--gold", place.gold, "--markdown", place.root / "e.md"],
        ["evaluate", place.out, "--gold", place.gold, "--baseline", place.root / "s.json", "--pin"],
        ["gate", place.out, "--gold", place.gold, "--baseline", place.root / "b.json", "--pin"],
        ["gate", place.out, "--gold", place.gold, "--baseline", place.root / "b.json", *reports],
        ["consolidate", place.out],
        ["consolidate", place.out, "--out", place.root / "c.jsonl"],
        ["review", place.out, "--export", place.root / "r.jsonl", "--force"],
    ):
        for _ in range(2):
            done = CliRunner().invoke(app, list(map(str, args)))
            assert done.exit_code == 0, (args, done.output)


def test_force_overwrites_a_named_file(place: Place) -> None:
    done = CliRunner().invoke(app, ["report", str(place.out), "--html", "report.html", "--force"])
    assert done.exit_code == 0, done.output
    assert (place.foreign / "report.html").read_bytes().startswith(b"<!doctype html>")
