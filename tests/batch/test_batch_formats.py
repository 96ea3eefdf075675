from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from engine_stubs import Stub, documents

from newsfacts.batch import ThisProcess, run_shards
from newsfacts.batch.formats import FORMATS, Format, file_names
from newsfacts.sinks.columns import FACT_COLUMNS, document_row, fact_row


def go(out: Path, kind: Format, count: int = 150) -> int:
    stub = Stub()
    engine = ThisProcess(stub, stub.fingerprint)
    return run_shards(documents(count, {5: "fail-now"}), engine, out, kind=kind).extracted


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_deterministic_and_leaves_only_its_files(tmp_path: Path, kind: Format) -> None:
    for name in ("one", "two"):
        go(tmp_path / name, kind)
    for name in file_names(kind):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    found = {path.name for path in (tmp_path / "one").iterdir()}
    assert found == {*file_names(kind), "manifest.json", "shards"}


def test_another_format_is_assembled_from_the_shards(tmp_path: Path) -> None:
    go(tmp_path, "jsonl")
    plain = {name: (tmp_path / f"{name}.jsonl").read_bytes() for name in ("facts", "documents")}
    assert go(tmp_path, "jsonl.gz") == 0
    assert gzip.decompress((tmp_path / "facts.jsonl.gz").read_bytes()) == plain["facts"]
    assert not (tmp_path / "facts.jsonl").exists()
    assert go(tmp_path, "jsonl.zst") == 0
    with pa.input_stream(str(tmp_path / "documents.jsonl.zst"), compression="zstd") as stream:
        assert stream.read() == plain["documents"]
    assert go(tmp_path, "jsonl") == 0
    assert (tmp_path / "facts.jsonl").read_bytes() == plain["facts"]


def test_parquet_and_csv_hold_the_same_rows(tmp_path: Path) -> None:
    go(tmp_path, "jsonl")
    facts = [json.loads(line) for line in (tmp_path / "facts.jsonl").read_text().splitlines()]
    go(tmp_path, "parquet")
    table = pq.read_table(tmp_path / "facts.parquet")
    assert table.schema.names == list(FACT_COLUMNS)
    assert table.column("id").to_pylist() == [fact["id"] for fact in facts]
    assert pq.read_table(tmp_path / "documents.parquet").num_rows == 149
    go(tmp_path, "csv")
    with (tmp_path / "facts.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["text"], int(row["start"])) for row in rows] == [
        (fact["id"], fact["text"], fact["start"]) for fact in facts
    ]


def test_rows_are_flat_and_typed() -> None:
    change = {"direction": "up", "role": "by", "basis": None}
    row = fact_row({"id": "x", "value": 10**400, "change": change, "date_start": "-0044-03-15"})
    assert (row["value"], row["change_direction"], row["change_basis"]) == (float("inf"), "up", None)
    assert row["date_start"] is None
    assert fact_row({"date_end": "2023-07-28"})["date_end"] == dt.date(2023, 7, 28)
    told = document_row({"id": "x", "published": None, "sections": {"body": 2}, "warnings": []})
    assert (told["sections"], told["warnings"]) == ('{"body":2}', "[]")


def test_an_empty_run_has_files_of_every_format(tmp_path: Path) -> None:
    for kind in FORMATS:
        stub = Stub()
        run_shards([], ThisProcess(stub, stub.fingerprint), tmp_path / kind, kind=kind)
    assert pq.read_table(tmp_path / "parquet/facts.parquet").num_rows == 0
    assert (tmp_path / "csv/facts.csv").read_text().startswith("id,doc_id,")
