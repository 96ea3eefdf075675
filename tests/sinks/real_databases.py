"""Real databases: SQLite and DuckDB files, and a PostgreSQL server that the tests start themselves."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from newsfacts.sinks.database.schema import metadata

PASSWORD = "geheim%9!"


@dataclass(frozen=True)
class Database:
    """An empty database; `url` is what `load` takes."""

    kind: str
    url: str

    def engine(self) -> sa.Engine:
        url = sa.make_url(self.url)
        return sa.create_engine(
            url.set(drivername="postgresql+psycopg") if self.kind == "postgresql" else url,
            poolclass=sa.NullPool,
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.engine().connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query))]

    def tables(self) -> set[str]:
        schema = "" if self.kind == "sqlite" else "WHERE table_schema IN ('public', 'main')"
        source = "sqlite_master" if self.kind == "sqlite" else "information_schema.tables"
        name = "tbl_name" if self.kind == "sqlite" else "table_name"
        return {row[0] for row in self.rows(f"SELECT {name} FROM {source} {schema}")}

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table that is there."""
        there = self.tables()
        return {
            name: self.rows(f"SELECT * FROM {name} ORDER BY id")
            for name in sorted(metadata.tables)
            if name in there
        }


@dataclass(frozen=True)
class Server:
    port: int

    def url(self, name: str, password: str = PASSWORD) -> str:
        rendered = sa.URL.create("postgresql", "tester", password, "127.0.0.1", self.port, name)
        return rendered.render_as_string(hide_password=False)

    def new_database(self) -> str:
        """The address of an empty database: always the same one, since making another takes 8 MB of files."""
        with psycopg.connect(self.url("facts"), autocommit=True) as connection:
            connection.execute("SET lock_timeout = '10s'")
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return self.url("facts")


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _as_user() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    as_user = _as_user()
    folder = Path(tempfile.mkdtemp(prefix="newsfacts-pg-"))
    try:
        (folder / "password").write_text(PASSWORD)
        if as_user:
            for path in (folder, folder / "password"):
                os.chown(path, as_user["user"], as_user["group"])
        yield from _running(programs, folder, as_user)
    finally:
        shutil.rmtree(folder)


def _running(programs: Path, folder: Path, as_user: dict[str, Any]) -> Iterator[Server]:
    data = str(folder / "data")
    subprocess.run(
        [
            *(programs / "initdb", "-D", data, "-U", "tester", "-A", "scram-sha-256", "-E", "UTF8", "-N"),
            *("--locale=C.UTF-8", f"--pwfile={folder / 'password'}"),
        ],
        check=True,
        capture_output=True,
        cwd=folder,
        **as_user,
    )
    server = Server(_free_port())
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), "fsync": "off"}
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(server.port), *settings],
            stdout=log,
            stderr=log,
            cwd=folder,
            **as_user,
        )
    try:
        _wait(server, process, folder / "log")
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE facts")
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing is to be kept
        process.wait(60)


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(server.url("postgres")).close()
        except psycopg.OperationalError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < give_up, log.read_text()
            time.sleep(0.1)
        else:
            return


@pytest.fixture(params=["sqlite", "postgresql", "duckdb"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("server")
        return Database("postgresql", server.new_database())
    return Database(request.param, f"{request.param}:///{tmp_path / 'facts.db'}")
