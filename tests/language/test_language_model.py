"""Which pipelines `--model` takes: packages that are declared to be one, and folders. Nothing else runs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import newsfacts.language.model
from newsfacts.errors import ModelError
from newsfacts.language import load_model
from newsfacts.language.model import DEFAULT_MODELS, NEEDED_PIPES, _package

RAN = "import pathlib; pathlib.Path(__file__).with_name('ran').touch()\ndef load(): raise SystemExit('ran')\n"


@pytest.fixture
def any_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newsfacts.language.model, "NEEDED_PIPES", ())


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A package in an importable folder, with an entry point of this group or without any."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)

    def made(name: str, code: str, group: str | None) -> Path:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(code)
        told = tmp_path / f"{name}-1.0.dist-info"
        told.mkdir()
        (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        if group:
            (told / "entry_points.txt").write_text(f"[{group}]\n{name} = {name}\n")
        return tmp_path / name

    return made


def test_the_pinned_pipeline_is_declared() -> None:
    assert _package(DEFAULT_MODELS[0]) is not None
    assert NEEDED_PIPES == ("tagger", "parser", "ner")


@pytest.mark.usefixtures("any_pipe")
def test_a_declared_package_is_loaded(install: Callable[..., Path]) -> None:
    install("declared_pipeline", "import spacy\ndef load(): return spacy.blank('en')\n", "spacy_models")
    assert load_model("declared_pipeline").lang == "en"


@pytest.mark.parametrize("group", [None, "console_scripts", "spacy_factories"])
def test_a_module_that_is_not_declared_is_not_imported(
    install: Callable[..., Path], group: str | None
) -> None:
    folder = install("undeclared", RAN, group)
    for name in ("undeclared", str(folder), f"{folder}/__init__.py", "undeclared.__init__", "./undeclared"):
        with pytest.raises(ModelError, match=r"pip install .*--model"):
            load_model(name)
    assert not (folder / "ran").exists()
    assert "undeclared" not in sys.modules


@pytest.mark.parametrize("name", ["os", "antigravity", "numpy", "spacy", "blank:en", "..", "/", "\x00"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ModelError, match="no spaCy pipeline"):
        load_model(name)
    assert "antigravity" not in sys.modules


@pytest.mark.usefixtures("any_pipe")
def test_a_folder_is_data_even_where_it_is_a_package(install: Callable[..., Path]) -> None:
    folder = install("packed", RAN, None)
    spacy.blank("en").to_disk(folder / "packed-1.0")
    with pytest.raises(ModelError, match=r"holds config.cfg: --model .*packed-1\.0"):
        load_model(str(folder))
    (folder / "packed-1.0" / "__init__.py").write_text(RAN)
    loaded: Language = load_model(str(folder / "packed-1.0"))
    assert loaded.lang == "en"
    assert not list(folder.rglob("ran"))


@pytest.mark.parametrize("config", ["", "no config", '[nlp]\nlang = "xx-no"\n', '[nlp]\npipeline = ["a"]\n'])
def test_a_folder_that_cannot_be_loaded_is_told(tmp_path: Path, config: str) -> None:
    (tmp_path / "config.cfg").write_text(config)
    with pytest.raises(ModelError, match="cannot be loaded") as told:
        load_model(str(tmp_path))
    assert told.value.remedy


def test_a_folder_beside_us_is_not_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(newsfacts.language.model, "entry_points", lambda group: [])
    spacy.blank("en").to_disk(tmp_path / DEFAULT_MODELS[0])
    with pytest.raises(ModelError, match="no spaCy pipeline"):
        load_model()
