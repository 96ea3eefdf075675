"""Whether facts of high confidence are right more often: a table, and a plot as SVG.

usage: python bench/calibration.py PLOT.svg GOLD.jsonl PRED.jsonl [GOLD.jsonl PRED.jsonl ...]

A quantity is right unless it is extra or one of its strict attributes is wrong. Bins hold equal numbers;
intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

from newsfacts.evaluation import evaluate, wilson
from newsfacts.model import QUANTITY_TYPES

BINS = 5
WIDTH, HEIGHT, EDGE = 420, 300, 46


def outcomes(gold: Path, pred: Path) -> list[tuple[float, bool]]:
    """(confidence, right) of every predicted quantity that the gold decides on."""
    told = evaluate(gold, pred, resamples=1).told
    return [(fact.confidence, fact.right) for fact in told if fact.type in QUANTITY_TYPES]


def binned(found: list[tuple[float, bool]]) -> list[tuple[float, float, float, float, int]]:
    """Mean confidence, share right, its interval and size of each of BINS bins of equal size."""
    ordered = sorted(found)
    cuts = [round(i * len(ordered) / BINS) for i in range(BINS + 1)]
    bins = [ordered[a:b] for a, b in pairwise(cuts)]
    return [
        (
            sum(c for c, _ in rows) / len(rows),
            sum(r for _, r in rows) / len(rows),
            *wilson(sum(r for _, r in rows), len(rows)),
            len(rows),
        )
        for rows in bins
        if rows
    ]


def plot(bins: list[tuple[float, float, float, float, int]]) -> str:
    """The bins as SVG: confidence to the right, share right upwards, the diagonal dashed."""

    def x(share: float) -> float:
        return round(EDGE + share * (WIDTH - 2 * EDGE), 1)

    def y(share: float) -> float:
        return round(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE), 1)

    ticks = [i / 5 for i in range(6)]
    parts = [
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#999" stroke-dasharray="4 4"/>',
        *(f'<text x="{x(t)}" y="{y(0) + 16}" text-anchor="middle">{t:.1f}</text>' for t in ticks),
        *(f'<text x="{x(0) - 8}" y="{y(t) + 4}" text-anchor="end">{t:.1f}</text>' for t in ticks),
        *(f'<line x1="{x(0)}" x2="{x(1)}" y1="{y(t)}" y2="{y(t)}" stroke="#ddd"/>' for t in ticks),
        *(
            f'<line x1="{x(c)}" x2="{x(c)}" y1="{y(low)}" y2="{y(high)}" stroke="#1f6f8b" stroke-width="2"/>'
            f'<circle cx="{x(c)}" cy="{y(share)}" r="5" fill="#1f6f8b"/>'
            for c, share, low, high, _ in bins
        ),
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}" text-anchor="middle">confidence</text>',
        f'<text transform="translate(12 {HEIGHT / 2}) rotate(-90)" text-anchor="middle">share right</text>',
    ]
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}" style="font: 12px sans-serif; background: white"'
    return "\n".join([f'<svg xmlns="http://www.w3.org/2000/svg" {box}>', *parts, "</svg>", ""])


def main() -> None:
    """Print the table and write the plot."""
    target, *files = map(Path, sys.argv[1:])
    found = [o for gold, pred in zip(files[::2], files[1::2], strict=True) for o in outcomes(gold, pred)]
    bins = binned(found)
    for confidence, share, low, high, size in bins:
        print(f"confidence {confidence:.2f}  right {share:.2f} ({low:.2f}-{high:.2f})  n={size}")
    target.write_text(plot(bins), encoding="utf-8")


if __name__ == "__main__":
    main()
