"""The table `quantities` has the same values in the same order in every format."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from workbooks import read_workbook

from newsfacts.errors import ConfigurationError
from newsfacts.sinks.cells import unguarded
from newsfacts.sinks.jsonl import read_facts
from newsfacts.sinks.quantities import TABLES, CsvTable, Suffix, write_table
from newsfacts.sinks.workbook import is_cell_number
from newsfacts.table import COLUMNS, NAMES, Row, quantities

ROOT = Path(__file__).parents[2]
DAYS = frozenset(column.name for column in COLUMNS if column.type == "date")
TYPES = {column.name: column.type for column in COLUMNS}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The quantities of the five articles, with addresses and values that are hard on formats."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "corpus/articles").glob("*.txt")}
    documents = [
        {"id": name, "url": f"https://example.org/{name}", "title": "=1+1"} for name in sorted(texts)
    ]
    facts = read_facts(ROOT / "corpus/baseline.facts.jsonl")
    found = list(quantities(facts, documents, texts, version="1", run="r"))
    odd = {
        "value": 2**53 + 1,
        "high": 1e300,
        "low": 1 / 6,
        "date_start": "1899-12-31",
        "date_end": "1900-03-01",
    }
    return [*found, found[0] | odd | {"text": "@SUM(A1)\n-2", "item": 'a,b"c', "place_inherited": None}]


def written(rows: Sequence[Row], path: Path, suffix: Suffix) -> Path:
    file = path / f"q{suffix}"
    with file.open("wb") as opened:
        assert write_table(iter(rows), TABLES[suffix](opened)) == len(rows)
    return file


def plain(row: Row) -> Row:
    """A row as every format has it: numbers as floats."""
    numbers = {n for n in NAMES if TYPES[n] in ("number", "integer")}
    return {n: float(v) if n in numbers and v is not None else v for n, v in row.items()}


def of_csv(text: str, name: str) -> Any:
    if text == "":
        return None
    read = {"number": float, "integer": float, "boolean": "True".__eq__}.get(TYPES[name], unguarded)
    return read(text)


def test_csv(rows: list[Row], tmp_path: Path) -> None:
    with written(rows, tmp_path, ".csv").open(encoding="utf-8", newline="") as file:
        found = [{n: of_csv(v, n) for n, v in row.items()} for row in csv.DictReader(file, strict=True)]

    assert found == [plain(row) for row in rows]
    assert len(found) > 40


def test_no_cell_of_csv_is_a_formula(rows: list[Row], tmp_path: Path) -> None:
    with written(rows, tmp_path, ".csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]

    assert "'=1+1" in cells
    assert "'@SUM(A1)\n-2" in cells


def test_csv_with_a_byte_order_mark(rows: list[Row], tmp_path: Path) -> None:
    plain_file = written(rows, tmp_path, ".csv").read_bytes()
    with (tmp_path / "bom.csv").open("wb") as file:
        write_table(rows, CsvTable(file, bom=True))

    assert (tmp_path / "bom.csv").read_bytes() == b"\xef\xbb\xbf" + plain_file


def test_parquet(rows: list[Row], tmp_path: Path) -> None:
    found = pq.read_table(written(rows, tmp_path, ".parquet")).to_pylist()

    told = [{n: v.isoformat() if v is not None and n in DAYS else v for n, v in row.items()} for row in found]
    assert [plain(row) for row in told] == [plain(row) for row in rows]
    assert list(found[0]) == list(NAMES)


def test_json_lines(rows: list[Row], tmp_path: Path) -> None:
    lines = written(rows, tmp_path, ".jsonl").read_text(encoding="utf-8").splitlines()

    assert [json.loads(line) for line in lines] == rows


def test_geojson(rows: list[Row], tmp_path: Path) -> None:
    placed = [row for row in rows if row["lat"] is not None]
    found = json.loads(written(rows, tmp_path, ".geojson").read_bytes())

    assert [feature["properties"] for feature in found["features"]] == placed
    assert found["features"][0]["geometry"] == {
        "type": "Point",
        "coordinates": [placed[0]["lon"], placed[0]["lat"]],
    }


def test_geojson_of_no_place(tmp_path: Path) -> None:
    assert json.loads(written([], tmp_path, ".geojson").read_bytes())["features"] == []


def test_xlsx(rows: list[Row], tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    file = written(rows, tmp_path, ".xlsx")
    found = read_workbook(file, DAYS)

    odd = {"value": str(2**53 + 1)}
    assert found == [*(plain(row) for row in rows[:-1]), plain(rows[-1]) | odd]
    assert file.read_bytes() == written(rows, tmp_path, ".xlsx").read_bytes()


def test_cells_hold_numbers_up_to_2_to_the_53() -> None:
    assert is_cell_number(2**53)
    assert is_cell_number(1e300)
    assert not is_cell_number(2**53 + 1)
    assert not is_cell_number(float("inf"))


def test_a_missing_library_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)

    with pytest.raises(ConfigurationError) as caught:
        written([], tmp_path, ".xlsx")

    assert "newsfacts[excel]" in caught.value.remedy


def test_equal_rows_in_any_order_of_documents(rows: list[Row]) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "corpus/articles").glob("*.txt")}
    documents = [{"id": name, "url": f"https://example.org/{name}", "title": "=1+1"} for name in texts]
    facts = list(read_facts(ROOT / "corpus/baseline.facts.jsonl"))

    found = quantities(
        facts, sorted(documents, key=lambda d: d["id"], reverse=True), texts, version="1", run="r"
    )

    assert list(found) == rows[:-1]


def test_sentences_hold_their_figures(rows: list[Row]) -> None:
    for row in rows[:-1]:
        first = row["sentence_start"]
        assert row["sentence"][row["start"] - first : row["end"] - first] == row["text"]
        assert row["said"]
