"""Runs in SQLite, PostgreSQL or DuckDB: one schema, one way to load."""
