"""The source of a run that nobody names."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsfacts.batch import default_source


def test_what_was_typed_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day1, day2 = tmp_path / "day1", tmp_path / "day2"
    for folder in (day1, day2):
        (folder / "sub").mkdir(parents=True)
        (folder / "001.txt").touch()
    (tmp_path / "link").symlink_to(day1)
    monkeypatch.chdir(day1)
    same = [".", "001.txt", "*.txt", "./sub/..", day1, day1 / "001.txt", tmp_path / "link", "../day1/*/*.txt"]
    assert {default_source([given]) for given in same} == {str(day1)}
    assert default_source(["001.txt", "sub", "-"]) == str(day1)
    assert default_source([day2]) == str(day2)
    assert default_source([day1, day2 / "001.txt"]) == str(tmp_path)


def test_a_piped_text_and_an_odd_name_have_a_source_that_can_be_written(tmp_path: Path) -> None:
    assert default_source(["-"]) == "stdin"
    assert default_source([]) == "stdin"
    assert default_source([tmp_path / "odd\udcff" / "x.txt"]).encode()
