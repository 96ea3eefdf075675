"""Older databases are brought up to date, newer ones refused, and the migrations make the schema."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from database_records import facts_of, named_facts, quantity, write
from real_databases import Database

from newsfacts.errors import ConfigurationError
from newsfacts.sinks import Changes, load
from newsfacts.sinks.database.migrate import VERSION_TABLE, bring_up_to_date
from newsfacts.sinks.database.schema import metadata

#: A document and a quantity as the first schema had them.
OLD = (
    "INSERT INTO documents (id, published, title) VALUES ('a', '2023-07-28', 'Old'), ('z', NULL, 'Kept')",
    """INSERT INTO facts
       (id, doc_id, type, start_char, end_char, text, sentence_start, sentence_end, section, rule,
        confidence, value)
       VALUES ('a-old', 'a', 'count', 0, 1, 'x', 0, 9, 'body', 'r', 0.5, 1),
              ('z-old', 'z', 'count', 0, 1, 'x', 0, 9, 'body', 'r', 0.5, 2)""",
)


def first(database: Database) -> None:
    """Bring the database to the first schema, with rows."""
    with database.engine().begin() as connection:
        bring_up_to_date(connection, "db", to="0001")
        for statement in OLD:
            connection.exec_driver_sql(statement)


def check_upgraded(database: Database, tmp_path: Path) -> None:
    report = load(write(tmp_path / "out", {"a": facts_of("a")}), database.url)
    assert (report.facts, report.removed) == (3, 1)
    assert database.rows("SELECT id, title FROM documents ORDER BY id") == [("a", "On a"), ("z", "Kept")]
    values = database.rows("SELECT id, value, run_id IS NULL FROM quantities ORDER BY id")
    assert [(i, value, bool(no_run)) for i, value, no_run in values] == [
        ("a-q", 2.06, False),
        ("z-old", 2.0, True),
    ]
    assert database.rows("SELECT facts FROM latest_run") == [(3,)]


def test_a_database_of_the_first_schema_is_brought_up_to_date(database: Database, tmp_path: Path) -> None:
    first(database)
    check_upgraded(database, tmp_path)


def test_ids_of_before_get_their_second_half(database: Database, tmp_path: Path) -> None:
    """Facts, what refers to them, and nothing that is no such id; loading again finds them as they are."""
    facts = named_facts("é", 16)
    with database.engine().begin() as connection:
        bring_up_to_date(connection, "db", to="0004")
        connection.exec_driver_sql("INSERT INTO documents (id) VALUES ('é'), ('z')")
        for fact in [*facts, quantity("z", "0123456789abc"), replace(quantity("z"), same_as="z-q")]:
            connection.execute(*old_row(fact))
        connection.execute(sa.text("INSERT INTO dates (id) VALUES (:id)"), {"id": facts[1].id})
        place = "INSERT INTO places (id, name, kind) VALUES (:id, 'Huairen', 'admin3')"
        connection.execute(sa.text(place), {"id": facts[2].id})
    report = load(write(tmp_path / "out", {"é": facts}), database.url)
    assert report.fact_changes == Changes(updated=3)  # their other columns were empty
    ids = {fact.type: fact.id for fact in named_facts("é")}
    assert database.rows(
        "SELECT id, time_id, place_id FROM facts WHERE type = 'percent' AND doc_id = 'é'"
    ) == [(ids["percent"], ids["date"], ids["place"])]
    assert database.rows("SELECT id, same_as FROM facts WHERE doc_id = 'z' ORDER BY id") == [
        ("z-0123456789abc", None),
        ("z-q", "z-q"),
    ]
    assert database.rows("SELECT (SELECT id FROM dates), (SELECT id FROM places)") == [
        (ids["date"], ids["place"])
    ]
    again = load(write(tmp_path / "new", {"é": named_facts("é")}), database.url)
    assert again.fact_changes == Changes(unchanged=3)


def old_row(fact: Any) -> tuple[Any, dict[str, Any]]:
    """A fact as an INSERT of the columns that it must have, and its references."""
    row = {
        "id": fact.id, "doc_id": fact.doc_id, "type": fact.type, "start_char": fact.start,
        "end_char": fact.end, "text": "x", "sentence_start": 0, "sentence_end": 9, "section": "body",
        "rule": "r", "confidence": 0.5, "time_id": getattr(fact, "time", None),
        "place_id": getattr(fact, "place", None), "same_as": getattr(fact, "same_as", None),
    }  # fmt: skip
    return sa.text(
        f"INSERT INTO facts ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"
    ), row


def test_a_file_of_newsfacts_0_1_is_brought_up_to_date(tmp_path: Path) -> None:
    """It was made without Alembic: PRAGMA user_version is 1."""
    database = Database("sqlite", f"sqlite:///{tmp_path / 'facts.db'}")
    first(database)
    connection = sqlite3.connect(tmp_path / "facts.db")
    connection.executescript(
        f"DROP TABLE {VERSION_TABLE}; PRAGMA user_version = 1;"
        "CREATE VIEW quantities AS SELECT * FROM facts WHERE type NOT IN ('date', 'place');"
    )
    connection.close()
    check_upgraded(database, tmp_path)
    assert database.rows("PRAGMA user_version") == [(2,)]
    assert database.rows("PRAGMA foreign_key_check") == []


def test_a_newer_database_is_refused(database: Database, tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": facts_of("a")})
    load(out, database.url)
    with database.engine().begin() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    before = database.dump()
    with pytest.raises(ConfigurationError, match=r"newer newsfacts \(schema 9999\)"):
        load(write(tmp_path / "out", {"a": []}), database.url)
    assert database.dump() == before


def test_another_programs_tables_are_left_alone(database: Database, tmp_path: Path) -> None:
    with database.engine().begin() as connection:
        connection.exec_driver_sql("CREATE TABLE documents (number INTEGER)")
    with pytest.raises(ConfigurationError, match="already exists"):
        load(write(tmp_path / "out", {"a": facts_of("a")}), database.url)
    assert database.tables() & {*metadata.tables, VERSION_TABLE} == {"documents"}


@pytest.mark.filterwarnings("ignore:Cannot correctly sort tables")
def test_migrations_make_the_schema(database: Database, tmp_path: Path) -> None:
    """A filled database too: the first load takes keys and indexes away for a while."""
    load(write(tmp_path / "out", {"a": facts_of("a")}), database.url)
    with database.engine().connect() as connection:
        if database.kind == "duckdb":
            found = connection.exec_driver_sql(
                "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
            )
            assert {tuple(row) for row in found} >= columns_in_duckdb()
            return
        context = MigrationContext.configure(
            connection,
            opts={"version_table": VERSION_TABLE, "compare_type": True, "include_object": is_ours},
        )
        differences: list[Any] = compare_metadata(context, metadata)
        # SQLAlchemy does not read DEFERRABLE of a column that was added to a SQLite table.
        added = database.kind == "sqlite" and "documents"
        assert [d for d in differences if not (d[0].endswith("_fk") and d[1].table.name == added)] == []
        names = {i["name"] for i in sa.inspect(connection).get_indexes("facts")}
        assert names == {index.name for index in metadata.tables["facts"].indexes}


def is_ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
    """Search is a virtual table and its parts in SQLite, an index in PostgreSQL."""
    return not str(name).startswith("sentences_search") and name != "sentences_by_words"


DUCKDB_TYPES = {
    "TEXT": "VARCHAR",
    "INTEGER": "INTEGER",
    "BIGINT": "BIGINT",
    "DOUBLE": "DOUBLE",
    "BOOLEAN": "BOOLEAN",
    "DATE": "DATE",
    "DATETIME": "TIMESTAMP",
    "JSON": "JSON",
}


def columns_in_duckdb() -> set[tuple[str, str, str, str]]:
    return {
        (table.name, column.name, DUCKDB_TYPES[str(column.type)], "YES" if column.nullable else "NO")
        for table in metadata.tables.values()
        for column in table.columns
    }
