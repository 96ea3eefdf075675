"""The spaCy pipeline that all pinned scores were taken with is the one that is installed, byte for byte.

extract/language/weights.sha256 holds the digests, in the format of sha256sum, with paths below the package's
data folder; loading the pipeline checks them too. If a new version of the pipeline is meant to be used, write
them anew from that folder with `sha256sum $(cut -c 67- OLD) > NEW`, and pin the scores again (docs/adr/0003).
"""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

import pytest
import spacy

from extract.errors import ModelError
from extract.language import weights
from extract.language.weights import PINNED_NAME as PACKAGE
from extract.language.weights import PINNED_VERSION as VERSION
from extract.language.weights import check_weights, pinned, weights_digest

DIGESTS = pinned()


@pytest.fixture(scope="module")
def folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        pytest.fail(f"{PACKAGE} is not installed; `make test` installs it")
    return Path(spec.origin).parent / f"{PACKAGE}-{VERSION}"


def test_version_is_the_pinned_one(folder: Path) -> None:
    assert folder.is_dir(), f"{PACKAGE} is installed in another version than {VERSION}"
    assert json.loads((folder / "meta.json").read_text())["version"] == VERSION


@pytest.mark.parametrize("name", sorted(DIGESTS))
def test_file_is_the_pinned_one(folder: Path, name: str) -> None:
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    assert digest == DIGESTS[name], (
        f"{PACKAGE}/{name} differs from the file that the scores were pinned with: reinstall "
        f"{PACKAGE}=={VERSION}, or pin anew as {Path(__file__).name} tells"
    )


def test_every_part_that_parsing_depends_on_is_pinned() -> None:
    parts = {name.split("/")[0] for name in DIGESTS}
    assert parts >= {"tok2vec", "tagger", "parser", "ner", "senter", "attribute_ruler", "lemmatizer", "vocab"}
    assert {"tokenizer", "config.cfg"} <= DIGESTS.keys()


def test_a_pipeline_with_another_file_is_refused_and_has_another_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nlp = spacy.blank("en", meta={"version": VERSION})
    nlp.to_disk(tmp_path / "a")
    files = {"tokenizer": hashlib.sha256((tmp_path / "a/tokenizer").read_bytes()).hexdigest()}
    monkeypatch.setattr(weights, "pinned", lambda: files)
    good = spacy.load(tmp_path / "a")
    check_weights(good)
    nlp.to_disk(tmp_path / "b")
    with (tmp_path / "b/tokenizer").open("ab") as file:
        file.write(b" ")
    other = spacy.load(tmp_path / "a")
    other._path = tmp_path / "b"
    with pytest.raises(ModelError, match="b/tokenizer is not the file"):
        check_weights(other)
    assert weights_digest(good) != weights_digest(other)
    assert weights_digest(nlp) == weights_digest(spacy.blank("en", meta={"version": VERSION}))
