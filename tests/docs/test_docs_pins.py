"""What a fresh environment is made of: both lists agree, are whole and name no index."""

from __future__ import annotations

import re
import tomllib

import pytest
from tools import pins

REQUIREMENTS = pins.REQUIREMENTS.read_text(encoding="utf-8")
BUILD = pins.BUILD.read_text(encoding="utf-8")
CONSTRAINTS = pins.CONSTRAINTS.read_text(encoding="utf-8")


def versions(text: str) -> dict[str, str]:
    found = re.findall(r"^([\w.-]+)==([^\s\\]+)", text, re.MULTILINE)
    return {pins.normalised(name): version for name, version in found}


def test_the_lists_have_the_same_versions() -> None:
    assert versions(REQUIREMENTS) == versions(CONSTRAINTS)
    assert versions(BUILD).items() <= versions(CONSTRAINTS).items()


def test_every_package_of_the_project_is_pinned() -> None:
    with (pins.ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    extras = [name for extra in project["optional-dependencies"].values() for name in extra]
    asked = {pins.normalised(re.split(r"[\s\[<>=]", name)[0]) for name in (*project["dependencies"], *extras)}
    assert asked - {"newsfacts"} - versions(CONSTRAINTS).keys() == set()


@pytest.mark.parametrize("text", [REQUIREMENTS, BUILD])
def test_every_requirement_has_hashes(text: str) -> None:
    entries = re.split(r"\n(?=\S)", text.strip())[1:]
    assert len(entries) == len(versions(text))
    assert all(re.fullmatch(r"\S+==\S+( \\\n    --hash=sha256:[0-9a-f]{64})+", entry) for entry in entries)


@pytest.mark.parametrize("text", [REQUIREMENTS, BUILD, CONSTRAINTS])
def test_no_list_names_an_index(text: str) -> None:
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash)", text, re.MULTILINE)


def test_versions_that_interpreters_cannot_share_are_refused() -> None:
    one = {"a": ("A", "1", frozenset({"x"}))}
    assert pins.merged([one, {"a": ("A", "1", frozenset({"y"}))}]) == {"a": ("A", "1", frozenset({"x", "y"}))}
    with pytest.raises(ValueError, match="A: 1 and 2"):
        pins.merged([one, {"a": ("A", "2", frozenset())}])


def test_the_files_are_what_the_tool_writes() -> None:
    files = {"a-b": ("a_b", "1", frozenset({"1" * 64, "0" * 64}))}
    assert pins.requirements(files).splitlines()[1:] == [
        "a_b==1 \\", f"    --hash=sha256:{'0' * 64} \\", f"    --hash=sha256:{'1' * 64}",
    ]  # fmt: skip
    assert pins.constraints(files).splitlines()[2:] == ["a_b==1"]
