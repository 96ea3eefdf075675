"""Claims over all runs that were loaded into a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from database_records import common, document, line, write
from real_databases import Database
from typer.testing import CliRunner, Result

from newsfacts.cli.app import app
from newsfacts.consolidate import consolidate
from newsfacts.consolidate.database import StoredClaims, consolidate_database
from newsfacts.errors import ConfigurationError
from newsfacts.model import DateFact, Fact, PlaceFact, QuantityFact
from newsfacts.rules import RuleSet
from newsfacts.sinks import load
from newsfacts.sinks.jsonl import encode

STORY = (
    "The state opened 4,200 new rice mills this spring and plans many more before the next harvest begins."
)


def told(doc: str, value: float = 4200, place: str | None = "Kerala", **fields: Any) -> list[Fact]:
    """A document that counts rice mills of 2024."""
    facts: list[Fact] = [
        DateFact(edtf="2024", date_start="2024-01-01", date_end="2024-12-31", **common(doc, "d", 10)),
        *([PlaceFact(name=place, kind="admin1", country="IN", **common(doc, "p", 20))] if place else []),
    ]
    links = {"time": f"{doc}-d", "place": f"{doc}-p" if place else None}
    quantity = {"type": "count", "value": value, "item": "rice mills", **links} | fields
    return [QuantityFact(**quantity, **common(doc, "q")), *facts]


def day(folder: Path, *documents: list[Fact], story: str | None = None, **fields: Any) -> Path:
    """A run's folder whose documents have texts of their own, and sentences of their own or `story`."""
    by_id = {facts[0].doc_id: facts for facts in documents}
    out = write(folder, by_id)
    records = [document(doc, 3, sha256=doc.encode().hex().ljust(64, "0"), **fields) for doc in by_id]
    (out / "documents.jsonl").write_bytes(b"".join(map(encode, records)))
    lines = [
        line(fact, story or f"The state of {fact.doc_id} has rice mills.")
        for facts in documents
        for fact in facts
    ]
    (out / "facts.jsonl").write_bytes(b"".join(lines))
    return out


def made(database: Database) -> StoredClaims:
    return consolidate_database(database.url, RuleSet())


def claims(database: Database) -> list[tuple[Any, ...]]:
    return database.rows("SELECT verdict, value, documents, place FROM claims ORDER BY place, value")


def test_folders_of_several_days_meet(database: Database, tmp_path: Path) -> None:
    load(day(tmp_path / "day1", told("a"), told("x", place="Punjab")), database.url)
    assert made(database).claims == {"single": 2, "agreeing": 0, "refining": 0, "conflicting": 0}
    load(day(tmp_path / "day2", told("b")), database.url)
    found = made(database)
    assert claims(database) == [("agreeing", 4200.0, 2, "Kerala"), ("single", 4200.0, 1, "Punjab")]
    assert (found.documents, found.blocks, found.changed) == (3, 2, 1)  # Punjab's stayed as it was
    load(day(tmp_path / "day3", told("c", 5100)), database.url)
    made(database)
    assert claims(database)[0] == ("conflicting", 4200.0, 3, "Kerala")
    standing = database.rows("SELECT doc_id, standing, value FROM claim_quantities ORDER BY doc_id")
    assert standing == [
        ("a", "agrees", 4200),
        ("b", "agrees", 4200),
        ("c", "conflicts", 5100),
        ("x", "agrees", 4200),
    ]


def test_doing_it_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    load(day(tmp_path / "day1", told("a"), told("b"), told("c", place=None, subject="Kerala")), database.url)
    made(database)
    before = database.dump()
    assert made(database).changed == 0
    assert database.dump() == before


def test_the_order_of_loading_does_not_matter(database: Database, tmp_path: Path) -> None:
    days = [day(tmp_path / name, told(name, value)) for name, value in (("a", 1), ("b", 4200), ("c", 4200))]
    for out in reversed(days):
        load(out, database.url)
        made(database)
    facts = tmp_path / "all.jsonl"
    facts.write_bytes(b"".join((out / "facts.jsonl").read_bytes() for out in days))
    (expected,) = consolidate(facts, RuleSet()).claims
    sources = database.rows("SELECT id, standing FROM claim_sources ORDER BY id")
    assert database.rows("SELECT id, verdict, value FROM claims") == [
        (expected.id, expected.verdict, expected.value)
    ]
    assert sources == [(source.fact_id, source.standing) for source in expected.sources]


def test_claims_of_facts_that_are_gone_go(database: Database, tmp_path: Path) -> None:
    load(day(tmp_path / "day1", told("a"), told("b"), told("x", place="Punjab")), database.url)
    made(database)
    load(write(tmp_path / "again", {"x": [], "b": []}), database.url)
    found = made(database)
    assert claims(database) == [("single", 4200.0, 1, "Kerala")]
    assert (found.blocks, found.changed) == (1, 1)
    assert database.rows("SELECT id FROM claim_sources") == [("a-q",)]
    assert database.rows("SELECT count(*) FROM claim_blocks") == [(1,)]


def test_copies_of_other_days_count_once(database: Database, tmp_path: Path) -> None:
    load(day(tmp_path / "day2", told("b"), story=STORY, published="2024-05-02"), database.url)
    load(day(tmp_path / "day1", told("z"), story=STORY, published="2024-05-01"), database.url)
    load(day(tmp_path / "day3", told("c"), published="2024-05-03"), database.url)
    assert made(database).copies == 1
    assert database.rows("SELECT id, copy_of FROM documents ORDER BY id") == [
        ("b", "z"),
        ("c", None),
        ("z", None),
    ]
    assert claims(database) == [("agreeing", 4200.0, 2, "Kerala")]
    assert database.rows("SELECT id, copy_of FROM claim_sources WHERE copy_of IS NOT NULL") == [("b-q", "z")]
    load(write(tmp_path / "none", {"z": []}), database.url)
    assert made(database).copies == 0
    assert claims(database) == [("agreeing", 4200.0, 2, "Kerala")]


def test_equal_texts_of_runs_without_sentences_count_once(database: Database, tmp_path: Path) -> None:
    out = write(tmp_path / "old", {"a": told("a"), "b": told("b")})  # whose documents have one text
    (out / "facts.jsonl").write_bytes(b"".join(map(encode, [*told("a"), *told("b")])))
    load(out, database.url)
    assert database.rows("SELECT count(sentence), count(*) FROM quantities") == [(0, 2)]
    assert made(database).copies == 1
    assert claims(database) == [("single", 4200.0, 1, "Kerala")]


def test_an_empty_database_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no database|holds no facts"):
        made(database)
    assert not (tmp_path / "facts.db").exists()


def test_another_programs_database_is_left_alone(database: Database) -> None:
    with database.engine().begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (number INTEGER)")
    with pytest.raises(ConfigurationError, match="holds no facts"):
        made(database)
    assert database.tables() == {"other"}


def run_cli(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["consolidate", *arguments])


def test_the_command_tells_what_is_there(tmp_path: Path) -> None:
    url = str(tmp_path / "facts.db")
    load(day(tmp_path / "day1", told("a"), told("b")), url)
    told_json = json.loads(run_cli("--db", url, "--json").output)
    assert told_json["claims"] == {"single": 0, "agreeing": 1, "refining": 0, "conflicting": 0}
    shown = run_cli("--db", url).output
    assert "1 claim (0 single, 1 agreeing, 0 refining, 0 conflicting)" in shown
    assert "0 of 1 block of facts had changed" in shown
    assert run_cli("--db", url, "--quiet").output == ""


@pytest.mark.parametrize("arguments", [(), ("folder", "--db", "x.db"), ("--db", "x.db", "--out", "y")])
def test_a_folder_or_a_database(arguments: tuple[str, ...]) -> None:
    assert isinstance(run_cli(*arguments).exception, ConfigurationError) or run_cli(*arguments).exit_code == 4
