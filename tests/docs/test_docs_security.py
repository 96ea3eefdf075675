"""SECURITY.md says what the code does, where that can be looked up."""

from __future__ import annotations

import re
from pathlib import Path

from newsfacts.batch.engines import TIMEOUT
from newsfacts.batch.outcomes import BATCH, BATCH_CHARACTERS
from newsfacts.readers import ReadOptions
from newsfacts.review.server import LARGEST

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
SOURCES = {
    path.relative_to(ROOT / "src/extract").as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "src/extract").rglob("*.py")
}


def holding(pattern: str) -> set[str]:
    return {name for name, text in SOURCES.items() if re.search(pattern, text, re.MULTILINE)}


def test_bounds_are_those_of_the_code() -> None:
    for bound in (LARGEST, BATCH_CHARACTERS, ReadOptions().max_chars):
        assert f"{bound:,}" in PAGE
    assert f"({TIMEOUT:g} s)" in PAGE
    assert f"{BATCH}th document" in PAGE


def test_no_pickle_is_read_and_no_text_is_run() -> None:
    assert holding(r"^\s*(?:import|from) (?:pickle|marshal|shelve)") == set()
    assert holding(r"(?<![\w.])(?:eval|exec|compile|__import__)\(|os\.system|shell=True|subprocess") == set()


def test_only_what_the_page_names_opens_connections() -> None:
    assert holding(r"^\s*(?:import|from) (?:socket|http|urllib\.request|requests|httpx|uvicorn|ray)\b") == {
        "review/server.py",
        "batch/ray_cluster.py",
    }
    assert holding(r"fetch_url|fetch_response|urlopen") == {"readers/web.py"}
    assert '"127.0.0.1"' in SOURCES["review/server.py"]
    assert "0.0.0.0" not in SOURCES["review/server.py"]
    assert 'setdefault("RAY_USAGE_STATS_ENABLED", "0")' in SOURCES["batch/ray_cluster.py"]
