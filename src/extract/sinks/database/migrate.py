"""Brings a database to the newest schema; the steps are Alembic migrations in `migrations`."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.ddl.postgresql import PostgresqlImpl
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from newsfacts.errors import ConfigurationError
from newsfacts.sinks.database import views

#: Not Alembic's own name, which another program may use in the same database.
VERSION_TABLE = "newsfacts_schema"
#: The first migration describes the SQLite files of newsfacts 0.1, which carry this PRAGMA user_version.
_FIRST, _FIRST_USER_VERSION = "0001", 1
_UPDATE = "Update newsfacts, or load into a new database."


class DuckDBImpl(PostgresqlImpl):
    """Alembic has no DuckDB of its own; its DDL is PostgreSQL's."""

    __dialect__ = "duckdb"


def bring_up_to_date(connection: sa.Connection, shown: str, to: str = "head") -> None:
    """Create or upgrade the tables within the connection's transaction; nothing to do is the usual case.

    Raises ConfigurationError where a newer newsfacts wrote the database `shown`.
    """
    config = _config(connection)
    script = ScriptDirectory.from_config(config)
    current = _current(connection)
    if current is None:
        _adopt(connection, config, shown)
    elif current not in {revision.revision for revision in script.walk_revisions()}:
        raise ConfigurationError(
            f"{shown} was written by a newer newsfacts (schema {current})", remedy=_UPDATE
        )
    if current is None or current != script.get_current_head():
        views.drop(connection)
        command.upgrade(config, to)
        if to == "head":
            views.create(connection)


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "newsfacts.sinks.database:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, version_table=VERSION_TABLE)
    return config


def _current(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(
        connection, opts={"version_table": VERSION_TABLE}
    ).get_current_revision()


def _adopt(connection: sa.Connection, config: Config, shown: str) -> None:
    """Recognise a SQLite file from before migrations."""
    if connection.dialect.name != "sqlite":
        return
    found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if found == _FIRST_USER_VERSION:
        command.stamp(config, _FIRST)
    elif found:
        raise ConfigurationError(f"{shown} has schema version {found}, unknown here", remedy=_UPDATE)
