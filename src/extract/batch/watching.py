"""Watches a folder: what is new or changed in it is extracted once its writers have left it alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from newsfacts.readers import ReadOptions
from newsfacts.readers.discovery import Discovery
from newsfacts.readers.source import Source

#: Size and time of change (ns) of a file.
State: TypeAlias = tuple[int, int]
#: Files by path.
Snapshot: TypeAlias = Mapping[str, State]


def snapshot(folder: Path, options: ReadOptions) -> Snapshot:
    """The files of a folder that can be read, as they are now."""
    sources = (source for source in Discovery([folder], options) if isinstance(source, Source))
    states = ((source.path, _state(Path(source.path))) for source in sources)
    return {path: state for path, state in states if state is not None}


def _state(path: Path) -> State | None:
    try:
        told = path.stat()
    except OSError:  # it went away between the two looks
        return None
    return told.st_size, told.st_mtime_ns


class Settling:
    """Tells which files rest: those that have been the same for `quiet` seconds."""

    def __init__(self, quiet: float) -> None:
        self._quiet = quiet
        self._seen: dict[str, tuple[State, float]] = {}

    def rest(self, now: Snapshot, clock: float) -> Snapshot:
        """The files that rest at `clock` (seconds), of those that there are `now`."""
        self._seen = {path: self._since(path, state, clock) for path, state in now.items()}
        return {path: state for path, (state, since) in self._seen.items() if clock - since >= self._quiet}

    def _since(self, path: str, state: State, clock: float) -> tuple[State, float]:
        before = self._seen.get(path)
        return before if before is not None and before[0] == state else (state, clock)


def changes(
    look: Callable[[], Snapshot],
    *,
    interval: float,
    quiet: float,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Snapshot]:
    """The resting files, each time that they are others than before; looks every `interval` seconds.

    A file that was there before and is being changed holds everything up until it rests: leaving it out
    would take its facts away for a while.
    """
    settling, done = Settling(quiet), dict[str, State]()
    first = True
    while True:
        now = look()
        resting = settling.rest(now, clock())
        restless = any(path in done for path in now.keys() - resting.keys())
        if not restless and (resting != done or (first and resting == now)):
            done, first = dict(resting), False
            yield resting
        else:
            sleep(interval)
