"""Thresholds on figures: `strict_f1=0.95`, `detection.money=0.9`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsfacts.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least that a figure may be, 0 to 1."""

    figure: str
    least: float


@dataclass(frozen=True, slots=True)
class Unmet:
    """A figure that lies below its threshold."""

    figure: str
    least: float
    actual: float

    def __str__(self) -> str:
        return f"{self.figure}: {100 * self.actual:.1f} is below {100 * self.least:.1f}"


def parse_thresholds(settings: Iterable[str]) -> tuple[Threshold, ...]:
    """Read settings NAME=SHARE. Raises ConfigurationError where one is not of this form."""
    return tuple(_threshold(setting) for setting in settings)


def named(settings: Iterable[str]) -> tuple[str, ...]:
    """The figures that settings NAME=SHARE are about. Raises as `parse_thresholds` does."""
    return tuple(threshold.figure for threshold in parse_thresholds(settings))


def unmet(figures: Mapping[str, float], settings: Iterable[str]) -> tuple[Unmet, ...]:
    """The settings NAME=SHARE that the figures do not reach.

    Raises ConfigurationError for an unknown figure or a setting of another form.
    """
    thresholds = parse_thresholds(settings)
    checked = [Unmet(t.figure, t.least, _figure(figures, t.figure)) for t in thresholds]
    return tuple(check for check in checked if check.actual < check.least)


def _threshold(setting: str) -> Threshold:
    name, equals, number = setting.partition("=")
    least = _share(number)
    if not (name.strip() and equals) or least is None:
        raise ConfigurationError(
            f"threshold {setting!r} is not NAME=SHARE with a share from 0 to 1",
            remedy="Write for example strict_f1=0.95 or detection.money=0.9.",
        )
    return Threshold(name.strip(), least)


def _share(number: str) -> float | None:
    try:
        share = float(number)
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def _figure(figures: Mapping[str, float], name: str) -> float:
    if name in figures:
        return figures[name]
    near = difflib.get_close_matches(name, figures, n=3) or sorted(figures)
    raise ConfigurationError(
        f"unknown figure {name!r} (or no facts of that type here)", remedy=f"Known are: {', '.join(near)}."
    )
