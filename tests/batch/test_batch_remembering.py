"""Cycles of a watch read what changed, and end in the output of a run over everything."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_stubs import Stub

from newsfacts.batch import ThisProcess, run_shards, shards
from newsfacts.batch.manifest import SHARDS
from newsfacts.batch.remembering import Memory
from newsfacts.batch.shards import ShardStore
from newsfacts.batch.watching import snapshot
from newsfacts.errors import ConfigurationError
from newsfacts.readers import ReadOptions, read, reading
from newsfacts.readers.source import Source
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

OPTIONS = ReadOptions(check_language=False)
FILES = ("facts.jsonl", "documents.jsonl", "errors.jsonl")
ENGINE = ThisProcess(Stub(), Stub().fingerprint)


class Folder:
    """A watched folder; `opened` are the files that the last cycle read."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.files, self.out = path / "in", path / "out"
        self.files.mkdir()
        self.memory = Memory(ShardStore(self.out / SHARDS))
        self.builder = DocumentBuilder.from_rules(RuleSet())
        self.opened: list[str] = []
        self._clock = 0
        actual = reading.items_of

        def items(source: Source, options: ReadOptions) -> Iterator[reading.Item]:
            self.opened.append(Path(source.path).name)
            return actual(source, options)

        monkeypatch.setattr(reading, "items_of", items)
        monkeypatch.setattr(shards, "BATCH", 4)

    def write(self, name: str, *texts: str, ids: tuple[str, ...] = ()) -> None:
        records = [{"id": i, "text": text} for i, text in zip(ids, texts, strict=True)] if ids else ()
        content = "".join(json.dumps(record) + "\n" for record in records) if ids else "".join(texts)
        path = self.files / name
        path.write_text(content)
        self._clock += 1
        os.utime(path, (self._clock, self._clock))

    def cycle(self) -> list[str]:
        self.opened.clear()
        cycle = self.memory.cycle(snapshot(self.files, OPTIONS))
        found = cycle.follow(read([self.files], OPTIONS, self.builder, cycle.accept))
        run_shards(found, ENGINE, self.out, cutting=cycle.cut)
        return list(self.opened)

    def output(self) -> list[bytes]:
        return [(self.out / name).read_bytes() for name in FILES]

    def wanted(self, out: Path) -> list[bytes]:
        """The output of a run over everything."""
        run_shards(read([self.files], OPTIONS, self.builder), ENGINE, out)
        return [(out / name).read_bytes() for name in FILES]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    return Folder(tmp_path, monkeypatch)


def text(number: int) -> str:
    return f"Exports of port {number} rose in the first half of the year.\n"


def test_files_that_did_not_change_are_not_read_again(folder: Folder, tmp_path: Path) -> None:
    names = [f"{number:03}.txt" for number in range(100)]
    for number, name in enumerate(names):
        folder.write(name, text(number))
    assert folder.cycle() == names
    assert len(folder.cycle()) < 8  # those of the last shard, which ended with the input
    folder.write("050.txt", text(1050))
    opened = folder.cycle()
    assert "050.txt" in opened
    assert len(opened) < 20
    assert folder.output() == folder.wanted(tmp_path / "whole")


def test_whatever_happens_the_output_is_that_of_a_run_over_everything(folder: Folder, tmp_path: Path) -> None:
    chance = random.Random(5)
    names = [f"{n:02}.txt" for n in range(60)] + [f"{n:02}.jsonl" for n in range(0, 60, 15)]
    for number, name in enumerate(names):
        folder.write(name, text(number)) if name.endswith("txt") else None
    opened, there = 0, 0
    for step in range(40):
        for name in chance.sample(names, 3):
            if chance.random() < 0.25:
                (folder.files / name).unlink(missing_ok=True)
            elif name.endswith("jsonl"):
                # Ids that other files have too, and lines that are none.
                ids = tuple(f"{chance.randrange(99):02}" for _ in range(chance.randrange(1, 7)))
                folder.write(name, *(text(chance.randrange(99)) for _ in ids), ids=ids)
            else:
                folder.write(name, chance.choice([*map(text, range(7)), "", "\x00\x01"]))
        opened, there = opened + len(folder.cycle()), there + len(list(folder.files.iterdir()))
        assert folder.output() == folder.wanted(tmp_path / "whole"), step
    assert opened < 0.7 * there


def test_a_file_that_is_not_to_be_read_is_not(folder: Folder) -> None:
    folder.write("a.txt", text(1))
    folder.write("b.txt", text(2))
    found = read([folder.files], OPTIONS, folder.builder, lambda path: path.endswith("b.txt"))
    assert [item.id for item in found] == ["b"]


def test_a_shard_that_is_gone_is_made_from_its_files(folder: Folder) -> None:
    for number in range(30):
        folder.write(f"{number:03}.txt", text(number))
    folder.cycle()
    before = folder.output()
    for path in (folder.out / SHARDS).iterdir():
        path.unlink()
    assert len(folder.cycle()) == 30
    assert folder.output() == before


def test_no_shard_without_documents_is_ever_written(folder: Folder) -> None:
    def cutting(items: object, fingerprint: object) -> Iterator[shards.Shard]:
        yield shards.Shard(0, "0" * 32, ())

    with pytest.raises(ConfigurationError, match="damaged or gone"):
        run_shards([], ENGINE, folder.out, cutting=cutting)
