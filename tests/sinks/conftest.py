"""Fixtures of the database tests."""

from __future__ import annotations

from real_databases import database, server

__all__ = ["database", "server"]
