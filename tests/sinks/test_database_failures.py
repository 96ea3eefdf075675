"""What stops a load half-way is one plain line, without the row, and leaves the database as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
import sqlalchemy as sa
from database_records import common, facts_of, quantity, write
from real_databases import Database

from newsfacts.errors import ConfigurationError, NewsfactsError, ValidationError
from newsfacts.model import PlaceFact
from newsfacts.sinks import load
from newsfacts.sinks.database.explaining import explained
from newsfacts.sinks.database.target import parse_target

SECRET = "the text of a row"


def line_of(error: pytest.ExceptionInfo[NewsfactsError]) -> str:
    told = str(error.value)
    assert "\n" not in told
    assert SECRET not in told
    assert error.value.remedy
    return told


def many(count: int) -> Sequence[Any]:
    return [quantity("a", f"q{number}", item=SECRET * 20) for number in range(count)]


@pytest.mark.parametrize("offset", [2**31, 2**63, 2**64, 10**400])
def test_offsets_beyond_the_column_are_named_by_their_line(
    database: Database, tmp_path: Path, offset: int
) -> None:
    load(write(tmp_path / "one", {"a": facts_of("a")}), database.url)
    before = database.dump()
    out = write(tmp_path / "out", {"a": facts_of("a")})
    for name, field in (("facts.jsonl", "start"), ("documents.jsonl", "characters")):
        record = json.loads((out / name).read_bytes().splitlines()[0]) | {"title": SECRET}
        held = (out / name).read_bytes()
        line = json.dumps(record | {field: 1}).replace(f'"{field}": 1', f'"{field}": {offset}')
        (out / name).write_text(f"\n{line}\n")
        with pytest.raises(ValidationError, match=rf"{name}:2: ") as raised:
            load(out, database.url)
        line_of(raised)
        (out / name).write_bytes(held)
    assert database.dump() == before


def test_the_largest_values_fit(database: Database, tmp_path: Path) -> None:
    place = PlaceFact(name="x", kind="city", geonames_id=2**63 - 1, **(common("a", "p") | {"end": 2**31 - 1}))
    load(write(tmp_path / "out", {"a": [place]}, warnings=("a\0b", "\\u0000")), database.url)
    assert database.rows("SELECT end_char, geonames_id FROM facts JOIN places USING (id)") == [
        (2**31 - 1, 2**63 - 1)
    ]
    ((warnings,),) = database.rows("SELECT warnings FROM documents")
    told = warnings if isinstance(warnings, list) else json.loads(warnings)
    assert told == ["a\ufffdb", "\\u0000"]


def test_a_statement_timeout(server: Any, tmp_path: Path) -> None:
    database = Database("postgresql", server.new_database())
    load(write(tmp_path / "one", {"a": facts_of("a")}), database.url)
    before = database.dump()
    out = write(tmp_path / "out", {"a": many(20_000)})
    url = f"{database.url}?options=-c%20statement_timeout%3D20ms"
    with pytest.raises(ConfigurationError, match=r"statement timeout.*PGOPTIONS") as raised:
        load(out, url)
    line_of(raised)
    assert database.dump() == before


def test_a_row_that_an_index_cannot_hold(server: Any, tmp_path: Path) -> None:
    database = Database("postgresql", server.new_database())
    load(write(tmp_path / "one", {"a": facts_of("a")}), database.url)
    before = database.dump()
    path = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(9_000))
    with pytest.raises(ValidationError, match="refuses a record: program limit exceeded") as raised:
        load(write(tmp_path / "out", {"b": facts_of("b")}, path=path), database.url)
    assert path[:9] not in line_of(raised)
    assert database.dump() == before


LIMITED = """
import resource, sys
from newsfacts.sinks import load
from newsfacts.errors import NewsfactsError
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    load(__import__("pathlib").Path(sys.argv[1]), sys.argv[2])
except NewsfactsError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_full_disk(kind: str, tmp_path: Path) -> None:
    """Files may not grow beyond 200 kB; the staged rows need more."""
    database = Database(kind, f"{kind}:///{tmp_path / 'facts.db'}")
    if kind == "sqlite":
        load(write(tmp_path / "one", {"a": facts_of("a")}), database.url)
    before = database.dump() if kind == "sqlite" else {}
    out = write(tmp_path / "out", {"a": many(5_000)})
    command = [sys.executable, "-c", LIMITED, str(out), database.url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("ConfigurationError "), done
    assert done.stdout.count("\n") == 1
    assert SECRET not in done.stdout
    assert "make room on its disk" in done.stdout
    if kind == "sqlite":
        assert database.dump() == before


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (
            psycopg.errors.DiskFull(f"could not extend\nDETAIL: {SECRET}"),
            ConfigurationError,
            "could not extend.*make room",
        ),
        (psycopg.errors.NumericValueOutOfRange(SECRET), ValidationError, "numeric value out of range"),
        (duckdb.ConversionException(SECRET), ValidationError, "conversion exception"),
        (duckdb.OutOfMemoryException("failed to offload data\nmore"), ConfigurationError, "make room"),
        (OverflowError("int too large"), ValidationError, "overflow error"),
    ],
)
def test_errors_are_explained(error: Exception, kind: type[NewsfactsError], told: str) -> None:
    target = parse_target("postgresql://me:geheim@host/news")
    for raised_as in (error, sa.exc.DBAPIError("INSERT", {"item": SECRET}, error)):
        with (
            pytest.raises(kind, match=told) as raised,
            explained(target, (type(error),)),
        ):
            raise raised_as
        line_of(raised)
