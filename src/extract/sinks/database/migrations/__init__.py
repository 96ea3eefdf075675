"""Alembic migrations of the database; see extract.sinks.database.migrate."""
