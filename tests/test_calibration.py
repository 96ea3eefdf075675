"""What a confidence is worth, and what a cut by it leaves out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.diff.fact_builders import facts, write_run
from tools.calibrate import encode, fit, logistic, steps
from typer.testing import CliRunner, Result

from newsfacts.calibration import FILE, Calibration, Curve, Cut, Kept, Logistic, Step, shipped
from newsfacts.cli.app import app
from newsfacts.errors import ConfigurationError, RulesError
from newsfacts.evaluation import Told
from newsfacts.model import Fact
from newsfacts.rules import RuleSet
from newsfacts.sinks.jsonl import encode as line

KEPT = (Kept(0.9, 10, 0.8, (0.49, 0.94)),)


def stepped(*pairs: tuple[float, float]) -> Curve:
    return Curve(100, 60, KEPT, steps=tuple(Step(*pair) for pair in pairs))


#: A count is as right as its confidence, by halves; nothing of other types ever reaches 0.5.
MADE = Calibration(
    "2026-01-01",
    (),
    {
        "quantities": stepped((0.0, 0.1), (0.5, 0.4)),
        "count": stepped((0.0, 0.3), (0.5, 0.6), (0.8, 0.95)),
        "date": stepped((0.0, 0.2)),
        "place": stepped((0.0, 0.2)),
    },
)


def test_steps_rise_with_confidence_and_are_level_below_the_first() -> None:
    curve = stepped((0.2, 0.3), (0.8, 0.9))
    assert [curve.precision(c) for c in (0.0, 0.2, 0.79, 0.8, 1.0)] == [0.3, 0.3, 0.3, 0.9, 0.9]


def test_a_logistic_curve_is_level_beyond_what_was_seen() -> None:
    curve = Curve(10, 5, KEPT, logistic=Logistic(0.0, 1.0, 0.3, 0.9, shared=False))
    assert curve.precision(0.7) == pytest.approx(0.7)
    assert curve.precision(0.0) == curve.precision(0.3) == pytest.approx(0.3)
    assert curve.precision(1.0) == curve.precision(0.9) == pytest.approx(0.9)


def test_a_type_without_a_curve_has_that_of_all_quantities() -> None:
    assert MADE.precision("rank", 0.9) == MADE.precision("quantities", 0.9) == 0.4


def test_a_curve_is_one_thing_or_the_other() -> None:
    with pytest.raises(ValueError, match="steps"):
        Curve(1, 1, KEPT)


def test_the_shipped_file_has_every_group_and_honest_bounds() -> None:
    found = shipped()
    assert {"quantities", "money", "count", "percent", "date", "place"} <= found.curves.keys()
    assert found.gold
    for curve in found.curves.values():
        assert curve.right <= curve.facts
        assert 0 < curve.precision(0.0) <= curve.precision(0.5) <= curve.precision(1.0) < 1
        assert all(k.interval[0] <= k.precision <= k.interval[1] for k in curve.kept)


def test_a_user_may_have_another_file(tmp_path: Path) -> None:
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(encode(MADE))
    assert Calibration.from_rules(RuleSet(tmp_path)) == MADE
    (tmp_path / FILE).write_text(encode(MADE).replace("facts: 100", "facts: -1", 1))
    with pytest.raises(RulesError, match=r"confidence\.yaml"):
        Calibration.from_rules(RuleSet(tmp_path))


def sure(document: str, *confident: str) -> list[Fact]:
    """The facts of a document, of which some (by their text) are confident."""
    return [replace(f, confidence=0.9 if f.text in confident else 0.4) for f in facts(document)]


def test_a_cut_keeps_what_is_right_often_enough_and_what_that_names() -> None:
    cut = Cut(MADE, 0.9)
    kept = list(cut.facts([*sure("a", "300"), *sure("b")]))
    assert [(fact.doc_id, fact.text) for fact in kept] == [("a", "May 2021"), ("a", "Lorvik"), ("a", "300")]
    assert cut.told.total() == 10
    assert cut.kept == {"count": 1, "date": 1, "place": 1}
    assert cut.report()[:2] == [
        "3 of 10 facts kept: those that are right with 90.0 % or more",
        "count: 1 of 4 facts kept",
    ]
    assert (
        "percent: 0 of 2 facts kept; none reaches 90.0 % of its own: the most confident have 40.0 %"
        in (cut.report()[2])
    )


def test_a_restatement_of_what_is_left_out_stands_alone() -> None:
    found = sure("a", "300")
    (other,) = [fact for fact in found if fact.text == "more than 20"]
    found = [replace(f, same_as=other.id) if f.text == "300" else f for f in found]  # type: ignore[call-arg]
    (kept,) = [fact for fact in Cut(MADE, 0.9).facts(found) if fact.text == "300"]
    assert getattr(kept, "same_as", "") is None


def test_lines_are_cut_as_facts_are_and_keep_their_numbers() -> None:
    found = [*sure("a", "300"), *sure("b", "more than 20")]
    lines = [*map(line, found), b"\n", b"no fact\n"]
    expected = list(Cut(MADE, 0.9).facts(found))
    for size in (1, 3, len(lines)):
        blocks = [b"".join(lines[i : i + size]) for i in range(0, len(lines), size)]
        given = b"".join(Cut(MADE, 0.9).lines(blocks))
        assert given.count(b"\n") == len(lines)
        assert given.endswith(b"\n\nno fact\n")
        rows = [json.loads(row) for row in given.splitlines() if row.startswith(b"{")]
        assert rows == [json.loads(line(fact)) for fact in expected]


def test_what_no_quantity_reaches_is_an_error_with_figures() -> None:
    with pytest.raises(ConfigurationError, match=r"count 95\.0 %.*percent|money 40\.0 %, count 95\.0 %"):
        Cut(MADE, 0.96)
    assert Cut(MADE, 0.15, wanted=("date",))
    with pytest.raises(ConfigurationError, match=r"date 20\.0 %"):
        Cut(MADE, 0.5, wanted=("date",))


def test_steps_are_fitted_rising_and_not_too_fine() -> None:
    told = [Told("date", c / 100, right=c >= 50 or c % 3 == 0) for c in range(100)]
    found = steps(told)
    assert len(found) > 1
    precisions = [step.precision for step in found]
    assert precisions == sorted(precisions)
    assert found[0].confidence == 0
    assert all(0 < precision < 1 for precision in precisions)


def test_a_logistic_fit_finds_the_slope_that_made_the_facts() -> None:
    # Of 1,000 facts of each confidence as many are right as it says.
    levels = (0.1, 0.3, 0.5, 0.7, 0.9)
    told = [Told("count", c, right=i < 1000 * c) for c in levels for i in range(1000)]
    found = logistic(told, None)
    assert found.intercept == pytest.approx(0, abs=0.02)
    assert found.slope == pytest.approx(1, abs=0.02)


def test_confidence_that_misleads_counts_nothing() -> None:
    told = [Told("count", c, right=c < 0.5) for c in (0.1, 0.2, 0.8, 0.9) for _ in range(20)]
    assert logistic(told, None).slope == 0


def test_a_type_with_few_facts_has_the_slope_of_all() -> None:
    told = [Told("count", c, right=i < 100 * c) for c in (0.2, 0.5, 0.8) for i in range(100)]
    told += [Told("rank", 0.5, right=i < 2) for i in range(4)]
    curves = fit(told, (), "2026-01-01").curves
    assert curves["rank"].logistic is not None
    assert curves["rank"].logistic.shared
    assert curves["rank"].logistic.slope == fit(told, (), "2026-01-01").curves["quantities"].logistic.slope  # type: ignore[union-attr]
    assert curves["count"].steps


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    write_run(tmp_path / "out", [*sure("a", "300"), *sure("b")])
    monkeypatch.setattr("newsfacts.calibration.shipped", lambda: MADE)

    def load(*options: str) -> Result:
        target = ("--to", str(tmp_path / "facts.db"))
        return CliRunner().invoke(app, ["load", str(tmp_path / "out"), *target, *options])

    return load


def test_load_leaves_out_facts_and_says_what_that_costs(loaded: Any) -> None:
    assert "10 facts loaded" in loaded().stdout
    done = loaded("--min-precision", "90")
    assert "3 facts loaded" in done.stdout
    assert "7 removed" in done.stdout
    assert "3 of 10 facts kept" in done.stderr
    told = json.loads(loaded("--min-precision", "90", "--json", "--quiet").stdout)["min_precision"]
    assert told["count"] == {"told": 4, "kept": 1, "best": 0.95}


def test_load_refuses_what_no_confidence_stands_for(loaded: Any, tmp_path: Path) -> None:
    done = loaded("--min-precision", "99")
    assert done.exit_code == 4
    assert "no confidence stands for a precision of 99.0 %" in " ".join(done.output.split())
    assert not (tmp_path / "facts.db").exists()


def test_a_malformed_line_is_named_by_load_all_the_same(loaded: Any, tmp_path: Path) -> None:
    file = tmp_path / "out" / "facts.jsonl"
    file.write_bytes(file.read_bytes() + msgspec.json.encode({"id": 1}) + b"\n")
    done = loaded("--min-precision", "90")
    assert done.exit_code == 4
    assert "facts.jsonl:11" in done.output
