"""README.md shows what the tool really prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language
from tools.gen_readme import rendered

from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.mark.model
def test_the_readme_is_current(nlp: Language, rules: RuleSet) -> None:
    assert rendered(README, Pipeline(nlp, rules)) == README, "run `make docs`"
