"""Shared fixtures: parsed texts without a model, the model once per session, the shipped rules."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

# Before numpy is loaded: on single sentences more threads only wait for one another, ten times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import spacy
from spacy.language import Language

from newsfacts.language import Parsed, load_model, parse
from newsfacts.model import Document
from newsfacts.rules import RuleSet

ROOT = Path(__file__).resolve().parents[1]

Parse = Callable[..., Parsed]


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return RuleSet()


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_model()


@pytest.fixture(scope="session")
def blank_nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.fixture(scope="session")
def blank(blank_nlp: Language) -> Parse:
    """Parse with tokens and sentences only: fast, no model."""

    def parse_blank(text: str, published: dt.date | None = None) -> Parsed:
        return parse(blank_nlp, Document(id="t", text=text, published=published))

    return parse_blank


@pytest.fixture(scope="session")
def full(nlp: Language) -> Parse:
    """Parse with the whole pipeline."""

    def parse_full(text: str, published: dt.date | None = None) -> Parsed:
        return parse(nlp, Document(id="t", text=text, published=published))

    return parse_full
