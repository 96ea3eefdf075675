"""Texts -> annotated Docs: spaCy's components in their order, the slow ones by their equals in array form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import ThreadpoolController

from newsfacts.language.entities import GreedyEntities
from newsfacts.language.pieces import prepared
from newsfacts.language.vectors import TokenVectors
from newsfacts.language.words import WordTable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Step = Callable[[Sequence["Doc"]], None]

#: Components that leave entities as they are, so that the recogniser finds none preset.
_NO_ENTITIES = frozenset(
    ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "morphologizer")
)
#: Characters that are annotated at once: memory follows them (about 1 GB for 200,000).
_AT_ONCE = 40_000
_NO_VECTORS: Any = np.zeros((0, 0), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Annotator:
    """Annotates texts as `nlp.pipe` does: same tags, dependencies, lemmas and entities, in less time.

    `token.morph` may be left empty. Build with `of`; `plain` uses spaCy's components only.
    """

    nlp: Language
    steps: tuple[tuple[str, Step], ...] = field(repr=False)  # the components' names, and what is done
    _threads: ThreadpoolController | None = field(default=None, repr=False)

    @classmethod
    def of(cls, nlp: Language) -> Annotator:
        """The annotator of a pipeline. Components that we know no equal of are called as they are."""
        return cls(nlp, tuple(_steps(nlp)), ThreadpoolController())

    @classmethod
    def plain(cls, nlp: Language) -> Annotator:
        """The same with spaCy's components only; slow, to compare with."""
        return cls(nlp, tuple((name, _component(nlp, name)) for name in nlp.pipe_names))

    def annotate(self, texts: Sequence[str]) -> list[Doc]:
        """One Doc per text, in order."""
        # Products are small: further threads take processor time (of other workers, too) for no gain.
        limit = self._threads.limit(limits=1, user_api="blas") if self._threads else nullcontext()
        with limit:
            return [doc for group in _groups(texts) for doc in self._annotated(group)]

    def _annotated(self, texts: Sequence[str]) -> list[Doc]:
        docs = [self._doc(text) for text in texts]
        for _, step in self.steps:
            step(docs)
        for doc in docs:
            doc.tensor = _NO_VECTORS  # read by components only, and larger than all else of a Doc
        return docs

    def _doc(self, text: str) -> Doc:
        ready = prepared(self.nlp, text)
        return self.nlp.make_doc(ready) if isinstance(ready, str) else ready


def _groups(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    start, size = 0, 0
    for i, text in enumerate(texts):
        if size and size + len(text) > _AT_ONCE:
            yield texts[start:i]
            start, size = i, 0
        size += len(text)
    yield texts[start:]


def _steps(nlp: Language) -> Iterator[tuple[str, Step]]:
    names = nlp.pipe_names
    words = _words(nlp)
    for i, name in enumerate(names):
        entities = _entities(nlp, name) if _NO_ENTITIES.issuperset(names[:i]) else None
        if (vectors := _vectors(nlp, name)) is not None:
            yield name, vectors
        elif words is not None and name in ("attribute_ruler", "lemmatizer"):
            if name == "lemmatizer":
                yield "attribute_ruler, lemmatizer", words
        else:
            yield name, entities or _component(nlp, name)


def _vectors(nlp: Language, name: str) -> Step | None:
    from spacy.pipeline import Tok2Vec

    pipe: Any = nlp.get_pipe(name)
    vectors = TokenVectors.of(pipe.model) if type(pipe) is Tok2Vec else None
    if vectors is None:
        return None

    def call(docs: Sequence[Doc]) -> None:
        filled = [doc for doc in docs if len(doc)]
        if filled:
            pipe.set_annotations(filled, vectors(filled))

    return call


def _words(nlp: Language) -> WordTable | None:
    """The table in place of ruler and lemmatizer, where these follow each other behind the parser."""
    from spacy.pipeline import AttributeRuler, Lemmatizer

    names = nlp.pipe_names
    behind = names[names.index("parser") :] if "parser" in names else []
    if ("attribute_ruler", "lemmatizer") not in pairwise(behind):
        return None
    ruler: Any = nlp.get_pipe("attribute_ruler")
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    usual = type(ruler) is AttributeRuler and isinstance(lemmatizer, Lemmatizer)
    return WordTable.of(nlp.vocab, ruler, lemmatizer) if usual else None


def _entities(nlp: Language, name: str) -> GreedyEntities | None:
    from spacy.pipeline import EntityRecognizer

    pipe = nlp.get_pipe(name)
    return GreedyEntities.of(pipe) if type(pipe) is EntityRecognizer else None


def _component(nlp: Language, name: str) -> Step:
    pipe = nlp.get_pipe(name)

    def call(docs: Sequence[Doc]) -> None:
        if hasattr(pipe, "pipe"):
            list(pipe.pipe(docs, batch_size=max(len(docs), 1)))
        else:
            for doc in docs:
                pipe(doc)

    return call
