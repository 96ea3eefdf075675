"""How a stream is cut: small shards first, and cuts that follow the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from engine_stubs import Result, Stub, documents

from newsfacts.batch import ThisProcess, run_shards, shards
from newsfacts.batch.outcomes import BATCH
from newsfacts.batch.shards import Held, ShardStore, cut, most
from newsfacts.model import Document


def sizes(docs: list[Document]) -> list[int]:
    return [len(shard.items) for shard in cut(docs, {})]


@pytest.fixture
def no_cuts_by_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "_ends_shard", lambda item: False)


@pytest.mark.usefixtures("no_cuts_by_id")
def test_shards_grow_from_one_document_to_a_batch() -> None:
    assert BATCH == 64
    assert sizes(documents(300)) == [1, 2, 4, 8, 16, 32, 64, 64, 64, 45]
    assert [most(index) for index in (0, 5, 6, 7, 1_000_000)] == [1, 32, 64, 64, 64]


@pytest.mark.usefixtures("no_cuts_by_id")
def test_long_texts_end_a_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "CHARACTERS", 40)
    assert sizes(documents(10, {4: "x" * 40})) == [1, 2, 2, 3, 2]


@pytest.mark.usefixtures("no_cuts_by_id")
def test_the_text_of_a_held_document_is_measured_once() -> None:
    class Counted(str):
        __slots__ = ()

        def __len__(self) -> int:
            measured.append(1)
            return super().__len__()

    measured: list[int] = []
    held = Held(index=9)
    for number in range(BATCH - 1):
        assert not held.add(Document(id=f"d{number}", text=Counted("China")))
    assert len(measured) == BATCH - 1


def test_a_run_whose_process_never_lives_long_comes_to_its_end(tmp_path: Path) -> None:
    """A first shard of 31 documents would never be done by a process that is killed after 16."""
    log, lives = tmp_path / "log", 0
    fingerprint = Stub().fingerprint
    while lives < 9:
        lives += 1
        stub = Mortal(log=str(log), end=worked_on(log) + 16)
        try:
            summary = run_shards(documents(31), ThisProcess(stub, fingerprint), tmp_path / "out")
        except KeyboardInterrupt:
            continue
        break
    assert (lives, summary.documents) == (2, 31)
    whole = run_shards(documents(31), ThisProcess(Stub(), fingerprint), tmp_path / "whole")
    assert whole.documents == 31
    for name in ("facts.jsonl", "documents.jsonl"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def worked_on(log: Path) -> int:
    return len(log.read_text().splitlines()) if log.is_file() else 0


@dataclass(frozen=True)
class Mortal(Stub):
    """Dies when `end` documents were worked on, in this life and earlier ones."""

    end: int = 0

    def process(self, documents: Iterable[Document]) -> Iterator[Result]:
        for result in super().process(documents):
            if worked_on(Path(self.log or "")) > self.end:
                raise KeyboardInterrupt
            yield result


def test_a_store_removes_shards_only(tmp_path: Path) -> None:
    kept, gone = "a" * 32, "b" * 32
    theirs = (
        "part-000.jsonl",
        f"{gone}.txt",
        f"{gone[:-1]}.zst",
        ".x.part",
        f".x.{'0' * 32}.part",
        f"x{gone}.zst",
    )
    ours = (f"{gone}.zst", f".{kept}.zst.{'0' * 32}.part", f".{gone}.zst.{'0' * 32}.part")
    for name in (*theirs, *ours, f"{kept}.zst"):
        (tmp_path / name).touch()
    (tmp_path / f"{'c' * 32}.zst").mkdir()
    ShardStore(tmp_path).keep_only([kept])
    assert {path.name for path in tmp_path.iterdir()} == {*theirs, f"{kept}.zst", f"{'c' * 32}.zst"}
