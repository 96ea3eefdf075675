"""Worker processes: equal bytes, and documents that crash or hang them."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_stubs import Load, Stub, die, documents, refuse

from newsfacts.batch import ThisProcess, WorkerProcesses, run_shards
from newsfacts.batch.worker import Loader, Worker
from newsfacts.errors import ConfigurationError
from newsfacts.model import Document

FILES = ("facts.jsonl", "documents.jsonl", "errors.jsonl")


def output(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def errors(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "errors.jsonl").read_text().splitlines()]


def test_the_bytes_are_the_same_whatever_works_and_however_many(tmp_path: Path) -> None:
    docs = documents(400, {77: "fail-now"})
    stub = Stub()
    run_shards(docs, ThisProcess(stub, stub.fingerprint), tmp_path / "0")
    for count in (1, 3):
        with WorkerProcesses(Load(), count) as engine:
            run_shards(docs, engine, tmp_path / str(count))
        assert output(tmp_path / str(count)) == output(tmp_path / "0")


def test_documents_that_crash_or_hang_a_worker_are_quarantined(tmp_path: Path) -> None:
    bad = {3: "exit-now", 9: "hang-now", 40: "kill-now"}
    with WorkerProcesses(Load(), 2, timeout=1.5) as engine:
        summary = run_shards(documents(120, bad), engine, tmp_path)
        assert (summary.documents, summary.errors) == (117, 3)
        told = {error["doc_id"]: (error["kind"], error["path"]) for error in errors(tmp_path)}
        assert told == {
            "d3": ("crashed", "3.txt"),
            "d9": ("timeout", "9.txt"),
            "d40": ("crashed", "40.txt"),
        }
        messages = {error["doc_id"]: error["message"] for error in errors(tmp_path)}
        assert "exit code 7" in messages["d3"]
        assert "SIGKILL" in messages["d40"]
        ids = [json.loads(line)["id"] for line in (tmp_path / "documents.jsonl").read_text().splitlines()]
        assert ids == [f"d{i}" for i in range(120) if i not in bad]

        again = run_shards(documents(120, bad), engine, tmp_path)
        assert (again.extracted, again.errors) == (0, 3)


def test_retry_tries_quarantined_documents_again(tmp_path: Path) -> None:
    with WorkerProcesses(Load(), 1, timeout=5) as engine:
        run_shards(documents(5, {3: "exit-now"}), engine, tmp_path)
        assert run_shards(documents(5, {3: "exit-now"}), engine, tmp_path).extracted == 0
        assert (
            run_shards(documents(5, {3: "exit-now"}), engine, tmp_path, retry=True).extracted == 1
        )  # its shard has d4 too


@pytest.mark.parametrize(("load", "message"), [(refuse, "no model"), (die, "exit code 3")])
def test_a_worker_that_cannot_load_ends_the_run_with_a_remedy(load: Loader, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as raised, WorkerProcesses(load, 2):
        pass
    assert raised.value.remedy


def interrupted() -> Iterator[Document]:
    yield from documents(64, {1: "hang-now"})
    time.sleep(0.5)
    raise KeyboardInterrupt


def test_an_interrupted_run_ends_its_workers_at_once(tmp_path: Path) -> None:
    began, engine = time.monotonic(), WorkerProcesses(Load(), 2)
    with engine:
        pids = [worker._child.pid for worker in engine._workers if worker._child]
        with pytest.raises(KeyboardInterrupt):
            run_shards(interrupted(), engine, tmp_path)
    assert time.monotonic() - began < 30
    assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid or 0, 0)


def test_a_worker_closed_by_another_thread_gives_up() -> None:
    worker = Worker(Load(), timeout=60)
    worker.start()
    threading.Timer(0.3, worker.close).start()
    with pytest.raises(ConfigurationError, match="ended"):
        worker.outcomes(documents(2, {0: "hang-now"}))
