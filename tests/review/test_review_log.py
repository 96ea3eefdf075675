from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfacts.errors import ConfigurationError, ValidationError
from newsfacts.review import CorrectionLog
from newsfacts.review.log import Correction


def correction(fact: str, batch: int, action: str = "accept", **fields: object) -> Correction:
    return Correction(batch, action, fact, "doc", "count", 0, 3, "two", fields)  # type: ignore[arg-type]


def test_what_is_decided_is_on_disk_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    with CorrectionLog(path) as log:
        log.decide([correction("a", 1), correction("b", 1, "fix", value=3)])
        assert len(path.read_bytes().splitlines()) == 2
    again = CorrectionLog(path).decisions()
    assert again["a"].action == "accept"
    assert again["b"].fields == {"value": 3}


def test_the_last_decision_about_a_fact_stands(tmp_path: Path) -> None:
    with CorrectionLog(tmp_path / "log") as log:
        log.decide([correction("a", 1)])
        log.decide([correction("a", 2, "reject")])
        assert log.decisions()["a"].action == "reject"
        log.undo()
        assert log.decisions()["a"].action == "accept"


def test_undo_takes_back_whole_batches_one_after_the_other(tmp_path: Path) -> None:
    with CorrectionLog(tmp_path / "log") as log:
        log.decide([correction("a", log.next_batch)])
        log.decide([correction("b", log.next_batch), correction("c", 2)])
        assert [line.fact_id for line in log.undo()] == ["b", "c"]
        log.decide([correction("d", log.next_batch)])
        assert [line.fact_id for line in log.undo()] == ["d"]
        assert [line.fact_id for line in log.undo()] == ["a"]
        assert log.undo() == []
        assert log.next_batch == 4


@settings(deadline=None, max_examples=40)
@given(cut=st.integers(min_value=1, max_value=60))
def test_a_line_that_a_crash_cut_off_is_dropped_and_the_rest_kept(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.mktemp("log") / "corrections.jsonl"
    with CorrectionLog(path) as log:
        log.decide([correction("a", 1)])
        log.decide([correction("b", 2)])
    path.write_bytes(path.read_bytes()[:-cut])
    with CorrectionLog(path) as log:
        assert set(log.decisions()) == {"a"}
        log.decide([correction("c", 3)])
    assert [json.loads(line)["fact_id"] for line in path.read_text().splitlines()] == ["a", "c"]


def test_a_malformed_line_is_named_and_nothing_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text('{"batch":1}\nhalf')
    with pytest.raises(ValidationError, match=r"corrections\.jsonl:1"):
        CorrectionLog(path)
    assert path.read_text() == '{"batch":1}\nhalf'


def test_two_reviews_of_one_folder_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    with CorrectionLog(path), pytest.raises(ConfigurationError, match="another review"), CorrectionLog(path):
        pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be written"), CorrectionLog(tmp_path / "no" / "log"):
        pass


@pytest.mark.parametrize("notes", ["my notes", '{"batch":1}\nmy notes', "{"])
def test_nothing_is_cut_off_that_is_no_line_of_ours(tmp_path: Path, notes: str) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text(notes)
    if notes == "{":
        assert CorrectionLog(path).decisions() == {}  # the first character of a decision
        return
    with pytest.raises(ValidationError, match=r"corrections\.jsonl"), CorrectionLog(path):
        pass
    assert path.read_text() == notes
