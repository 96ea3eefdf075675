from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest

from newsfacts.batch.watching import Settling, changes, snapshot
from newsfacts.readers import ReadOptions

A, B, C = (1, 10), (2, 20), (3, 30)


def test_files_rest_when_they_have_been_the_same_for_a_while() -> None:
    settling = Settling(quiet=3)
    assert settling.rest({"a": A}, 0) == {}
    assert settling.rest({"a": A, "b": B}, 2) == {}
    assert settling.rest({"a": A, "b": B}, 3) == {"a": A}
    assert settling.rest({"a": C, "b": B}, 5) == {"b": B}
    assert settling.rest({"b": B}, 6) == {"b": B}


def test_every_change_is_told_once_and_a_file_being_changed_holds_all_up() -> None:
    looks = [{"a": A}, {"a": A}, {"a": A, "b": B}, {"a": C, "b": B}, {"a": C, "b": B}, {}]
    ticks = iter(range(100))
    feed = iter([look for look in looks for _ in range(1)] + [{}] * 10)
    found = changes(
        lambda: next(feed), interval=1, quiet=1, clock=lambda: float(next(ticks)), sleep=lambda _: None
    )
    assert list(islice(found, 3)) == [{"a": A}, {"a": C, "b": B}, {}]


def test_a_snapshot_has_the_files_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / ".hidden.txt").write_text("text")
    (tmp_path / "b.xyz").write_text("text")
    assert [Path(path).name for path in snapshot(tmp_path, ReadOptions())] == ["a.txt"]


@pytest.mark.model
def test_watch_picks_up_new_and_changed_files_and_ends_quietly(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("Exports rose 5 percent to 20 million dollars in 2023, the office said.\n")
    command = [sys.executable, "-m", "newsfacts.cli", "watch", folder, "--out", out]
    options = ["--interval", "0.1", "--rest", "0.3"]
    process = subprocess.Popen(
        [*map(str, command), *options],
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert wait_for(out, {"a"})
        (folder / "b.txt").write_text("Imports fell 3 percent to 10 million dollars in 2023, it said.\n")
        assert wait_for(out, {"a", "b"})
    finally:
        os.kill(process.pid, signal.SIGINT)
        _, message = process.communicate(timeout=30)
    assert process.returncode == 0, message.decode()
    assert b"Traceback" not in message
    assert b"2 documents" in message


def wait_for(out: Path, wanted: set[str]) -> bool:
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        path = out / "facts.jsonl"
        lines = path.read_text().splitlines() if path.is_file() else []
        if {json.loads(line)["doc_id"] for line in lines} == wanted:
            return True
        time.sleep(0.1)
    return False
