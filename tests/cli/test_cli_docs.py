from __future__ import annotations

from pathlib import Path

from tools.gen_docs import stale

ROOT = Path(__file__).resolve().parents[2]


def test_generated_files_are_current() -> None:
    assert [path.as_posix() for path in stale()] == [], "run `make docs`"


def test_the_reference_has_every_command() -> None:
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    for command in ("run", "explain", "load", "validate", "evaluate", "schema", "rules check", "rules copy"):
        assert f"## newsfacts {command}\n" in text
