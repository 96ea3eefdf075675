"""Results are reused only where nothing that facts depend on has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from newsfacts import fingerprint
from newsfacts.fingerprint import PACKAGE, package_digests
from newsfacts.rules import RuleSet


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name in ("a.py", "sub/b.py", "schemas/c.json", "_rules/r.yaml", "__pycache__/a.pyc", "page.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "places/data").mkdir(parents=True)
    (tmp_path / "places/data/gazetteer.sqlite").write_text("towns")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("a.py", {"code"}),
        ("sub/b.py", {"code"}),
        ("schemas/c.json", {"code"}),
        ("new.py", {"code"}),
        ("places/data/gazetteer.sqlite", {"gazetteer"}),
        ("page.css", set()),
        ("__pycache__/a.pyc", set()),
    ],
)
def test_a_changed_file_changes_its_digest(package: Path, name: str, changed: set[str]) -> None:
    before = package_digests(package)
    (package / name).write_text("changed")
    after = package_digests(package)
    assert {part for part in before if before[part] != after[part]} == changed


def test_a_renamed_file_changes_the_digest(package: Path) -> None:
    before = package_digests(package)
    (package / "a.py").rename(package / "z.py")
    assert package_digests(package)["code"] != before["code"]


def test_equal_files_elsewhere_have_equal_digests(package: Path) -> None:
    assert package_digests(package) == package_digests(package)
    assert set(package_digests(PACKAGE)) == {"code", "gazetteer"}


def test_all_that_facts_depend_on_is_named(blank_nlp: Language) -> None:
    told = fingerprint.fingerprint(blank_nlp, RuleSet())
    assert list(told) == ["newsfacts", "model", "rules", "code", "gazetteer", "weights", "spacy", "numpy"]
    assert told["spacy"] == spacy.__version__
    assert all(told.values())
    assert told == fingerprint.fingerprint(blank_nlp, RuleSet())
