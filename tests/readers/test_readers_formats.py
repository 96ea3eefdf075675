"""One test or more for each format, and ids, metadata and warnings."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from newsfacts.model import Document, DocumentError
from newsfacts.readers import FieldNames, ReadOptions, read
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

BUILDER = DocumentBuilder.from_rules(RuleSet())
BODY = "The port handled 2.1 million containers in the first half of the year, officials said on Monday."
PAGE = """<html lang="en"><head><title>Port grows | Example News</title>{head}</head>
<body><nav><a href="/">Home</a></nav>
<article><h1>Port grows</h1>{paragraphs}</article>
<footer>Copyright 2019 Example Ltd.</footer></body></html>"""

JSON_LD = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-05"}</script>'


def page(head: str = "", extra: str = "") -> str:
    return PAGE.format(head=head, paragraphs=extra + f"<p>{BODY}</p>" * 5)


def results(*inputs, **options):
    return list(read([str(i) for i in inputs], ReadOptions(**options), BUILDER))


def only(*inputs, **options) -> Document:
    found = results(*inputs, **options)
    assert len(found) == 1
    assert isinstance(found[0], Document), found
    return found[0]


def test_text_file(tmp_path):
    path = tmp_path / "port.v2.txt"
    path.write_bytes(f"\ufeffPort grows\r\n\r\nPublished on 3 May 2024\r\n\r\n{BODY}".encode())
    document = only(path)
    assert document.id == "port.v2"
    assert document.path == str(path)
    assert document.text == f"Port grows\n\nPublished on 3 May 2024\n\n{BODY}"
    assert (document.published, document.published_source) == (dt.date(2024, 5, 3), "header")
    assert document.warnings == ()


def test_gzip_text_file(tmp_path):
    path = tmp_path / "port.TXT.gz"
    path.write_bytes(gzip.compress(BODY.encode()))
    assert (only(path).id, only(path).text) == ("port", BODY)


def test_folder_is_walked_in_order_and_ids_are_paths(tmp_path):
    for name in ("b/two.txt", "a.txt", "b/c/one.md", ".hidden.txt", "b/.git/x.txt", "notes.xyz", "b/plain"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BODY, encoding="utf-8")
    reading = read([tmp_path], ReadOptions(), BUILDER)
    assert [d.id for d in reading if isinstance(d, Document)] == ["a", "b/c/one", "b/two"]
    assert reading.skipped == 4


def test_linked_folders_do_not_lead_round_in_circles(tmp_path):
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    reading = read([tmp_path], ReadOptions(), BUILDER)
    assert [d.id for d in reading if isinstance(d, Document)] == ["a"]
    assert reading.skipped == 1


def test_pattern_matches_are_sorted_and_ids_start_below_its_fixed_part(tmp_path):
    for name in ("x/b.txt", "x/a.txt", "y/a.txt", "x/c.xyz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    assert [d.id for d in results(tmp_path / "x" / "*.txt")] == ["a", "b"]
    assert [d.id for d in results(tmp_path / "**" / "*.txt")] == ["x/a", "x/b", "y/a"]


def test_file_whose_name_looks_like_a_pattern(tmp_path):
    path = tmp_path / "a[1].txt"
    path.write_text(BODY, encoding="utf-8")
    assert only(path).id == "a[1]"


def test_markdown_front_matter_is_metadata_and_silent(tmp_path):
    path = tmp_path / "port.md"
    head = "---\ntitle: Port grows\ndate: 2024-05-03\nurl: https://example.com/a\nsales: 30 tonnes\n---\n"
    path.write_text(f"{head}\n## Figures\n\n{BODY}\n", encoding="utf-8")
    document = only(path)
    assert document.text.startswith("---\ntitle")
    assert (document.title, document.url) == ("Port grows", "https://example.com/a")
    assert (document.published, document.published_source) == (dt.date(2024, 5, 3), "metadata")
    assert [s.kind for s in document.sections if not s.silent] == ["title", "body"]
    assert all(s.silent for s in document.sections if s.start < len(head))


@pytest.mark.parametrize("head", ["---\n: [\n---\n", "---\njust words\n---\n", "---\nno end\n"])
def test_markdown_without_usable_front_matter_is_text(tmp_path, head):
    path = tmp_path / "port.md"
    path.write_text(f"{head}{BODY}\n", encoding="utf-8")
    document = only(path)
    assert document.published is None
    assert any(not s.silent for s in document.sections)


def test_jsonl_records(tmp_path):
    path = tmp_path / "news.jsonl"
    records = [
        {"id": "n1", "text": f"Port grows\n\n{BODY}", "title": "Port grows", "date": "2024-05-03T10:00:00Z"},
        {"doc_id": 7, "content": BODY, "headline": "Other title", "published": "03/04/2024"},
        {"body": BODY, "url": "https://example.com/3"},
    ]
    path.write_text(
        "\n".join(map(json.dumps, records[:2])) + "\n\n" + json.dumps(records[2]), encoding="utf-8"
    )
    one, two, three = results(path)
    assert (one.id, two.id, three.id) == ("n1", "7", "news#4")
    assert (one.title, one.published, one.published_source) == ("Port grows", dt.date(2024, 5, 3), "metadata")
    assert one.sections[0].kind == "title"
    assert (two.title, two.text, two.published) == ("Other title", BODY, None)
    assert two.warnings == ("date: '03/04/2024' is not a clear date",)
    assert three.url == "https://example.com/3"


def test_jsonl_fields_can_be_named_and_compressed(tmp_path):
    path = tmp_path / "news.ndjson.gz"
    path.write_bytes(gzip.compress(json.dumps({"key": "k", "story": BODY, "when": "3 May 2024"}).encode()))
    fields = FieldNames(id=("key",), text=("story",), date=("when",))
    document = only(path, fields=fields)
    assert (document.id, document.published) == ("k", dt.date(2024, 5, 3))


def test_halves_of_characters_in_jsonl_are_replaced_with_a_warning(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "x\\udfff", "text": "Sales \\ud800 rose.", "title": "\\ud83d\\ude00"}\n')
    document = only(path)
    assert (document.id, document.text, document.title) == ("x\ufffd", "Sales \ufffd rose.", "\U0001f600")
    assert document.warnings[0] == "2 half characters (lone surrogates) were replaced by U+FFFD"


def test_published_option_wins_over_metadata(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps({"text": BODY, "date": "2024-05-03"}), encoding="utf-8")
    assert only(path, published=dt.date(2020, 1, 2)).published == dt.date(2020, 1, 2)
    path.write_text(json.dumps({"text": BODY, "date": "03/04/2024"}), encoding="utf-8")
    assert only(path, date_order="DMY").published == dt.date(2024, 4, 3)


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t"), (".csv", ";")])
def test_tables(tmp_path, suffix, delimiter):
    path = tmp_path / f"news{suffix}"
    text = f'Port, "big", grows\n\n{BODY}'.replace('"', '""')
    rows = [delimiter.join(("id", "text", "date")), delimiter.join(("a", f'"{text}"', "2024-05-03"))]
    path.write_bytes(
        "\ufeff".encode() + "\r\n".join([*rows, "", delimiter.join(("", f'"{BODY}"', ""))]).encode()
    )
    one, two = results(path)
    assert (one.id, one.published) == ("a", dt.date(2024, 5, 3))
    assert one.text == f'Port, "big", grows\n\n{BODY}'
    assert (two.id, two.text) == ("news#2", BODY)


def test_table_with_an_article_longer_than_the_csv_modules_limit(tmp_path):
    path = tmp_path / "news.csv"
    text = f"{BODY}\n" * 3000
    path.write_text(f'text\n"{text}"\n', encoding="utf-8")
    assert only(path).text == text


def test_table_in_another_encoding_warns(tmp_path):
    path = tmp_path / "news.csv"
    path.write_bytes(f'id,text\na,"{BODY} It’s in a café."\n'.encode("cp1252"))
    document = only(path)
    assert document.text == f"{BODY} It’s in a café."
    assert document.warnings == ("encoding: not UTF-8, read as cp1252",)


def test_parquet(tmp_path):
    path = tmp_path / "news.parquet"
    day = dt.datetime(2024, 5, 3, 10)  # noqa: DTZ001 - Parquet files hold times without zone, too
    columns = {
        "doc_id": ["a", "b", None],
        "text": [BODY, None, BODY],
        "date": [day, day, None],
        "size": [1, 2, 3],
    }
    pq.write_table(pa.table(columns), path)
    one, two, three = results(path)
    assert (one.id, one.text, one.published) == ("a", BODY, dt.date(2024, 5, 3))
    assert (two.doc_id, two.kind) == ("b", "missing-field")
    assert three.id == "news#3"


def test_parquet_text_in_another_encoding_warns(tmp_path):
    path = tmp_path / "news.parquet"
    texts = pa.array([f"{BODY} It’s in a café.".encode("cp1252"), BODY.encode()], pa.binary())
    pq.write_table(pa.table({"text": texts.view(pa.string())}), path)
    one, two = results(path)
    assert one.text == f"{BODY} It’s in a café."
    assert one.warnings == ("encoding: not UTF-8, read as cp1252",)
    assert two.warnings == ()


def test_html_date_of_unclear_order_can_be_settled(tmp_path):
    path = tmp_path / "port.html"
    path.write_text(page('<meta name="date" content="03/04/2021">'), encoding="utf-8")
    assert only(path).warnings == ("date: '03/04/2021' is not a clear date",)
    assert only(path, date_order="MDY").published == dt.date(2021, 3, 4)


def test_parquet_in_several_batches(tmp_path):
    path = tmp_path / "news.parquet"
    pq.write_table(pa.table({"text": [f"{BODY} No. {i}" for i in range(300)]}), path)
    assert [d.text.split()[-1] for d in results(path)] == [str(i) for i in range(300)]


@pytest.mark.parametrize(
    ("head", "extra", "day"),
    [
        ('<meta property="article:published_time" content="2021-03-04T08:00:00Z">', "", dt.date(2021, 3, 4)),
        (JSON_LD, "", dt.date(2021, 3, 5)),
        ("", '<time datetime="2022-02-03T10:00">3 February 2022</time>', dt.date(2022, 2, 3)),
        ('<meta property="article:published_time" content="2071-03-04T08:00:00Z">', "", dt.date(2071, 3, 4)),
        ('<meta name="date" content="03/04/2021">', "", None),
        ('<meta name="date" content="28/04/2021">', "", dt.date(2021, 4, 28)),
        ("", "<p>The company was founded on 3 May 2004 by two brothers who lived in the town.</p>", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_html_date_comes_from_the_page_and_never_from_the_clock(tmp_path, head, extra, day):
    path = tmp_path / "port.html"
    path.write_text(page(head, extra), encoding="utf-8")
    document = only(path)
    assert document.published == day
    assert document.title == "Port grows"
    assert BODY in document.text
    assert "Copyright" not in document.text


def test_html_declared_encoding(tmp_path):
    path = tmp_path / "port.htm"
    path.write_bytes(
        page('<meta charset="iso-8859-2">', "<p>The head of the port is Mr Wałęsa.</p>").encode("iso-8859-2")
    )
    document = only(path)
    assert "Wałęsa" in document.text
    assert document.warnings == ("encoding: not UTF-8, read as iso-8859-2",)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-32", "utf-8-sig"])
def test_encodings_of_text(tmp_path, encoding):
    path = tmp_path / "port.txt"
    text = f"{BODY} “It’s a record,” the mayor said – in a café."
    path.write_bytes(text.encode(encoding))
    document = only(path)
    assert document.text == text
    assert bool(document.warnings) == (encoding == "cp1252")


def test_encoding_option(tmp_path):
    path = tmp_path / "port.txt"
    path.write_bytes(f"{BODY} Čapek".encode("cp1250"))
    assert only(path, encoding="cp1250").text.endswith("Čapek")
    assert results(path, encoding="utf-8")[0].kind == "encoding"
    assert results(path, encoding="no-such-code")[0].kind == "encoding"


def test_mojibake_is_a_warning_and_the_text_stays(tmp_path):
    path = tmp_path / "port.txt"
    text = f"{BODY} It\u00e2\u20ac\u2122s \ufffd."
    path.write_text(text, encoding="utf-8")
    document = only(path)
    assert document.text == text
    assert document.warnings[0].startswith("mojibake: 2 wrongly decoded places")


@pytest.mark.parametrize(
    ("data", "count", "first_id"),
    [
        (BODY.encode(), 1, "stdin"),
        (b'{"id": "a", "text": "Sales rose 5 percent."}\n{"text": "Sales fell."}\n', 2, "a"),
        (page().encode(), 1, "stdin"),
        (gzip.compress(BODY.encode()), 1, "stdin"),
    ],
)
def test_standard_input(monkeypatch, data, count, first_id):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = results("-")
    assert len(found) == count
    assert found[0].id == first_id


def test_standard_input_of_a_named_format(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f'text\n"{BODY}"\n'.encode())))
    assert only("-", stdin_format=".csv").text == BODY
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x")))
    assert results("-", stdin_format=".doc")[0].kind == "unsupported"


def test_reading_is_lazy(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    reading = read([tmp_path], ReadOptions(), BUILDER)
    first = next(reading)
    (tmp_path / "b.txt").unlink()
    second = next(reading)
    assert isinstance(first, Document)
    assert isinstance(second, DocumentError)
    assert second.kind == "vanished"
