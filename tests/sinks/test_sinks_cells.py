"""No cell of a CSV file is a formula, and what is read back is what was written."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browsing import facts, record
from newsfacts.model import QuantityFact
from newsfacts.sinks.cells import FORMULA, NUMBER, guarded, guarded_row, unguarded
from newsfacts.sinks.tables import table_records
from written_runs import written

DOWNLOAD = Path(__file__).resolve().parents[2] / "src/extract/report/assets/download.js"
TEXTS = st.one_of(st.text(), st.from_regex(r"'*[=+\-@\t\r\n'＝][\s\S]{0,4}", fullmatch=True))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("+1-234", "'+1-234"), ("-5 percent", "'-5 percent"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("\n=1", "'\n=1"), ("=\n1", "'=\n1"), ("＝1", "'＝1"),
        ("'=1", "''=1"), ("-0044-03-15", "'-0044-03-15"), ("-²", "'-²"), ("-٣", "'-٣"),
        ("-2.1", "-2.1"), ("+5", "+5"), ("=", "="), ("'", "'"), ("-5\n", "'-5\n"), ("'s", "'s"),
        ("5 = 5", "5 = 5"), ("", ""),
    ],
)  # fmt: skip
def test_formulas_are_guarded_and_numbers_stay(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


@given(TEXTS)
def test_every_text_comes_back_and_no_cell_runs(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not re.match(r"[=+\-@\t\r\n＝＋－＠][\s\S]", cell) or re.fullmatch(r"[-+][0-9.]+", cell)


def test_numbers_of_a_row_are_left_alone() -> None:
    row = {"value": -2.1, "low": None, "text": "-2.1 percent", "inherited": False}
    assert guarded_row(row) == row | {"text": "'-2.1 percent"}


def test_the_page_guards_the_same() -> None:
    script = DOWNLOAD.read_text(encoding="utf-8")
    assert f"= /{FORMULA}/;" in script
    assert f"= /{NUMBER}/;" in script


def test_files_of_a_run_hold_no_formula_and_are_read_back_whole(tmp_path: Path) -> None:
    evil = "=HYPERLINK(A1)"
    told = [
        replace(f, text=f"-{f.text}", item=evil, value=-2.1, unit="@A1") if isinstance(f, QuantityFact) else f
        for f in facts()
    ]
    document = replace(record("harbour"), title=evil, id="+harbour", path="\t=1")
    folder = written(tmp_path, "csv", told, [document])
    for name in ("facts.csv", "documents.csv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.DictReader(file) for name, cell in row.items() if cell]
        assert {c for c in cells if re.match(r"[=+\-@\t\r]", c)} <= {"-2.1", "="}
    assert list(table_records(folder / "facts.csv")) == told
    assert list(table_records(folder / "documents.csv")) == [document]
