from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from newsfacts.cli.documents import expected
from newsfacts.cli.progress import pace, progress


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
    (tmp_path / "f.csv").touch()
    assert expected([tmp_path]) is None
    assert expected([Path("-")]) is None


def test_the_bar_goes_away(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with progress([tmp_path], shown=False) as watch:
        watch(None)
    with progress([tmp_path], shown=True) as watch:
        watch(None)
    assert capsys.readouterr().out == ""
