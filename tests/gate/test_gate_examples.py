"""The example files are what their tools read, and their commands are those that there are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from newsfacts.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / "examples" / "github-workflow.yml"
HOOKS = ROOT / "examples" / "pre-commit-config.yaml"
PAGE = ROOT / "docs" / "gate.md"


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(WORKFLOW)["jobs"]["gate"]["steps"]
    return found


def hooks() -> list[dict[str, Any]]:
    return [hook for repo in read(HOOKS)["repos"] for hook in repo["hooks"]]


def commands() -> Iterator[list[str]]:
    shells = [step.get("run", "") for step in steps()] + [hook["entry"] for hook in hooks()]
    shells += re.findall(r"^ {4}(newsfacts .*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    for shell in shells:
        for part in re.split(r"&&|\n|bash -c '", shell.rstrip("'")):
            words = shlex.split(part.strip(), comments=True)
            if words[:1] == ["newsfacts"]:
                yield words[1:]


def test_there_are_commands_to_check() -> None:
    assert {words[0] for words in commands()} == {"run", "gate", "diff", "evaluate", "rules"}


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_command_and_options_exist(words: list[str]) -> None:
    command: Any = get_command(app)
    while hasattr(command, "commands"):
        name, *words = words
        command = command.commands[name]
    command.make_context(command.name, list(words))


def test_workflow_has_what_github_asks_for() -> None:
    workflow = read(WORKFLOW)
    # YAML 1.1 reads the key `on` as true.
    assert {"name", True, "permissions", "jobs"} == set(workflow)
    assert all(("uses" in step) != ("run" in step) for step in steps())
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps() if "uses" in step)


def test_hooks_have_what_pre_commit_asks_for() -> None:
    assert all({"id", "name", "entry", "language"} <= hook.keys() for hook in hooks())


def test_examples_name_no_package_index() -> None:
    assert not re.search(r"index-url|://", WORKFLOW.read_text() + HOOKS.read_text())
