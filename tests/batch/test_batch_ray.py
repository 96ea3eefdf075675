"""A real Ray cluster of two workers on this machine, and the same function as Spark would call it."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from engine_stubs import Load, Stub, documents

from newsfacts.batch import ThisProcess, run_shards
from newsfacts.batch.distributed import map_in_pandas, read_task, remove_tasks, write_task
from newsfacts.batch.shards import Shard, ShardStore, compressed, cut, key_of
from newsfacts.batch.worker import Worker
from newsfacts.errors import ValidationError
from newsfacts.model import Document, DocumentError, Section

HERE = Path(__file__).parent
FILES = ("facts.jsonl", "documents.jsonl", "errors.jsonl")
BAD = {3: "exit-now"}


def local(out: Path, count: int) -> dict[str, bytes]:
    stub = Stub()
    run_shards(documents(count), ThisProcess(stub, stub.fingerprint), out)
    return {name: (out / name).read_bytes() for name in FILES}


@pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="Ray is not installed (pip install newsfacts[ray])"
)
def test_ray_gives_the_bytes_of_a_local_run_and_resumes(tmp_path: Path) -> None:
    out = tmp_path / "ray"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, str(HERE / "ray_run.py"), str(out)]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr.decode()
    first, second = json.loads(done.stdout.splitlines()[-1])
    assert first == [299, 1, 299, 0]
    assert second[:2] == [299, 1]
    assert 2 <= second[2] <= 128
    assert second[2] + second[3] == 299
    assert not (out / "tasks").exists()
    good = [doc for doc in documents(300) if int(doc.id[1:]) not in BAD]
    stub = Stub()
    run_shards(good, ThisProcess(stub, stub.fingerprint), tmp_path / "local")
    for name in ("facts.jsonl", "documents.jsonl"):
        assert (out / name).read_bytes() == (tmp_path / "local" / name).read_bytes()
    (error,) = [json.loads(line) for line in (out / "errors.jsonl").read_text().splitlines()]
    assert (error["doc_id"], error["kind"]) == ("d3", "crashed")


def test_the_function_for_spark_makes_the_shards_of_a_local_run(tmp_path: Path) -> None:
    expected = local(tmp_path / "out", 100)
    store = ShardStore(tmp_path / "out/shards")
    shards = list(cut(documents(100), Stub().fingerprint))
    before = {shard.key: store.path(shard.key).read_bytes() for shard in shards}
    for shard in shards:
        store.path(shard.key).unlink()
    paths = [str(write_task(tmp_path / "out", shard)) for shard in shards]
    frames = [pd.DataFrame({"path": paths[:1]}), pd.DataFrame({"path": paths[1:]})]
    keys = [key for frame in map_in_pandas(frames, Load(), 60) for key in frame["key"]]
    assert keys == [shard.key for shard in shards]
    assert {key: store.path(key).read_bytes() for key in keys} == before
    assert local(tmp_path / "out", 100) == expected


def test_tasks_and_shards_that_were_there_first_make_no_folder_foreign(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for shard in cut(documents(5), Stub().fingerprint):
        write_task(out, shard)
    (out / "shards").mkdir()
    assert local(out, 5)
    (out / "tasks/mine.txt").touch()
    remove_tasks(out)
    assert [path.name for path in (out / "tasks").iterdir()] == ["mine.txt"]
    (out / "tasks/mine.txt").unlink()
    remove_tasks(out)
    assert not (out / "tasks").exists()


def test_a_task_that_is_done_already_starts_no_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local(tmp_path / "out", 10)
    paths = [write_task(tmp_path / "out", shard) for shard in cut(documents(10), Stub().fingerprint)]
    monkeypatch.setattr(Worker, "start", lambda self: pytest.fail("a worker was started"))
    frame = pd.DataFrame({"path": [str(path) for path in paths]})
    assert len(next(map_in_pandas([frame], Load(), 60))) == len(paths)


def test_a_task_comes_back_as_it_was(tmp_path: Path) -> None:
    whole = Document(
        id="a/\udcff", text="Exports \ud800 rose.\n\x00中", title="T", published=dt.date(2023, 7, 28),
        published_source="metadata", url="http://x", path="\udcff.txt", warnings=("a", "b"),
        sections=(Section("title", 0, 3), Section("body", 3, 9, paragraph=1)),
    )  # fmt: skip
    bare = Document(id="b", text="")
    error = DocumentError(doc_id=None, path="\udcfe", kind="empty", message="m", remedy="r")
    items = (whole, error, bare)
    shard = Shard(7, key_of(items, {"newsfacts": "0"}), items)
    assert read_task(write_task(tmp_path, shard)) == shard


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(Path(__file__).with_name("run-by-a-task")),)


@pytest.mark.parametrize(
    "data",
    [
        compressed(pickle.dumps(Bomb())),
        pickle.dumps(Bomb()),
        compressed(b""),
        b"",
        compressed(b"\x93\x00\xa1k\x91\x92\xc3\x80"),
        compressed(b"\x93\x00\xa1k\x91\x92\xc3\x82\xa2id\xc4\x01\xff\xa4text\xc4\x00"),
        compressed(b"\x93\x00\xa1k\x91\x92\xc3\x81\xa1a" + b"\x91" * 100_000),
        compressed(b"\x93\x00\xa4../k\x90"),
    ],
    ids=["pickle", "plain pickle", "nothing", "empty", "no fields", "no text", "deep", "elsewhere"],
)
def test_a_task_that_is_not_ours_runs_nothing_and_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.task"
    path.write_bytes(data)
    with pytest.raises(ValidationError, match=r"x\.task is no task of a run"):
        read_task(path)
    assert not Path(__file__).with_name("run-by-a-task").exists()
