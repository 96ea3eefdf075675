"""Pinned scores: what an evaluation must not fall below, tied to the gold file that they were taken on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from extract.errors import ConfigurationError
from extract.evaluation.report import Report

#: Scores are deterministic; this absorbs the rounding of the pinned figures only.
TOLERANCE = 0.0005
_DIGITS = 4
_PINNED = ("strict_f1", "detection")


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """corpus/baseline.json: F1 figures (0 to 1) and the SHA-256 of the gold file behind them."""

    gold: str
    gold_sha256: str
    scores: dict[str, Annotated[float, msgspec.Meta(ge=0, le=1)]]


@dataclass(frozen=True, slots=True)
class Drop:
    """A figure that is lower than pinned. `now` is None where it no longer exists."""

    figure: str
    pinned: float
    now: float | None

    def __str__(self) -> str:
        now = "gone" if self.now is None else f"{100 * self.now:.1f}"
        return f"{self.figure}: {100 * self.pinned:.1f} -> {now}"


def read_baseline(path: Path) -> Baseline:
    """Read a baseline. Raises ConfigurationError where the file is missing or malformed."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Baseline)
    except OSError as error:
        raise ConfigurationError(
            f"cannot read the baseline {path}: {error.strerror}", remedy="Write one with --pin."
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}", remedy="Rewrite it with --pin.") from error


def compare(report: Report, baseline: Baseline, *, tolerance: float = TOLERANCE) -> tuple[Drop, ...]:
    """The figures that fell below the baseline by more than `tolerance`.

    Raises ConfigurationError where the gold is not the one that the baseline was taken on.
    """
    if report.gold_sha256 != baseline.gold_sha256:
        raise ConfigurationError(
            f"{report.gold_name} is not the gold that the baseline was pinned on ({baseline.gold})",
            remedy="If the gold was meant to change, rewrite the baseline with --pin.",
        )
    return _drops(pinnable(report), baseline.scores, tolerance)


def pin(report: Report, path: Path, *, allow_lower: bool = False) -> tuple[Drop, ...]:
    """Write the report's figures as the new baseline; return what is lower than before.

    Where something is lower and `allow_lower` is not set, nothing is written.
    """
    old = read_baseline(path).scores if path.exists() else {}
    drops = _drops(pinnable(report), old, TOLERANCE)
    if not drops or allow_lower:
        path.write_bytes(_encode(Baseline(report.gold_name, report.gold_sha256, pinnable(report))))
    return drops


def pinnable(report: Report) -> dict[str, float]:
    """The figures that a baseline holds: strict and detection F1 of every group, rounded."""
    figures = report.figures()
    return {k: round(v, _DIGITS) for k, v in figures.items() if k.partition(".")[0] in _PINNED}


def _drops(now: Mapping[str, float], pinned: Mapping[str, float], tolerance: float) -> tuple[Drop, ...]:
    found = (Drop(name, least, now.get(name)) for name, least in pinned.items())
    return tuple(drop for drop in found if drop.now is None or drop.now < drop.pinned - tolerance)


def _encode(baseline: Baseline) -> bytes:
    return msgspec.json.format(msgspec.json.encode(baseline, order="sorted"), indent=2) + b"\n"
