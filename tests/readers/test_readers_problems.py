"""Bad input of every documented kind: an error record, never an exception, and the run goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfacts.model import Document, DocumentError
from newsfacts.readers import REMEDIES, ReadOptions, read
from newsfacts.readers.office import is_readable
from newsfacts.readers.registry import READERS
from newsfacts.readers.source import Source
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

BUILDER = DocumentBuilder.from_rules(RuleSet())
BODY = "The port handled 2.1 million containers in the first half of the year, officials said on Monday."

FRENCH = (
    "Le port a traité deux millions de conteneurs au premier semestre, et les autorités ont dit lundi "
    "que la hausse des ventes est la plus forte de la décennie."
)


def results(*inputs, **options):
    return list(read([str(i) for i in inputs], ReadOptions(**options), BUILDER))


def kinds(*inputs, **options):
    return [getattr(r, "kind", "document") for r in results(*inputs, **options)]


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


FILES = {
    "empty.txt": (b"", ["empty"]),
    "blank.txt": (b" \n\t\n", ["empty"]),
    "mark.txt": ("\ufeff \n".encode(), ["empty"]),
    "pdf.txt": (b"%PDF-1.7\nxxx", ["binary"]),
    "zip.md": (b"PK\x03\x04abcdef", ["binary"]),
    "controls.txt": (bytes(range(1, 32)) * 20, ["binary"]),
    "nul.txt": (f"{BODY}\0{BODY}".encode(), ["nul-bytes"]),
    "cut.txt.gz": (gzip.compress(os.urandom(50_000))[:-3000], ["truncated-gzip"]),
    "notgzip.txt.gz": (BODY.encode(), ["truncated-gzip"]),
    "french.txt": (FRENCH.encode(), ["not-english"]),
    "empty.html": (b"<html><body></body></html>", ["no-article"]),
    "deep.html": (b"<div>" * 20_000 + BODY.encode(), ["no-article"]),
    "tags.html": (b"a<br>" * 100_001, ["too-large"]),
    "bad.jsonl": (b'{"text": "a"\n[1]\nnull\n{"text": "Sales rose."}\n', ["bad-json"] * 3 + ["document"]),
    "nested.jsonl": (b'{"text": ' + b"[" * 100_000 + b"\n", ["bad-json"]),
    "surrogate.jsonl": (b'{"text": "Sales \\ud800 rose"}\n', ["document"]),
    "broken.jsonl": (b'{"text": "Sales \\ud800 rose}\n', ["bad-json"]),
    "nulescape.jsonl": (b'{"text": "Sales \\u0000 rose"}\n', ["nul-bytes"]),
    "fields.jsonl": (b'{"story": "x"}\n{"text": 5}\n{"text": " "}\n', ["missing-field"] * 2 + ["empty"]),
    "empty.jsonl": (b"\n", ["empty"]),
    "nocolumn.csv": (b"id,story\na,b\n", ["missing-field"]),
    "empty.csv": (b"", ["empty"]),
    "rows.csv": (b"id,text\na,b,c\nd\ne,Sales rose.\nf,\n", ["bad-csv", "bad-csv", "document", "empty"]),
    "quote.csv": (b'id,text\na,"Up" 5.\nb,Sales fell.\nc,"no end\nx\n', ["bad-csv", "document", "bad-csv"]),
    "nul.csv": (b"id,text\na,Sales\0 rose.\n", None),
    "bad.parquet": (b"PAR1 this is no parquet file PAR1", ["bad-parquet"]),
    "empty.parquet": (b"", ["bad-parquet"]),
    "word.doc": (b"PK", ["unsupported"]),
    "word.docx": (b"PK", ["damaged" if is_readable(".docx") else "missing-extra"]),
    "text.pdf": (b"%PDF-1.4 none", ["damaged" if is_readable(".pdf") else "missing-extra"]),
    "none": (b"x", ["unsupported"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_bad_files(tmp_path, name):
    data, expected = FILES[name]
    path = written(tmp_path, name, data)
    found = kinds(path)
    assert expected is None or found == expected
    assert set(found) <= {*REMEDIES, "document"}


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    for name, (data, _) in FILES.items():
        written(tmp_path, name, data)
    written(tmp_path, "zzz.txt", BODY)
    found = results(tmp_path)
    assert any(isinstance(r, Document) and r.id == "zzz" for r in found)
    errors = [r for r in found if isinstance(r, DocumentError)]
    assert all(
        e.message and e.remedy == REMEDIES[e.kind] and e.path.startswith(str(tmp_path)) for e in errors
    )
    assert {"empty", "binary", "nul-bytes", "truncated-gzip", "not-english"} <= {e.kind for e in errors}


def test_truncated_gzip_records_before_the_cut_are_kept(tmp_path):
    lines = "".join(json.dumps({"text": f"{BODY} {os.urandom(40).hex()}"}) + "\n" for _ in range(2000))
    found = kinds(written(tmp_path, "cut.jsonl.gz", gzip.compress(lines.encode())[:-5000]))
    assert found[0] == "document"
    assert found[-1] == "truncated-gzip"
    assert found.count("truncated-gzip") == 1


def test_too_large_texts_of_every_format(tmp_path):
    text = BODY * 4
    written(tmp_path, "a.txt", text)
    written(
        tmp_path, "b.jsonl", json.dumps({"text": text}) + "\n" + json.dumps({"text": "Sales rose."}) + "\n"
    )
    written(tmp_path, "c.csv", f'text\n"{text}"\nSales rose.\n')
    pq.write_table(pa.table({"text": [text, "Sales rose."]}), tmp_path / "d.parquet")
    written(tmp_path, "e.txt.gz", gzip.compress(b"a" * 10_000_000))
    expected = [
        "too-large",
        "too-large",
        "document",
        "too-large",
        "document",
        "too-large",
        "document",
        "too-large",
    ]
    assert kinds(tmp_path, max_chars=300) == expected


def test_a_giant_line_is_skipped_within_bounded_memory(tmp_path):
    path = tmp_path / "giant.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "')
        for _ in range(50):
            stream.write(b"a" * 1_000_000)
        stream.write(b'"}\n' + json.dumps({"text": "Sales rose."}).encode() + b"\n")
    tracemalloc.start()
    found = kinds(path, max_chars=100_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == ["too-large", "document"]
    assert peak < 12_000_000


def test_a_giant_line_of_a_table(tmp_path):
    path = tmp_path / "giant.csv"
    path.write_bytes(b"id,text\na,Sales rose.\nb," + b"a" * 3_000_000 + b"\nc,Sales fell.\n")
    assert kinds(path, max_chars=100_000) == ["document", "too-large", "document"]


def test_an_open_quote_does_not_swallow_the_rest_into_memory(tmp_path):
    path = tmp_path / "open.csv"
    path.write_bytes(b'id,text\na,Sales rose.\nb,"' + b"never closed\n" * 300_000)
    assert kinds(path, max_chars=100_000) == ["document", "too-large"]


def test_duplicate_ids_keep_the_first(tmp_path):
    path = written(
        tmp_path, "a.jsonl", '{"id": "x", "text": "Sales rose."}\n{"id": "x", "text": "Sales fell."}\n'
    )
    first, second = results(path)
    assert first.text == "Sales rose."
    assert (second.kind, second.doc_id) == ("duplicate-id", "x")
    assert kinds(written(tmp_path, "b.txt", BODY), tmp_path / "b.txt") == ["document", "duplicate-id"]


def test_vanished_inputs(tmp_path):
    assert kinds(tmp_path / "no.txt", tmp_path / "no-folder", tmp_path / "*.txt") == ["vanished"] * 3
    assert kinds(tmp_path / "no.parquet") == ["vanished"]


def test_a_folder_that_vanishes_while_it_is_read(tmp_path):
    (tmp_path / "b").mkdir()
    written(tmp_path, "a.txt", BODY)
    written(tmp_path / "b", "c.txt", BODY)
    reading = read([tmp_path], ReadOptions(), BUILDER)
    assert isinstance(next(reading), Document)
    (tmp_path / "b" / "c.txt").unlink()
    (tmp_path / "b").rmdir()
    assert [r.kind for r in reading if isinstance(r, DocumentError)] == ["vanished"]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PermissionError(13, "no"), "no-permission"),
        (FileNotFoundError(2, "gone"), "vanished"),
        (OSError(5, "Input/output error"), "unreadable"),
    ],
)
def test_system_errors_while_a_file_is_opened(tmp_path, monkeypatch, error, kind):
    path = written(tmp_path, "a.txt", BODY)

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(os, "open", fail)
    found = results(path)
    assert [r.kind for r in found] == [kind]
    assert found[0].doc_id == "a"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_and_folder(tmp_path):
    written(tmp_path, "a.txt", BODY).chmod(0)
    (tmp_path / "b").mkdir(mode=0)
    assert kinds(tmp_path) == ["no-permission", "no-permission"]


def test_unreadable_folder(tmp_path, monkeypatch):
    def fail(path):
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "scandir", fail)
    assert kinds(tmp_path) == ["no-permission"]


def test_language_check_can_be_switched_off(tmp_path):
    path = written(tmp_path, "f.txt", FILES["french.txt"][0])
    assert kinds(path, check_language=False) == ["document"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(READERS)), st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_a_reader_raise(suffix, data):
    source = Source("x", "x", suffix, stream=io.BytesIO(data))
    items = list(READERS[suffix](source, ReadOptions()))
    assert all(getattr(i, "kind", "empty") in REMEDIES for i in items)
