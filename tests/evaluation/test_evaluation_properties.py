"""What must hold for any gold: a perfect prediction scores 100, a worse one scores less."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from gold_builders import Row, date, place, predicted, quantity, write
from gold_noise import noisy
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfacts.evaluation import Report, evaluate, report_to_json
from newsfacts.evaluation.report import GROUPS

#: A loaded machine is no failure.
unhurried = settings(deadline=None)

_UNITS = {"money": "CNY", "percent": "%", "measure": "t", "duration": "a"}


@st.composite
def golds(draw: Any) -> list[Row]:
    """One to eight facts in one or two documents, some of them linked to a date and a place."""
    rows: list[Row] = []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["money", "count", "percent", "measure", "duration", "date", "place"]))
        name, start = f"f{number}", 30 * number
        match kind:
            case "date":
                row = date(name, start=start, edtf=draw(st.sampled_from([None, "2021", "2021-05"])))
            case "place":
                row = place(name, start=start)
            case _:
                row = _quantity(draw, name, start, kind, rows)
        rows.append(row | {"doc_id": draw(st.sampled_from(["a", "b"]))})
    return [row | {"id": f"{row['doc_id']}:{row['id']}"} for row in map(_unlinked_abroad(rows), rows)]


def _quantity(draw: Any, name: str, start: int, kind: str, rows: list[Row]) -> Row:
    item = draw(st.sampled_from([None, "paper mills"]))
    fields = {
        "type": kind,
        "unit": _UNITS.get(kind),
        "value": draw(st.integers(0, 10**12)),
        "modifier": draw(st.sampled_from(["=", "~", ">"])),
        "change": draw(st.sampled_from([None, {"direction": "up", "role": "by"}])),
        "time": draw(st.sampled_from([None, *(r["id"] for r in rows if r["type"] == "date")])),
        "place": draw(st.sampled_from([None, *(r["id"] for r in rows if r["type"] == "place")])),
    }
    return quantity(name, start=start, item=item, item_heads=["mill"] if item else [], **fields)


def _unlinked_abroad(rows: list[Row]) -> Any:
    """References stay inside their document, under its full ids."""
    home = {row["id"]: row["doc_id"] for row in rows}

    def fix(row: Row) -> Row:
        names = {key: row.get(key) for key in ("time", "place") if row["type"] not in ("date", "place")}
        full = {k: f"{row['doc_id']}:{n}" if home.get(n) == row["doc_id"] else None for k, n in names.items()}
        return row | full

    return fix


def score(gold: list[Row], pred: list[Row], **options: int) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder) / "gold.jsonl", gold), write(Path(folder) / "pred.jsonl", pred)
        return evaluate(*files, **({"resamples": 10} | options))


@unhurried
@given(golds())
def test_perfect_prediction_scores_100(gold: list[Row]) -> None:
    report = score(gold, [predicted(row) for row in gold])
    assert set(report.figures().values()) == {1.0}
    assert report.mistakes == ()


@unhurried
@given(golds(), st.randoms(use_true_random=False))
def test_removing_a_fact_lowers_recall_and_nothing_else(gold: list[Row], rng: random.Random) -> None:
    kept = [predicted(row) for row in gold]
    removed = kept.pop(rng.randrange(len(kept)))
    figures = score(gold, kept).figures()
    assert figures["recall"] == pytest.approx(1 - 1 / len(gold))
    assert figures["precision"] == (1.0 if kept else 0.0)
    assert figures["strict_f1"] < 1
    group = {"date": "dates", "place": "places"}.get(removed["type"], removed["type"])
    assert figures[f"recall.{group}"] < 1


@unhurried
@given(golds())
def test_adding_a_fact_lowers_precision_only(gold: list[Row]) -> None:
    stray = quantity("stray", start=5000) | {"doc_id": gold[0]["doc_id"]}
    figures = score(gold, [*map(predicted, gold), stray]).figures()
    assert figures["recall"] == 1
    assert figures["precision"] == pytest.approx(len(gold) / (len(gold) + 1))


@unhurried
@given(golds(), st.integers(0, 1000))
def test_order_of_lines_changes_no_count(gold: list[Row], seed: int) -> None:
    pred = noisy(gold, seed)
    one, other = score(gold, pred), score(gold[::-1], pred[::-1])
    for name in GROUPS.keys() & one.groups.keys():
        # Ties between equally close spans may fall differently; the numbers of matches may not.
        assert one.groups[name].counts[:3] == other.groups[name].counts[:3]


@unhurried
@given(golds(), st.integers(0, 1000))
def test_figures_are_shares_and_strict_never_exceeds_detection(gold: list[Row], seed: int) -> None:
    figures = score(gold, noisy(gold, seed)).figures()
    assert all(0 <= value <= 1 for value in figures.values())
    assert all(
        v <= figures[f"detection{k.removeprefix('strict_f1')}"]
        for k, v in figures.items()
        if k.startswith("strict")
    )


@unhurried
@given(golds(), st.integers(0, 1000))
def test_same_seed_same_bytes(gold: list[Row], seed: int) -> None:
    pred = noisy(gold, seed)
    assert report_to_json(score(gold, pred, seed=7)) == report_to_json(score(gold, pred, seed=7))


@unhurried
@given(golds(), st.integers(0, 1000))
def test_intervals_lie_within_0_and_1(gold: list[Row], seed: int) -> None:
    report = score(gold, noisy(gold, seed), resamples=50)
    for group in report.groups.values():
        for interval in (group.detection_interval, group.strict_interval):
            assert (interval is None) == (report.documents == 1)
            assert interval is None or 0 <= interval.low <= interval.high <= 1


def test_interval_covers_the_score_and_narrows_with_documents() -> None:
    def widths(documents: int) -> float:
        gold = [quantity(f"q{i}") | {"doc_id": f"d{i}"} for i in range(documents)]
        pred = [predicted(row, value=20 if i % 2 else 5) for i, row in enumerate(gold)]
        group = score(gold, pred, resamples=300).groups["all"]
        assert group.strict_interval.low < 0.5 < group.strict_interval.high
        return group.strict_interval.high - group.strict_interval.low

    assert widths(64) < widths(16)


def test_draws_without_a_rare_type_do_not_count_as_failures() -> None:
    gold = [quantity(f"q{i}") | {"doc_id": f"d{i}"} for i in range(9)]
    gold[0] |= {"type": "rank"}
    report = score(gold, [predicted(row) for row in gold], resamples=200)
    assert report.groups["rank"].detection_interval == (1.0, 1.0)


def test_type_that_no_draw_holds_has_its_own_score_as_interval() -> None:
    gold = [quantity(f"q{i}") | {"doc_id": f"d{i}"} for i in range(9)]
    gold[0] |= {"type": "rank"}
    for seed in range(9):  # one draw of nine documents leaves a given one out with probability 0.35
        report = score(gold, [predicted(row) for row in gold], resamples=1, seed=seed)
        assert report.groups["rank"].strict_interval == (1.0, 1.0)
