"""Which database to load into: a path, or an address like postgresql://user@host/name."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote, quote_plus

import sqlalchemy as sa

from newsfacts.errors import ConfigurationError

Kind = Literal["sqlite", "postgresql", "duckdb"]
_KINDS: dict[str, Kind] = {
    "sqlite": "sqlite",
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "postgresql+psycopg": "postgresql",
    "duckdb": "duckdb",
}
_DRIVERS: dict[Kind, str] = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "duckdb": "duckdb"}
_FORMS = "Give a path, sqlite:///facts.db, duckdb:///facts.duckdb or postgresql://user@host/name."
_HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Target:
    """A database. `shown` is its name for messages and holds no password."""

    kind: Kind
    url: sa.URL = field(repr=False)
    shown: str

    @property
    def path(self) -> Path:
        """The file of a SQLite or DuckDB database."""
        return Path(self.url.database or "")

    def require_folder(self) -> None:
        """Raise ConfigurationError where the folder of a database file does not exist."""
        if not self.path.parent.is_dir():
            raise ConfigurationError(f"there is no folder {self.path.parent}", remedy="Create it first.")

    def masked(self, text: str) -> str:
        """`text` without the password, should a driver have quoted it."""
        for secret in _secrets(self.url):
            text = text.replace(secret, _HIDDEN)
        return text


def parse_target(target: str | Path) -> Target:
    """The database that `target` names; a plain path is a SQLite file.

    Raises ConfigurationError for another kind of database. The message never repeats the address, because
    one that cannot be read may hold a password anywhere.
    """
    text = str(target)
    if isinstance(target, Path) or "://" not in text:
        return Target("sqlite", sa.URL.create("sqlite", database=text), text)
    url = _parse(text)
    kind = _KINDS.get(url.drivername)
    if kind is None:
        raise ConfigurationError(f"newsfacts cannot load into {url.drivername!r}", remedy=_FORMS)
    _refuse_odd(kind, url)
    return Target(kind, url.set(drivername=_DRIVERS[kind]), _shown(url))


def _parse(text: str) -> sa.URL:
    try:
        return sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError):
        raise ConfigurationError("the address of the database cannot be read", remedy=_FORMS) from None


def _refuse_odd(kind: Kind, url: sa.URL) -> None:
    if kind == "postgresql":
        if "@" in (url.host or "") + (url.database or ""):
            raise ConfigurationError(
                "the address of the database has two @",
                remedy="Write @ : / % in a password as %40 %3A %2F %25, or set PGPASSWORD.",
            )
    elif url.host or url.query or not url.database or url.database == ":memory:":
        raise ConfigurationError(f"a {kind} address names a file and nothing else", remedy=_FORMS)


def _shown(url: sa.URL) -> str:
    # The query may hold a password too (?password=...).
    return url.set(query={}).render_as_string(hide_password=True)


def _secrets(url: sa.URL) -> list[str]:
    in_query = [value for name, value in url.query.items() if "password" in name and isinstance(value, str)]
    plain = [s for s in (str(url.password or ""), os.environ.get("PGPASSWORD", ""), *in_query) if s]
    return sorted(
        {form for s in plain for form in (s, quote(s, safe=""), quote_plus(s))}, key=len, reverse=True
    )
