"""Shows an outcome: a table for the terminal, Markdown for a CI's summary, JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType

import msgspec
from rich.box import SIMPLE_HEAD
from rich.table import Table

from newsfacts.diff import Entry, describe, headline
from newsfacts.diff.context import Texts
from newsfacts.diff.markdown import entries_markdown
from newsfacts.gate.check import Outcome

#: More than this in a CI's summary is not read, and GitHub takes no more than 1 MiB.
MOST_ENTRIES = 200
_HEADS = ("figure", "now", "pinned", "95 % of pinned", "floor", "")
_SIGNS = MappingProxyType({"passed": "✅", "below the floor": "❌", "regression": "⚠️"})


def score_table(outcome: Outcome) -> Table:
    """The figures that are pinned or have a floor, with what they fell short of."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for number, head in enumerate(_HEADS):
        table.add_column(head, justify="right" if 0 < number < 5 else "left", no_wrap=0 < number < 5)
    for row in _rows(outcome):
        table.add_row(*row, style="red" if row[-1] else "")
    return table


def outcome_to_markdown(outcome: Outcome, *, texts: Texts = MappingProxyType({})) -> str:
    """Verdict, figures, the facts that are lost or wrong now, and what else changed."""
    lines = [f"## {_SIGNS[outcome.verdict]} newsfacts gate: {outcome.verdict}", ""]
    lines += [_row(_HEADS), "|---|--:|--:|--:|--:|---|", *map(_row, _rows(outcome)), ""]
    lines += _incomplete(outcome)
    if outcome.diff is None:
        lines.append("No facts are pinned, so none can be named.")
        return "\n".join(lines) + "\n"
    lines += [f"{headline(outcome.diff)}.", ""]
    lines += _section("Right before, now lost or wrong", outcome.lost, texts)
    lines += _section("New and wrong", outcome.made_up, texts)
    told = {id(entry) for entry in (*outcome.lost, *outcome.made_up)}
    others = [entry for entry in outcome.diff.entries if id(entry) not in told]
    lines += _section("Other changes", others, texts)
    return "\n".join(lines).rstrip() + "\n"


def outcome_to_json(outcome: Outcome) -> bytes:
    """Verdict, what fell short, and the facts behind it."""
    content = {
        "verdict": outcome.verdict,
        "figures": outcome.report.figures(),
        "floors": outcome.pinned.baseline.floors,
        "pinned": outcome.pinned.baseline.scores,
        "below": outcome.below,
        "incomplete": outcome.incomplete,
        "drops": outcome.drops,
        "lost": [_entry(entry) for entry in outcome.lost],
        "made_up": [_entry(entry) for entry in outcome.made_up],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def _incomplete(outcome: Outcome) -> list[str]:
    if not outcome.incomplete:
        return []
    listed = list(outcome.incomplete.items())[:MOST_ENTRIES]
    lines = [f"- {doc_id} lacks {', '.join(families)}" for doc_id, families in listed]
    return [f"Incomplete documents: {len(outcome.incomplete):,}", "", *lines, ""]


def _entry(entry: Entry) -> dict[str, object]:
    return {"doc_id": entry.doc_id, "what": describe(entry), "pinned": entry.old, "now": entry.new}


def _rows(outcome: Outcome) -> Iterator[tuple[str, ...]]:
    baseline, figures = outcome.pinned.baseline, outcome.report.figures()
    below, drops = {u.figure for u in outcome.below}, {d.figure for d in outcome.drops}
    for name in dict.fromkeys([*baseline.scores, *baseline.floors, *(u.figure for u in outcome.below)]):
        bounds = baseline.bounds.get(name)
        yield (
            name,
            _percent(figures.get(name)),
            _percent(baseline.scores.get(name)),
            f"{_percent(bounds[0])}-{_percent(bounds[1])}" if bounds else "",
            _percent(baseline.floors.get(name)),
            "below the floor" if name in below else "lower than pinned" if name in drops else "",
        )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}"


def _section(title: str, entries: Sequence[Entry], texts: Texts) -> list[str]:
    if not entries:
        return []
    listed = entries_markdown(entries, texts, MOST_ENTRIES)
    return [f"<details open><summary>{title}: {len(entries):,}</summary>", "", *listed, "</details>", ""]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
