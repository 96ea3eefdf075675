"""Addresses of databases, what messages say of them, and what must be installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from database_records import facts_of, write
from typer.testing import CliRunner

from newsfacts.cli.app import app
from newsfacts.errors import ConfigurationError
from newsfacts.sinks import load
from newsfacts.sinks.database.target import parse_target

SECRET = "s3cr#t/%"
QUOTED = "s3cr%23t%2F%25"


@pytest.mark.parametrize(
    ("given", "kind", "shown"),
    [
        ("facts.db", "sqlite", "facts.db"),
        (Path("a/facts.db"), "sqlite", "a/facts.db"),
        ("sqlite:///facts.db", "sqlite", "sqlite:///facts.db"),
        ("duckdb:////srv/facts.duckdb", "duckdb", "duckdb:////srv/facts.duckdb"),
        ("postgresql://me@host/news", "postgresql", "postgresql://me@host/news"),
        ("postgres://me:pw@host:1/news", "postgresql", "postgres://me:***@host:1/news"),
        ("postgresql:///news", "postgresql", "postgresql:///news"),
        ("postgresql://me@host/news?password=pw&sslmode=require", "postgresql", "postgresql://me@host/news"),
    ],
)
def test_addresses(given: str | Path, kind: str, shown: str) -> None:
    target = parse_target(given)
    assert (target.kind, target.shown) == (kind, shown)
    assert "pw" not in repr(target)


@pytest.mark.parametrize(
    "given",
    [
        f"mysql://me:{SECRET}@host/news",
        f"postgresql://me:{SECRET}@host/news",  # / and # not written as %2F and %23
        "postgresql://me:s3cr@t@host/news",
        "postgresql://me:s3cr:t@ho:st/news",
        f"sqlite://me:{QUOTED}@host/facts.db",
        "sqlite://",
        "sqlite:///:memory:",
        "duckdb:///:memory:",
        "duckdb:///x.db?access_mode=s3cr",
        "://s3cr",
    ],
)
def test_addresses_that_are_refused_are_not_repeated(given: str, tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": facts_of("a")})
    done = CliRunner().invoke(app, ["load", str(out), "--to", given])
    assert done.exit_code == 4
    assert "Error" in done.stderr
    assert "s3cr" not in done.output
    assert "@t" not in done.output


def test_a_driver_that_quotes_the_password_is_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "envsecret")
    target = parse_target(f"postgresql://me:{QUOTED}@host/news?sslpassword=third")
    assert target.masked(f"{SECRET} or {QUOTED} or envsecret or third") == "*** or *** or *** or ***"


def test_a_wrong_password_is_not_printed(server: Any, tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": facts_of("a")})
    for debug in ([], ["--debug"]):
        done = CliRunner().invoke(app, [*debug, "load", str(out), "--to", server.url("postgres", SECRET)])
        told = f"{done.output}{done.exception!r}"
        assert done.exit_code != 0
        assert "password authentication failed" in told
        assert not {SECRET, QUOTED} & set(told.split("'")), told
        assert "s3cr" not in told


def test_the_password_comes_from_the_environment(
    server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, _, rest = server.new_database().partition("@")
    monkeypatch.setenv("PGPASSWORD", "geheim%9!")
    report = load(write(tmp_path / "out", {"a": facts_of("a")}), f"postgresql://tester@{rest}")
    assert (report.facts, "geheim" in report.target) == (3, False)
    assert url.startswith("postgresql://tester:")


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": facts_of("a")})
    with pytest.raises(ConfigurationError, match="cannot be used as a PostgreSQL database"):
        load(out, f"postgresql://me:{QUOTED}@127.0.0.1:1/news")


@pytest.mark.parametrize(
    ("url", "package", "extra"),
    [("postgresql://h/n", "psycopg", "postgres"), ("duckdb:///x", "duckdb", "duckdb")],
)
def test_a_missing_extra_is_named(
    url: str, package: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "newsfacts.sinks.database.loading.find_spec", lambda name: None if name == package else sys
    )
    with pytest.raises(ConfigurationError, match=rf"newsfacts\[{extra}\]"):
        load(write(tmp_path / "out", {"a": []}), url)


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_file_in_use_is_named_after_patience(kind: str, tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": facts_of("a")})
    url = f"{kind}:///{tmp_path / 'facts.db'}"
    hold = (
        f"import {'sqlite3' if kind == 'sqlite' else 'duckdb'} as d;"
        f"c = d.connect({str(tmp_path / 'facts.db')!r});"
        f"c.execute('BEGIN {'IMMEDIATE' if kind == 'sqlite' else ''}'); print(flush=True); input()"
    )
    holder = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        with pytest.raises(ConfigurationError, match="lock"):
            load(out, url, patience=0.2)
    finally:
        holder.communicate(b"\n")
    assert load(out, url).facts == 3


def test_there_is_no_folder(tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": []})
    for url in (tmp_path / "no" / "x.db", f"duckdb:///{tmp_path}/no/x.db"):
        with pytest.raises(ConfigurationError, match="no folder"):
            load(out, url)
