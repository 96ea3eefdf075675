"""Precision against coverage, and figures at the cut of --min-precision."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gold_builders import predicted, quantity, write
from hypothesis import given
from hypothesis import strategies as st

from newsfacts.errors import ConfigurationError, OtherArticlesError
from newsfacts.evaluation import (
    Report,
    Told,
    auc,
    curve,
    evaluate,
    pinned,
    report_tables,
    report_to_json,
    wilson,
)
from newsfacts.evaluation.attributes import ATTRIBUTES
from newsfacts.evaluation.report import check_figures

ROOT = Path(__file__).resolve().parents[2]
GOLD = [quantity(f"q{i}", start=20 * i) | {"doc_id": f"d{i % 3}"} for i in range(1, 11)]


def told(*pairs: tuple[float, bool]) -> list[Told]:
    return [Told("count", confidence, right) for confidence, right in pairs]


def report_on(folder: Path, wrong: int = 4) -> Report:
    """Ten facts, of confidence 0.05 to 0.95; the least confident ones are wrong."""
    rows = [
        predicted(row, confidence=(2 * i + 1) / 20, status="planned" if i < wrong else "actual")
        for i, row in enumerate(GOLD)
    ]
    files = write(folder / "gold.jsonl", GOLD), write(folder / "pred.jsonl", rows)
    return evaluate(*files, resamples=5, calibrated=lambda fact_type, confidence: confidence)


def test_the_curve_keeps_the_most_confident_first(tmp_path: Path) -> None:
    points = curve(report_on(tmp_path).told)
    assert [(p.facts, p.right) for p in points] == [(1, 1), (3, 3), (5, 5), (8, 6), (10, 6)]
    assert [p.share for p in points] == [0.1, 0.3, 0.5, 0.8, 1.0]
    assert points[-1].precision == 0.6


def test_equal_confidences_are_never_parted() -> None:
    points = curve(told(*[(0.9, True)] * 3, *[(0.9, False)] * 3, (0.1, False)))
    assert [(p.confidence, p.facts) for p in points] == [(0.9, 6), (0.1, 7)]


def test_no_facts_no_curve() -> None:
    assert curve([]) == ()
    assert auc([]) is None


@given(st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=1, max_size=40))
def test_curve_and_auc_are_what_their_definitions_say(pairs: list[tuple[int, bool]]) -> None:
    found = told(*((c / 10, right) for c, right in pairs))
    for point in curve(found):
        kept = [fact for fact in found if fact.confidence >= point.confidence]
        assert (point.facts, point.right) == (len(kept), sum(fact.right for fact in kept))
        assert 0 <= point.interval.low <= point.precision <= point.interval.high <= 1
    won = [(r > w) + (r == w) / 2 for r, yes in pairs if yes for w, no in pairs if not no]
    area = auc(found)
    assert area == (pytest.approx(sum(won) / len(won)) if won else None)


def test_wilson_interval_of_a_textbook() -> None:
    assert wilson(15, 20) == pytest.approx((0.531, 0.888), abs=0.001)
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == 1


def test_facts_without_confidence_draw_no_table(tmp_path: Path) -> None:
    files = write(tmp_path / "gold.jsonl", GOLD), write(tmp_path / "pred.jsonl", map(predicted, GOLD))
    titles = [table.title for table in report_tables(evaluate(*files, resamples=1))]
    assert titles == ["Scores", "Attributes of matched facts"]
    titles = [table.title for table in report_tables(report_on(tmp_path))]
    assert titles[-1] == "Strict precision of the most confident facts"


def test_json_has_the_curve(tmp_path: Path) -> None:
    found = json.loads(report_to_json(report_on(tmp_path)))["coverage"]
    assert found.keys() == {"all", "quantities"}
    assert found["all"]["auc"] == 1
    assert found["all"]["points"][-1] | {"interval": None} == {
        "confidence": 0.05, "share": 1.0, "facts": 10, "right": 6, "precision": 0.6, "interval": None,
    }  # fmt: skip


def test_figures_at_a_cut(tmp_path: Path) -> None:
    names = (
        "precision_at_30",
        "coverage_at_30",
        "precision_at_70.count",
        "coverage_at_99",
        "precision_at_5.no",
    )
    found = report_on(tmp_path).figures(names)
    assert found["precision_at_30"] == pytest.approx(6 / 7)
    assert found["coverage_at_30"] == 0.7
    assert found["precision_at_70.count"] == 1
    assert found["coverage_at_99"] == 0
    assert "precision_at_5.no" not in found
    assert "precision_at_30" not in report_on(tmp_path).figures()


def test_a_cut_that_keeps_nothing_has_no_precision(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"calibrated precision of 99; the best has 95\.0"):
        report_on(tmp_path).figures(["precision_at_99"])


def test_facts_that_gold_leaves_open_are_not_told(tmp_path: Path) -> None:
    gold = [*GOLD, quantity("open", start=900, optional=True) | {"doc_id": "d1"}]
    rows = [*map(predicted, gold), quantity("extra", start=950) | {"doc_id": "d1"}]
    report = evaluate(write(tmp_path / "g", gold), write(tmp_path / "p", rows), resamples=1)
    assert [fact.right for fact in report.told].count(True) == 10
    assert [fact.right for fact in report.told].count(False) == 1


def test_gold_of_other_articles_is_an_error(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", GOLD)
    pred = write(tmp_path / "pred.jsonl", [quantity() | {"doc_id": "elsewhere"}])
    with pytest.raises(OtherArticlesError, match=r"none of its 3 documents \(such as 'd1'\).*'elsewhere'"):
        evaluate(gold, pred, resamples=1)
    # A document that was looked at and gave nothing is the same article all the same.
    assert evaluate(gold, pred, documents=["some/d1.txt"], resamples=1).figures()["recall"] == 0


def test_one_document_has_no_interval(tmp_path: Path) -> None:
    gold = [row | {"doc_id": "one"} for row in GOLD]
    files = write(tmp_path / "gold.jsonl", gold), write(tmp_path / "pred.jsonl", map(predicted, gold))
    report = evaluate(*files, resamples=50)
    assert report.groups["all"].strict_interval is None
    assert pinned(report).bounds == {}
    assert pinned(report).floors["strict_f1.count"] == 1  # its own score
    assert json.loads(report_to_json(report))["groups"]["all"]["strict_interval"] is None


def test_settings_are_checked_without_a_report() -> None:
    check_figures(["strict_f1=1", "precision.money=0.5", "attribute.item=0.5", "recall.dates=1"])
    for wrong in ("attribute.itme=1", "strict_f1.mony=1", "strict_f1=2"):
        with pytest.raises(ConfigurationError):
            check_figures([wrong])


def test_every_attribute_that_is_judged_is_known(tmp_path: Path) -> None:
    gold = ROOT / "corpus/gold/seeds.jsonl"
    judged = evaluate(gold, ROOT / "corpus/baseline.facts.jsonl", resamples=1).attributes
    assert judged.keys() <= ATTRIBUTES
