"""The spaCy pipeline that all pinned scores were taken with is the one that is installed, byte for byte.

extract/language/weights.sha256 holds the digests, in the format of sha256sum, with paths below the package's
data folder; loading the pipeline checks them too. If a new version of the pipeline is meant to be used, write
them anew from that folder with `sha256sum $(cut -c 67- OLD) > NEW`, and pin the scores again (docs/adr/0003).
"""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec, spec_from_file_location
from pathlib import Path

import pytest
import spacy

from newsfacts.errors import ModelError
from newsfacts.language import load_model, weights
from newsfacts.language.weights import PINNED_NAME as PACKAGE
from newsfacts.language.weights import PINNED_VERSION as VERSION
from newsfacts.language.weights import check_weights, pinned, weights_digest

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


def test_a_pipeline_with_another_file_is_refused_before_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / PACKAGE / f"{PACKAGE}-{VERSION}"
    data.mkdir(parents=True)
    (data / "tokenizer").write_bytes(b"as pinned")
    (data.parent / "__init__.py").write_text("def load():\n    raise AssertionError('loaded')\n")
    pins = {"tokenizer": hashlib.sha256(b"as pinned").hexdigest()}
    monkeypatch.setattr(weights, "pinned", lambda: pins)
    spec = spec_from_file_location(PACKAGE, data.parent / "__init__.py")
    monkeypatch.setattr(weights, "find_spec", lambda name: spec)
    check_weights()
    weights._digests.cache_clear()
    (data / "tokenizer").write_bytes(b"changed")
    with pytest.raises(ModelError, match=r"tokenizer is not the file that .* has\. Install it anew"):
        load_model()
    weights._digests.cache_clear()


def test_pipelines_have_digests_of_their_own(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    for name in ("a", "b"):
        nlp.to_disk(tmp_path / name)
    (tmp_path / "b/meta.json").write_bytes((tmp_path / "b/meta.json").read_bytes() + b"\n")
    one, other = (weights_digest(spacy.load(tmp_path / name)) for name in ("a", "b"))
    assert one != other
    assert weights_digest(nlp) == weights_digest(spacy.blank("en"))
