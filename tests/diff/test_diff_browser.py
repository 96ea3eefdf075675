"""The page of a diff in a real browser: filters, narrow and dark, console, axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.browsing import console, violations
from tests.diff.fact_builders import TEXT, facts, gold, quantity, write_lines
from tools.browser import browser, missing, size

from newsfacts.diff import diff_facts, diff_to_html, read_judge

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder, right = tmp_path_factory.mktemp("diff"), facts()
    judge = read_judge(write_lines(folder / "gold.jsonl", gold(right)))
    hostile = replace(right[3], subject="<img src=x onerror=window.hacked=1>")
    new = [right[0], replace(right[1], modifier="="), right[2], hostile, quantity("2021", 2021)]
    page = folder / "diff.html"
    page.write_text(diff_to_html(diff_facts(right, new, judge), texts={"doc": TEXT}), encoding="utf-8")
    return page.as_uri()


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with browser() as found:
        yield found


@pytest.fixture
def page(driver: Any, address: str) -> Iterator[Any]:
    size(driver, 1100, 900)
    driver.get(address)
    yield driver
    assert console(driver) == []


def shown(page: Any) -> list[str]:
    cards = page.find_elements("css selector", ".card")
    return [card.get_attribute("class") for card in cards if card.is_displayed()]


@pytest.mark.parametrize(
    ("name", "left"), [("lost", 3), ("gained", 3), ("changed", 2), ("worse", 1), ("same", 3)]
)
def test_a_box_hides_its_changes(page: Any, name: str, left: int) -> None:
    page.find_element("css selector", f"label:has(#show-{name})").click()
    assert len(shown(page)) == left
    assert not any(name in classes.split() for classes in shown(page))
    page.find_element("id", f"show-{name}").click()
    assert len(shown(page)) == 4


def test_articles_are_text(page: Any) -> None:
    assert page.execute_script("return window.hacked === undefined && document.images.length === 0")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_narrow_light_and_dark(page: Any, theme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": theme}]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    size(page, 400, 800)
    assert page.execute_script("return document.documentElement.scrollWidth") <= 400
    assert violations(page) == []
