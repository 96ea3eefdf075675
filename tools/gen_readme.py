"""Writes real output into README.md, between its markers.

python -m tools.gen_readme  # or: make docs
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from newsfacts.consolidate import consolidate
from newsfacts.evaluation import evaluate
from newsfacts.evaluation.report import GroupScore, Report, detection_f1, strict_f1
from newsfacts.model import Fact
from newsfacts.model.fields import FIELDS
from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet
from newsfacts.sinks.jsonl import encode
from newsfacts.table import quantities

ROOT = Path(__file__).resolve().parents[1]
#: Detection and strict F1 of bench/peers.py on the same gold.
PEERS = {"all": (77.9, 35.1), "quantities": (69.1, 0.0), "dates": (85.0, 50.0), "places": (82.3, 55.7)}
#: Columns of the table that are shown.
SHOWN = ("said", "value", "unit_name", "item_key", "as_of_start", "as_of_from", "admin1", "status")
SENTENCE = "over 150 billion yuan"
LEFT_OUT = (
    "published",
    "sentence",
    *(f.name for f in FIELDS if f.kind == "offset" and f.name not in ("start", "end")),
)


def corpus_facts(pipeline: Pipeline) -> list[Fact]:
    """The facts of the five articles."""
    paths = sorted((ROOT / "corpus/articles").glob("*.txt"))
    documents = [pipeline.document(p.read_text(encoding="utf-8"), doc_id=p.stem) for p in paths]
    return [fact for result in pipeline.process(documents) for fact in result.facts]


def example(facts: list[Fact]) -> str:
    """One quantity of the first article with its date and place, one record a line."""
    quantity = next(f for f in facts if f.text == SENTENCE)
    linked = {f.id: f for f in facts}
    shown = [linked[i] for i in (quantity.id, getattr(quantity, "time", ""), getattr(quantity, "place", ""))]
    return "```json\n" + "\n".join(_line(f) for f in shown) + "\n```"


def table(facts: list[Fact]) -> str:
    """A figure of each type in the first two articles, by some columns of quantities.csv."""
    first = sorted({fact.doc_id for fact in facts})[:2]
    rows = list(quantities([fact for fact in facts if fact.doc_id in first]))
    shown = {row["type"]: row for row in reversed(rows)}
    lines = [" | ".join(str(row[name] or "") for name in SHOWN) for row in reversed(shown.values())]
    head = [f"| {' | '.join(SHOWN)} |", f"|{'---|' * len(SHOWN)}"]
    return "\n".join([*head, *(f"| {line} |" for line in lines)])


def _line(fact: Fact) -> str:
    record: dict[str, Any] = json.loads(encode(fact))
    kept = {k: v for k, v in record.items() if v not in (None, False) and k not in LEFT_OUT}
    return json.dumps(kept, ensure_ascii=False)


def claims(path: Path) -> str:
    """The claims of the five articles that more than one of them makes."""
    found = [c for c in consolidate(path, RuleSet()).claims if c.verdict != "single"]
    lines = []
    for claim in found:
        about = ", ".join(p for p in (claim.item or claim.predicate, claim.place, claim.time) if p)
        lines.append(f"{claim.verdict}: {about}")
        lines += [f"  {s.standing:8} {s.text:18} {s.status:8} {s.doc_id}" for s in claim.sources]
    return "```\n" + "\n".join(lines) + "\n```"


def scores(report: Report) -> str:
    """Detection and strict F1 of the corpus by group."""
    rows = [_scores(name, report.groups[name]) for name in PEERS]
    head = ["| | gold facts | detection F1 | strict F1 | the usual parts: detection | strict |"]
    return "\n".join([*head, "|---|---:|---:|---:|---:|---:|", *rows])


def _scores(name: str, group: GroupScore) -> str:
    ours = detection_f1(group.counts), strict_f1(group.counts)
    figures = " | ".join([*(f"**{100 * share:.1f}**" for share in ours), *(f"{f:.1f}" for f in PEERS[name])])
    return f"| {name} | {group.gold} | {figures} |"


def blocks(pipeline: Pipeline) -> dict[str, str]:
    """The generated blocks by name."""
    facts = corpus_facts(pipeline)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.jsonl"
        path.write_bytes(b"".join(encode(f) for f in facts))
        return {
            "example": example(facts),
            "table": table(facts),
            "claims": claims(path),
            "scores": scores(evaluate(ROOT / "corpus/gold/seeds.jsonl", path, resamples=0)),
        }


def rendered(readme: str, pipeline: Pipeline) -> str:
    """README.md with its generated blocks made anew."""
    for name, text in blocks(pipeline).items():
        pattern = re.compile(f"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
        readme, count = pattern.subn("\\1" + text.replace("\\", "\\\\") + "\\2", readme)
        if count != 1:
            sys.exit(f"README.md has no block {name!r}")
    return readme


def main() -> None:
    """Write README.md."""
    path = ROOT / "README.md"
    path.write_text(rendered(path.read_text(encoding="utf-8"), Pipeline.load()), encoding="utf-8")


if __name__ == "__main__":
    main()
