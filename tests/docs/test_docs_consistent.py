"""The documentation names what there is: fields, modules, decision records, files behind links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsfacts.model import QUANTITY_TYPES
from newsfacts.model.fields import FIELDS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "corpus").glob("*.md")])
LINK = re.compile(r"\]\((?!https?://|mailto:)(?P<path>[^)#]*)(?:#(?P<anchor>[^)]*))?\)")
HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    titles = (m["title"] for m in HEADING.finditer(path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for match in LINK.finditer(page.read_text(encoding="utf-8")):
        target = page.parent / match["path"] if match["path"] else page
        assert target.exists(), match[0]
        if match["anchor"] and target.suffix == ".md":
            assert match["anchor"] in anchors(target), match[0]


def test_facts_page_explains_every_field() -> None:
    explained = set(re.findall(r"`(\w+)`", read("docs/FACTS.md")))
    # "item_start ... source_end" stands for the bounds of all phrases.
    assert {field.name for field in FIELDS if not field.phrase} - explained == set()
    assert set(QUANTITY_TYPES) <= explained


def test_architecture_page_lists_every_module() -> None:
    package = ROOT / "src" / "extract"
    modules = {path.parent.name for path in package.glob("*/__init__.py")}
    modules |= {path.stem for path in package.glob("*.py")} - {"__init__"}
    listed = set(re.findall(r"^\| `(\w+)` \|", read("docs/ARCHITECTURE.md"), re.MULTILINE))
    assert listed == modules


def test_every_decision_record_is_listed() -> None:
    records = {path.name for path in (ROOT / "docs" / "adr").glob("0*.md")}
    assert set(re.findall(r"\((0[^)]+\.md)\)", read("docs/adr/README.md"))) == records


def test_contributing_names_existing_make_targets() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"^ {4}make ([a-z-]+)", read("CONTRIBUTING.md"), re.MULTILINE))
    assert named
    assert named <= targets
