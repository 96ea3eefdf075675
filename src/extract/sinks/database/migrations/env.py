"""Run by Alembic: migrates on the connection that migrate.py hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from newsfacts.sinks.database.schema import metadata

given = context.config.attributes
context.configure(
    connection=given["connection"],
    target_metadata=metadata,
    version_table=given["version_table"],
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
