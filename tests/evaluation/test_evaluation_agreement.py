"""Agreement with an independent scorer of the same contract, where one is at hand.

NEWSFACTS_SCORER names it (called as `python SCORER GOLD PRED --json`), NEWSFACTS_SCORER_GOLD further gold
files beside corpus/gold/seeds.jsonl, NEWSFACTS_SCORER_RUNS the number of noisy predictions per gold file.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from gold_builders import write
from gold_noise import loosened, noisy

from newsfacts.evaluation import Report, evaluate
from newsfacts.evaluation.report import detection_f1, precision, recall, span_accuracy, strict_f1

SEEDS = Path(__file__).resolve().parents[2] / "corpus" / "gold" / "seeds.jsonl"
SCORER = os.environ.get("NEWSFACTS_SCORER")
MORE_GOLD = [Path(p) for p in os.environ.get("NEWSFACTS_SCORER_GOLD", "").split(os.pathsep) if p]
RUNS = int(os.environ.get("NEWSFACTS_SCORER_RUNS", "5"))

#: The scorer prints one decimal; half of its last digit, and a hair for the float.
ROUNDING = 0.0501
_ATTRIBUTE = re.compile(r"(\S+) ([\d.]+) \(n=(\d+)\)")


def scorer_figures(gold: Path, pred: Path) -> dict[str, float]:
    """What the other scorer prints: group figures in per cent, attribute accuracies and their numbers."""
    command = [sys.executable, str(SCORER), str(gold), str(pred)]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    figures: dict[str, float] = {}
    for line in lines[1:]:
        if line.startswith("attributes:"):
            for name, share, number in _ATTRIBUTE.findall(line):
                figures |= {f"attribute {name}": float(share), f"number {name}": float(number)}
        else:
            group, *numbers = line.split()
            names = ("gold", "P", "R", "F1", "span", "strict")
            figures |= {f"{group} {n}": float(v) for n, v in zip(names, numbers, strict=True)}
    return figures


def own_figures(report: Report) -> dict[str, float]:
    figures: dict[str, float] = {}
    functions = {"P": precision, "R": recall, "F1": detection_f1, "span": span_accuracy, "strict": strict_f1}
    for group, score in report.groups.items():
        figures[f"{group} gold"] = score.gold
        figures |= {f"{group} {n}": 100 * figure(score.counts) for n, figure in functions.items()}
    for name, accuracy in report.attributes.items():
        if name not in ("place.names", "place.distance"):  # reported here only
            figures |= {f"attribute {name}": 100 * accuracy.share, f"number {name}": accuracy.total}
    return figures


@pytest.mark.skipif(SCORER is None, reason="NEWSFACTS_SCORER names no scorer to compare with")
@pytest.mark.parametrize("gold", [SEEDS, *MORE_GOLD], ids=lambda path: path.stem)
def test_agrees_with_the_other_scorer_on_noisy_predictions(gold: Path, tmp_path: Path) -> None:
    read = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    worst, compared = 0.0, 0
    for seed in range(RUNS):
        rows = loosened(read, seed)
        files = write(tmp_path / "gold.jsonl", rows), write(tmp_path / "pred.jsonl", noisy(rows, seed))
        theirs, ours = scorer_figures(*files), own_figures(evaluate(*files, resamples=1))
        assert ours.keys() == theirs.keys(), f"seed {seed}"
        gaps = {name: abs(ours[name] - theirs[name]) for name in theirs}
        apart = {name: (ours[name], theirs[name]) for name, gap in gaps.items() if gap > ROUNDING}
        assert not apart, f"seed {seed}"
        worst, compared = max(worst, *gaps.values()), compared + len(gaps)
    print(f"{gold.stem}: {RUNS} predictions, {compared} figures, largest difference {worst:.3f} points")
