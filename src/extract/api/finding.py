"""Facts of texts from Python: the pipeline that is used, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsfacts.api.given import Days, Given, Texts, documents
from newsfacts.errors import ModelError, NewsfactsError
from newsfacts.guard import told, warn_of
from newsfacts.language.model import NEEDED_PIPES
from newsfacts.model import Document, Fact
from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet

if TYPE_CHECKING:
    from spacy.language import Language


def load(model: str | None = None, rules: str | Path | None = None) -> Pipeline:
    """Load the pipeline once, to be used for any number of texts.

    `model` names a spaCy pipeline, installed or a folder (None: the default); `rules` is a folder of rules
    files that replace shipped ones. Raises ModelError where no pipeline is found or it lacks tagger, parser
    or ner, and RulesError where a rules file is malformed.

    >>> nlp = newsfacts.load()
    >>> len(newsfacts.facts("Exports rose 5 percent in 2023.", nlp=nlp))
    2
    """
    return Pipeline.load(model, Path(rules) if rules else None)


@cache
def default() -> Pipeline:
    """The default pipeline, loaded once a process."""
    return load()


def pipeline_of(nlp: Pipeline | Language | None) -> Pipeline:
    """The pipeline of that object, or the default one. Raises ModelError where spaCy's parts are missing."""
    if nlp is None:
        return default()
    found = nlp if isinstance(nlp, Pipeline) else None
    spacy_pipeline = found.nlp if found else nlp
    missing = [
        pipe for pipe in NEEDED_PIPES if pipe not in getattr(spacy_pipeline, "pipe_names", NEEDED_PIPES)
    ]
    if missing:
        raise ModelError(
            f"the spaCy pipeline has no {', '.join(missing)}, so that no fact could be told from a number",
            remedy="Give what newsfacts.load() returns, or an English pipeline with tagger, parser and ner.",
        )
    return found or Pipeline(spacy_pipeline, RuleSet())  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Found:
    """Texts with their facts: `facts[i]` are those of `documents[i]`, in text order."""

    documents: tuple[Document, ...]
    facts: tuple[tuple[Fact, ...], ...]

    def all(self) -> Iterator[Fact]:
        """The facts of all texts, in order."""
        return (fact for facts in self.facts for fact in facts)


def found_in(source: Texts, given: Given, nlp: Pipeline | Language | None) -> Found:
    """What is found in all texts. Raises NewsfactsError where a defect of ours costs a whole text."""
    pipeline = pipeline_of(nlp)
    kept, facts = [], []
    for result in pipeline.process(documents(source, given, pipeline.documents)):
        if result.error is not None:
            raise NewsfactsError(
                f"{result.document.id}: {told(result.error)}",
                remedy="This is a defect of newsfacts: please report it with the text.",
            ) from result.error
        warn_of(result.failures, result.document.id)
        kept.append(result.document)
        facts.append(result.facts)
    return Found(tuple(kept), tuple(facts))


def facts(
    texts: Texts,
    published: Days = None,
    *,
    doc_id: str | Sequence[Any] | None = None,
    title: str | Sequence[Any] | None = None,
    text: str | None = None,
    any_language: bool = False,
    nlp: Pipeline | Language | None = None,
) -> list[Fact]:
    """The facts of one text or of many, in text order.

    `texts` is a string, a list or Series of strings, a table (its columns are found by their usual names, or
    named: `text="body"`), or the path of a file or folder. None, NaN and empty texts give nothing.
    `published` is the day of publication (ISO text, date, datetime, Timestamp), one for all or one for each;
    without it, "this year" stays unresolved unless the text itself tells. A text without `doc_id` gets one
    made of its words, so that facts of two texts never have one id. `nlp` is what `load()` gave, or a spaCy
    pipeline; the default one is loaded once and kept.

    Warns with InputWarning of texts that are not English: they give nothing. Raises ConfigurationError for a
    path that leads nowhere and for unclear days, ModelError for a pipeline without parser.

    >>> found = newsfacts.facts("Exports rose 5 percent to 2 billion dollars in 2023.")
    >>> [(fact.type, fact.text) for fact in found]
    [('percent', '5 percent'), ('money', '2 billion dollars'), ('date', '2023')]
    """
    given = Given(published, doc_id, title, text, any_language)
    return list(found_in(texts, given, nlp).all())
