"""Shards on other machines: paths in, shard files out. The same function serves Ray and Spark.

The folder of the run must be seen by all machines at the same path (NFS, Lustre, a mounted bucket). The
driver writes each shard that is to be worked on as a task file under `tasks/`; a worker that is given its
path puts the finished shard under `shards/`. Files appear whole or not at all, and are named by what they
depend on, so that a task that is done twice changes nothing. A task is MessagePack: data of the shape below,
whoever wrote it, and nothing that runs when it is read.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from newsfacts.batch.folder import remove, write_whole
from newsfacts.batch.manifest import SHARDS, TASKS
from newsfacts.batch.outcomes import Item
from newsfacts.batch.shards import Shard, ShardStore, compressed, pack
from newsfacts.batch.worker import Loader, Worker
from newsfacts.errors import ValidationError
from newsfacts.model import Document, DocumentError
from newsfacts.processes import MEMORY

if TYPE_CHECKING:
    import pandas as pd

_SUFFIX = ".task"
_TASK = re.compile(rf"[0-9a-f]{{32}}{re.escape(_SUFFIX)}")


def write_task(folder: Path, shard: Shard) -> Path:
    """Write a shard that is to be worked on below the run's folder; return its path."""
    path = folder / TASKS / f"{shard.key}{_SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, compressed(msgspec.msgpack.encode(_task(shard))))
    return path


def remove_tasks(folder: Path) -> None:
    """Remove the task files of a run's folder, and no other file."""
    tasks = folder / TASKS
    remove(tasks, lambda name: _TASK.fullmatch(name) is not None, keep=())
    with contextlib.suppress(OSError):  # it holds other files, or was never made
        tasks.rmdir()


def read_task(path: Path) -> Shard:
    """The shard of a task file. Raises ValidationError for a file that is none."""
    try:
        with pa.OSFile(str(path), "rb") as raw, pa.CompressedInputStream(raw, "zstd") as stream:
            return _shard(bytes(stream.read()), path.stem)
    except (OSError, ValueError, RecursionError) as error:  # Arrow's and msgspec's are among them
        raise ValidationError(
            f"{path} is no task of a run: {error}", remedy="Remove the folder it is in and run again."
        ) from error


def _shard(data: bytes, name: str) -> Shard:
    task = msgspec.msgpack.decode(data, type=_Task)
    if task.key != name:  # finished shards are named by it
        raise ValueError(f"it is that of {task.key}")
    return Shard(task.index, task.key, tuple(map(_item, task.items)))


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """A document, or why there is none: its fields, with every text as UTF-8.

    Bytes, since MessagePack's own texts cannot hold half a character, which here is the document's error.
    """

    readable: bool
    fields: dict[str, Any]


class _Task(msgspec.Struct, frozen=True, array_like=True):
    index: int
    key: str
    items: list[_Packed]


def _task(shard: Shard) -> _Task:
    packed = [
        _Packed(isinstance(i, Document), _each_text(msgspec.to_builtins(i), _bytes)) for i in shard.items
    ]
    return _Task(shard.index, shard.key, packed)


def _item(packed: _Packed) -> Item:
    shape: type[Document | DocumentError] = Document if packed.readable else DocumentError
    return msgspec.convert(_each_text(packed.fields, _text), shape)


def _bytes(value: Any) -> Any:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


def _text(value: Any) -> Any:
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def _each_text(value: Any, change: Callable[[Any], Any]) -> Any:
    """The value with all of its texts changed; names of fields stay."""
    if isinstance(value, dict):
        return {name: _each_text(inner, change) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(inner, change) for inner in value]
    return change(value)


class ShardFunction:
    """Works on the shards of task files: built once in every worker of a cluster, called with paths.

    It keeps one process of its own with the model, so that a document that ends or blocks it (more than
    `timeout` seconds, or more than `memory` GB) becomes an error record here as on one machine.
    """

    def __init__(self, load: Loader, timeout: float, memory: float | None = MEMORY) -> None:
        self._worker = Worker(load, timeout, memory)

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


def map_in_pandas(
    frames: Iterable[pd.DataFrame], load: Loader, timeout: float, memory: float | None = MEMORY
) -> Iterator[pd.DataFrame]:
    """The function for Spark's `DataFrame.mapInPandas`: a column `path` in, a column `key` out."""
    import pandas as pd

    function = ShardFunction(load, timeout, memory)
    try:
        for frame in frames:
            yield pd.DataFrame(function({"path": list(frame["path"])}))
    finally:
        function.close()
