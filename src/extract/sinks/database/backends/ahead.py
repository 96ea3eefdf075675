"""Reads ahead of who uses what is read."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _End:
    """The items are at their end, or `error` ended them."""

    error: BaseException | None = None


@contextmanager
def ahead(items: Iterable[T], count: int) -> Iterator[Iterator[T]]:
    """The items, made by another thread, which holds at most `count` that were not taken yet.

    What they raise is raised where they are taken. At the end of the block the thread has ended.
    """
    ready: queue.Queue[T | _End] = queue.Queue(count)
    given_up = threading.Event()
    thread = threading.Thread(target=_make, args=(items, ready, given_up), daemon=True)
    thread.start()
    try:
        yield _taken(ready)
    finally:
        given_up.set()
        while thread.is_alive():  # it may be waiting for a free place
            _drain(ready)
            thread.join(0.05)


def _make(items: Iterable[T], ready: queue.Queue[T | _End], given_up: threading.Event) -> None:
    error: BaseException | None = None
    try:
        for item in items:
            ready.put(item)
            if given_up.is_set():
                return
    except BaseException as raised:  # it is raised where the items are taken
        error = raised
    ready.put(_End(error))


def _taken(ready: queue.Queue[T | _End]) -> Iterator[T]:
    while not isinstance(item := ready.get(), _End):
        yield item
    if item.error is not None:
        raise item.error


def _drain(ready: queue.Queue[T | _End]) -> None:
    while not ready.empty():
        ready.get_nowait()
