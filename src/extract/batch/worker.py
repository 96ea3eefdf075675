"""A process that extracts, and its keeper, which outlives it."""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from extract.batch.outcomes import Extractor, Item, Outcome, outcomes
from extract.errors import ConfigurationError, NewsfactsError
from extract.model import Document, DocumentError

#: Seconds until a new process must have loaded the model and the rules.
START_TIMEOUT = 600.0
#: Seconds over its time after which a process ends itself; its keeper ends it earlier.
_GRACE = 30.0

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_STARTING = threading.Lock()


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


@dataclass(frozen=True, slots=True)
class _Lost:
    """The process ended or was ended while it worked."""

    kind: str
    message: str
    remedy: str


class Worker:
    """Keeps one process that extracts; starts another where it ended. Not for several threads at a time."""

    def __init__(self, load: Loader, timeout: float) -> None:
        self._load = load
        self._timeout = timeout
        self._process: mp.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._closed = False

    def start(self) -> Mapping[str, str]:
        """Start the process; return the extractor's fingerprint.

        Raises ConfigurationError where the process cannot load it.
        """
        if self._closed:
            raise ConfigurationError(_ENDING)
        context = mp.get_context("spawn")  # a fork would copy locks that other threads hold
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._load, self._timeout), daemon=True)
        with _one_core():
            self._process.start()
        theirs.close()
        answer = self._answer(START_TIMEOUT)
        if isinstance(answer, _Lost):
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
        if not isinstance(found, _Lost):
            return found
        return [self._alone(item) for item in items]

    def _alone(self, item: Item) -> Outcome:
        found = self._try([item])
        if not isinstance(found, _Lost):
            return found[0]
        name, path = (item.id, item.path) if isinstance(item, Document) else (item.doc_id, item.path)
        return DocumentError(
            doc_id=name, path=path or "-", kind=found.kind, message=found.message, remedy=found.remedy
        )

    def _try(self, items: Sequence[Item]) -> list[Outcome] | _Lost:
        if self._process is None:
            self.start()
        connection = self._connection
        if connection is None:
            raise ConfigurationError(_ENDING)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it ended: the answer will tell
            connection.send(list(items))
        return self._answer(self._timeout)  # type: ignore[return-value]

    def _answer(self, timeout: float) -> object:
        connection = self._connection
        if self._closed or connection is None:
            raise ConfigurationError(_ENDING)
        try:
            if connection.poll(timeout):
                return connection.recv()
        except (EOFError, ConnectionResetError):
            code = self._end(_FAREWELL)
            return _Lost("crashed", f"the process {_manner(code)} on this document", _CRASHED_REMEDY)
        self._end(0)
        return _Lost("timeout", f"not done within {timeout:g} seconds", _TIMEOUT_REMEDY)

    def _end(self, patience: float) -> int | None:
        """End the process, if it has not within `patience` seconds; return its exit code."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is None:
            return None
        process.join(patience)
        process.kill()
        process.join()
        return process.exitcode

    def close(self) -> None:
        """End the process at once. May be called by another thread than works with it."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
            process.join(_FAREWELL)


_ENDING = "the run is being ended"
#: Seconds that a process whose connection is closed has to end by itself and leave its exit code.
_FAREWELL = 5.0
_CRASHED_REMEDY = "Look at the text, or give it more memory; `newsfacts run --retry` tries it again."
_TIMEOUT_REMEDY = "Raise --timeout and run with --retry, or leave the document out."


def _manner(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"


def _serve(connection: Connection, load: Loader, timeout: float) -> None:
    """The life of the process: load, then answer lists of items with lists of outcomes."""
    _be_a_good_child()
    try:
        extractor = load()
    except NewsfactsError as error:
        connection.send(_Refused(error.message, error.remedy))
        return
    connection.send(dict(extractor.fingerprint))
    for items in _received(connection):
        _alarm(timeout + _GRACE)
        found = list(outcomes(items, extractor))
        _alarm(0)
        connection.send(found)


def _received(connection: Connection) -> Iterator[list[Item]]:
    while True:
        try:
            items = connection.recv()
        except (EOFError, OSError):
            return
        yield items


def _alarm(seconds: float) -> None:
    # No handler: the system itself ends the process, whatever code it hangs in, should its keeper be gone.
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


@contextlib.contextmanager
def _one_core() -> Iterator[None]:
    """Let processes that start meanwhile use one core each.

    Processes are the parallelism; threads of the matrix library in each only get in their way. The library
    reads its limit when it is loaded, before any code of ours runs in the process: it must be inherited.
    """
    with _STARTING:
        limits = {name: "1" for name in _THREADS if name not in os.environ}
        os.environ.update(limits)
        try:
            yield
        finally:
            for name in limits:
                del os.environ[name]


def _be_a_good_child() -> None:
    """Leave Ctrl-C to the parent, end with it, and be the first to go when memory ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_follow_parent, daemon=True).start()
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")


def _follow_parent() -> None:
    parent = mp.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@dataclass(frozen=True, slots=True)
class PipelineLoader:
    """Loads the pipeline in a worker process: `Pipeline.load(model, rules)`."""

    model: str | None = None
    rules: Path | None = None

    def __call__(self) -> Loaded:
        """The pipeline."""
        from extract.fingerprint import begin
        from extract.pipeline import Pipeline  # here: imported earlier it would start its threads

        begin()  # beside the loading of the model
        return Pipeline.load(self.model, self.rules)
