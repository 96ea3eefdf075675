from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from newsfacts.cli.documents import _rows_of_csv, expected
from newsfacts.cli.progress import pace, progress
from newsfacts.processes import Lost


@pytest.mark.parametrize(
    ("done", "total", "seconds", "shown"),
    [
        (0, 10, 1.0, ""),
        (5, None, 2.0, ", 2.5/s"),
        (5, 10, 2.0, ", 2.5/s, 0:02 left"),
        (64, 10_000, 8.0, ", 8.0/s, 20:42 left"),
        (10, 10, 2.0, ", 5.0/s"),
        (1, 1, 0.0, ""),
    ],
)
def test_pace(done: int, total: int | None, seconds: float, shown: str) -> None:
    assert pace(done, total, seconds) == shown


def test_documents_are_counted_without_reading_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.html").touch()
    (tmp_path / "c.jsonl").write_text("{}\n{}\n")
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 3))
    (tmp_path / "e.jsonl.gz").write_bytes(b"broken")
    assert expected([tmp_path]) == 8
    assert expected([tmp_path, tmp_path / "missing.txt"]) == 9
    assert expected([Path("-")]) is None


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("", 0),
        ("id,text\n", 0),
        ("id,text\n1,one\n2,two\n", 2),
        ("id,text\r\n1,one\r\n2,two", 2),
        ('id,text\n1,"one\nand a half"\n2,"says ""two""\nand more"\n', 2),
    ],
)
def test_rows_of_csv_are_counted(tmp_path: Path, content: str, rows: int) -> None:
    (tmp_path / "a.csv").write_bytes(content.encode())
    assert expected([tmp_path]) == rows
    (tmp_path / "a.csv").rename(tmp_path / "a.tsv")
    assert expected([tmp_path]) == rows


def test_quotes_may_span_blocks() -> None:
    data = b'id,text\n1,"one\nand"\n2,two\n'
    for size in range(1, len(data)):
        blocks = [data[i : i + size] for i in range(0, len(data), size)]
        assert _rows_of_csv(blocks) == 3


def test_rows_of_parquet_are_told_by_another_process(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"text": ["one", "two", "three"]}), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"broken")
    (tmp_path / "c.txt").touch()
    assert expected([tmp_path]) == 5


def test_without_the_rows_of_parquet_there_is_no_total(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.parquet").touch()
    monkeypatch.setattr("newsfacts.processes.Child.answer", lambda child, timeout: Lost("timeout", "late"))
    assert expected([tmp_path]) is None


def test_the_bar_goes_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with progress([tmp_path], shown=False) as watch:
        watch(None)
    with progress([tmp_path], shown=True) as watch:
        watch(None)
    assert capsys.readouterr().out == ""
