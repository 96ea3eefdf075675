"""Runs that are killed, repeated and changed: nothing is lost, doubled or done again."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from engine_stubs import Stub, documents

from newsfacts.batch import Summary, ThisProcess, run_shards, validate
from newsfacts.model import Document
from newsfacts.sinks.current import differences, read_manifest

FILES = ("facts.jsonl", "documents.jsonl", "errors.jsonl", "quantities.csv", "datapackage.json")
SCRIPT = Path(__file__).with_name("killed_run.py")


def go(out: Path, docs: list[Document], stub: Stub | None = None, **more: object) -> Summary:
    stub = stub or Stub()
    return run_shards(docs, ThisProcess(stub, stub.fingerprint), out, **more)  # type: ignore[arg-type]


def output(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def start(out: Path, count: int, *, delay: float, workers: int, lethal: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, SCRIPT, out, count, delay, workers, lethal]
    return subprocess.Popen([str(part) for part in command], stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes], code: int) -> None:
    _, message = process.communicate(timeout=60)
    assert process.returncode == code, message.decode()


def test_a_run_killed_before_any_of_its_renames_is_repaired_by_the_next(tmp_path: Path) -> None:
    go(tmp_path / "whole", documents(100))
    expected = output(tmp_path / "whole")
    shards = len(list((tmp_path / "whole/shards").iterdir()))
    lethal, detected, reused = 0, 0, 2
    while True:
        lethal += 1
        out = tmp_path / str(lethal)
        go(out, documents(3))  # an older run's files are there, and two shards of this one
        before = output(out)
        process = start(out, 100, delay=0, workers=0, lethal=lethal)
        process.communicate(timeout=60)
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL
        mixed = output(out) not in (before, expected)
        problems = [p for p in validate([out]) if "manifest" in p.message]
        manifest = read_manifest(out)
        assert manifest is not None
        assert bool(problems) == bool(differences(out, manifest))
        assert problems or not mixed
        detected += bool(problems)
        go(out, documents(100))
        assert output(out) == expected
        assert list(validate([out])) == []
        assert not list(out.rglob("*.part"))
    # Every new shard, the manifest and five files take their names; five times the manifest was ahead.
    assert (lethal - 1, detected) == (shards - reused + 6, 5)
    assert output(out) == expected


@pytest.mark.parametrize("workers", [0, 2])
def test_runs_killed_at_random_times_and_resumed_give_the_bytes_of_one_run(
    tmp_path: Path, workers: int
) -> None:
    go(tmp_path / "whole", documents(300))
    times = random.Random(workers)
    out, kills = tmp_path / "out", 0
    for _ in range(6):
        process = start(out, 300, delay=0.02, workers=workers, lethal=0)
        time.sleep(times.uniform(0.3, 1.5))
        process.kill()
        process.communicate()
        kills += process.returncode == -signal.SIGKILL
    finish(start(out, 300, delay=0, workers=workers, lethal=0), 0)
    assert kills >= 3
    assert output(out) == output(tmp_path / "whole")
    assert not list(out.rglob("*.part"))


def test_what_a_killed_run_had_done_is_not_done_again(tmp_path: Path) -> None:
    log = tmp_path / "log"

    def broken() -> object:
        yield from documents(200)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go(tmp_path / "out", broken(), Stub(log=str(log)))  # type: ignore[arg-type]
    done = len(log.read_text().splitlines())
    assert 100 < done <= 200
    summary = go(tmp_path / "out", documents(200), Stub(log=str(log)))
    assert summary.reused + summary.extracted == 200
    assert len(log.read_text().splitlines()) == 200


def test_an_unchanged_run_writes_nothing(tmp_path: Path) -> None:
    first = go(tmp_path, documents(150))
    assert (first.extracted, first.reused) == (150, 0)
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    again = go(tmp_path, documents(150))
    assert (again.extracted, again.reused) == (0, 150)
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
    assert (again.facts, again.words, again.documents) == (first.facts, first.words, first.documents)


def test_a_changed_text_is_done_again_with_its_shard_only(tmp_path: Path) -> None:
    go(tmp_path / "out", documents(400))
    changed = documents(400, {201: "Korea is changed"})
    summary = go(tmp_path / "out", changed)
    assert 1 <= summary.extracted <= 64
    go(tmp_path / "whole", changed)
    assert output(tmp_path / "out") == output(tmp_path / "whole")
    assert len(list((tmp_path / "out/shards").iterdir())) == len(list((tmp_path / "whole/shards").iterdir()))


@pytest.mark.parametrize("place", [0, 130, 399])
def test_a_new_document_in_the_middle_leaves_most_shards_alone(tmp_path: Path, place: int) -> None:
    docs = documents(400)
    go(tmp_path / "out", docs)
    more = [*docs[:place], Document(id="new", text="Japan too"), *docs[place:]]
    assert go(tmp_path / "out", more).extracted <= 200
    go(tmp_path / "whole", more)
    assert output(tmp_path / "out") == output(tmp_path / "whole")


def test_other_rules_do_everything_again(tmp_path: Path) -> None:
    go(tmp_path, documents(70))
    assert go(tmp_path, documents(70), Stub(rules="r2")).extracted == 70
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert (manifest["rules"], manifest["counts"]["documents"]) == ("r2", 70)


def test_the_manifest_tells_of_the_run(tmp_path: Path) -> None:
    go(tmp_path / "one", documents(70))
    go(tmp_path / "two", documents(70))
    one, two = read_manifest(tmp_path / "one"), read_manifest(tmp_path / "two")
    assert one is not None
    assert two is not None
    assert (one.run, one.inputs, one.shards, one.files) == (two.run, two.inputs, two.shards, two.files)
    assert (one.newsfacts, one.model, one.rules) == ("0", "stub", "r1")
    assert sum(shard.documents for shard in one.shards) == one.counts.documents == 70
    assert one.started <= one.finished
    assert set(one.files) == set(FILES)


def test_a_damaged_shard_is_made_anew(tmp_path: Path) -> None:
    go(tmp_path, documents(70))
    before = output(tmp_path)
    shard = min((tmp_path / "shards").iterdir())
    shard.write_bytes(shard.read_bytes()[:-20])
    (tmp_path / "facts.jsonl").unlink()
    summary = go(tmp_path, documents(70))
    assert 1 <= summary.extracted < 70
    assert output(tmp_path) == before


def test_files_changed_by_others_are_found_and_restored(tmp_path: Path) -> None:
    go(tmp_path, documents(10))
    before = output(tmp_path)
    (tmp_path / "documents.jsonl").write_bytes(b"")
    assert any("manifest" in problem.message for problem in validate([tmp_path]))
    assert go(tmp_path, documents(10)).extracted == 0
    assert output(tmp_path) == before
