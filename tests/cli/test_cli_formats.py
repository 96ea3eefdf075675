"""Every command that reads a run reads it in every format that `run` writes."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner
from typer.testing import Result as Outcome

from newsfacts.cli.app import app
from newsfacts.model import DateFact, Fact, QuantityFact
from newsfacts.model.records import DocumentRecord
from written_runs import FORMATS, written

TEXT = "Exports of the port rose to 2.5 million tonnes in 2023, the office said.\n"


def facts_of(doc: str) -> list[Fact]:
    """What TEXT says."""
    common = {"doc_id": doc, "published": "2024-01-05", "sentence_start": 0, "sentence_end": 73}
    common |= {"section": "body", "rule": "r", "confidence": 0.5}
    year = DateFact(
        id=f"{doc}-d", start=50, end=54, text="2023", edtf="2023", timex3="2023",
        date_start="2023-01-01", date_end="2023-12-31", **common,
    )  # fmt: skip
    tonnes = QuantityFact(
        id=f"{doc}-q", type="measure", start=28, end=46, text="2.5 million tonnes", value=2_500_000, unit="t",
        item="exports", subject="exports of the port", time=f"{doc}-d", **common,
    )  # fmt: skip
    return [tonnes, year]


def document(name: str) -> DocumentRecord:
    return DocumentRecord(
        id=name, path=f"{name}.txt", title="The port", characters=73, words=13, sections={"body": 1}, facts=2,
        published="2024-01-05", published_source="metadata", sha256="a" * 64,
    )  # fmt: skip


@pytest.fixture(params=FORMATS)
def out(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    facts = [*facts_of("a"), *facts_of("b")]
    return written(tmp_path / "out", request.param, facts, [document("a"), document("b")])


def invoke(*args: object) -> Outcome:
    return CliRunner().invoke(app, [str(arg) for arg in args], env={"COLUMNS": "200"})


def test_load(out: Path, tmp_path: Path) -> None:
    report = json.loads(invoke("load", out, "--to", tmp_path / "facts.db", "--json").stdout)
    assert (report["documents"], report["facts"]) == (2, 4)
    (alone,) = out.glob("facts.*")
    assert invoke("load", alone, "--to", tmp_path / "alone.db").exit_code == 0
    for name in ("facts", "alone"):
        connection = sqlite3.connect(tmp_path / f"{name}.db")
        found = connection.execute("SELECT value, unit, item, year FROM quantities").fetchall()
        connection.close()
        assert found == [(2_500_000.0, "t", "exports", 2023)] * 2


def test_consolidate(out: Path) -> None:
    done = invoke("consolidate", out, "--json")
    assert json.loads(done.stdout)["claims"]["agreeing"] == 1, done.output
    assert (out / "claims.jsonl").is_file()


def test_diff(out: Path, tmp_path: Path) -> None:
    changed = dataclasses.replace(facts_of("a")[0], value=3)
    plain = written(tmp_path / "plain", "jsonl", [*facts_of("a"), *facts_of("b")])
    other = written(tmp_path / "other", "jsonl", [changed, facts_of("a")[1], *facts_of("b")])
    assert invoke("diff", plain, out, "--exit-code").exit_code == 0
    assert invoke("diff", out, other, "--exit-code").exit_code == 1


def test_report(out: Path, tmp_path: Path) -> None:
    done = invoke("report", out, "--html", tmp_path / "page.html", "--json")
    figures = json.loads(done.stdout)
    assert (figures["facts"], figures["documents"]) == (4, 2), done.output


def test_validate(out: Path, tmp_path: Path) -> None:
    done = invoke("validate", out)
    assert done.exit_code == 0, done.output
    written(tmp_path / "bad", "parquet", [dataclasses.replace(facts_of("a")[0], time="lost")])
    bad = invoke("validate", tmp_path / "bad")
    assert bad.exit_code == 1
    assert "facts.parquet:1 time: there is no fact 'lost'" in bad.stderr


@pytest.mark.parametrize("command", ["load", "consolidate", "report", "diff", "validate"])
def test_a_damaged_table_is_named(command: str, tmp_path: Path) -> None:
    path = written(tmp_path / "out", "parquet", facts_of("a")) / "facts.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    more = {"load": ["--to", tmp_path / "x.db"], "report": ["--html", tmp_path / "x.html"], "diff": [path]}
    done = invoke(command, path, *more.get(command, []))
    assert done.exit_code == 4
    assert "facts.parquet" in done.stderr
