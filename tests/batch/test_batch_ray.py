"""A real Ray cluster of two workers on this machine, and the same function as Spark would call it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from engine_stubs import Load, Stub, documents

from extract.batch import ThisProcess, run_shards
from extract.batch.distributed import map_in_pandas, remove_tasks, write_task
from extract.batch.shards import ShardStore, cut
from extract.batch.worker import Worker

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
