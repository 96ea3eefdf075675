"""A process that extracts, and its keeper, which outlives it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from newsfacts.batch.outcomes import Extractor, Item, Outcome, outcomes
from newsfacts.errors import ConfigurationError, NewsfactsError
from newsfacts.model import Document, DocumentError
from newsfacts.processes import MEMORY, OUT_OF_MEMORY, Child, Lost, deadline, received, settle

#: Seconds until a new process must have loaded the model and the rules.
START_TIMEOUT = 600.0
_ENDING = "the run is being ended"


class Loaded(Extractor, Protocol):
    """An extractor that says what its facts depend on."""

    @property
    def fingerprint(self) -> Mapping[str, str]:
        """Versions of newsfacts, model and rules."""


#: Makes an extractor in a new process; must be picklable (a function of a module, a partial of one).
Loader = Callable[[], Loaded]


@dataclass(frozen=True, slots=True)
class _Refused:
    """A new process cannot load the extractor, and why."""

    message: str
    remedy: str


class Worker:
    """Keeps one process that extracts; starts another where it ended. Not for several threads at a time.

    `timeout` is the longest time for one document in seconds, `memory` the most that the process may have
    in GB (None: as much as there is).
    """

    def __init__(self, load: Loader, timeout: float, memory: float | None = MEMORY) -> None:
        self._load = load
        self._timeout = timeout
        self._memory = memory
        self._child: Child | None = None
        self._closed = False

    def start(self) -> Mapping[str, str]:
        """Start the process; return the extractor's fingerprint.

        Raises ConfigurationError where the process cannot load it.
        """
        if self._closed:
            raise ConfigurationError(_ENDING)
        self._child = Child(_serve, self._load, self._timeout, self._memory)
        answer = self._answer(START_TIMEOUT)
        if isinstance(answer, Lost):
            raise ConfigurationError(
                f"a worker process could not start: {answer.message}",
                remedy="Look whether memory suffices, or use fewer --workers.",
            )
        if isinstance(answer, _Refused):
            raise ConfigurationError(answer.message, remedy=answer.remedy)
        return answer  # type: ignore[return-value]

    def outcomes(self, items: Sequence[Item]) -> list[Outcome]:
        """What becomes of the items, in order.

        They go to the process together. Where that ends or blocks it, each goes alone, so that the one to
        blame is found and the others are done.
        """
        found = self._try(items)
        if not isinstance(found, Lost):
            return found
        return [self._alone(item) for item in items]

    def _alone(self, item: Item) -> Outcome:
        found = self._try([item])
        if not isinstance(found, Lost):
            return found[0]
        name, path = (item.id, item.path) if isinstance(item, Document) else (item.doc_id, item.path)
        return DocumentError(
            doc_id=name, path=path or "-", kind=found.kind, message=found.message, remedy=found.remedy
        )

    def _try(self, items: Sequence[Item]) -> list[Outcome] | Lost:
        if self._child is None:
            self.start()
        if self._child is not None:
            self._child.send(list(items))
        return self._answer(self._timeout)  # type: ignore[return-value]

    def _answer(self, timeout: float) -> object:
        if self._closed or self._child is None:
            raise ConfigurationError(_ENDING)
        answer: object = self._child.answer(timeout)
        if isinstance(answer, Lost):
            self._child = None
        return answer

    def close(self) -> None:
        """End the process at once. May be called by another thread than works with it."""
        self._closed = True
        child = self._child
        if child is not None:
            child.kill()


def _serve(connection: Connection, load: Loader, timeout: float, memory: float | None) -> None:
    """The life of the process: load, then answer lists of items with lists of outcomes."""
    settle(memory)
    try:
        try:
            extractor = load()
        except NewsfactsError as error:
            connection.send(_Refused(error.message, error.remedy))
            return
        connection.send(dict(extractor.fingerprint))
        for items in received(connection):
            with deadline(timeout):
                found = list(outcomes(items, extractor))
            connection.send(found)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


@dataclass(frozen=True, slots=True)
class PipelineLoader:
    """Loads the pipeline in a worker process: `Pipeline.load(model, rules)`."""

    model: str | None = None
    rules: Path | None = None

    def __call__(self) -> Loaded:
        """The pipeline."""
        from newsfacts.fingerprint import begin
        from newsfacts.pipeline import Pipeline  # here: imported earlier it would start its threads

        begin()  # beside the loading of the model
        return Pipeline.load(self.model, self.rules)
