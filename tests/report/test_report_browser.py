"""The page in a real browser: every view and filter, on the screen and in the files that it saves."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tools.browser import browser, missing, ready, size

from browsing import TEXTS, as_record, console, facts, larsund, record, violations, wait, write_output
from newsfacts.report import Content, read_content, render
from newsfacts.report.content import sha256

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())
WIDE, PHONE = (1300, 850), (400, 800)
VIEWS = ("articles", "table", "map", "timeline", "charts")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def address(folder: Path) -> str:
    content = read_content(write_output(folder))
    (folder / "report.html").write_text(render(content.with_texts(TEXTS.values())), encoding="utf-8")
    (folder / "bare.html").write_text(render(content), encoding="utf-8")
    return (folder / "report.html").as_uri()


@pytest.fixture(scope="module")
def driver(folder: Path) -> Iterator[Any]:
    with browser(folder) as found:
        yield found


@pytest.fixture
def page(driver: Any, address: str) -> Iterator[Any]:
    size(driver, *WIDE)
    show(driver, address)
    yield driver
    assert console(driver) == []


def show(driver: Any, address: str) -> None:
    driver.get("about:blank")
    driver.get(address)
    ready(driver)


def all_(driver: Any, selector: str) -> list[Any]:
    return driver.find_elements("css selector", selector)


def one(driver: Any, selector: str) -> Any:
    return wait(lambda: next((node for node in all_(driver, selector) if node.is_displayed()), None))


def texts(driver: Any, selector: str) -> list[str]:
    script = "return [...document.querySelectorAll(arguments[0])].map((node) => node.textContent)"
    return list(driver.execute_script(script, selector))


def cards(driver: Any) -> list[str]:
    return texts(driver, ".card .raw")


def summary(driver: Any) -> str:
    return str(one(driver, "#summary").text)


def test_article_and_facts_stand_side_by_side(page: Any) -> None:
    assert summary(page) == f"{len(facts())} facts in 3 documents"
    assert one(page, ".text h2").text == "Harbour grows"
    assert len(cards(page)) == 10
    card = one(page, ".card.type-money")
    assert "30,000,000 EUR" in card.text
    assert "planned" in card.text
    assert "by 2030" in card.text


def test_overlapping_facts_are_underlined_apart(page: Any) -> None:
    pieces = {node.text: node.get_attribute("data-rows").split() for node in all_(page, ".hit")}
    assert len(pieces["1,200"]) == 2
    assert len(pieces["2021"]) == 2
    assert len(pieces["about "[:5]]) == 1
    assert "lanes-2" in one(page, ".hit.type-count.lanes-2, .hit.type-date.lanes-2").get_attribute("class")


def test_choosing_links_both_sides_and_the_address(page: Any) -> None:
    one(page, ".card.type-money .card-head").click()
    wait(lambda: texts(page, ".hit.active") == ["30 million euros"])
    money = next(each for each in facts() if each.type == "money")
    wait(lambda: page.current_url.endswith(f"#fact={money.id}"))
    one(page, ".hit.type-percent").click()
    wait(lambda: texts(page, ".card.active .raw") == ["5 percent"])


def test_a_second_click_chooses_the_fact_around(page: Any) -> None:
    piece = next(node for node in all_(page, ".hit") if node.text == "2021")
    piece.click()
    wait(lambda: texts(page, ".card.active .raw") == ["2021"])
    piece.click()
    wait(lambda: texts(page, ".card.active .raw") == ["1,200 ships in 2021"])


def test_pointing_links_both_sides(page: Any) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(page).move_to_element(one(page, ".hit.type-percent")).perform()
    wait(lambda: texts(page, ".card.linked .raw") == ["5 percent"])


def test_link_by_fact_id_opens_its_article(page: Any, address: str) -> None:
    crates = next(each for each in facts() if each.text == "Some 75")
    show(page, f"{address}#fact={crates.id}")
    wait(lambda: texts(page, ".card.active .raw") == ["Some 75"])
    wait(lambda: texts(page, ".hit.active") == ["Some 75"])


def test_untrusted_text_stays_text(page: Any, address: str) -> None:
    crates = next(each for each in facts() if each.text == "Some 75")
    show(page, f"{address}#fact={crates.id}")
    assert "</script><script>window.hacked=1</script>" in one(page, ".text h2").text
    assert page.execute_script("return window.hacked ?? null") is None
    assert all_(page, "main img, main b.x, .text b") == []
    assert texts(page, ".hit.active") == ["Some 75"]


def test_filter_by_type(page: Any) -> None:
    one(page, ".chip.type-count").click()
    wait(lambda: summary(page) == f"3 of {len(facts())} facts")
    assert cards(page) == ["about 1,200", "Nearly 400"]
    one(page, "#reset").click()
    wait(lambda: len(cards(page)) == 10)


def test_filters_of_place_time_status_and_confidence(page: Any) -> None:
    one(page, "#more").click()
    fields = {"place": "input[list=places]", "from": ".field:nth-of-type(1) input"}
    one(page, fields["place"]).send_keys("fjordland")
    wait(lambda: summary(page).startswith("7 of"))
    one(page, "#reset").click()
    labels = {node.text.splitlines()[0]: node for node in all_(page, "label.field")}
    labels["From"].find_element("css selector", "input").send_keys("2022")
    labels["To"].find_element("css selector", "input").send_keys("2022-12")
    wait(lambda: summary(page).startswith("4 of"))
    one(page, "#reset").click()
    one(page, ".chip[data-value=planned]").click()
    wait(lambda: cards(page) == ["30 million euros"])
    one(page, "#reset").click()
    page.execute_script(
        "const range = document.getElementById('confidence'); range.value = 0.5;"
        "range.dispatchEvent(new Event('input'))"
    )
    wait(lambda: summary(page).startswith(f"{len(facts()) - 1} of"))


def test_filter_by_document(page: Any) -> None:
    page.find_element("css selector", "body").send_keys("n")
    wait(lambda: "Prices" in one(page, ".text h2").text)
    one(page, "#only").click()
    wait(lambda: summary(page).startswith("3 of"))
    one(page, "#tab-table").click()
    wait(lambda: len(all_(page, ".facts-table tbody tr:not(.gap)")) == 3)
    one(page, ".chip[title='Show all documents']").click()
    wait(lambda: summary(page).startswith(f"{len(facts())} facts"))


def test_a_date_that_is_none_is_marked(page: Any) -> None:
    one(page, "#more").click()
    box = next(n for n in all_(page, "label.field") if n.text.startswith("From")).find_element(
        "css selector", "input"
    )
    box.send_keys("soon")
    wait(lambda: box.get_attribute("aria-invalid") == "true")


def test_search_finds_words_of_facts_and_titles(page: Any) -> None:
    one(page, "#search").send_keys("crates")
    wait(lambda: cards(page) == ["Some 75"])
    assert texts(page, ".text h2")[0].startswith("Prices")
    one(page, "#search").clear()
    one(page, "#search").send_keys("harbour grows")
    wait(lambda: len(cards(page)) == 10)
    one(page, "#search").send_keys(" zebra")
    wait(lambda: summary(page).startswith("0 of"))
    assert "No fact" in one(page, ".cards .empty").text


def test_keys_move_between_facts_documents_and_views(page: Any) -> None:
    body = page.find_element("css selector", "body")
    body.send_keys("jj")
    wait(lambda: texts(page, ".card.active .raw") == [cards(page)[1]])
    body.send_keys("k")
    wait(lambda: texts(page, ".card.active .raw") == [cards(page)[0]])
    body.send_keys("n")
    wait(lambda: "Prices" in one(page, ".text h2").text)
    body.send_keys("2")
    one(page, "#view-table")
    body.send_keys("?")
    assert "next, previous fact" in one(page, "dialog").text


def test_documents_without_facts_and_unread_ones_are_told(page: Any) -> None:
    next(node for node in all_(page, ".document") if "Nothing to count" in node.text).click()
    wait(lambda: "No facts were found" in one(page, ".cards .empty").text)
    one(page, ".errors summary").click()
    assert "is no text <i>" in one(page, ".errors li").text


def test_without_texts_the_sentence_is_put_together(page: Any, address: str) -> None:
    show(page, address.replace("report.html", "bare.html"))
    assert "The text is not in this page" in one(page, ".article .notice").text
    assert texts(page, ".fragment")[0] == (
        " … The port of Larsund … about 1,200 ships in 2021 … 5 percent … officials …"
    )
    one(page, ".hit.type-percent").click()
    wait(lambda: texts(page, ".card.active .raw") == ["5 percent"])


def long_page(folder: Path) -> tuple[str, list[str]]:
    """An article of one line with 700 places, each in a longer one, and the ids of the facts."""
    words = [f"Town{number}" for number in range(700)]
    text = f"{' '.join(words)}\n"
    starts = [text.index(f"{word} " if word != words[-1] else word) for word in words]
    spans = [(at, end) for at, word in zip(starts, words, strict=True) for end in (at + 4, at + len(word))]
    made = [
        replace(larsund("harbour"), id=f"{start}-{end}", start=start, end=end, text=text[start:end])
        for start, end in spans
    ]
    document = replace(record("harbour"), title=None, sha256=sha256(text))
    content = Content(tuple(made), (document,), (text,))
    (folder / "long.html").write_text(render(content), encoding="utf-8")
    return (folder / "long.html").as_uri(), [each.id for each in made]


def test_a_long_document_shows_the_facts_around_the_chosen_one(page: Any, folder: Path) -> None:
    address, ids = long_page(folder)
    show(page, f"{address}#fact={ids[1001]}")
    wait(lambda: texts(page, ".card.active .raw") == ["Town500"])
    assert len(cards(page)) == 250
    assert "lanes-2" in one(page, ".hit.active").get_attribute("class")
    page.execute_script("document.querySelector('.cards > li button').click()")
    wait(lambda: len(cards(page)) == 500)
    page.execute_script("[...document.querySelectorAll('.hit')].at(-1).click()")
    wait(lambda: texts(page, ".card.active .raw") == ["Town699"])


def test_table_sorts_by_value_and_opens_articles(page: Any) -> None:
    one(page, "#tab-table").click()
    head = next(node for node in all_(page, ".sort") if node.text == "Value")
    head.click()
    head.click()
    wait(lambda: texts(page, ".facts-table tbody td:nth-child(2)")[:3] == sorted_texts()[:3])
    assert one(page, "th[aria-sort]").get_attribute("aria-sort") == "descending"
    one(page, ".facts-table tbody tr:not(.gap) .link").click()
    wait(lambda: texts(page, ".card.active .raw") == ["30 million euros"])


def sorted_texts() -> list[str]:
    values = [each for each in facts() if getattr(each, "value", None) is not None]
    ordered = sorted(values, key=lambda each: (-each.value, each.start, -each.end))
    return [each.text for each in ordered]


def saved(folder: Path, name: str) -> str:
    path = folder / name
    wait(path.exists)
    content = path.read_text(encoding="utf-8-sig")
    path.unlink()
    return content


def test_downloads_hold_whole_records(page: Any, folder: Path) -> None:
    one(page, "#tab-table").click()
    one(page, "#download-jsonl").click()
    lines = saved(folder, "facts.jsonl").splitlines()
    written = (folder / "out" / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    by_id = {json.loads(line)["id"]: json.loads(line) for line in written}
    assert {json.loads(line)["id"]: json.loads(line) for line in lines} == {
        name: each | {"published": "2023-01-05" if each["doc_id"] == "harbour" else None}
        for name, each in by_id.items()
    }
    one(page, ".chip.type-money").click()
    one(page, "#download-csv").click()
    rows = list(csv.DictReader(io.StringIO(saved(folder, "facts.csv"))))
    assert [(row["text"], row["value"], row["unit"]) for row in rows] == [
        ("30 million euros", "30000000", "EUR")
    ]


def test_map_counts_and_filters_by_place(page: Any) -> None:
    one(page, "#tab-map").click()
    wait(lambda: len(all_(page, ".point")) == 1)
    assert len(all_(page, ".country")) > 150
    drawn = page.execute_script(
        "return document.querySelector('.province').getAttribute('d').match(/M/g).length"
    )
    assert drawn > 50
    before = page.execute_script("return document.querySelector('.map').getAttribute('viewBox')")
    one(page, "[aria-label='Zoom in']").click()
    assert page.execute_script("return document.querySelector('.map').getAttribute('viewBox')") != before
    one(page, ".place").click()
    wait(lambda: summary(page).startswith("7 of"))
    one(page, "#view-table")


def test_timeline_filters_by_time(page: Any) -> None:
    one(page, "#tab-timeline").click()
    wait(lambda: len(all_(page, ".moment")) == 8)
    next(
        node for node in all_(page, ".bin:not([disabled])") if node.get_attribute("title").startswith("2021")
    ).click()
    wait(lambda: texts(page, ".moment-what b") == ["≈ 1,200", "2021"])


def test_charts_compare_facts_that_share_an_item(page: Any) -> None:
    one(page, "#tab-charts").click()
    wait(lambda: texts(page, ".value-number") == ["≈ 1,200", "≈ 400"])
    assert texts(page, ".value-label") == ["Larsund, 2021", "Larsund, 2022"]
    one(page, ".chip[data-by=year]").click()
    wait(lambda: one(page, ".chart h2").text.startswith("2022"))


def test_dark_and_light_by_button_and_key(page: Any) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    one(page, "#theme").click()
    light = page.execute_script(ground)
    one(page, "#theme").click()
    dark = page.execute_script(ground)
    assert one(page, "#theme").text == "Dark"
    assert sum(map(int, dark[4:-1].split(","))) < 150 < sum(map(int, light[4:-1].split(",")))
    page.find_element("css selector", "body").send_keys("t")
    wait(lambda: one(page, "#theme").text == "Auto")


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_sticks_out_on_a_phone(page: Any, address: str, view: str) -> None:
    size(page, *PHONE)
    show(page, f"{address}#view={view}")
    width = page.execute_script("return document.documentElement.scrollWidth")
    assert width <= PHONE[0]
    if view == "articles":
        one(page, ".only-narrow").click()
        next(node for node in all_(page, ".document") if "Prices" in node.text).click()
        wait(lambda: "Prices" in one(page, ".text h2").text)


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_serious(page: Any, address: str, view: str) -> None:
    show(page, f"{address}#view={view}")
    one(page, "#more").click()
    if view == "articles":
        one(page, ".card-head").click()
    for theme in ("light", "dark"):
        page.execute_script("document.documentElement.dataset.theme = arguments[0]", theme)
        assert violations(page) == []


def test_print_shows_article_and_facts_alone(page: Any) -> None:
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert [node.is_displayed() for node in all_(page, ".toolbar, .documents, .tabs")] == [False] * 3
    assert one(page, ".text").is_displayed()
    assert one(page, ".card").is_displayed()
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_example_is_what_a_run_writes(folder: Path, address: str) -> None:
    assert [as_record(each) for each in read_content(folder / "out").facts[:1]] == [as_record(facts()[0])]
