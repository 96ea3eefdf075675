"""Fits what a confidence is worth, on gold that nobody developed on: rules/calibration/confidence.yaml.

    python -m tools.calibrate GOLD.jsonl:TEXTS [GOLD.jsonl:TEXTS ...]

TEXTS is a folder of ID.txt, one for each document of the gold; their days of publication are those that
meta.jsonl beside the folder states, or else the gold. The texts are taken as they are, so that offsets are
the gold's. A type with MANY facts gets rising steps (isotonic regression, pool adjacent violators: Ayer and
others 1955), one with fewer a logistic curve over the log odds of its confidence (Platt 1999). A type with
fewer than LEAST facts takes the slope of all quantities, and its own share of right facts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt
import yaml

from newsfacts.calibration import FILE, Calibration, Curve, Gold, Kept, Logistic, Step, log_odds
from newsfacts.evaluation import (
    GoldFile,
    Told,
    by_document_key,
    curve,
    document_key,
    read_gold,
    records_of,
    score,
)
from newsfacts.model import QUANTITY_TYPES, Document
from newsfacts.pipeline import Pipeline

Floats: TypeAlias = npt.NDArray[np.float64]
ROOT = Path(__file__).resolve().parents[1]
#: A slope of a type's own needs so many facts, and so many of the rarer outcome among them.
LEAST, LEAST_RARER = 60, 15
#: Steps want so many facts, and each step so many of them.
MANY, STEP = 150, 30
#: Iterations of Newton's method; it converges in less than ten.
ITERATIONS = 50
#: Facts are not certain however they look: the weight of a prior of one right and one wrong fact.
PRIOR = 1.0
HEAD = """# What a confidence is worth: how many facts of such confidence are right (in the strict sense of
# docs/FACTS.md, section 6) on text that nobody developed on. Written by `python -m tools.calibrate`;
# docs/QUALITY.md says more.
#
# `steps`: from a confidence on, the precision. `logistic`: precision is
# 1 / (1 + exp(-(intercept + slope * log(confidence / (1 - confidence))))) for confidences from `lowest` to
# `highest`, level beyond them; `shared` slopes are those of all quantities. `kept`: the most confident tenth,
# quarter, half, three quarters and all of the gold's facts, with their share of right ones and its 95 %
# interval (Wilson).
"""


def told_of(gold: GoldFile, texts: Path, pipeline: Pipeline) -> tuple[Told, ...]:
    """The facts of the gold's texts as this code finds them, right or wrong."""
    results = pipeline.process(_documents(gold, texts, pipeline))
    facts = [fact for result in results for fact in result.facts]
    return score(gold, by_document_key(records_of(facts)), resamples=0).told


def _documents(gold: GoldFile, texts: Path, pipeline: Pipeline) -> Iterator[Document]:
    days = _stated_days(texts.parent / "meta.jsonl")
    for name, facts in gold.documents.items():
        day = days.get(name) or next((fact.published for fact in facts if fact.published), None)
        text = (texts / f"{name}.txt").read_text(encoding="utf-8")
        yield pipeline.document(text, doc_id=name, published=dt.date.fromisoformat(day) if day else None)


def _stated_days(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {document_key(row["id"]): row["published"] for row in rows if row["published"]}


def fit(told: Sequence[Told], gold: Sequence[Gold], day: str) -> Calibration:
    """Curves of all quantities together, and of each type that occurs."""
    quantities = [fact for fact in told if fact.type in QUANTITY_TYPES]
    together = logistic(quantities, None)
    curves = {"quantities": _curve(quantities, together)}
    for name in (*QUANTITY_TYPES, "date", "place"):
        own = [fact for fact in told if fact.type == name]
        right = sum(fact.right for fact in own)
        few = len(own) < LEAST or min(right, len(own) - right) < LEAST_RARER
        if len(own) >= MANY:
            curves[name] = _curve(own, None)
        elif own:
            slope = together.slope if few and name in QUANTITY_TYPES else None
            curves[name] = _curve(own, logistic(own, slope))
    return Calibration(day, tuple(gold), curves)


def _curve(told: Sequence[Told], found: Logistic | None) -> Curve:
    kept = tuple(
        Kept(
            point.confidence,
            point.facts,
            round(point.precision, 3),
            (round(point.interval.low, 3), round(point.interval.high, 3)),
        )
        for point in curve(told)
    )
    right = sum(fact.right for fact in told)
    return Curve(len(told), right, kept, found, () if found else steps(told))


def steps(told: Sequence[Told]) -> tuple[Step, ...]:
    """Rising steps of at least STEP facts; equal confidences are never parted.

    Each has the share of right facts of a step with one right and one wrong fact more.
    """
    pooled: list[tuple[float, int, int]] = []  # from which confidence, right, all
    for confidence, group in groupby(sorted(told, key=lambda fact: fact.confidence), lambda f: f.confidence):
        rights = [fact.right for fact in group]
        pooled.append((confidence, sum(rights), len(rights)))
        while len(pooled) > 1 and (pooled[-2][2] < STEP or _share(pooled[-2]) >= _share(pooled[-1])):
            _merge(pooled)
    if len(pooled) > 1 and pooled[-1][2] < STEP:
        _merge(pooled)
    return tuple(Step(pool[0], round(_share(pool), 4)) for pool in pooled)


def _merge(pooled: list[tuple[float, int, int]]) -> None:
    _, right, number = pooled.pop()
    start, before, others = pooled.pop()
    pooled.append((start, before + right, others + number))


def _share(pool: tuple[float, int, int]) -> float:
    return (pool[1] + PRIOR) / (pool[2] + 2 * PRIOR)


def logistic(told: Sequence[Told], slope: float | None) -> Logistic:
    """A logistic curve by Newton's method; with a `slope` only its height is fitted.

    A slope below 0 becomes 0: confidence is then worth nothing, and every fact has the same precision.
    """
    x = np.array([log_odds(fact.confidence) for fact in told])
    target = np.array([float(fact.right) for fact in told])
    # Platt's targets: no fact counts as wholly right or wrong, lest few facts give a certain curve.
    right = target.sum()
    wrong = len(target) - right
    target = np.where(target > 0, (right + PRIOR) / (right + 2 * PRIOR), PRIOR / (wrong + 2 * PRIOR))
    a, b = _newton(x, target, slope)
    if b < 0:
        a, b = _newton(x, target, 0.0)
    confidences = [fact.confidence for fact in told]
    return Logistic(round(a, 4), round(b, 4), min(confidences), max(confidences), slope is not None)


def _newton(
    x: npt.NDArray[np.float64], target: npt.NDArray[np.float64], slope: float | None
) -> tuple[float, float]:
    columns = [np.ones_like(x)] if slope is not None else [np.ones_like(x), x]
    design, fixed = np.column_stack(columns), (slope or 0.0) * x
    weights = np.zeros(design.shape[1])
    for _ in range(ITERATIONS):
        share = 1 / (1 + np.exp(-(design @ weights + fixed)))
        spread = design.T @ (design * (share * (1 - share))[:, None])
        weights += np.linalg.solve(spread + 1e-9 * np.eye(len(weights)), design.T @ (target - share))
    return float(weights[0]), float(weights[1]) if slope is None else slope


def encode(calibration: Calibration) -> str:
    """The text of the rules file."""
    content = msgspec.to_builtins(calibration)
    for found in content["curves"].values():
        del found["steps" if found["logistic"] else "logistic"]
    return HEAD + yaml.safe_dump(content, sort_keys=False, default_flow_style=None, width=110)


def main() -> None:
    """Read the command line, extract, fit, write, and show the curves."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", nargs="+", metavar="GOLD.jsonl:TEXTS")
    parser.add_argument("--out", type=Path, default=ROOT / "rules" / FILE)
    args = parser.parse_args()
    pipeline = Pipeline.load()
    told: list[Told] = []
    used: list[Gold] = []
    for pair in args.sets:
        file, _, texts = pair.partition(":")
        gold = read_gold(Path(file))
        told += told_of(gold, Path(texts), pipeline)
        # All gold is called gold.jsonl; the folder says which it is.
        used.append(Gold("/".join(Path(file).parts[-2:]), gold.sha256, len(gold.documents)))
    calibration = fit(told, used, dt.datetime.now(dt.UTC).date().isoformat())
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(encode(calibration), encoding="utf-8")
    for name, found in calibration.curves.items():
        spread = f"{found.precision(0.0):.2f} to {found.precision(1.0):.2f}"
        print(f"{name}: {found.right} of {found.facts} right; precision {spread}")
    print(f"wrote {args.out}")


if __name__ == "__main__":
    main()
