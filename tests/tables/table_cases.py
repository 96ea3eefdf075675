"""Runs the table cases: python tests/tables/table_cases.py FILE ... says which give what they must."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import yaml

from newsfacts.pipeline import Pipeline
from newsfacts.readers.pages import blocks, load_page, take_tables, with_tables

FOLDER = Path(__file__).parent / "cases"


def load(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")))


def article_of(page: str) -> str:
    tree = load_page(page)
    taken = take_tables(tree)
    return with_tables(blocks(tree), taken)


def wrong(case: dict[str, Any], pipeline: Pipeline) -> list[str]:
    """What a case lacks; empty where it is right."""
    text = article_of(case["html"]) if "html" in case else case["text"]
    day = dt.date.fromisoformat(str(case["published"]))
    facts = pipeline.facts(text, published=day)
    by_id = {fact.id: fact for fact in facts}
    shown = [shape(fact, by_id) for fact in facts if fact.type not in ("date", "place")]
    missing = [f"missing {w}" for w in case["facts"] if not any(fits(s, w) for s in shown)]
    return missing + [f"may not be {s}" for no in case.get("absent", ()) for s in shown if fits(s, no)]


def shape(fact: Any, by_id: dict[str, Any]) -> dict[str, Any]:
    time, place = by_id.get(fact.time), by_id.get(fact.place)
    return {
        "type": fact.type, "value": fact.value, "unit": fact.unit, "per": fact.per, "item": fact.item or "",
        "subject": fact.subject or "", "time": time and time.edtf, "place": place and place.name,
    }  # fmt: skip


def fits(shown: dict[str, Any], wanted: dict[str, Any]) -> bool:
    for key, value in wanted.items():
        if key in ("item", "subject"):
            if value.lower() not in shown[key].lower():
                return False
        elif key == "value":
            if shown[key] is None or abs(shown[key] - value) > 1e-9 * max(1, abs(value)):
                return False
        elif key == "time":
            if str(shown[key]) != str(value):
                return False
        elif shown[key] != value:
            return False
    return True


if __name__ == "__main__":
    PIPELINE = Pipeline.load()
    for name in sys.argv[1:]:
        cases = load(name)
        bad = {case["name"]: found for case in cases if (found := wrong(case, PIPELINE))}
        facts = sum(len(case["facts"]) for case in cases)
        lost = sum(f.startswith("missing") for found in bad.values() for f in found)
        print(f"{name}: {len(cases) - len(bad)} of {len(cases)} cases, {facts - lost} of {facts} facts")
        if name.startswith("seen") or len(sys.argv) == 2:
            print(json.dumps(bad, indent=1, ensure_ascii=False))
