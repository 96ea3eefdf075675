"""Texts as Python users have them become documents: which, with which ids and days, and what is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from newsfacts.api.given import Given, day_of, documents, is_path, text_id
from newsfacts.errors import ConfigurationError, InputWarning
from newsfacts.model import Document
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

BUILDER = DocumentBuilder.from_rules(RuleSet())
ONE, TWO = "Exports rose 5 percent.", "Imports fell 3 percent."
FRENCH = (
    "Le gouvernement a annoncé que les exportations ont augmenté de 5 pour cent dans le pays pour la première"
    " fois depuis des années et que les prix ont baissé de 3 pour cent dans toutes les régions."
)
MISSING = [None, float("nan"), pd.NA, pd.NaT, "", "  \n"]


def made(source: object, **given: object) -> list[Document]:
    return list(documents(source, Given(**given), BUILDER))


@pytest.mark.parametrize(
    "source",
    [[ONE, TWO], (ONE, TWO), iter([ONE, TWO]), pd.Series([ONE, TWO], index=[7, 9]), np.array([ONE, TWO])],
)
def test_several_texts_have_ids_of_their_own(source: object) -> None:
    assert [(d.id, d.text) for d in made(source)] == [(text_id(ONE), ONE), (text_id(TWO), TWO)]


def test_one_text_has_the_id_that_it_has_among_others() -> None:
    assert [d.id for d in made(ONE)] == [text_id(ONE)]
    assert [d.id for d in made([TWO, ONE, ONE])] == [text_id(TWO), text_id(ONE), f"{text_id(ONE)}-2"]


@pytest.mark.parametrize("missing", MISSING, ids=repr)
def test_what_is_missing_gives_no_document(missing: object) -> None:
    assert [d.text for d in made([ONE, missing, TWO])] == [ONE, TWO]
    frame = pd.DataFrame({"text": pd.Series([ONE, missing], dtype=object), "date": ["2024-01-02", missing]})
    assert [d.published for d in made(frame)] == [dt.date(2024, 1, 2)]
    assert day_of(missing, BUILDER) is None


DAYS = [
    "2024-03-01",
    "1 March 2024",
    dt.date(2024, 3, 1),
    dt.datetime(2024, 3, 1, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=8))),
    pd.Timestamp("2024-03-01 23:30", tz="Asia/Shanghai"),
    pd.Timestamp("2024-03-01"),
    np.datetime64("2024-03-01T23:59:59"),
]


@pytest.mark.parametrize("day", DAYS, ids=repr)
def test_a_day_is_that_of_the_time_where_it_was_told(day: object) -> None:
    assert [d.published for d in made(ONE, published=day)] == [dt.date(2024, 3, 1)]
    assert [d.published for d in made([ONE, TWO], published=[day, None])] == [dt.date(2024, 3, 1), None]


def test_a_column_of_times_with_a_zone() -> None:
    times = pd.to_datetime(["2024-03-01T23:30+08:00", None]).tz_convert("Asia/Shanghai")
    frame = pd.DataFrame({"body": [ONE, TWO], "when": times, "slug": ["a", "b"], "headline": ["H", None]})
    found = made(frame, text="body", published="when", doc_id="slug")
    assert [(d.id, d.published, d.title) for d in found] == [
        ("a", dt.date(2024, 3, 1), "H"),
        ("b", None, None),
    ]


def test_records_are_a_table() -> None:
    found = made([{"text": ONE, "id": 4, "url": "https://a.example"}, {"text": TWO, "id": 5}])
    assert [(d.id, d.url) for d in found] == [("4", "https://a.example"), ("5", None)]


def test_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ONE)
    (tmp_path / "b.txt").write_text(TWO)
    assert [d.id for d in made(str(tmp_path))] == [d.id for d in made(tmp_path)] == ["a", "b"]
    assert [d.id for d in made([tmp_path / "b.txt", tmp_path / "a.txt"])] == ["b", "a"]
    assert [d.id for d in made(f"{tmp_path}/b*")] == ["b"]


def test_what_is_a_path_and_what_a_text(tmp_path: Path) -> None:
    (tmp_path / "my articles").mkdir()
    paths = ["articles/", "articles", "x.txt", tmp_path, str(tmp_path / "my articles"), "my articles/"]
    assert all(map(is_path, paths))
    assert not any(map(is_path, ["", ONE, f"{ONE}\n{TWO}", "x" * 3000]))


WRONG = [
    ("articles/", {}, "no file or folder 'articles/'"),
    (Path("articles"), {}, "no file or folder"),
    (ONE, {"published": "next week"}, "'next week' is no clear day"),
    ([ONE, 5], {}, "text 1 is of type int"),
    ([ONE, TWO], {"published": ["2024-01-01"]}, "published has 1 values for 2 texts"),
    ([ONE, TWO], {"doc_id": "a"}, "doc_id is 'a' for 2 texts"),
    ([ONE, TWO], {"doc_id": ["a", "a"]}, "two texts have the id 'a'"),
    (pd.DataFrame({"words": [ONE]}), {}, "no column 'text or content or body', but words"),
    (pd.DataFrame({"text": [ONE]}), {"text": "body"}, "no column 'body', but text"),
]


@pytest.mark.parametrize(("source", "given", "message"), WRONG)
def test_mistakes_are_told_with_a_remedy(source: object, given: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as told:
        made(source, **given)
    assert told.value.remedy


def test_texts_that_are_not_english_are_told(tmp_path: Path) -> None:
    with pytest.warns(InputWarning, match="1 text gave no facts: .* seems to be French .*any_language=True"):
        assert [d.text for d in made([ONE, FRENCH])] == [ONE]
    assert [d.text for d in made(FRENCH, any_language=True)] == [FRENCH]
    (tmp_path / "f.txt").write_text(FRENCH)
    with pytest.warns(InputWarning, match=r"f\.txt: the text seems to be French"):
        assert made(tmp_path) == []
