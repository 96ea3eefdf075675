"""A rule taken away makes the gate fail, and the gate names what was lost with it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from newsfacts.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "corpus" / "gold" / "seeds.jsonl"
MODIFIERS = "quantities/modifiers.yaml"

pytestmark = pytest.mark.model


def newsfacts(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def without_more_than(folder: Path) -> Path:
    """A rules folder whose one file takes "more than" from the modifiers of the shipped one."""
    vocabulary = yaml.safe_load((ROOT / "rules" / MODIFIERS).read_text(encoding="utf-8"))
    vocabulary["before"][">"].remove("more than")
    (folder / MODIFIERS).parent.mkdir(parents=True)
    (folder / MODIFIERS).write_text(yaml.safe_dump(vocabulary, allow_unicode=True), encoding="utf-8")
    return folder


def shown_in_the_documentation() -> list[str]:
    """The lines of the gate that docs/gate.md shows of this case."""
    page = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    block = page.partition('With "more than" taken from the modifiers')[2].split("```")[1]
    return block.strip().splitlines()


def test_a_modifier_rule_taken_away_fails_the_gate(tmp_path: Path) -> None:
    files = ("--gold", GOLD, "--baseline", tmp_path / "baseline.json")
    good, bad = tmp_path / "good", tmp_path / "bad"
    assert newsfacts("run", ROOT / "corpus/articles", "--out", good, "--quiet").exit_code == 0
    assert newsfacts("gate", good, *files, "--pin").exit_code == 0
    assert newsfacts("gate", good, *files).exit_code == 0
    rules = without_more_than(tmp_path / "rules")
    assert newsfacts("run", ROOT / "corpus/articles", "--out", bad, "--rules", rules).exit_code == 0
    result = newsfacts("gate", bad, *files)
    assert result.exit_code == 1
    assert "right before, now lost or wrong" in result.stderr
    # What hangs on the modifier may go wrong with it; each fact that had it is named with the field.
    named = [line for line in result.stderr.splitlines() if line.startswith("  changed (right -> wrong)")]
    assert sum("more than" in line and "modifier > -> =" in line for line in named) >= 5
    shown, said = shown_in_the_documentation(), result.stderr.splitlines()
    wrong = [line for line in shown if line not in said]
    assert not wrong, f"docs/gate.md shows other figures than {said}"


def test_the_rules_copy_differs_in_nothing_else(tmp_path: Path) -> None:
    changed = yaml.safe_load((without_more_than(tmp_path) / MODIFIERS).read_text(encoding="utf-8"))
    changed["before"][">"].insert(0, "more than")
    assert changed == yaml.safe_load((ROOT / "rules" / MODIFIERS).read_text(encoding="utf-8"))
