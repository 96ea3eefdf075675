"""Real runs of the real command: bad input, killed runs, equal bytes."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from spacy.language import Language
from typer.testing import CliRunner, Result

import newsfacts.cli.run
from newsfacts.cli.app import app
from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet

pytestmark = pytest.mark.model

GOOD = (
    "The port of Rotterdam handled 14.3 million containers in 2022, the authority said on Monday.\n\n"
    "Revenue rose 6.8 percent to 825.7 million euros, and it plans to invest 2 billion euros by 2030.\n"
)
FRENCH = (
    "Le port a reçu quatorze millions de conteneurs dans les deux semestres, selon la direction. "
    "Les recettes de la compagnie sont en hausse, et elle veut investir dans les nouveaux quais."
)
FILES = ("facts.jsonl", "documents.jsonl", "errors.jsonl")


@pytest.fixture(scope="module")
def pipeline(nlp: Language) -> Pipeline:
    return Pipeline(nlp, RuleSet())


@pytest.fixture(autouse=True)
def loaded(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the pipeline once for all commands of this process that want the default one."""

    def load(model: str | None = None, rules: Path | None = None) -> Pipeline:
        return pipeline if model is None and rules is None else Pipeline.load(model, rules)

    monkeypatch.setattr(newsfacts.cli.run, "load_pipeline", load)


def invoke(*args: object, text: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], input=text, env={"COLUMNS": "500"})


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def bad_inputs(folder: Path) -> dict[str, str]:
    """Write one good and many bad inputs; return file name -> expected kind of error."""
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    packed = gzip.compress(GOOD.encode() * 50)
    contents = {
        "empty.txt": (b"", "empty"),
        "blank.txt": (b" \n\n\t\n", "empty"),
        "binary.txt": (bytes(range(256)) * 40, "binary"),
        "nul.txt": (GOOD.encode().replace(b"port", b"po\0t"), "nul-bytes"),
        "cut.txt.gz": (packed[: len(packed) // 2], "truncated-gzip"),
        "field.jsonl": (b'{"id": "x", "words": "no text here"}\n', "missing-field"),
        "json.jsonl": (b'{"id": "y", "text": \n', "bad-json"),
        "french.txt": (
            FRENCH.encode(),
            "not-english",
        ),
    }
    for name, (content, _) in contents.items():
        (folder / name).write_bytes(content)
    return {name: kind for name, (_, kind) in contents.items()}


def test_bad_inputs_are_records_and_the_good_document_has_its_facts(tmp_path: Path) -> None:
    expected = bad_inputs(tmp_path / "in")
    done = invoke("run", tmp_path / "in", "--out", tmp_path / "out", "--json")
    assert done.exit_code == 3, done.stderr
    assert done.stderr == ""
    errors = lines(tmp_path / "out/errors.jsonl")
    found = {Path(str(error["path"]).split("#")[0]).name: error["kind"] for error in errors}
    assert found == expected
    assert all(error["message"] and error["remedy"] for error in errors)
    facts = lines(tmp_path / "out/facts.jsonl")
    assert {fact["doc_id"] for fact in facts} == {"good"}
    assert 14_300_000 in [fact.get("value") for fact in facts]
    assert invoke("validate", tmp_path / "out", "--texts", tmp_path / "in").exit_code == 0


def test_odd_but_legal_texts_give_no_errors(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "digits.txt").write_text("The number was " + "7" * 1000 + " in all, he said.\n")
    (folder / "commas.txt").write_text("The values were 1" + ",000" * 500 + " in all, she said.\n")
    (folder / "brackets.txt").write_text("It rose " + "(" * 200 + "5 percent" + ")" * 200 + " this year.\n")
    (folder / "emoji.txt").write_text(
        "Sales 📈 rose 5 percent to 2 million 🚗 cars in 2021.\r\nThat was all.\r\n"
    )
    (folder / "line.txt").write_text("Prices rose 3 percent in May. " * 200)
    done = invoke("run", folder, "--out", tmp_path / "out", "--any-language")
    assert done.exit_code == 0, (tmp_path / "out/errors.jsonl").read_text()
    assert invoke("validate", tmp_path / "out", "--texts", folder).exit_code == 0


def test_two_runs_give_equal_bytes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for i in range(3):
        (tmp_path / f"in/{i}.txt").write_text(GOOD.replace("14.3", f"1{i}.3"), encoding="utf-8")
    for name in ("one", "two"):
        assert invoke("run", tmp_path / "in", "--out", tmp_path / name).exit_code == 0
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_run_leaves_no_half_file(tmp_path: Path, kill: signal.Signals) -> None:
    out = tmp_path / "out"
    small, big = tmp_path / "small.jsonl", tmp_path / "big.jsonl"
    small.write_text(json.dumps({"id": "a", "text": GOOD}) + "\n")
    assert invoke("run", small, "--out", out).exit_code == 0
    before = {name: (out / name).read_bytes() for name in FILES}

    big.write_text("".join(json.dumps({"id": str(i), "text": GOOD}) + "\n" for i in range(9000)))
    command = [sys.executable, "-m", "newsfacts.cli", "run", str(big), "--out", str(out)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        # A background job ignores SIGINT and would hand that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    known = set(out.glob("shards/*"))
    patience = time.monotonic() + 60
    while set(out.glob("shards/*.zst")) <= known and time.monotonic() < patience:
        time.sleep(0.02)
    assert process.poll() is None
    os.kill(process.pid, kill)
    _, message = process.communicate(timeout=30)

    assert {name: (out / name).read_bytes() for name in FILES} == before
    if kill == signal.SIGINT:
        assert process.returncode == 130
        assert b"Traceback" not in message
    if kill != signal.SIGKILL:
        assert not list(out.rglob("*.part"))
    assert set(out.glob("shards/*.zst")) > known  # what was done is kept
    assert invoke("run", small, "--out", out).exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [*FILES, "datapackage.json", "manifest.json", "quantities.csv", "shards"]
    )
    assert set(out.glob("shards/*")) == known


def test_stdin_gives_facts_on_stdout_and_a_closed_pipe_is_no_error() -> None:
    done = invoke("run", text=GOOD)
    assert done.exit_code == 0
    assert 825_700_000 in [json.loads(line).get("value") for line in done.stdout.splitlines()]
    command = f"{sys.executable} -m newsfacts.cli schema quantity | head -1"
    piped = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert (piped.stdout, piped.stderr) == (b"{\n", b"")


def test_a_mistake_in_rules_is_shown_with_its_place(tmp_path: Path) -> None:
    assert invoke("rules", "copy", tmp_path / "rules").exit_code == 0
    assert invoke("rules", "copy", tmp_path / "rules").exit_code == 4
    path = tmp_path / "rules/quantities/ranges.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\ncolour: red\n", encoding="utf-8")
    line = len(path.read_text(encoding="utf-8").splitlines())
    for command in (["run"], ["rules", "check"]):
        done = invoke(*command, "--rules", tmp_path / "rules", text="Prices rose 3 percent.")
        assert done.exit_code == 4
        assert f"{path}:{line} (colour)" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_model_that_is_not_there_is_named_with_a_remedy() -> None:
    done = invoke("run", "--model", "xx_no_such_model", text="Prices rose 3 percent.")
    assert done.exit_code == 4
    assert "xx_no_such_model" in done.stderr
    assert "pip install" in done.stderr
