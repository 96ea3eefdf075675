"""Made-up sentences: counties and towns drawn from the register must be found, look-alikes must not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from newsfacts.language import parse
from newsfacts.model import Document, PlaceMention
from newsfacts.places import PlaceFinder
from newsfacts.rules import RuleSet

HERE = Path(__file__).parent
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def find(nlp: Language):
    finder = PlaceFinder.from_rules(RuleSet())
    return lambda text: finder.find(parse(nlp, Document(id="t", text=text)))


def covering(mentions: list[PlaceMention], text: str, name: str) -> list[PlaceMention]:
    starts = [i for i in range(len(text)) if text.upper().startswith(name.upper(), i)]
    return [m for m in mentions if any(m.start <= i < m.end for i in starts)]


def test_counties_and_towns(find) -> None:
    wanted, found, right = 0, 0, 0
    for line in (HERE / "counties_and_towns.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        mentions = find(row["text"])
        for place in row["places"]:
            here = covering(mentions, row["text"], place["name"])
            wanted += 1
            found += bool(here)
            right += any(m.cn_code == place["code"] for m in here)
    assert wanted > 250
    assert found / wanted >= 0.95
    assert right / wanted >= 0.90


def test_look_alikes(find) -> None:
    lines = (HERE / "lookalikes.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 100
    assert sum(bool(find(line)) for line in lines) <= 3
