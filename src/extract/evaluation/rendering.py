"""Shows a report: tables for the terminal, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import msgspec
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from newsfacts.evaluation.coverage import CURVES, Point, auc, curve
from newsfacts.evaluation.mistakes import Mistake
from newsfacts.evaluation.report import (
    GroupScore,
    Report,
    detection_f1,
    precision,
    recall,
    span_accuracy,
    strict_f1,
)


class Grid(NamedTuple):
    """A table before it is drawn. From column `numbers` on it holds numbers."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numbers: int


def report_tables(report: Report, *, mistakes: int = 0) -> list[Table]:
    """Tables for the terminal: scores, attributes and the first `mistakes` mistakes."""
    return [_rich(grid) for grid in _grids(report, mistakes)]


def report_to_markdown(report: Report, *, mistakes: int | None = None) -> str:
    """The report as Markdown, with all mistakes or the first `mistakes`."""
    count = len(report.mistakes) if mistakes is None else mistakes
    title = f"# Evaluation on {report.gold_name}\n"
    about = f"Documents: {report.documents}; gold SHA-256 `{report.gold_sha256}`.\n"
    return "\n".join([title, about, *(_markdown(grid) for grid in _grids(report, count))])


def report_to_json(report: Report) -> bytes:
    """The report as JSON: figures and intervals as shares of 1, counts, attribute accuracies, mistakes."""
    content = {
        "gold": {"name": report.gold_name, "sha256": report.gold_sha256, "documents": report.documents},
        "figures": report.figures(),
        "groups": {name: _group_json(score) for name, score in report.groups.items()},
        "attributes": {name: value._asdict() for name, value in report.attributes.items()},
        "coverage": {name: _curve_json(report, name) for name in CURVES if report.told_of(name)},
        "mistakes": report.mistakes,
        "missing_documents": report.missing_documents,
        "unknown_documents": report.unknown_documents,
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _group_json(score: GroupScore) -> dict[str, object]:
    return {
        **score.counts._asdict(),
        "detection_interval": score.detection_interval,
        "strict_interval": score.strict_interval,
    }


def _curve_json(report: Report, group: str) -> dict[str, object]:
    told = report.told_of(group)
    points = [point._asdict() | {"precision": point.precision} for point in curve(told)]
    return {"auc": auc(told), "points": points}


def _grids(report: Report, mistakes: int) -> Iterator[Grid]:
    yield _score_grid(report)
    if report.attributes:
        yield _attribute_grid(report)
    if any(fact.confidence for fact in report.told):
        yield _coverage_grid(report)
    yield from _mistake_grids(report.mistakes[:mistakes])


def _score_grid(report: Report) -> Grid:
    heads = ("type", "gold", "P", "R", "F1", "95 %", "span", "strict", "95 %")
    rows = [(name, *_score_row(score)) for name, score in report.groups.items()]
    return Grid("Scores", heads, rows, numbers=1)


def _score_row(score: GroupScore) -> tuple[str, ...]:
    counts = score.counts
    return (
        str(score.gold),
        _percent(precision(counts)),
        _percent(recall(counts)),
        _percent(detection_f1(counts)),
        _span(score.detection_interval),
        _percent(span_accuracy(counts)),
        _percent(strict_f1(counts)),
        _span(score.strict_interval),
    )


def _attribute_grid(report: Report) -> Grid:
    rows = [
        (name, _percent(accuracy.share), str(accuracy.right), str(accuracy.total))
        for name, accuracy in report.attributes.items()
    ]
    return Grid("Attributes of matched facts", ("attribute", "accuracy", "right", "of"), rows, numbers=1)


def _coverage_grid(report: Report) -> Grid:
    """How right the most confident facts are; AUC 50 is chance."""
    heads = ("most confident", "kept %", "facts", "confidence", "strict P", "95 %", "AUC")
    rows = [
        row
        for group in CURVES
        if (told := report.told_of(group))
        for row in _coverage_rows(group, curve(told), auc(told))
    ]
    return Grid("Strict precision of the most confident facts", heads, rows, numbers=1)


def _coverage_rows(group: str, points: Iterable[Point], area: float | None) -> Iterator[tuple[str, ...]]:
    shown = "-" if area is None else _percent(area)
    for number, point in enumerate(points):
        figures = (_percent(point.share), str(point.facts), f"{point.confidence:.2f}")
        precision = (_percent(point.precision), _span(point.interval))
        yield ("" if number else group, *figures, *precision, "" if number else shown)


def _mistake_grids(mistakes: Sequence[Mistake]) -> Iterator[Grid]:
    """One table per document. Brackets: the mistake costs no strict F1."""
    heads = ("what", "at", "type", "text", "attribute", "gold", "predicted")
    for doc_id, group in groupby(mistakes, key=attrgetter("doc_id")):
        rows = [row for mistake in group for row in _mistake_rows(mistake)]
        yield Grid(f"Mistakes in {doc_id}", heads, rows, numbers=len(heads))


def _mistake_rows(mistake: Mistake) -> Iterator[tuple[str, ...]]:
    kind = mistake.kind if mistake.strict else f"({mistake.kind})"
    opening = (kind, f"{mistake.start}-{mistake.end}", mistake.type, mistake.text)
    for number, difference in enumerate(mistake.differences):
        lead = ("",) * len(opening) if number else opening
        yield (*lead, difference.attribute, difference.gold, difference.predicted)


def _rich(grid: Grid) -> Table:
    # Narrow enough for 80 columns: figures are never cut, words are folded.
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.title, table.title_justify = grid.title, "left"
    for number, head in enumerate(grid.heads):
        if number >= grid.numbers:
            table.add_column(head, justify="right", no_wrap=True)
        else:
            table.add_column(head, overflow="fold")
    for row in grid.rows:
        table.add_row(*map(Text, row))  # Text: square brackets in news text are no markup
    return table


def _markdown(grid: Grid) -> str:
    rule = ["--:" if number >= grid.numbers else "---" for number in range(len(grid.heads))]
    lines = [_markdown_row(grid.heads), _markdown_row(rule), *(_markdown_row(row) for row in grid.rows)]
    return "\n".join([f"## {grid.title}", "", *lines, ""])


def _markdown_row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


def _span(interval: Sequence[float] | None) -> str:
    return "-" if interval is None else f"{_percent(interval[0])}-{_percent(interval[1])}"
