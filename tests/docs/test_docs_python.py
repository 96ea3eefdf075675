"""docs/python.md and the notebook in examples/ show what really happens."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from spacy.language import Language
from tools.gen_python import NOTEBOOK, PAGE, executed, notebook, page, workplace

from newsfacts.api import finding
from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet


@pytest.fixture(scope="module")
def at_work(nlp: Language, rules: RuleSet) -> Iterator[None]:
    """The working folder of both, and one pipeline for all their code."""
    pipeline = Pipeline(nlp, rules)
    with pytest.MonkeyPatch.context() as patch, workplace(pipeline):
        patch.setattr(finding, "default", lambda: pipeline)
        yield


@pytest.mark.model
@pytest.mark.usefixtures("at_work")
def test_the_page_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text, "run `make docs`"


@pytest.mark.model
@pytest.mark.usefixtures("at_work")
def test_the_notebook_is_current() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert notebook(text) == text, "run `make docs`"
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] for cell in cells)


def test_code_prints_and_gives_its_last_value() -> None:
    names: dict[str, object] = {}
    assert executed("a = 2\nprint(a)\na + 1", names) == ("2\n", 3)
    assert executed("b = a", names) == ("", None)
    assert names["b"] == 2
