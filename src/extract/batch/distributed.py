"""Shards on other machines: paths in, shard files out. The same function serves Ray and Spark.

The folder of the run must be seen by all machines at the same path (NFS, Lustre, a mounted bucket). The
driver writes each shard that is to be worked on as a task file under `tasks/`; a worker that is given its
path puts the finished shard under `shards/`. Files appear whole or not at all, and are named by what they
depend on, so that a task that is done twice changes nothing.
"""

from __future__ import annotations

import contextlib
import pickle
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from extract.batch.folder import remove, write_whole
from extract.batch.manifest import SHARDS, TASKS
from extract.batch.shards import Shard, ShardStore, compressed, pack
from extract.batch.worker import Loader, Worker

if TYPE_CHECKING:
    import pandas as pd

_SUFFIX = ".task"
_TASK = re.compile(rf"[0-9a-f]{{32}}{re.escape(_SUFFIX)}")


def write_task(folder: Path, shard: Shard) -> Path:
    """Write a shard that is to be worked on below the run's folder; return its path."""
    path = folder / TASKS / f"{shard.key}{_SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, compressed(pickle.dumps(shard)))
    return path


def remove_tasks(folder: Path) -> None:
    """Remove the task files of a run's folder, and no other file."""
    tasks = folder / TASKS
    remove(tasks, lambda name: _TASK.fullmatch(name) is not None, keep=())
    with contextlib.suppress(OSError):  # it holds other files, or was never made
        tasks.rmdir()


def read_task(path: Path) -> Shard:
    """The shard of a task file. Only for files that the driver of the same run wrote: they are pickles."""
    with pa.OSFile(str(path), "rb") as raw, pa.CompressedInputStream(raw, "zstd") as stream:
        shard = pickle.loads(bytes(stream.read()))  # noqa: S301 - see above
    if not isinstance(shard, Shard):
        raise TypeError(f"{path} is no task")
    return shard


class ShardFunction:
    """Works on the shards of task files: built once in every worker of a cluster, called with paths.

    It keeps one process of its own with the model, so that a document that ends or blocks it (more than
    `timeout` seconds) becomes an error record here as on one machine.
    """

    def __init__(self, load: Loader, timeout: float) -> None:
        self._worker = Worker(load, timeout)

    def __call__(self, batch: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Work on the paths of the column `path`; the column `key` names the shards that are there now."""
        return {"key": [self.work(Path(str(path))) for path in batch["path"]]}

    def work(self, path: Path) -> str:
        """Work on one task file; return the shard's key. Nothing is done where the shard is there."""
        store = ShardStore(path.parents[1] / SHARDS)
        shard = read_task(path)
        if store.head(shard.key) is None:
            store.write(pack(shard, self._worker.outcomes(shard.items)))
        return shard.key

    def close(self) -> None:
        """End the process."""
        self._worker.close()


def map_in_pandas(frames: Iterable[pd.DataFrame], load: Loader, timeout: float) -> Iterator[pd.DataFrame]:
    """The function for Spark's `DataFrame.mapInPandas`: a column `path` in, a column `key` out."""
    import pandas as pd

    function = ShardFunction(load, timeout)
    try:
        for frame in frames:
            yield pd.DataFrame(function({"path": list(frame["path"])}))
    finally:
        function.close()
