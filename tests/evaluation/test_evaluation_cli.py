"""`newsfacts evaluate`: exit codes and what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from gold_builders import predicted, quantity, write
from typer.testing import CliRunner, Result

from newsfacts.cli.app import Commands
from newsfacts.cli.evaluate import evaluate

GOLD = [quantity(f"q{i}", start=20 * i) for i in range(1, 5)]

app = typer.Typer(cls=Commands)
app.callback()(lambda: None)
app.command()(evaluate)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "gold.jsonl", GOLD)
    write(tmp_path / "facts.jsonl", map(predicted, GOLD[:3]))
    return tmp_path


def run(folder: Path, *options: str, gold: str = "gold.jsonl") -> Result:
    arguments = ["evaluate", str(folder), "--gold", str(folder / gold), "--resamples", "10", *options]
    return CliRunner().invoke(app, arguments)


def test_scores_are_printed_and_all_is_well(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 0
    assert "75.0" in result.stdout


def test_predictions_may_be_a_file_or_a_run_folder(folder: Path) -> None:
    file = CliRunner().invoke(
        app, ["evaluate", str(folder / "facts.jsonl"), "--gold", str(folder / "gold.jsonl")]
    )
    assert file.exit_code == 0


def test_min_decides_the_exit_code(folder: Path) -> None:
    assert run(folder, "--min", "recall=0.7", "--min", "strict_f1.count=0.8").exit_code == 0
    below = run(folder, "--min", "recall=0.7", "--min", "strict_f1.count=0.9")
    assert below.exit_code == 1
    assert "strict_f1.count: 85.7 is below 90.0" in below.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--min", "strict_f2=0.9"),
        ("--min", "strict_f1=95"),
        ("--baseline", "nowhere.json"),
        ("--pin",),
        ("--allow-lower",),
    ],
)
def test_wrong_configuration_is_exit_4(folder: Path, options: tuple[str, ...]) -> None:
    assert run(folder, *options).exit_code == 4


def test_missing_gold_is_exit_4(folder: Path) -> None:
    result = run(folder, gold="none.jsonl")
    assert result.exit_code == 4
    assert "gold file" in result.stderr


def test_baseline_is_pinned_compared_and_guarded(folder: Path) -> None:
    baseline = ("--baseline", str(folder / "baseline.json"))
    assert run(folder, *baseline, "--pin").exit_code == 0
    assert run(folder, *baseline).exit_code == 0
    write(folder / "facts.jsonl", map(predicted, GOLD[:2]))
    worse = run(folder, *baseline)
    assert worse.exit_code == 1
    assert "strict_f1: 85.7 -> 66.7" in worse.stderr
    refused = run(folder, *baseline, "--pin")
    assert refused.exit_code == 1
    assert "unchanged" in refused.stderr
    allowed = run(folder, *baseline, "--pin", "--allow-lower")
    assert allowed.exit_code == 0
    assert "pinned lower: strict_f1: 85.7 -> 66.7" in allowed.stderr
    assert run(folder, *baseline).exit_code == 0


def test_json_goes_to_stdout_alone(folder: Path) -> None:
    result = run(folder, "--json", "--min", "recall=0.9")
    assert json.loads(result.stdout)["figures"]["recall"] == 0.75
    assert result.exit_code == 1


def test_quiet_prints_failures_only(folder: Path) -> None:
    assert run(folder, "--quiet").output == ""
    assert "below" in run(folder, "--quiet", "--min", "recall=0.9").stderr


def test_mistakes_are_listed_on_request_and_all_in_markdown(folder: Path) -> None:
    assert "MISS" not in run(folder).stdout
    assert "MISS" in run(folder, "--mistakes", "5").stdout
    report = folder / "report.md"
    assert run(folder, "--markdown", str(report)).exit_code == 0
    assert "MISS" in report.read_text()


def test_document_without_predictions_is_named(folder: Path) -> None:
    write(folder / "gold.jsonl", [*GOLD, quantity() | {"doc_id": "silent"}])
    assert "silent" in run(folder).stderr


def test_gold_of_other_articles_is_wrong_usage(folder: Path) -> None:
    write(folder / "gold.jsonl", [row | {"doc_id": "elsewhere"} for row in GOLD])
    result = run(folder)
    assert result.exit_code == 2
    assert "gold of other articles" in " ".join(result.stderr.replace("│", " ").split())
    assert result.stdout == ""


def test_a_run_that_found_nothing_in_these_articles_scores_0(folder: Path) -> None:
    write(folder / "gold.jsonl", [row | {"doc_id": "silent"} for row in GOLD])
    listed = {
        "id": "a/silent.txt",
        "characters": 1,
        "words": 1,
        "sections": {},
        "facts": 0,
        "sha256": "0" * 64,
    }
    write(folder / "documents.jsonl", [listed])
    result = run(folder)
    assert (result.exit_code, "0.0" in result.stdout) == (0, True)


def test_figures_at_a_cut_are_held(folder: Path) -> None:
    write(folder / "facts.jsonl", [predicted(row, confidence=0.95) for row in GOLD[:3]])
    assert run(folder, "--min", "precision_at_50=0.9", "--min", "coverage_at_50.count=1").exit_code == 0
    write(folder / "facts.jsonl", [predicted(row, confidence=0.95, status="planned") for row in GOLD[:3]])
    below = run(folder, "--min", "precision_at_50=0.9")
    assert below.exit_code == 1
    assert "precision_at_50: 0.0 is below 90.0" in below.stderr
    assert run(folder, "--min", "precision_at_100=0.9").exit_code == 4
