"""The engine on a Ray cluster: Ray Data spreads task files over actors that load the model once."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from newsfacts.batch.distributed import ShardFunction, remove_tasks, write_task
from newsfacts.batch.engines import Done
from newsfacts.batch.shards import Shard, ShardStore
from newsfacts.batch.worker import Loader, Worker
from newsfacts.errors import ConfigurationError
from newsfacts.processes import MEMORY

_STORE = 100_000_000


class RayCluster:
    """Works on shards with Ray. Use as a context manager.

    Joins the cluster that RAY_ADDRESS names, or starts one on this machine. `count` is the number of actors
    (None: one a CPU of the cluster). The folder `out` must be seen by all machines at the same path.
    """

    def __init__(
        self,
        load: Loader,
        count: int | None,
        timeout: float,
        out: Path,
        memory: float | None = MEMORY,
    ) -> None:
        self._load = load
        self._memory = memory
        self._count = count
        self._timeout = timeout
        self._out = out.resolve()
        self._ray = _ray()
        self._started = False
        self.fingerprint: Mapping[str, str] = {}

    def __enter__(self) -> Self:
        logging.getLogger("ray.data").setLevel(logging.WARNING)
        if not self._ray.is_initialized():
            given = {} if os.environ.get("RAY_ADDRESS") else self._alone()
            self._ray.init(log_to_driver=False, logging_level="ERROR", **given)
            self._started = True
        try:
            answer = self._ray.remote(_fingerprint).remote(self._load, self._timeout, self._memory)
            self.fingerprint = self._ray.get(answer)
        except BaseException as error:
            self.close()
            cause = getattr(error, "cause", None)
            if isinstance(cause, ConfigurationError):
                raise ConfigurationError(cause.message, remedy=cause.remedy) from error
            raise
        return self

    def _alone(self) -> dict[str, Any]:
        """Settings of a cluster on this machine; only paths travel, so that its store may be small."""
        return {"num_cpus": self._count, "object_store_memory": _STORE, "include_dashboard": False}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster; stop it if it was started here."""
        if self._started:
            self._ray.shutdown()

    def extract(self, shards: Iterator[Shard], store: ShardStore) -> Iterator[Done]:
        """Put the finished shards into the store, as they come. Only their paths are held."""
        indexes: dict[str, list[int]] = {}
        paths: dict[str, str] = {}
        for shard in shards:
            indexes.setdefault(shard.key, []).append(shard.index)
            paths[shard.key] = str(write_task(self._out, shard))
        for key in self._done(list(paths.values())):
            head = store.head(key)
            if head is None:
                raise ConfigurationError(
                    f"a worker of the cluster made the shard {key}, but it is not in {store.folder}",
                    remedy="The folder --out must be seen by all machines at the same path.",
                )
            yield from (Done(index, head) for index in indexes[key])
        remove_tasks(self._out)

    def _done(self, paths: list[str]) -> Iterator[str]:
        if not paths:
            return
        data = self._ray.data
        data.DataContext.get_current().enable_progress_bars = False
        count = self._count or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        rows = data.from_items([{"path": path} for path in paths], override_num_blocks=len(paths))
        finished = rows.map_batches(
            ShardFunction,
            fn_constructor_args=(self._load, self._timeout, self._memory),
            batch_size=1,
            batch_format="numpy",
            compute=data.ActorPoolStrategy(size=min(count, len(paths))),
        )
        for row in finished.iter_rows():
            yield str(row["key"])


def _ray() -> Any:
    # Ray tells of its own workings on stderr; what went wrong with a document is in errors.jsonl.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anyone
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise ConfigurationError(
            "--engine ray needs Ray", remedy="Install it: pip install 'newsfacts[ray]'."
        ) from error
    return ray


def _fingerprint(load: Loader, timeout: float, memory: float | None) -> dict[str, str]:
    worker = Worker(load, timeout, memory)
    try:
        return dict(worker.start())
    finally:
        worker.close()
