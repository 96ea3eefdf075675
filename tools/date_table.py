"""Writes docs/dates.md: expressions and their values, from the executed examples of the dates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.rules import Example, ExampleFile, RuleSet

PAGE = Path(__file__).resolve().parents[1] / "docs" / "dates.md"
HEAD = """# Time expressions

Generated from `rules/dates/examples.yaml` by `python tools/date_table.py`; the tests execute every line.
An EDTF of `-` is left open: the expression is vague, or depends on a day of publication that is unknown.

| expression | published | EDTF | start | end | TIMEX3 | further |
|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page: one line for every date (no durations, no sets) of the examples."""
    examples = RuleSet().read("dates/examples.yaml", ExampleFile).examples
    return HEAD + "".join(dict.fromkeys(line for example in examples for line in _lines(example)))


def _lines(example: Example) -> Iterator[str]:
    for find in example.finds:
        if find.get("timex_type") in ("DATE", "TIME"):
            yield _line(example, find)


def _line(example: Example, find: dict[str, Any]) -> str:
    further = [f"{key} {find[key]}" for key in ("part", "part_of_day", "relation") if find.get(key)]
    edtf, timex3 = find.get("edtf"), find.get("timex3")
    cells = (
        find["text"],
        example.published or "unknown",
        f"`{edtf}`" if edtf else "-",
        find.get("date_start") or "-",
        find.get("date_end") or "-",
        f"`{timex3}`" if timex3 else "-",
        ", ".join(further),
    )
    return "| " + " | ".join(cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
