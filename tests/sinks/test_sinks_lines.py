"""Files of every format that `run` writes are read as the same records."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from database_records import common, document, facts_of, quantity

from newsfacts.errors import ValidationError
from newsfacts.model import Change, DateFact
from newsfacts.model.records import DocumentRecord
from newsfacts.sinks import lines
from newsfacts.sinks.jsonl import encode, read_facts, read_lines, read_records
from newsfacts.sinks.lines import DOCUMENTS, FACTS, line_blocks, stored
from written_runs import FORMATS, written

ODD = [
    *facts_of("a"),
    quantity("a", "odd", item='a "b",\r\nc\td', value=30000, low=-1e-300, change=Change("up", "to")),
    DateFact(edtf="2023-02", timex3="2023-02", relation="by", part="end", **common("a", "d2")),
]


@pytest.mark.parametrize("kind", FORMATS)
def test_facts_and_documents_come_back_as_they_were_written(tmp_path: Path, kind: str) -> None:
    records = [
        document("a", 5, warnings=("odd", 'a "date"'), incomplete=("dates",)),
        document("b", 0, title=None),
    ]
    out = written(tmp_path / "out", kind, ODD, records)
    named = [path for path in out.iterdir() if path.name.startswith(("facts", "documents"))]
    assert {path.suffix for path in named} == {Path(f"x.{kind}").suffix}
    assert list(read_facts(stored(out, FACTS))) == ODD
    assert list(read_records(stored(out, DOCUMENTS), DocumentRecord)) == records


@pytest.mark.parametrize("kind", FORMATS)
def test_records_have_the_numbers_of_their_lines(tmp_path: Path, kind: str) -> None:
    out = written(tmp_path / "out", kind, ODD)
    assert [number for number, _ in read_lines(stored(out, FACTS))] == [1, 2, 3, 4, 5]


def test_blocks_end_with_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_bytes(b'{"n":1}\n\n{"n":22}\r\n{"n":333}')
    for size in range(1, 40):
        monkeypatch.setattr(lines, "_BLOCK", size)
        blocks = list(line_blocks(path))
        assert b"".join(blocks) == path.read_bytes()
        assert all(block.endswith(b"\n") for block in blocks[:-1])
        assert list(read_lines(path)) == [(1, {"n": 1}), (3, {"n": 22}), (4, {"n": 333})]


def test_a_file_that_is_not_there_keeps_its_plain_name(tmp_path: Path) -> None:
    assert stored(tmp_path, FACTS) == tmp_path / "facts.jsonl"
    (tmp_path / "facts.csv").touch()
    assert stored(tmp_path, FACTS) == tmp_path / "facts.csv"
    (tmp_path / "facts.jsonl").touch()
    assert stored(tmp_path, FACTS) == tmp_path / "facts.jsonl"


@pytest.mark.parametrize("kind", ["jsonl.gz", "jsonl.zst", "parquet"])
def test_a_damaged_file_is_named(tmp_path: Path, kind: str) -> None:
    path = stored(written(tmp_path / "out", kind, ODD), FACTS)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ValidationError, match=path.name.replace(".", r"\.")):
        list(read_facts(path))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('id,doc_id,start\n"a,b,1\n', r"facts\.csv: .*end of data"),
        ("id,doc_id,start\na,b,one\n", r"facts\.csv:1: invalid literal for int\(\) .*'one'"),
        ("id,doc_id,start\na,b,1\n", r"facts\.csv:1: .*missing required field"),
        ("name\nHuairen\n", r"facts\.csv:1: .*missing required field"),
        ("type,date_start\ndate,2023\n", r"facts\.csv:1: "),
    ],
)
def test_a_table_of_something_else_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "facts.csv").write_text(text)
    with pytest.raises(ValidationError, match=message):
        list(read_facts(tmp_path / "facts.csv"))


def test_a_table_may_have_more_columns_and_others_may_be_missing(tmp_path: Path) -> None:
    out = written(tmp_path / "out", "parquet", [quantity("a")])
    table = pq.read_table(out / "facts.parquet")
    pq.write_table(
        table.drop_columns(["lat", "basis" if "basis" in table.schema.names else "lon"]), out / "x.parquet"
    )
    assert list(read_facts(out / "x.parquet")) == [quantity("a")]
    row = {name: value for name, value in json.loads(encode(quantity("a"))).items() if value is not None}
    header, values = ",".join([*row, "mine"]), ",".join([*(str(value) for value in row.values()), "x"])
    (out / "x.csv").write_text(f"{header}\n{values}\n")
    assert list(read_facts(out / "x.csv")) == [quantity("a")]


def test_compressed_by_another_program(tmp_path: Path) -> None:
    """gzip may write several members and a name."""
    packed = b"".join(gzip.compress(encode(fact)) for fact in ODD)
    (tmp_path / "facts.jsonl.gz").write_bytes(packed)
    assert list(read_facts(tmp_path / "facts.jsonl.gz")) == ODD
