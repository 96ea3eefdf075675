"""A run that fails or is killed at any step on the disk: nothing stale, lost or doubled is ever accepted."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from engine_stubs import Stub, documents

from newsfacts import sinks
from newsfacts.batch import ThisProcess, run_shards, shards, validate
from newsfacts.batch.formats import Format, file_names
from newsfacts.batch.manifest import add_file
from newsfacts.errors import NewsfactsError
from newsfacts.model import Document
from newsfacts.report import read_content
from newsfacts.sinks.current import read_manifest

ENGINE = ThisProcess(Stub(), Stub().fingerprint)
#: Facts of a run: what is loaded must be all of one of these, and nothing else.
OLD, NEW = documents(4), documents(5, {1: "Korea is another text"})
STEPS = ("replace", "unlink", "fsync", "mkdir")


class Killed(BaseException):
    """The process is gone: nothing that comes after reaches the disk, clearing up neither."""


class Disk:
    """Counts the steps that change the disk; the one of number `lethal` does not happen."""

    def __init__(self, lethal: int, kind: type[BaseException]) -> None:
        self.steps = 0
        self._lethal = lethal
        self._kind = kind

    def step(self) -> None:
        self.steps += 1
        dead = self._kind is Killed and self._lethal and self.steps > self._lethal
        if self.steps == self._lethal or dead:
            raise self._kind(5, "Input/output error")

    def guard(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*args: Any, **more: Any) -> Any:
            self.step()
            return real(*args, **more)

        return guarded

    def guard_open(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(file: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
            if set(mode) & set("wxa+"):
                self.step()
            return real(file, mode, *args, **more)

        return guarded


@contextmanager
def disk(lethal: int = 0, kind: type[BaseException] = OSError) -> Iterator[Disk]:
    """While it is open, one step on the disk fails: with an error, or by the death of the process."""
    found = Disk(lethal, kind)
    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, found.guard(getattr(os, name)))
        patch.setattr(io, "open", found.guard_open(io.open))
        yield found


def go(out: Path, docs: list[Document], kind: Format) -> None:
    run_shards(docs, ENGINE, out, kind=kind)


def nothing(out: Path) -> None:
    """No run was there before."""


def a_run(out: Path) -> None:
    go(out, OLD, "jsonl")


def a_run_with_claims(out: Path) -> None:
    go(out, OLD, "jsonl")
    add_file(out, "claims.jsonl", [], read_manifest(out))


def a_run_of_the_same(out: Path) -> None:
    go(out, NEW, "jsonl")


SCENARIOS: list[tuple[Callable[[Path], None], Format]] = [
    (nothing, "jsonl"),
    (a_run, "jsonl"),
    (a_run, "parquet"),
    (a_run_with_claims, "csv"),
    (a_run_of_the_same, "jsonl.gz"),
]


@pytest.fixture(autouse=True)
def small_shards_on_a_quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "BATCH", 2)
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # the system goes on, so it need not wait


@pytest.mark.parametrize("kind", [OSError, Killed])
@pytest.mark.parametrize(("before", "form"), SCENARIOS)
def test_whatever_step_fails_no_mixture_is_accepted_and_the_next_run_mends_it(
    tmp_path: Path, before: Callable[[Path], None], form: Format, kind: type[BaseException]
) -> None:
    start, whole = tmp_path / "start", tmp_path / "whole"
    before(start)
    go(whole, NEW, form)
    wanted = contents(whole)
    loaded: dict[Any, Any] = {}
    ended, lethal = 0, 0
    while True:
        lethal += 1
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        if start.exists():
            shutil.copytree(start, out)
        failed = False
        with disk(lethal, kind) as steps:
            try:
                go(out, NEW, form)
            except (kind, NewsfactsError):
                failed = True
        if steps.steps < lethal:
            break
        ended += failed
        check(out, loaded)
        go(out, NEW, form)
        assert contents(out) == wanted, lethal
        assert list(validate([out])) == []
        assert taken(out, loaded) == texts(NEW)
    # Each shard, the manifest and the three files are opened, made durable and named, at least.
    assert lethal > 3 * (3 + 1 + 1)
    assert ended > 0.6 * lethal


def check(out: Path, loaded: dict[Any, Any]) -> None:
    """What a failed run leaves is refused, or is one of the two runs: by every reader."""
    valid = out.exists() and not problems(out)
    found = taken(out, loaded) if out.exists() else None
    assert found in (None, texts(OLD), texts(NEW))
    assert not valid or found is not None
    try:
        content = read_content(out)
    except NewsfactsError:
        assert found is None
    else:
        assert {(document.id, document.facts) for document in content.documents} in (
            {(document.id, 1) for document in OLD},
            {(document.id, 1) for document in NEW},
        )
        assert sorted(f"{fact.doc_id}: {fact.text}" for fact in content.facts) == found


def problems(out: Path) -> list[str]:
    try:
        return [str(problem) for problem in validate([out])]
    except NewsfactsError as error:
        return [str(error)]


def taken(out: Path, loaded: dict[Any, Any]) -> list[str] | None:
    """The facts that `load` takes; None where it refuses. Folders with equal files are loaded once."""
    key = tuple(sorted(contents(out).items()))
    if key not in loaded:
        loaded[key] = load(out)
    found: list[str] | None = loaded[key]
    return found


def load(out: Path) -> list[str] | None:
    database = out.with_name("facts.db")
    database.unlink(missing_ok=True)
    try:
        sinks.load(out, database)
    except NewsfactsError:
        return None
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT doc_id, text FROM facts ORDER BY doc_id, text")
    found = [f"{doc_id}: {text}" for doc_id, text in rows]
    connection.close()
    return found


def contents(out: Path) -> dict[str, bytes]:
    """The files of the folder itself but for the times in the manifest."""
    found = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    manifest = read_manifest(out)
    if manifest is not None:
        found["manifest.json"] = repr((manifest.run, manifest.state, manifest.files)).encode()
    return found


def texts(docs: list[Document]) -> list[str]:
    return sorted(f"{document.id}: {document.text[:5]}" for document in docs)


def test_the_faults_reach_every_kind_of_step(tmp_path: Path) -> None:
    seen = set()
    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            real = getattr(os, name)
            patch.setattr(os, name, lambda *a, name=name, real=real, **m: (seen.add(name), real(*a, **m))[1])
        go(tmp_path / "out", NEW, "jsonl")
    assert seen == set(STEPS)
    with disk() as steps:
        go(tmp_path / "out", NEW, "csv")
    assert steps.steps > 3 * len(file_names("csv"))


def test_files_of_another_format_that_a_killed_run_left_are_refused_and_removed(tmp_path: Path) -> None:
    go(tmp_path, NEW, "parquet")
    stale = tmp_path / "facts.jsonl"
    stale.write_bytes(b"{}\n")
    assert problems(tmp_path)[0].startswith(f"{stale}: is of another run: manifest.json does not name it.")
    assert problems(stale)[0] == problems(tmp_path)[0]
    for source in (tmp_path, stale):
        with pytest.raises(NewsfactsError, match=r"facts\.jsonl is of another run"):
            sinks.load(source, tmp_path / "facts.db")
    assert sinks.load(tmp_path / "facts.parquet", tmp_path / "facts.db").facts == len(NEW)
    go(tmp_path, NEW, "parquet")
    assert not stale.exists()
    assert problems(tmp_path) == []


def test_a_damaged_manifest_is_refused(tmp_path: Path) -> None:
    go(tmp_path, NEW, "jsonl")
    manifest = tmp_path / "manifest.json"
    manifest.write_bytes(manifest.read_bytes()[:-40])
    assert problems(tmp_path)[0].startswith(f"{manifest}: is damaged, or not of newsfacts")
    for read in (read_content, lambda folder: sinks.load(folder, folder / "facts.db")):
        with pytest.raises(NewsfactsError, match=r"manifest\.json is damaged"):
            read(tmp_path)
    with pytest.raises(NewsfactsError, match=r"manifest\.json is damaged"):
        go(tmp_path, NEW, "jsonl")
    run_shards(NEW, ENGINE, tmp_path, force=True)
    assert problems(tmp_path) == []
