"""The example of docs/FACTS.md is what the pipeline makes of its sentence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from newsfacts.model import Change, QuantityFact
from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "FACTS.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.partition("### Example")[2]
SENTENCE = re.search(r"^> (.+)$", EXAMPLE, re.MULTILINE)
ROW = re.compile(r"^\| `(?P<field>\w+)` \| (?P<cells>.+) \|$", re.MULTILINE)


def shown(value: Any, texts: dict[str, str]) -> str:
    """A field's value as the page writes it."""
    if value in texts:
        return f'id of "{texts[value]}"'
    if isinstance(value, Change):
        return ", ".join(part for part in (value.direction, value.role, value.basis) if part)
    return "null" if value is None else str(value)


@pytest.mark.model
def test_example_is_what_the_pipeline_finds(nlp: Language, rules: RuleSet) -> None:
    assert SENTENCE is not None
    facts = Pipeline(nlp, rules).facts(SENTENCE[1])
    texts = {fact.id: fact.text for fact in facts}
    quantities = [fact for fact in facts if isinstance(fact, QuantityFact)]
    rows = {m["field"]: m["cells"].split(" | ") for m in ROW.finditer(EXAMPLE.partition("\n## ")[0])}
    assert len(rows) == 12
    found = {field: [shown(getattr(fact, field), texts) for fact in quantities] for field in rows}
    assert found == rows
