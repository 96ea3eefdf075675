"""Alembic migrations of the database; see newsfacts.sinks.database.migrate."""
