"""Poison: one error record each, whatever lies beside it, in bounded time and memory."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from poison import BODY, GOOD, POISONS, write_all
from typer.testing import CliRunner

from newsfacts.cli.app import app
from newsfacts.model import Document, DocumentError
from newsfacts.readers import REMEDIES, ReaderProcess, ReadOptions, read
from newsfacts.readers.reading import items_of
from newsfacts.readers.source import Item, Source
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

BUILDER = DocumentBuilder.from_rules(RuleSet())


def results(*inputs: Path | str, **options: object) -> list[Document | DocumentError]:
    return list(read([str(i) for i in inputs], ReadOptions(**options), BUILDER))  # type: ignore[arg-type]


def kinds(*inputs: Path | str, **options: object) -> list[str]:
    return [getattr(r, "kind", "document") for r in results(*inputs, **options)]


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("poisoned") / "in"
    write_all(folder)
    yield folder
    # pytest would remove it with shutil.rmtree, for which the folders are nested too deep.
    subprocess.run(["rm", "-rf", folder], check=True)


@pytest.mark.parametrize("kind", POISONS)
def test_poison_is_one_error_and_the_files_beside_it_are_read(poisoned: Path, kind: str) -> None:
    found = results(poisoned / kind)
    errors = [item for item in found if isinstance(item, DocumentError)]
    assert [item.id + ".txt" for item in found if isinstance(item, Document)] == list(GOOD)
    assert [error.kind for error in errors] == [POISONS[kind][1]]
    assert errors[0].remedy == REMEDIES[errors[0].kind]
    assert json.loads(json.dumps(errors[0].path).encode()).startswith(str(poisoned))


@pytest.mark.model
def test_a_run_over_all_poison_has_every_good_document(poisoned: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsfacts.cli", "run", poisoned, "--out", tmp_path / "out", "--json"]
    began = time.monotonic()
    process = subprocess.Popen([*map(str, command)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stderr is not None
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert (process.returncode, message) == (3, b"")
    assert time.monotonic() - began < 120
    assert usage.ru_maxrss < 1_500_000  # kB, of the largest of its processes

    def told(name: str) -> list[dict[str, str]]:
        return [json.loads(line) for line in (tmp_path / "out" / name).read_text("utf-8").splitlines()]

    ids = [document["id"] for document in told("documents.jsonl")]
    assert sorted(ids) == sorted(f"{kind}/{name[:-4]}" for kind in POISONS for name in GOOD)
    errors = {Path(e["path"]).relative_to(poisoned).parts[0]: e["kind"] for e in told("errors.jsonl")}
    assert errors == {kind: expected for kind, (_, expected) in POISONS.items()}
    assert len(told("errors.jsonl")) == len(POISONS)
    assert len({fact["doc_id"] for fact in told("facts.jsonl")}) == len(ids)


@pytest.mark.parametrize("name", ["undefined", "no-such", "hex"])
def test_an_encoding_that_is_none_of_texts_is_refused_up_front(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    done = CliRunner().invoke(app, ["run", str(tmp_path / "a.txt"), "--encoding", name])
    assert done.exit_code == 2
    assert name in done.stderr
    assert kinds(tmp_path / "a.txt", encoding=name) == ["encoding"]


def test_the_device_itself_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert kinds("/dev/zero", tmp_path / "pipe.txt") == ["not-a-file", "not-a-file"]


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.txt").write_text(BODY)
    reading = read([tmp_path], ReadOptions(), BUILDER)
    assert isinstance(next(reading), Document)
    source = Source(str(tmp_path / "b.txt"), "b", ".txt", file=tmp_path / "b.txt")
    (tmp_path / "b.txt").unlink()
    os.mkfifo(tmp_path / "b.txt")
    assert [getattr(item, "kind", None) for item in items_of(source, ReadOptions())] == ["not-a-file"]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl", ".csv"])
def test_a_short_file_takes_little_memory(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(BODY)
    kinds(path)  # what is loaded once is not counted
    tracemalloc.start()
    kinds(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


LINES = [("a", BODY.strip()), ("b", "Imports fell 3 percent to 10 million dollars in May, said Mr Wałęsa.")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
def test_tables_in_utf_16(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [("id", "text"), *LINES]
    content = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    (tmp_path / "a.csv").write_bytes(content.encode(encoding))
    given = encoding if encoding.endswith("le") else None
    found = results(tmp_path / "a.csv", encoding=given)
    assert [(d.id, d.text) for d in found if isinstance(d, Document)] == LINES


@pytest.mark.parametrize(
    ("encoding", "given"), [("utf-16", None), ("utf-16", "utf-16"), ("utf-16-be", "utf-16-be")]
)
def test_records_in_utf_16(tmp_path: Path, encoding: str, given: str | None) -> None:
    content = "".join(json.dumps({"id": a, "text": b}, ensure_ascii=False) + "\n" for a, b in LINES)
    (tmp_path / "a.jsonl").write_bytes(content.encode(encoding))
    found = results(tmp_path / "a.jsonl", encoding=given)
    assert [(d.id, d.text) for d in found if isinstance(d, Document)] == LINES


def test_a_field_that_a_record_has_twice_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "Sales rose.", "text": "Sales fell."}\n{"text": "Sales rose.", "x": {"text": 1}}\n'
    )
    first, second = results(path)
    assert isinstance(first, DocumentError)
    assert (first.kind, "'text'" in first.message) == ("duplicate-column", True)
    assert isinstance(second, Document)


def test_titles_and_addresses_are_cut_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": BODY, "title": "t" * 1_001, "url": "u" * 2_001}))
    (document,) = results(path)
    assert isinstance(document, Document)
    assert (len(document.title or ""), len(document.url or "")) == (1_000, 2_000)
    assert document.warnings == ("title: cut to 1,000 characters", "url: cut to 2,000 characters")


def test_a_day_that_there_is_not_costs_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ndate: 2023-02-30\n---\n\n{BODY}")
    (document,) = results(tmp_path)
    assert isinstance(document, Document)
    assert document.warnings == ("date: '2023-02-30' is not a clear date",)


def test_links(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "sub").mkdir(parents=True)
    outside.mkdir()
    for path in (inside / "sub/a.txt", outside / "b.txt", outside / "c.txt"):
        path.write_text(BODY)
    (inside / "again.txt").symlink_to("sub/a.txt")
    (inside / "b.txt").symlink_to(outside / "b.txt")
    (inside / "more").symlink_to(outside)
    (inside / "round").symlink_to(inside)
    (outside / "back").symlink_to(inside)

    def told(where: str, **options: object) -> list[str]:
        return [i.id if isinstance(i, Document) else i.kind for i in results(where, **options)]

    assert told(str(inside)) == ["again", "outside-link", "outside-link", "sub/a"]
    assert told(str(inside), follow_links=True) == ["again", "b", "more/b", "more/c", "sub/a"]
    assert told(f"{inside}/*.txt") == ["again", "outside-link"]
    assert told(f"{inside}/*/*.txt") == ["outside-link"] * 2 + ["round/again", "outside-link", "sub/a"]
    assert told(f"{inside}/**/*.txt") == ["again", "outside-link", "outside-link", "sub/a"]
    assert told(str(inside / "b.txt")) == ["b"]


def misbehaving(source: Source, options: ReadOptions) -> Iterator[Item]:
    """A reader that does what the text says after its first record."""
    for item in items_of(source, options):
        text = getattr(item, "text", "")
        if "hang-now" in text:
            time.sleep(600)
        if "exit-now" in text:
            os._exit(7)
        if "grow-now" in text:
            bytearray(3_000_000_000)
        yield item


def test_a_file_that_ends_blocks_or_fills_the_reader_costs_nothing_else(tmp_path: Path) -> None:
    for number, what in enumerate(["good", "hang-now", "exit-now", "grow-now", "good"]):
        records = [BODY, f"{BODY} {what}", BODY]
        lines = "".join(
            json.dumps({"id": f"{number}-{i}", "text": text}) + "\n" for i, text in enumerate(records)
        )
        with gzip.open(tmp_path / f"{number}.jsonl.gz", "wt") as stream:
            stream.write(lines)
    reader = ReaderProcess(timeout=3, memory=1, reader=misbehaving)
    found = list(read([tmp_path], ReadOptions(), BUILDER, reader=reader))
    reader.close()
    told = [item.id if isinstance(item, Document) else item.kind for item in found]
    assert told == [
        "0-0", "0-1", "0-2", "1-0", "timeout", "2-0", "crashed", "3-0", "memory", "4-0", "4-1", "4-2",
    ]  # fmt: skip


def test_plain_files_need_no_process_and_a_reading_left_early_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.jsonl.gz").write_bytes(
        gzip.compress(b'{"text": "Sales rose."}\n{"text": "Sales fell."}\n')
    )
    reader = ReaderProcess()
    reading = read([tmp_path], ReadOptions(), BUILDER, reader=reader)
    next(reading)
    assert reader._child is None
    next(reading)
    del reading
    assert reader._child is None
    again = [item.text for item in read([tmp_path / "b.jsonl.gz"], ReadOptions(), BUILDER, reader=reader)]  # type: ignore[union-attr]
    assert again == ["Sales rose.", "Sales fell."]
    assert reader._child is not None
    reader.close()
