"""Reading gold and predictions: what is wrong is named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from gold_builders import date, predicted, quantity, write

from newsfacts.errors import ConfigurationError
from newsfacts.evaluation import evaluate


def message(gold: Path, pred: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        evaluate(gold, pred, resamples=1)
    return str(caught.value)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", [quantity()])


@pytest.fixture
def pred(tmp_path: Path) -> Path:
    return write(tmp_path / "pred.jsonl", [predicted(quantity())])


def test_missing_files_are_named(gold: Path, pred: Path, tmp_path: Path) -> None:
    assert "gold file" in message(tmp_path / "none.jsonl", pred)
    assert "prediction file" in message(gold, tmp_path / "none.jsonl")
    assert "none.jsonl" in message(gold, tmp_path / "none.jsonl")


@pytest.mark.parametrize("line", ["{", '{"id": 1}', '"fact"', "\xff"])
def test_malformed_line_is_named_by_number(gold: Path, pred: Path, line: str) -> None:
    pred.write_bytes(pred.read_bytes() + b"\n" + line.encode("latin-1") + b"\n")
    assert "pred.jsonl:3: " in message(gold, pred)


def test_gold_rejects_unknown_fields_and_types(pred: Path, tmp_path: Path) -> None:
    assert "itm" in message(write(tmp_path / "gold.jsonl", [quantity(itm="mills")]), pred)
    assert "gold.jsonl:1" in message(write(tmp_path / "gold.jsonl", [quantity(type="weight")]), pred)


def test_predictions_may_carry_more_fields(gold: Path, tmp_path: Path) -> None:
    pred = write(tmp_path / "pred.jsonl", [predicted(quantity(), rule="count-noun", confidence=0.9)])
    assert evaluate(gold, pred, resamples=1).figures()["strict_f1"] == 1


def test_empty_predictions_score_0_and_empty_gold_is_an_error(gold: Path, tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.jsonl", [])
    assert evaluate(gold, empty, resamples=1).figures()["strict_f1"] == 0
    assert "no facts" in message(empty, gold)


def test_dangling_reference_in_gold(pred: Path, tmp_path: Path) -> None:
    for field, value in (
        ("time", "d9"),
        ("place", "d9"),
        ("same_as", "d9"),
        ("time_alt", ["d9"]),
        ("place_alt", ["d9"]),
    ):
        gold = write(tmp_path / "gold.jsonl", [quantity(**{field: value}), date()])
        assert "q1 refers to d9" in message(gold, pred)


def test_id_used_twice_in_gold(pred: Path, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", [quantity(), quantity(start=90)])
    assert "twice" in message(gold, pred)
