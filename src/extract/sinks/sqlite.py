"""SQLite: tables documents, facts, dates, places and the view quantities (schema.sql)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from extract.errors import ConfigurationError, ValidationError
from extract.model import DateFact, Fact, PlaceFact, QuantityFact
from extract.model.records import DocumentRecord
from extract.sinks.jsonl import read_facts, read_records
from extract.sinks.load import LoadReport

#: Raised with every change of schema.sql that old databases do not follow; kept in PRAGMA user_version.
VERSION = 1
_BATCH = 1000
_DOCUMENT = ("id", "path", "title", "published", "published_source", "url", "characters", "words", "sha256")
_DATE = ("edtf", "date_start", "date_end", "part", "part_of_day", "relation")
_PLACE = ("name", "kind", "country", "admin1", "admin2", "geonames_id", "cn_code", "lat", "lon")
_DIRECT = (
    "id", "doc_id", "type", "text", "sentence_start", "sentence_end", "section", "rule", "confidence",
    "timex3", "modifier", "unit", "per", "item", "item_start", "item_end", "subject", "subject_start",
    "subject_end", "predicate", "status", "source", "source_start", "source_end", "place_inherited",
    "same_as",
)  # fmt: skip
_RENAMED = {"start_char": "start", "end_char": "end", "time_id": "time", "place_id": "place"}

Row = Mapping[str, Any]


def load_sqlite(facts: Path, documents: Path | None, database: Path) -> LoadReport:
    """Upsert facts and documents in one transaction; facts that their document no longer has are removed."""
    with closing(_open(database)) as connection, _transaction(connection, facts, database):
        written = _write_documents(connection, documents) if documents else 0
        count = _write_facts(connection, read_facts(facts))
        removed = _remove_stale(connection)
        total = written or _count(connection, "SELECT count(*) FROM temp.loaded_documents")
    return LoadReport(str(database), total, count, removed)


@contextmanager
def _transaction(connection: sqlite3.Connection, facts: Path, database: Path) -> Iterator[None]:
    try:
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            yield
    except sqlite3.OperationalError as error:
        raise ConfigurationError(
            f"{database}: {error}", remedy="Close what else writes into it, or name another file with --to."
        ) from error
    except sqlite3.IntegrityError as error:
        raise ValidationError(
            f"{facts}: `time`, `place` or `same_as` refers to a fact that is not there",
            remedy="`newsfacts validate` names the line.",
        ) from error


def _open(database: Path) -> sqlite3.Connection:
    if not database.parent.is_dir():
        raise ConfigurationError(f"there is no folder {database.parent}", remedy="Create it first.")
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        _prepare(connection, database)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise ConfigurationError(
            f"{database} cannot be used as a SQLite database: {error}", remedy="Name another file with --to."
        ) from error
    except ConfigurationError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, database: Path) -> None:
    found = _count(connection, "PRAGMA user_version")
    if found not in (0, VERSION):
        raise ConfigurationError(
            f"{database} has schema version {found}, this newsfacts writes {VERSION}",
            remedy="Load into a new file.",
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(files("extract.sinks").joinpath("schema.sql").read_text(encoding="utf-8"))
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("CREATE TEMP TABLE loaded_documents (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("CREATE TEMP TABLE loaded_facts (id TEXT PRIMARY KEY) WITHOUT ROWID")


def _write_documents(connection: sqlite3.Connection, path: Path) -> int:
    count = 0
    for batch in _batches(_document_row(d) for d in read_records(path, DocumentRecord)):
        _upsert(connection, "documents", batch)
        _note(connection, "loaded_documents", (row["id"] for row in batch))
        count += len(batch)
    return count


def _write_facts(connection: sqlite3.Connection, facts: Iterable[Fact]) -> int:
    count = 0
    for batch in _batches(facts):
        _note(connection, "loaded_documents", (f.doc_id for f in batch))
        _note(connection, "loaded_facts", (f.id for f in batch))
        # A facts file without documents.jsonl still names its documents.
        connection.executemany(
            "INSERT INTO documents (id, published) VALUES (?, ?) ON CONFLICT DO NOTHING",
            dict.fromkeys((f.doc_id, f.published) for f in batch),
        )
        _upsert(connection, "facts", [_fact_row(f) for f in batch])
        _upsert(connection, "dates", [_part(f, _DATE) for f in batch if isinstance(f, DateFact)])
        _upsert(connection, "places", [_part(f, _PLACE) for f in batch if isinstance(f, PlaceFact)])
        count += len(batch)
    return count


def _remove_stale(connection: sqlite3.Connection) -> int:
    return connection.execute(
        "DELETE FROM facts WHERE doc_id IN (SELECT id FROM temp.loaded_documents)"
        " AND id NOT IN (SELECT id FROM temp.loaded_facts)"
    ).rowcount


def _upsert(connection: sqlite3.Connection, table: str, rows: list[Row]) -> None:
    if not rows:
        return
    names = list(rows[0])
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    # Table and column names are ours (schema.sql); values are bound.
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(':' + n for n in names)})"  # noqa: S608
        f" ON CONFLICT (id) DO UPDATE SET {changes}"
    )
    connection.executemany(statement, rows)


def _note(connection: sqlite3.Connection, table: str, ids: Iterable[str]) -> None:
    connection.executemany(
        f"INSERT INTO temp.{table} VALUES (?) ON CONFLICT DO NOTHING",  # noqa: S608 - our own names
        ((i,) for i in ids),
    )


def _document_row(document: DocumentRecord) -> Row:
    row = {name: getattr(document, name) for name in _DOCUMENT}
    row |= {n: msgspec.json.encode(getattr(document, n)).decode() for n in ("sections", "warnings")}
    return row


def _fact_row(fact: Fact) -> Row:
    row = {name: getattr(fact, name, None) for name in _DIRECT}
    row |= {name: _real(getattr(fact, name, None)) for name in ("value", "low", "high")}
    row |= {column: getattr(fact, name, None) for column, name in _RENAMED.items()}
    change = fact.change if isinstance(fact, QuantityFact) else None
    row |= {f"change_{name}": getattr(change, name, None) for name in ("direction", "role", "basis")}
    return row


def _part(fact: Fact, names: tuple[str, ...]) -> Row:
    return {"id": fact.id} | {name: getattr(fact, name) for name in names}


def _real(number: float | None) -> float | None:
    # SQLite integers end at 2**63; a whole number beyond that is kept as the nearest float.
    return None if number is None else float(number)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    stream = iter(rows)
    while batch := list(islice(stream, _BATCH)):
        yield batch


def _count(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
