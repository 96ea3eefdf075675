"""Thresholds and the pinned baseline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gold_builders import Row, predicted, quantity, write

from newsfacts.errors import ConfigurationError
from newsfacts.evaluation import Report, compare, evaluate, pin, read_baseline, unmet

GOLD = [quantity(f"q{i}", start=20 * i) for i in range(1, 5)]


def report_on(folder: Path, found: int, gold: list[Row] = GOLD) -> Report:
    files = write(folder / "gold.jsonl", gold), write(folder / "p.jsonl", map(predicted, gold[:found]))
    return evaluate(*files, resamples=1)


@pytest.mark.parametrize(
    ("setting", "below"),
    [("recall=0.75", False), ("recall=0.76", True), ("strict_f1.count=0.5", False), ("detection=1", True)],
)
def test_thresholds(tmp_path: Path, setting: str, below: bool) -> None:
    assert bool(unmet(report_on(tmp_path, 3).figures(), [setting])) == below


def test_unmet_threshold_says_both_figures(tmp_path: Path) -> None:
    failure = unmet(report_on(tmp_path, 3).figures(), ["recall=0.9"])[0]
    assert str(failure) == "recall: 75.0 is below 90.0"


@pytest.mark.parametrize(
    "setting", ["recall", "recall=", "recall=much", "=0.5", "recall=95", "recall=-1", "recall=nan"]
)
def test_malformed_threshold(setting: str) -> None:
    with pytest.raises(ConfigurationError, match="NAME=SHARE"):
        unmet({"recall": 1.0}, [setting])


def test_unknown_figure_suggests_near_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"'strict_f1\.cuont'.*strict_f1\.count"):
        unmet(report_on(tmp_path, 3).figures(), ["strict_f1.cuont=0.5"])


def test_pinned_scores_read_back(tmp_path: Path) -> None:
    report, path = report_on(tmp_path, 3), tmp_path / "baseline.json"
    assert pin(report, path) == ()
    baseline = read_baseline(path)
    assert baseline.gold == "gold.jsonl"
    assert baseline.gold_sha256 == report.gold_sha256
    assert baseline.scores["strict_f1.count"] == pytest.approx(6 / 7, abs=1e-4)
    assert compare(report, baseline) == ()


def test_drop_below_the_baseline_is_found(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    pin(report_on(tmp_path, 4), path)
    drops = compare(report_on(tmp_path, 3), read_baseline(path))
    assert "strict_f1: 100.0 -> 85.7" in map(str, drops)
    assert compare(report_on(tmp_path, 3), read_baseline(path), tolerance=0.2) == ()


def test_higher_scores_pass_and_can_be_pinned(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    pin(report_on(tmp_path, 2), path)
    assert compare(report_on(tmp_path, 4), read_baseline(path)) == ()
    assert pin(report_on(tmp_path, 4), path) == ()
    assert read_baseline(path).scores["strict_f1"] == 1


def test_pin_refuses_to_lower(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    pin(report_on(tmp_path, 4), path)
    before = path.read_bytes()
    worse = report_on(tmp_path, 2)
    assert {drop.figure for drop in pin(worse, path)} >= {"strict_f1", "detection.count"}
    assert path.read_bytes() == before
    assert pin(worse, path, allow_lower=True)
    assert read_baseline(path).scores["strict_f1"] == pytest.approx(2 / 3, abs=1e-4)


def test_figure_that_is_gone_counts_as_lower(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    pin(report_on(tmp_path, 4), path)
    other = report_on(tmp_path, 4, [row | {"type": "rank"} for row in GOLD])
    drops = pin(other, path)
    assert "strict_f1.count: 100.0 -> gone" in map(str, drops)


def test_baseline_of_another_gold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    pin(report_on(tmp_path, 4), path)
    with pytest.raises(ConfigurationError, match="--pin"):
        compare(report_on(tmp_path, 3, GOLD[:3]), read_baseline(path))


@pytest.mark.parametrize(
    "content", ["", "[]", '{"gold": "g", "gold_sha256": "0", "scores": {"f": 2}}', '{"g": 1}']
)
def test_malformed_baseline(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match=r"baseline\.json"):
        read_baseline(path)


def test_missing_baseline(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot read the baseline"):
        read_baseline(tmp_path / "none.json")


def test_baseline_file_is_stable(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    gold = [*GOLD, *(row | {"doc_id": "other"} for row in GOLD)]
    pin(report_on(tmp_path, 3, gold), path)
    first = path.read_bytes()
    pin(report_on(tmp_path, 3, gold), path)
    assert path.read_bytes() == first
    assert list(json.loads(first)) == ["bounds", "floors", "gold", "gold_sha256", "scores"]
