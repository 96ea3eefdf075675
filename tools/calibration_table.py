"""The table of docs/QUALITY.md that says what confidence is worth, from rules/calibration/confidence.yaml."""

from __future__ import annotations

import re
from pathlib import Path

from newsfacts.calibration import Calibration, Curve
from newsfacts.model import QUANTITY_TYPES
from newsfacts.rules import RuleSet

PAGE = Path(__file__).resolve().parents[1] / "docs" / "QUALITY.md"
_BLOCK = re.compile(r"(?<=<!-- calibration -->\n).*?(?=<!-- /calibration -->)", re.DOTALL)
_HEAD = (
    "| type | facts | right | the most confident reach | of the most confident tenth are right (95 %) |",
    "|---|---:|---:|---:|---:|",
)


def page() -> str:
    """The text of docs/QUALITY.md with today's table."""
    table = "".join(f"{line}\n" for line in _lines(Calibration.from_rules(RuleSet())))
    return _BLOCK.sub(lambda match: table, PAGE.read_text(encoding="utf-8"))


def _lines(calibration: Calibration) -> list[str]:
    names = ("quantities", *QUANTITY_TYPES, "date", "place")
    known = [(name, calibration.curves[name]) for name in names if name in calibration.curves]
    return [*_HEAD, *(_row(name, curve) for name, curve in known)]


def _row(name: str, curve: Curve) -> str:
    tenth = curve.kept[0]
    low, high = (f"{100 * end:.0f}" for end in tenth.interval)
    cells = (
        f"all {name}" if name == "quantities" else name,
        str(curve.facts),
        f"{100 * curve.right / curve.facts:.0f} %",
        f"{100 * curve.precision(1.0):.0f} %",
        f"{100 * tenth.precision:.0f} % of {tenth.facts} ({low}-{high})",
    )
    return f"| {' | '.join(cells)} |"
