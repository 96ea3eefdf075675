"""`newsfacts export`, and the table beside every run."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from newsfacts.cli.app import app
from newsfacts.cli.export import STATUSES, TYPES
from newsfacts.model.records import DocumentRecord
from newsfacts.sinks.described import data_package
from newsfacts.sinks.jsonl import read_facts
from newsfacts.sinks.run_table import run_rows
from newsfacts.table import COLUMNS, NAMES
from written_runs import FORMATS, written

ROOT = Path(__file__).parents[2]
FACTS = list(read_facts(ROOT / "corpus/baseline.facts.jsonl"))
DOCUMENTS = [
    DocumentRecord(
        id=name, path=f"{name}.txt", title=name, characters=9, words=2, sections={}, sha256="0" * 64,
        facts=sum(fact.doc_id == name for fact in FACTS),
    )
    for name in dict.fromkeys(fact.doc_id for fact in FACTS)
]  # fmt: skip


def invoke(*args: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    assert result.exit_code == code, result.output
    return result.output


def read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return written(tmp_path / "run", "jsonl", FACTS, DOCUMENTS)


def test_export_gives_the_table_that_lies_beside_the_facts(out: Path, tmp_path: Path) -> None:
    told = invoke("export", out, "--to", tmp_path / "q.csv")

    assert (tmp_path / "q.csv").read_bytes() == (out / "quantities.csv").read_bytes()
    assert f"{len(read(out / 'quantities.csv')):,} rows" in told


@pytest.mark.parametrize("kind", FORMATS)
def test_runs_of_every_format_have_one_table(kind: str, out: Path, tmp_path: Path) -> None:
    folder = written(tmp_path / kind, kind, FACTS, DOCUMENTS)

    assert (folder / "quantities.csv").read_bytes() == (out / "quantities.csv").read_bytes()
    assert list(run_rows(folder)) == list(run_rows(out))


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("--type", "money"), lambda r: r["type"] == "money"),
        (("--type", "money", "--type", "count"), lambda r: r["type"] in ("money", "count")),
        (("--country", "cn"), lambda r: r["country"] == "CN"),
        (("--status", "planned"), lambda r: r["status"] == "planned"),
        (("--since", "2020"), lambda r: r["as_of_end"] >= "2020"),
        (("--until", "2020-12"), lambda r: "" < r["as_of_start"] < "2021"),
        (("--since", "2001-01-01", "--type", "percent"), lambda r: r["type"] == "percent" and r["as_of_end"]),
    ],
)
def test_filters(options: tuple[str, ...], wanted: Any, out: Path, tmp_path: Path) -> None:
    rows = read(out / "quantities.csv")

    invoke("export", out, "--to", tmp_path / "q.csv", *options)

    found = read(tmp_path / "q.csv")
    assert found == [row for row in rows if wanted(row)]
    assert 0 < len(found) < len(rows)


def test_json_tells_the_counts(out: Path, tmp_path: Path) -> None:
    told = json.loads(invoke("export", out, "--to", tmp_path / "q.geojson", "--json"))

    placed = [row for row in read(out / "quantities.csv") if row["lat"]]
    assert told["rows"] == len(placed) < told["quantities"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--to", "q.doc"), "ends in none of"),
        (("--to", "q.csv", "--type", "date"), "is none of"),
        (("--to", "q.csv", "--since", "May"), "is no time"),
        (("--to", "q.csv", "--country", "China"), "is no country"),
        (("--to", "q.parquet", "--bom"), "for .csv files"),
    ],
)
def test_wrong_usage(
    options: tuple[str, ...], message: str, out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    assert message in " ".join(invoke("export", out, *options, code=2).replace("│", " ").split())


def test_a_file_of_somebody_else_is_kept(out: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    file.write_text("my,own\n", encoding="utf-8")

    invoke("export", out, "--to", file, code=4)
    assert file.read_text(encoding="utf-8") == "my,own\n"
    invoke("export", out, "--to", file, "--force")
    invoke("export", out, "--to", file)  # now it is ours

    assert file.read_bytes() == (out / "quantities.csv").read_bytes()


def test_the_command_knows_all_types_and_statuses() -> None:
    values = {column.name: column.values for column in COLUMNS}

    assert values["type"] == TYPES
    assert values["status"] == STATUSES


def test_the_data_package_describes_every_column() -> None:
    (resource,) = data_package()["resources"]

    assert [field["name"] for field in resource["schema"]["fields"]] == list(NAMES)
    assert resource["path"] == "quantities.csv"
