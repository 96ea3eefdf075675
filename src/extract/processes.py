"""Processes that may crash, hang or grow without harm: their limits, and the keeper's end of the pipe."""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from types import ModuleType
from typing import Any, Final

#: Seconds that one document may take, to be read or to be worked on.
TIMEOUT: Final = 300.0
#: Memory of a process that reads or extracts, in GB (10^9 bytes): a text of some 8 million characters fits.
MEMORY: Final = 4.0
#: Seconds that a process whose connection is closed has to end by itself and leave its exit code.
FAREWELL: Final = 5.0
#: Exit code of a process that has no memory left even to say so.
OUT_OF_MEMORY: Final = 77
#: Seconds over its time after which a process ends itself; its keeper ends it earlier.
_GRACE = 30.0

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_STARTING = threading.Lock()

#: kind -> remedy, for documents that end or block the process that reads or works on them.
REMEDIES: Final = {
    "crashed": "Look at the text, or give it more memory; `newsfacts run --retry` tries it again.",
    "timeout": "Raise --timeout and run with --retry, or leave the document out.",
    "memory": "Raise --memory and run with --retry, or leave the document out.",
}


@dataclass(frozen=True, slots=True)
class Lost:
    """The process ended or was ended while it worked: the kind of error that this is, and what happened."""

    kind: str
    message: str

    @property
    def remedy(self) -> str:
        """What the user can do."""
        return REMEDIES[self.kind]


class Child:
    """One process and the pipe to it; ends with this one.

    `target` is a function of a module; it is called there with its end of the pipe and `args`, and begins
    with `settle`.
    """

    def __init__(self, target: Callable[..., None], *args: object) -> None:
        context = mp.get_context("spawn")  # a fork would copy locks that other threads hold
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=target, args=(theirs, *args), daemon=True)
        with _one_core(), _without_script(target, *args):
            self._process.start()
        theirs.close()

    @property
    def pid(self) -> int | None:
        """Its number in the system."""
        return self._process.pid

    def send(self, message: object) -> None:
        """Hand a message over; where the process ended, the next `answer` tells."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._connection.send(message)

    def answer(self, timeout: float) -> Any:
        """The next message, or Lost where the process ended or gave none within `timeout` seconds.

        A lost process is ended for good.
        """
        try:
            if self._connection.poll(timeout):
                return self._connection.recv()
        except (EOFError, ConnectionResetError):
            return _lost(self.end(FAREWELL))
        self.end(0)
        return Lost("timeout", f"not done within {timeout:g} seconds")

    def end(self, patience: float = 0) -> int | None:
        """End the process, if it has not within `patience` seconds; return its exit code."""
        self._connection.close()
        self._process.join(patience)
        self._process.kill()
        self._process.join()
        return self._process.exitcode

    def kill(self) -> None:
        """End the process at once. May be called by another thread than waits for its answer."""
        self._process.kill()
        self._process.join(FAREWELL)


def _lost(code: int | None) -> Lost:
    if code == OUT_OF_MEMORY:
        return Lost("memory", "it takes more memory than a process may have")
    return Lost("crashed", f"the process {_manner(code)} on this document")


def _manner(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"was ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"


def settle(memory: float | None) -> None:
    """Make this process a good child: leave Ctrl-C to the parent, end with it, stay within `memory` GB.

    It is the first to go when the machine's memory ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_follow_parent, daemon=True).start()
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")
    if memory is not None:
        _limit(int(memory * 1e9))


def _limit(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    # Data, not addresses: allocators reserve far more addresses than they use.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, most = resource.getrlimit(kind)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (size if most == resource.RLIM_INFINITY else min(size, most), most))


@contextlib.contextmanager
def deadline(timeout: float) -> Iterator[None]:
    """Let this process end where the block takes `timeout` seconds and a while, should its keeper be gone."""
    # No handler: the system itself ends the process, whatever code it hangs in.
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, timeout + _GRACE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def received(connection: Connection) -> Iterator[Any]:
    """The messages of the keeper, until it hangs up."""
    while True:
        try:
            message = connection.recv()
        except (EOFError, OSError):
            return
        yield message


def _follow_parent() -> None:
    parent = mp.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextlib.contextmanager
def _without_script(*needed: object) -> Iterator[None]:
    """Let processes that start meanwhile not run the user's script, unless what they need comes from it.

    Python would import it in each, for what they might need: a script without `if __name__ == "__main__"`
    starts over there, and ends the process.
    """
    script = sys.modules["__main__"]
    if b"__main__" in bytes(ForkingPickler.dumps(needed)):
        yield
        return
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


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
