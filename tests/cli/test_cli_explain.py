from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import newsfacts.cli.explain
from newsfacts.cli.app import app
from newsfacts.explain import Explanation, Unused, Why
from newsfacts.model import Change, DateFact, Document, Fact, PlaceFact, QuantityFact
from newsfacts.rules import Example, RuleSet
from newsfacts.sections import DocumentBuilder

TEXT = "Exports of China rose over 5 percent in 2023, it said on page 7."


def facts() -> list[Fact]:
    common: dict[str, Any] = {
        "doc_id": "a", "sentence_start": 0, "sentence_end": 63, "section": "body", "rule": "some-rule",
        "confidence": 1.0,
    }  # fmt: skip
    return [
        PlaceFact(
            id="p", start=11, end=16, text="China", name="China", kind="country", country="CN", lat=35.0,
            lon=105.0, **common,
        ),
        QuantityFact(
            id="q", start=22, end=36, text="over 5 percent", type="percent", value=5, low=5, modifier=">",
            unit="%", time="d", place="p", place_inherited=True, item="exports",
            change=Change("up", "by"), status="planned", **common,
        ),
        DateFact(id="d", start=40, end=44, text="2023", edtf="2023", **common),
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stub:
        documents = DocumentBuilder.from_rules(RuleSet())

        def explain(self, text: str, *, published: object) -> Explanation:
            if text.strip() != TEXT:
                return Explanation(Document(id="a", text=text), (), ())
            example = Example(rule="some-rule", text="Prices fell 3 percent.", finds=({"text": "3 percent"},))
            seven = Unused(62, 63, "7", "no rule accepts it")
            year = Unused(40, 44, "2023", "inside a date")
            whys = tuple(Why(fact, (example,)) for fact in facts())
            return Explanation(Document(id="a", text=text), whys, (seven, year))

    monkeypatch.setattr(newsfacts.cli.explain, "load_pipeline", lambda model, rules: Stub())


def explained(*args: str, text: str | None = None) -> str:
    done = CliRunner().invoke(app, ["explain", *args], input=text, env={"COLUMNS": "100"})
    assert done.exit_code == 0, done.output
    return done.stdout


def test_marks_the_spans_and_shows_what_each_fact_says() -> None:
    shown = explained(TEXT)
    assert "Exports of [China] rose [over 5 percent] in [2023], it said on page (7)." in shown
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    for line in (
        "value > 5 %",
        "item exports",
        "subject –",
        "change up by",
        "status planned",
        "time 2023",
        "place China (from the context)",
        "rule some-rule",
        'as in "Prices fell 3 percent."',
        "place China, CN (country)",
        "7 no rule accepts it",
    ):
        assert line in lines


def test_reads_a_file_and_stdin(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.html").write_text(f"<html><body><article><p>{TEXT}</p></article></body></html>")
    for args in ((str(tmp_path / "a.txt"),), (str(tmp_path / "a.html"),), ("-",)):
        assert explained(*args, text=TEXT) == explained(TEXT)


def test_a_file_that_is_not_there_or_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    for name, code, message in (("no.txt", 2, "there is no file"), ("empty.txt", 4, "there is no text")):
        done = CliRunner().invoke(app, ["explain", str(tmp_path / name)], env={"COLUMNS": "500"})
        assert (done.exit_code, message in done.stderr) == (code, True), done.output


def test_json_holds_everything() -> None:
    found = json.loads(explained(TEXT, "--json"))
    assert [why["fact"]["id"] for why in found["whys"]] == ["p", "q", "d"]
    assert found["unused"][0]["reason"] == "no rule accepts it"


def test_a_text_without_anything_says_so() -> None:
    assert "inside a date" not in explained(TEXT)
    assert "no facts" in explained("Nothing happened.")


def test_square_brackets_of_the_text_are_no_markup() -> None:
    assert "see [bold]note[/bold]" in explained("see [bold]note[/bold]")
