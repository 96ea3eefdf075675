"""What a report looks like: tables, Markdown, JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from gold_builders import date, place, predicted, quantity, write
from rich.console import Console

from newsfacts.evaluation import Report, evaluate, report_tables, report_to_json, report_to_markdown


@pytest.fixture
def report(tmp_path: Path) -> Report:
    gold = [
        quantity("q1", start=10, text="20 [old] | mills", time="d1", unit=None),
        quantity("q2", start=30, text="3", value=3, subject="It", subject_heads=["it"]),
        quantity("q3", start=80, text="five", value=5),
        date("d1"),
        place("p1"),
    ]
    pred = [
        predicted(gold[0], unit="t", time=None),
        predicted(gold[1], subject="They"),
        predicted(gold[3]),
        predicted(gold[4], name="Maarby", lat=10.0),
        quantity("stray", start=200, text="over 9 t", value=9, modifier=">", unit="t"),
    ]
    return evaluate(write(tmp_path / "g.jsonl", gold), write(tmp_path / "p.jsonl", pred), resamples=10)


def test_mistakes_in_text_order_with_both_values(report: Report) -> None:
    found = [(m.kind, m.strict, m.text) for m in report.mistakes]
    assert found == [
        ("WRONG", True, "20 [old] | mills"),
        ("WRONG", False, "3"),
        ("WRONG", True, "Lorvik"),
        ("MISS", True, "five"),
        ("EXTRA", True, "over 9 t"),
    ]
    differences = {(d.attribute, d.gold, d.predicted) for m in report.mistakes for d in m.differences}
    assert ("unit", "-", "t") in differences
    assert ("time", "2021-05", "-") in differences
    assert ("subject", "It", "They") in differences
    assert ("fact", "5", "") in differences
    assert ("fact", "", "> 9 t") in differences
    assert (
        "place.entity",
        "Lorvik, Vestland, NO, 60.00 5.00",
        "Maarby, Vestland, NO, 10.00 5.00",
    ) in differences


def test_terminal_tables_show_brackets_of_the_text(report: Report) -> None:
    console = Console(file=io.StringIO(), width=200)
    for table in report_tables(report, mistakes=10):
        console.print(table)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "20 [old] | mills" in shown
    assert "(WRONG)" in shown, "a mistake that costs no strict F1 stands in brackets"
    assert "strict" in shown


def test_figures_fit_into_80_columns(report: Report) -> None:
    console = Console(file=io.StringIO(), width=80)
    console.print(report_tables(report)[0])
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_tables_hold_as_many_mistakes_as_asked_for(report: Report) -> None:
    assert len(report_tables(report)) == 2
    table = report_tables(report, mistakes=1)[2]
    assert table.row_count == 2, "two attributes of the first mistake"
    assert table.title == "Mistakes in doc"
    assert len(report_tables(report, mistakes=10)) == 3, "one table a document"


def test_markdown_tables_are_well_formed(report: Report) -> None:
    text = report_to_markdown(report)
    assert "20 [old] \\| mills" in text
    for block in text.split("\n\n"):
        rows = [line.replace("\\|", "") for line in block.splitlines() if line.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1
    assert text.count("MISS") == text.count("EXTRA") == 1


def test_json_holds_figures_counts_and_mistakes(report: Report) -> None:
    content = json.loads(report_to_json(report))
    assert content["figures"]["strict_f1"] == pytest.approx(report.figures()["strict_f1"])
    assert content["groups"]["count"]["matched"] == 2
    assert content["attributes"]["unit"] == {"right": 1, "total": 2}
    assert [m["kind"] for m in content["mistakes"]].count("MISS") == 1
    assert content["gold"]["documents"] == 1
