"""What would steer a terminal is written out, whatever command prints it and wherever it comes from."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from rich.table import Table
from rich.text import Text
from tests.diff.fact_builders import facts, gold, write_lines, write_run
from typer.testing import CliRunner, Result

import newsfacts.batch.rulecheck
import newsfacts.cli.explain
import newsfacts.cli.run
from newsfacts.batch.rulecheck import FamilyReport
from newsfacts.cli.app import app
from newsfacts.cli.terminal import err, out
from newsfacts.cli.visible import visible, visible_json
from newsfacts.explain import Explanation, Unused, Why
from newsfacts.guard import Failure
from newsfacts.model import Document, Fact, PlaceFact, QuantityFact, fact_id
from newsfacts.rules import Example, RuleSet
from newsfacts.sections import DocumentBuilder

CLI = Path(__file__).resolve().parents[2] / "src/extract/cli"
#: Colour, cursor, title, link; as one byte, as two; direction; the end of a line that hides what was there.
EVIL = "\x1b[31m\x1b[2J\x1b]0;title\x07\x9b1A\x1b]8;;http://x\x1b\\\u202etxt\u2066\x7f\b\r"
RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
MARKUP = "[red]x[/red] [/] [link=http://x]y[/link] :smile:"


def invoke(*args: object, text: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], input=text, env={"COLUMNS": "200"})


def check(done: Result, *codes: int) -> str:
    """Nothing raw is on either stream, but it was told; the code is one of these."""
    shown = done.stdout_bytes + done.stderr_bytes
    assert done.exit_code in codes, (done.output, done.exception)
    assert not RAW.search(shown.decode()), shown
    assert b"1b[31m" in shown
    return shown.decode()


def evil(found: list[Fact]) -> list[Fact]:
    """The facts of a document with texts that steer terminals, and an id that does."""
    names = {f.id: fact_id(f"{f.doc_id}{EVIL}", f.type, f.start, f.end) for f in found}
    return [_evil(fact, names) for fact in found]


def _evil(fact: Fact, names: dict[str, str]) -> Fact:
    told: dict[str, Any] = {"doc_id": f"{fact.doc_id}{EVIL}", "id": names[fact.id]}
    told |= {"text": f"{fact.text}{EVIL}{MARKUP}"}
    if isinstance(fact, QuantityFact):
        told |= {
            "item": f"mills{EVIL}{MARKUP}",
            "time": names[fact.time or ""],
            "place": names[fact.place or ""],
        }
    if isinstance(fact, PlaceFact):
        told |= {"name": f"{fact.name}{EVIL}"}
    return replace(fact, **told)


FACTS = evil(facts())
OTHERS = [replace(f, value=7.5) if isinstance(f, QuantityFact) else f for f in FACTS]


@pytest.fixture
def made(tmp_path: Path) -> Callable[[str, list[Fact]], Path]:
    def write(name: str, found: list[Fact]) -> Path:
        write_run(tmp_path / name, [])
        write_lines(tmp_path / name / "facts.jsonl", found)
        return tmp_path / name

    return write


Made = Callable[[str, list[Fact]], Path]


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["people", "programs"])
def test_diff(made: Made, more: list[str]) -> None:
    check(invoke("diff", made("old", FACTS), made("new", [*OTHERS[:-1]]), *more), 0)


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["people", "programs"])
def test_evaluate_and_gate(made: Made, tmp_path: Path, more: list[str]) -> None:
    right = write_lines(tmp_path / "gold.jsonl", gold([*FACTS, *evil(facts("other"))]))
    run = made("run", OTHERS)
    check(invoke("evaluate", run, "--gold", right, "--mistakes", 99, "--resamples", 2, *more), 0)
    pinned = ("--gold", right, "--baseline", tmp_path / "base.json")
    assert invoke("gate", made("was", FACTS), *pinned, "--pin").exit_code == 0
    check(invoke("gate", run, *pinned, *more), 1)


def test_validate(made: Made) -> None:
    check(invoke("validate", made("run", [*FACTS, *FACTS])), 1)


def test_consolidate(made: Made) -> None:
    shown = check(invoke("consolidate", made("run", [*FACTS, *evil(facts("other"))])), 0)
    assert MARKUP in shown


def test_load_and_report_name_the_files(made: Made, tmp_path: Path) -> None:
    check(invoke("load", tmp_path / EVIL, "--to", tmp_path / "x.db"), 4)
    check(invoke("report", made("run", []), "--html", tmp_path / f"\x1b[31m{EVIL[:5]}.html"), 0)


@dataclass(frozen=True)
class Found:
    document: Document
    facts: tuple[Fact, ...] = ()
    error: Exception | None = None
    failures: tuple[Failure, ...] = ()


class Stub:
    """Every text has the facts of FACTS; `crash` makes it fail with its own words."""

    fingerprint = {"newsfacts": EVIL, "model": "stub", "rules": "0"}  # noqa: RUF012

    def __init__(self) -> None:
        self.documents = DocumentBuilder.from_rules(RuleSet())

    def process(self, documents: Any) -> Any:
        for document in documents:
            failed = KeyError(document.text) if "crash" in document.text else None
            yield Found(document, () if failed else tuple(FACTS), failed and RuntimeError(document.text))

    def explain(self, text: str, published: object = None) -> Explanation:
        document = Document(id="t", text=text)
        example = Example(text=EVIL, rule="r", finds=())
        return Explanation(
            document,
            tuple(Why(fact, (example,)) for fact in FACTS),
            (Unused(0, 4, f"4{EVIL}", f"reason {EVIL}"),),
        )


@pytest.fixture
def _stub(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Stub()
    for module in (newsfacts.cli.run, newsfacts.cli.explain):
        monkeypatch.setattr(module, "load_pipeline", lambda model, rules: made)


@pytest.mark.usefixtures("_stub")
@pytest.mark.parametrize("more", [[], ["--json"]], ids=["people", "programs"])
def test_explain(more: list[str]) -> None:
    shown = check(invoke("explain", f"In 2021 twenty mills {EVIL} {MARKUP} were sold, and more.", *more), 0)
    assert MARKUP in shown


@pytest.mark.usefixtures("_stub")
def test_run_to_stdout_says_the_same_in_escapes() -> None:
    done = invoke("run", text="Exports of Lorvik rose again in the first half.\n")
    shown = check(done, 0)
    assert [json.loads(line)["text"] for line in shown.splitlines()] == [fact.text for fact in FACTS]


@pytest.mark.usefixtures("_stub")
@pytest.mark.parametrize("command", [["run"], ["run", "--json"], ["watch", "--runs", "1", "--rest", "0"]])
def test_run_and_watch_with_file_names_and_errors(tmp_path: Path, command: list[str]) -> None:
    folder = tmp_path / "\x1b[31min"
    folder.mkdir()
    (folder / f"a{EVIL.replace('/', '')}.txt").write_text("Exports of Lorvik rose again in the first half.\n")
    (folder / "b\x1b[31m.txt").write_text(f"crash {EVIL} of the pipeline in the text here.\n")
    done = invoke(*command, folder, "--out", tmp_path / "\x1b[31mout")
    if command[0] == "watch":  # tells numbers alone
        assert not RAW.search(done.output)
    else:
        check(done, 3)


@pytest.mark.usefixtures("_stub")
def test_run_tells_errors_on_stderr(tmp_path: Path) -> None:
    (tmp_path / "b\x1b[31m.txt").write_text(f"crash {EVIL} of the pipeline in the text here.\n")
    check(invoke("run", tmp_path), 3)


def test_rules_check(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = f"{EVIL}.yaml:3 (field{EVIL}): what{EVIL}"
    report = FamilyReport(f"family{EVIL}", 1, 1, 1, (problem,))
    monkeypatch.setattr(newsfacts.batch.rulecheck, "check_rules", lambda folder, model: [report])
    check(invoke("rules", "check"), 4)


@pytest.mark.parametrize(
    "args",
    [
        [f"paint{EVIL}"],
        [f"--paint{EVIL}"],
        ["run", f"--paint{EVIL}"],
        ["run", "--published", EVIL],
        ["run", EVIL],
        ["run", "--encoding", EVIL, "."],
        ["watch", EVIL, "--out", "x"],
        ["schema", EVIL],
        ["explain", f"{EVIL.replace(' ', '')}.txt"],
    ],
    ids=lambda args: "-".join(visible(arg)[:9] for arg in args),
)
def test_usage_errors_repeat_arguments_written_out(args: list[str]) -> None:
    done = invoke(*args)
    assert done.exit_code in (2, 3, 4)
    assert not RAW.search(done.output)


def test_names_that_are_no_utf_8_and_defects_are_written_out(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\x1b[31m")
    code = (
        "import sys, newsfacts.cli.app as a; from newsfacts.cli import main\n"
        "def fail(): raise RuntimeError('defect \\x1b[31m \\udcff')\n"
        "if sys.argv[1] == 'fail': a.app.registered_commands[0].callback = fail\n"
        "main(sys.argv[1:])"
    )
    environment = os.environ | {"PYTHONPATH": str(CLI.parents[1])}
    for args, expected in (
        (["load", name, "--to", "x.db"], 4),
        (["run", name], 3),
        ([name], 2),
        (["fail"], 1),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *args],
            capture_output=True,
            cwd=tmp_path,
            env=environment,
            check=False,
        )
        assert done.returncode == expected, done.stderr
        shown = (done.stdout + done.stderr).decode()
        assert not RAW.search(shown)
        assert "x1b[31m" in shown
    assert "RuntimeError: defect \\x1b[31m \\udcff" in shown


def test_written_out_in_text_and_json() -> None:
    assert visible("a\tb\nc é 中 \u200f") == "a\tb\nc é 中 \u200f"
    assert visible("\x1b\x9b\u202e\ud800\r") == r"\x1b\x9b\u202e\ud800\r"
    told = {"a": "\x7f\x9b\u202e\u2069é中", "b": 1}
    raw = json.dumps(told, ensure_ascii=False).encode()
    assert visible_json(raw) == b'{"a": "\\u007f\\u009b\\u202e\\u2069\xc3\xa9\xe4\xb8\xad", "b": 1}'
    assert json.loads(visible_json(raw)) == told


def test_styles_stay_and_nothing_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("a")
    table.add_row(Text.assemble(("red\x1b[32m", "bold"), " tail"))
    table.add_row("\x1b" * 10 + "end")
    out().print(table)
    shown = capsys.readouterr().out
    assert r"red\x1b[32m tail" in shown
    assert shown.count(r"\x1b") == 11
    assert "end" in shown
    assert "…" not in shown
    segments = list(err().render(Text.assemble(("a\x1bb", "bold"), "c")))
    bold = "".join(segment.text for segment in segments if segment.style and segment.style.bold)
    assert bold == r"a\x1bb"


def test_no_command_prints_past_it() -> None:
    past = re.compile(r"typer\.echo|(?<!\.)\bprint\(|sys\.std(?:out|err)\.(?:write|buffer)|Console\(file")
    found = {path.name for path in CLI.glob("*.py") if past.search(path.read_text(encoding="utf-8"))}
    assert found == {"terminal.py", "app.py"}
    assert past.findall((CLI / "app.py").read_text(encoding="utf-8")) == ["typer.echo"]  # the version
