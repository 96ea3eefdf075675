"""Fixtures of the database tests."""

from __future__ import annotations

import gc

from real_databases import database, server

__all__ = ["database", "server"]


def pytest_unconfigure() -> None:
    """Take away what Hypothesis leaves with the garbage collector.

    It keeps modules alive to the very end, where DuckDB (nanobind) reports all of its types as leaked.
    """
    gc.callbacks.clear()
