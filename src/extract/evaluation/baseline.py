"""Pinned scores: what an evaluation must not fall below, tied to the gold file that they were taken on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from newsfacts.errors import ConfigurationError
from newsfacts.evaluation.bootstrap import Interval
from newsfacts.evaluation.report import Report
from newsfacts.evaluation.thresholds import Unmet

#: Scores are deterministic; this absorbs the rounding of the pinned figures only.
TOLERANCE = 0.0005
_DIGITS = 4
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
_PINNED = ("strict_f1", "detection")


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """corpus/baseline.json: the figures of the pinned run (0 to 1) and what they were taken on.

    A score may not fall below its floor; between floor and score lies a regression. `bounds` are the ends of
    the bootstrap intervals. `corpus` holds the SHA-256 of each document's text; `facts` names the file of
    the pinned facts, which lies beside this one.
    """

    gold: str
    gold_sha256: str
    scores: dict[str, Share]
    floors: dict[str, Share] = msgspec.field(default_factory=dict)
    bounds: dict[str, tuple[Share, Share]] = msgspec.field(default_factory=dict)
    corpus: dict[str, str] = msgspec.field(default_factory=dict)
    facts: str | None = None
    facts_sha256: str | None = None


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


def below_floors(report: Report, baseline: Baseline) -> tuple[Unmet, ...]:
    """The figures that lie below their floors; one that no longer exists counts as 0."""
    figures = report.figures(baseline.floors)
    checked = (Unmet(k, v, round(figures.get(k, 0.0), _DIGITS)) for k, v in baseline.floors.items())
    return tuple(check for check in checked if check.actual < check.least)


def pin(report: Report, path: Path, *, allow_lower: bool = False) -> tuple[Drop, ...]:
    """Write the report's figures as the new baseline; return what is lower than before.

    Where something is lower and `allow_lower` is not set, nothing is written. Raises ConfigurationError where
    the baseline has pinned facts: they would no longer be those of its scores.
    """
    old = read_baseline(path) if path.exists() else None
    if old is not None and old.facts is not None:
        raise ConfigurationError(
            f"{path} has pinned facts, which only the gate can write anew",
            remedy="Pin with `newsfacts gate --pin`.",
        )
    new = pinned(report, old)
    drops = lowered(old, new)
    if not drops or allow_lower:
        path.write_bytes(encode_baseline(new))
    return drops


def pinned(report: Report, old: Baseline | None = None) -> Baseline:
    """The baseline of a report. Floors are the lower bounds of the bootstrap, or higher where `old` has them.

    One document has no bounds: its floors are its scores.

    A floor that the report does not reach any more comes down to the lower bound.
    """
    scores, bounds = pinnable(report), _bounds(report)
    fresh = scores | {name: low for name, (low, _) in bounds.items()}
    figures = report.figures(old.floors if old else ())
    for name, floor in (old.floors if old else {}).items():
        if name in figures and round(figures[name], _DIGITS) >= floor:
            fresh[name] = max(floor, fresh.get(name, 0.0))
    return Baseline(report.gold_name, report.gold_sha256, scores, fresh, bounds)


def lowered(old: Baseline | None, new: Baseline) -> tuple[Drop, ...]:
    """The scores and floors of a baseline that are lower than in an older one, by however little."""
    if old is None:
        return ()
    floors = _drops(new.floors, old.floors, 0.0)
    floors = tuple(Drop(f"floor of {drop.figure}", drop.pinned, drop.now) for drop in floors)
    return _drops(new.scores, old.scores, 0.0) + floors


def _bounds(report: Report) -> dict[str, tuple[float, float]]:
    """The bootstrap intervals of the pinned figures, rounded outwards."""
    found = {}
    for group, score in report.groups.items():
        suffix = "" if group == "all" else f".{group}"
        if score.strict_interval is not None and score.detection_interval is not None:
            found[f"strict_f1{suffix}"] = _outwards(score.strict_interval)
            found[f"detection{suffix}"] = _outwards(score.detection_interval)
    return found


def _outwards(interval: Interval) -> tuple[float, float]:
    # First to more digits: 0.3 is not to become 0.2999.
    scale = 10**_DIGITS
    low, high = (round(end * scale, _DIGITS) for end in interval)
    return math.floor(low) / scale, math.ceil(high) / scale


def pinnable(report: Report) -> dict[str, float]:
    """The figures that a baseline holds: strict and detection F1 of every group, rounded."""
    figures = report.figures()
    return {k: round(v, _DIGITS) for k, v in figures.items() if k.partition(".")[0] in _PINNED}


def _drops(now: Mapping[str, float], pinned: Mapping[str, float], tolerance: float) -> tuple[Drop, ...]:
    found = (Drop(name, least, now.get(name)) for name, least in pinned.items())
    return tuple(drop for drop in found if drop.now is None or drop.now < drop.pinned - tolerance)


def encode_baseline(baseline: Baseline) -> bytes:
    """The baseline as the bytes of its file."""
    return msgspec.json.format(msgspec.json.encode(baseline, order="sorted"), indent=2) + b"\n"
