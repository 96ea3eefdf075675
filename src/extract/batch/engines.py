"""Engines: where shards are worked on. This process, or worker processes that a bad document cannot stop."""

from __future__ import annotations

import queue
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from newsfacts.batch.outcomes import Extractor, outcomes
from newsfacts.batch.shards import Head, Shard, ShardStore, pack
from newsfacts.batch.worker import Loader, Worker
from newsfacts.processes import MEMORY, TIMEOUT


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is in the store now."""

    index: int
    head: Head


class Engine(Protocol):
    """Works on shards."""

    @property
    def fingerprint(self) -> Mapping[str, str]:
        """What facts depend on besides the text: newsfacts, model, rules."""

    def extract(self, shards: Iterator[Shard], store: ShardStore) -> Iterator[Done]:
        """Put the finished shards into the store, in any order. Holds a few shards at most."""


class ThisProcess:
    """Works on one shard at a time in this process: nothing to start, and no guard against a crash."""

    def __init__(self, extractor: Extractor, fingerprint: Mapping[str, str]) -> None:
        self._extractor = extractor
        self.fingerprint = fingerprint

    def extract(self, shards: Iterator[Shard], store: ShardStore) -> Iterator[Done]:
        """Put the finished shards into the store, in order."""
        for shard in shards:
            yield Done(shard.index, store.write(pack(shard, outcomes(shard.items, self._extractor))))


class WorkerProcesses:
    """`count` processes, started once, that each load an extractor once. Use as a context manager.

    A document that ends its process, takes more than `timeout` seconds or more than `memory` GB becomes an
    error (kinds `crashed`, `timeout`, `memory`); a new process goes on. Each process is served by a thread
    that sleeps while it works.
    """

    def __init__(
        self, load: Loader, count: int, timeout: float = TIMEOUT, memory: float | None = MEMORY
    ) -> None:
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._workers = [Worker(load, timeout, memory) for _ in range(count)]
        self._threads = ThreadPoolExecutor(count, "worker")
        self.fingerprint: Mapping[str, str] = {}

    def __enter__(self) -> Self:
        try:
            fingerprints = list(self._threads.map(Worker.start, self._workers))
        except BaseException:
            self.close()
            raise
        self.fingerprint = fingerprints[0]
        for worker in self._workers:
            self._idle.put(worker)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, also in the middle of a document."""
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(cancel_futures=True)

    def extract(self, shards: Iterator[Shard], store: ShardStore) -> Iterator[Done]:
        """Put the finished shards into the store, as they come. Two shards a process are held at most."""
        running: set[Future[Done]] = set()
        for shard in shards:
            running.add(self._threads.submit(self._work, shard, store))
            if len(running) >= 2 * len(self._workers):
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from _results(done)
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from _results(done)

    def _work(self, shard: Shard, store: ShardStore) -> Done:
        worker = self._idle.get()
        try:
            return Done(shard.index, store.write(pack(shard, worker.outcomes(shard.items))))
        finally:
            self._idle.put(worker)


def _results(done: set[Future[Done]]) -> Iterator[Done]:
    return (future.result() for future in done)
