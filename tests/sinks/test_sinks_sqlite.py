from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from newsfacts.errors import ConfigurationError, ValidationError
from newsfacts.model import Change, DateFact, Fact, PlaceFact, QuantityFact
from newsfacts.model.records import DocumentRecord
from newsfacts.sinks import load
from newsfacts.sinks.jsonl import encode


def common(doc: str, name: str, start: int = 0) -> dict[str, Any]:
    return {
        "id": f"{doc}-{name}", "doc_id": doc, "published": "2023-07-28", "start": start, "end": start + 5,
        "text": "xxxxx", "sentence_start": 0, "sentence_end": 50, "section": "body", "rule": "r",
        "confidence": 0.5,
    }  # fmt: skip


def facts_of(doc: str) -> list[Fact]:
    return [
        QuantityFact(
            type="percent",
            value=2.06,
            unit="%",
            change=Change("up", "by", "yoy"),
            time=f"{doc}-d",
            place=f"{doc}-p",
            item="exports",
            **common(doc, "q"),
        ),
        DateFact(edtf="2023", date_start="2023-01-01", date_end="2023-12-31", **common(doc, "d", 10)),
        PlaceFact(name="Huairen", kind="admin3", country="CN", admin1="Shanxi", **common(doc, "p", 20)),
    ]


def write(folder: Path, documents: dict[str, Sequence[Fact]]) -> Path:
    folder.mkdir(exist_ok=True)
    records = [
        DocumentRecord(
            id=name,
            characters=50,
            words=9,
            sections={"body": 1},
            facts=len(facts),
            sha256="a" * 64,
            warnings=("odd",),
        )
        for name, facts in documents.items()
    ]
    (folder / "documents.jsonl").write_bytes(b"".join(map(encode, records)))
    (folder / "facts.jsonl").write_bytes(b"".join(encode(f) for fs in documents.values() for f in fs))
    return folder


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def dump(database: Path) -> list[str]:
    connection = sqlite3.connect(database)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_the_view_joins_time_and_place(tmp_path: Path) -> None:
    report = load(write(tmp_path / "out", {"a": facts_of("a")}), tmp_path / "facts.db")
    assert (report.documents, report.facts, report.removed) == (1, 3, 0)
    query = "SELECT value, item, change_role, date_end, place, admin1 FROM quantities"
    assert rows(tmp_path / "facts.db", query) == [(2.06, "exports", "by", "2023-12-31", "Huairen", "Shanxi")]
    assert rows(tmp_path / "facts.db", "PRAGMA foreign_key_check") == []


def test_loading_again_changes_nothing(tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": facts_of("a"), "b": facts_of("b")})
    load(out, tmp_path / "facts.db")
    before = dump(tmp_path / "facts.db")
    load(out, tmp_path / "facts.db")
    assert dump(tmp_path / "facts.db") == before


def test_a_re_extracted_document_replaces_its_facts_and_no_others(tmp_path: Path) -> None:
    load(write(tmp_path / "out", {"a": facts_of("a"), "b": facts_of("b")}), tmp_path / "facts.db")
    _, date, _ = facts_of("a")
    changed = QuantityFact(type="percent", value=3, unit="%", **common("a", "q"))
    report = load(write(tmp_path / "out", {"a": [changed, date]}), tmp_path / "facts.db")
    assert report.removed == 1
    found = rows(tmp_path / "facts.db", "SELECT id FROM facts ORDER BY id")
    assert [i for (i,) in found] == ["a-d", "a-q", "b-d", "b-p", "b-q"]
    assert rows(tmp_path / "facts.db", "SELECT value, item, place_id FROM facts WHERE id = 'a-q'") == [
        (3.0, None, None)
    ]
    assert rows(tmp_path / "facts.db", "SELECT id FROM places") == [("b-p",)]


def test_a_document_without_facts_any_more_loses_its_old_ones(tmp_path: Path) -> None:
    load(write(tmp_path / "out", {"a": facts_of("a")}), tmp_path / "facts.db")
    report = load(write(tmp_path / "out", {"a": []}), tmp_path / "facts.db")
    assert report.removed == 3
    assert rows(tmp_path / "facts.db", "SELECT count(*) FROM dates") == [(0,)]


def test_a_facts_file_alone_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_bytes(b"".join(map(encode, facts_of("a"))))
    report = load(tmp_path / "mine.jsonl", tmp_path / "facts.db")
    assert (report.documents, report.facts) == (1, 3)
    assert rows(tmp_path / "facts.db", "SELECT id, published FROM documents") == [("a", "2023-07-28")]


@pytest.mark.parametrize("bad", ['{"type": "money"}', "{", '{"type": "weight"}'])
def test_a_bad_line_is_named_and_nothing_is_written(tmp_path: Path, bad: str) -> None:
    out = write(tmp_path / "out", {"a": facts_of("a")})
    load(out, tmp_path / "facts.db")
    before = dump(tmp_path / "facts.db")
    with (write(tmp_path / "out", {"b": facts_of("b")}) / "facts.jsonl").open("a") as file:
        file.write(bad + "\n")
    with pytest.raises(ValidationError, match=r"facts\.jsonl:4"):
        load(out, tmp_path / "facts.db")
    assert dump(tmp_path / "facts.db") == before


def test_a_reference_to_no_fact_is_refused_as_a_whole(tmp_path: Path) -> None:
    lost = QuantityFact(type="count", value=1, time="nowhere", **common("a", "q"))
    with pytest.raises(ValidationError, match="refers to a fact that is not there"):
        load(write(tmp_path / "out", {"a": [lost]}), tmp_path / "facts.db")
    assert rows(tmp_path / "facts.db", "SELECT count(*) FROM sqlite_master") == [(0,)]


def test_whole_numbers_beyond_64_bits_are_kept_as_reals(tmp_path: Path) -> None:
    big = QuantityFact(type="count", value=10**21, **common("a", "q"))
    load(write(tmp_path / "out", {"a": [big]}), tmp_path / "facts.db")
    assert rows(tmp_path / "facts.db", "SELECT value FROM facts") == [(1e21,)]


def test_what_is_no_database_or_no_output_is_refused(tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": []})
    (tmp_path / "text").write_text("this is not a database, but a text that is long enough to be looked at")
    with pytest.raises(ConfigurationError, match="cannot be used as a SQLite database"):
        load(out, tmp_path / "text")
    with pytest.raises(ConfigurationError, match="there is no"):
        load(tmp_path, tmp_path / "facts.db")
    with pytest.raises(ConfigurationError, match="no folder"):
        load(out, tmp_path / "missing" / "facts.db")
    connection = sqlite3.connect(tmp_path / "newer.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ConfigurationError, match="schema version 99"):
        load(out, tmp_path / "newer.db")


def test_documents_keep_what_the_record_says(tmp_path: Path) -> None:
    load(write(tmp_path / "out", {"a": []}), tmp_path / "facts.db")
    ((sections, warnings, words),) = rows(
        tmp_path / "facts.db", "SELECT sections, warnings, words FROM documents"
    )
    assert (json.loads(sections), json.loads(warnings), words) == ({"body": 1}, ["odd"], 9)
