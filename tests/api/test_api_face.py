"""The functions of `import newsfacts`, each with the example of its docstring."""

from __future__ import annotations

import doctest
import importlib
import warnings
from pathlib import Path

import pandas as pd
import pytest
import spacy
from spacy.language import Language

import newsfacts
from newsfacts.api import finding
from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet

TEXT = (
    "Shanxi province will allocate 500 million yuan in 2024 to build 20 parks, officials said."
    " Exports rose 5 percent to 2 billion dollars in 2023."
)
#: What needs a package that the tests can do without.
NEEDS = {"to_geodataframe": "geopandas"}


@pytest.fixture(scope="module")
def pipeline(nlp: Language, rules: RuleSet) -> Pipeline:
    return Pipeline(nlp, rules)


@pytest.fixture(autouse=True)
def default(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """The default pipeline is that of the session: a test loads none of its own."""
    monkeypatch.setattr(finding, "default", lambda: pipeline)


@pytest.fixture
def output(tmp_path: Path, pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a run over one file, in the working folder."""
    from newsfacts import batch
    from newsfacts.readers import ReadOptions, read

    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    Path("articles/one.txt").write_text(TEXT)
    read_in = read(["articles"], ReadOptions(), pipeline.documents)
    batch.run(read_in, pipeline, Path("output"), fingerprint=pipeline.fingerprint)
    return tmp_path / "output"


def public() -> list[str]:
    """The public names that have an example."""
    found = {name: getattr(newsfacts, name) for name in newsfacts.__all__}
    return [name for name, it in found.items() if callable(it) and ">>>" in (it.__doc__ or "")]


def test_every_public_function_has_an_example() -> None:
    functions = {name for name in newsfacts.__all__ if name.islower() and not name.startswith("_")}
    assert functions - {"to_dataframe"} <= set(public())


@pytest.mark.model
@pytest.mark.usefixtures("output")
@pytest.mark.parametrize("name", ["newsfacts", *public()])
def test_the_example_of_a_docstring_is_what_happens(name: str) -> None:
    if name in NEEDS:
        pytest.importorskip(NEEDS[name])
    it = newsfacts if name == "newsfacts" else getattr(newsfacts, name)
    example = doctest.DocTestParser().get_doctest(it.__doc__, {"newsfacts": newsfacts}, name, None, 0)
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example, out=told.append)
    assert not told, "".join(told)


@pytest.mark.parametrize("module", ["newsfacts.api.given", "newsfacts.readers.web"])
def test_the_examples_of_helpers(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_the_functions_stay_where_packages_have_their_names() -> None:
    import newsfacts.places.finder
    import newsfacts.quantities.finder

    assert callable(newsfacts.quantities)
    assert callable(newsfacts.places)
    with pytest.raises(AttributeError, match="no attribute 'quantites'"):
        newsfacts.quantites  # noqa: B018


@pytest.mark.model
def test_columns_and_types_are_the_same_for_any_texts() -> None:
    some, none = newsfacts.quantities([TEXT, None]), newsfacts.quantities([])
    assert (len(some), len(none)) == (4, 0)
    assert some.dtypes.to_dict() == none.dtypes.to_dict()
    assert some["status"].tolist() == ["planned", "planned", "actual", "actual"]
    assert some["status"].dtype.name == some["type"].dtype.name == "category"
    assert some["date_start"].dtype.kind == "M"
    assert some["start"].dtype == "Int64"
    assert (some["sentence"].str.find("Exports") == 0).sum() == 2
    assert some.groupby(["country", "item"])["value"].sum().to_dict() != {}
    assert newsfacts.places([]).dtypes.to_dict() == newsfacts.places(TEXT).dtypes.to_dict()
    assert newsfacts.claims([]).dtypes.to_dict() == newsfacts.claims(TEXT).dtypes.to_dict()


@pytest.mark.model
def test_ids_of_facts_of_many_texts_differ() -> None:
    found = newsfacts.facts([TEXT, TEXT, "Imports fell 3 percent."])
    assert len({fact.id for fact in found}) == len(found)
    assert [f.id for f in newsfacts.facts("Imports fell 3 percent.")] == [found[-1].id]


@pytest.mark.model
@pytest.mark.usefixtures("output")
def test_a_run_read_back_is_what_the_folder_gives() -> None:
    run = newsfacts.read_run("output")
    assert run.manifest is not None
    assert set(run.quantities["run"]) == {run.manifest.run}
    told, found = run.quantities.drop(columns="run"), newsfacts.quantities("articles").drop(columns="run")
    pd.testing.assert_frame_equal(told, found)
    pd.testing.assert_frame_equal(run.places, newsfacts.places("articles"))
    assert len(run.to_dataframe()) == len(run.facts)
    assert run.errors == ()
    with pytest.raises(
        newsfacts.ConfigurationError, match=r"no claims\.jsonl .*newsfacts consolidate output"
    ):
        _ = run.claims


def test_a_folder_that_is_no_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(newsfacts.ConfigurationError, match="there is no file"):
        newsfacts.read_run(tmp_path)


@pytest.mark.model
def test_a_text_is_shown_with_its_markup_as_text() -> None:
    shown = newsfacts.show("<script>alert(1)</script> Exports rose 5 percent to 2 billion dollars in 2023.")
    page = shown._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<mark") == str(shown).count("[") == 3
    assert 'title="date: 2023"' in page
    assert "2,000,000,000 USD" in page


def test_a_pipeline_without_parser_is_told() -> None:
    blank = spacy.blank("en")
    with pytest.raises(newsfacts.ModelError, match=r"no tagger, parser, ner.*newsfacts\.load"):
        newsfacts.facts(TEXT, nlp=blank)
    blank.add_pipe("newsfacts")
    with pytest.raises(newsfacts.ModelError, match="no annotation of tagger, parser, ner"):
        blank(TEXT)
    assert len(blank("")) == 0


@pytest.mark.model
def test_a_spacy_pipeline_is_taken(nlp: Language) -> None:
    assert len(newsfacts.facts(TEXT, nlp=nlp)) == len(newsfacts.facts(TEXT))


@pytest.mark.model
def test_french_is_told_once_for_all_texts() -> None:
    french = (
        "Les exportations du pays ont augmenté de 5 pour cent pour la première fois depuis des années. " * 3
    )
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert len(newsfacts.quantities([french, TEXT, french])) == 4
    assert [w.category for w in told] == [newsfacts.InputWarning]
