"""The view `quantities` has the columns, values and order of the flat table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from real_databases import Database
from typer.testing import CliRunner

from newsfacts.cli.app import app
from newsfacts.model.records import DocumentRecord
from newsfacts.sinks import load
from newsfacts.sinks.current import read_manifest
from newsfacts.sinks.jsonl import read_facts, read_records
from newsfacts.table import NAMES, quantities

ARTICLES = Path(__file__).resolve().parents[2] / "corpus" / "articles"


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a run on the five articles."""
    out = tmp_path_factory.mktemp("five") / "out"
    told = CliRunner().invoke(app, ["run", str(ARTICLES), "--out", str(out), "--quiet"])
    assert told.exit_code == 0, told.output
    return out


def plain(value: Any) -> Any:
    """Days as text; flags as such, of databases that have numbers for them."""
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.model
def test_the_view_is_the_flat_table(database: Database, five: Path) -> None:
    load(five, database.url)
    manifest = read_manifest(five)
    assert manifest is not None
    expected = list(
        quantities(
            list(read_facts(five / "facts.jsonl")),
            read_records(five / "documents.jsonl", DocumentRecord),
            version=manifest.newsfacts,
            run=manifest.run,
        )
    )
    assert len(expected) > 40
    with database.engine().connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM quantities"))
        assert tuple(rows.keys())[: len(NAMES)] == NAMES
        stored = {row["id"]: row for row in rows.mappings()}
        order = 'SELECT id FROM quantities ORDER BY doc_id, start, "end", id'
        ordered = [name for (name,) in connection.execute(sa.text(order))]
    assert {row["id"] for row in expected} == set(stored)
    assert ordered == [row["id"] for row in sorted(expected, key=place)]
    for row in expected:
        assert {name: plain(stored[row["id"]][name]) for name in NAMES} == row


def place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["doc_id"], row["start"], row["end"], row["id"]
