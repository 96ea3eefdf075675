"""Review in a real browser with a real server, which is also killed on the way."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tools.browser import browser, missing, ready, size

from browsing import ROOT, console, facts, violations, wait

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


@contextmanager
def server(output: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "newsfacts.cli", "review", str(output), *options]
    texts = ["--texts", str(output.parent / "articles")]
    with subprocess.Popen([*command, *texts], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def driver(downloads: Path) -> Iterator[Any]:
    with browser(downloads) as found:
        size(found, 1300, 850)
        yield found


def open_page(driver: Any, address: str) -> None:
    driver.get(address)
    ready(driver)


def keys(driver: Any, text: str) -> None:
    driver.find_element("css selector", "body").send_keys(text)


def texts(driver: Any, selector: str) -> list[str]:
    return [node.text for node in driver.find_elements("css selector", selector)]


def one(driver: Any, selector: str) -> Any:
    return driver.find_element("css selector", selector)


def stored(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (output / "corrections.jsonl").read_text().splitlines()]


def decided(driver: Any) -> str:
    return str(one(driver, "#review-count").text)


def test_accept_reject_fix_undo_and_export(driver: Any, output: Path, downloads: Path) -> None:
    with server(output) as (_, address):
        open_page(driver, address)
        keys(driver, "ja")
        wait(lambda: texts(driver, ".decision") == ["accepted"])
        wait(lambda: len(texts(driver, ".card.active")) == 1)
        keys(driver, "r")
        wait(lambda: texts(driver, ".decision") == ["accepted", "rejected"])
        one(driver, ".card.type-money .card-head").click()
        correct_money(driver)
        assert [line["action"] for line in stored(output)] == ["accept", "reject", "fix"]
        assert stored(output)[-1]["fields"] == {"value": 3e7 + 1, "modifier": ">"}
        keys(driver, "u")
        wait(lambda: decided(driver).startswith("2 of"))
        assert stored(output)[-1] == {"undoes": 3}
        keys(driver, "A")
        wait(lambda: decided(driver).startswith("10 of"))
        assert violations(driver) == []
        one(driver, "#export").click()
        wait(lambda: (downloads / "gold.jsonl").exists())
        lines = (downloads / "gold.jsonl").read_text().splitlines()
        assert len(lines) == 9
        assert console(driver) == []


def test_what_the_second_reader_reads_otherwise_is_marked_and_filtered(driver: Any, output: Path) -> None:
    file = output / "facts.jsonl"
    file.write_text(file.read_text().replace('"value":5,', '"value":50,'))
    with server(output, "--second-reader") as (_, address):
        open_page(driver, address)
        wait(lambda: texts(driver, ".note") == ["quantulum3 reads 5 %"])
        one(driver, "#more").click()
        one(driver, "#doubted").click()
        wait(lambda: len(texts(driver, ".card")) == 1)
        assert one(driver, "#doubted").get_attribute("aria-pressed") == "true"
        assert violations(driver) == []
        assert console(driver) == []


def correct_money(driver: Any) -> None:
    keys(driver, "f")
    wait(lambda: one(driver, "#fix-form").is_displayed())
    value = one(driver, "#fix-value")
    value.clear()
    value.send_keys("many")
    one(driver, "#fix-modifier").send_keys(">")
    one(driver, "#fix-form .primary").click()
    wait(lambda: "is no number" in one(driver, ".problem").text)
    value.clear()
    value.send_keys("30,000,001")
    assert violations(driver) == []
    one(driver, "#fix-form .primary").click()
    wait(lambda: "fixed" in " ".join(texts(driver, ".card.type-money .decision")))
    assert "30,000,001" in one(driver, ".card.type-money .value").text


def test_what_was_saved_outlives_a_killed_server(driver: Any, output: Path) -> None:
    with server(output) as (process, address):
        open_page(driver, address)
        keys(driver, "ja")
        wait(lambda: one(driver, "#saved").text == "saved")
        process.send_signal(signal.SIGKILL)
        process.wait()
        keys(driver, "a")
        wait(lambda: one(driver, "#saved").text.startswith("not saved"))
        assert decided(driver).startswith("1 of")
        driver.get_log("browser")  # that the server is gone is said there too
    with (output / "corrections.jsonl").open("a") as file:
        file.write('{"batch":2,"action":"acc')
    with server(output) as (_, address):
        open_page(driver, address)
        wait(lambda: decided(driver).startswith("1 of"))
        keys(driver, "jja")
        wait(lambda: decided(driver).startswith("2 of"))
    assert [line["batch"] for line in stored(output)] == [1, 2]
    assert {line["fact_id"] for line in stored(output)} <= {each.id for each in facts()}


def test_selected_words_become_the_span(driver: Any, output: Path) -> None:
    with server(output) as (_, address):
        open_page(driver, address)
        one(driver, ".card.type-money .card-head").click()
        driver.execute_script(
            "const node = document.querySelector('.hit.type-money').firstChild;"
            "getSelection().setBaseAndExtent(node, 0, node, 10)"
        )
        keys(driver, "f")
        wait(lambda: one(driver, "#fix-form").is_displayed())
        driver.find_element("xpath", "//button[text()='Use selected text']").click()
        one(driver, "#fix-form .primary").click()
        wait(lambda: "fixed: end" in " ".join(texts(driver, ".decision")))
        start = next(each.start for each in facts() if each.type == "money")
        assert stored(output)[-1]["fields"] == {"end": start + 10}


def test_a_missed_fact_is_added_kept_and_removed(driver: Any, output: Path) -> None:
    with server(output) as (_, address):
        open_page(driver, address)
        keys(driver, "+")
        wait(lambda: "select the words" in one(driver, "#saved").text)
        driver.execute_script(
            "const text = [...document.querySelectorAll('.text p')].flatMap((p) => [...p.childNodes])"
            ".find((node) => node.data?.includes('port'));"
            "const at = text.data.indexOf('port'); getSelection().setBaseAndExtent(text, at, text, at + 4)"
        )
        wait(lambda: driver.execute_script("return getSelection().toString()") == "port")
        one(driver, "#add").click()
        wait(lambda: one(driver, "#fix-form").is_displayed())
        one(driver, "#fix-type").send_keys("Place")
        wait(lambda: one(driver, "#fix-name").get_attribute("value") == "port")
        assert violations(driver) == []
        one(driver, "#fix-form .primary").click()
        wait(lambda: texts(driver, ".card .decision") == ["added: name: port; kind: city"])
        open_page(driver, address)
        wait(lambda: texts(driver, ".card .decision") == ["added: name: port; kind: city"])
        one(driver, ".card .decide").click()
        wait(lambda: texts(driver, ".card .decision") == [])
        assert [line["action"] for line in stored(output)] == ["add", "reject"]
        assert console(driver) == []


def test_an_unchanged_correction_accepts(driver: Any, output: Path) -> None:
    with server(output) as (_, address):
        open_page(driver, address)
        one(driver, ".card.type-count .card-head").click()
        keys(driver, "f")
        wait(lambda: one(driver, "#fix-form").is_displayed())
        assert one(driver, "#fix-item").get_attribute("value") == "ships"
        one(driver, "#fix-form .primary").click()
        wait(lambda: texts(driver, ".decision") == ["accepted"])


def test_filter_by_decision(driver: Any, output: Path) -> None:
    with server(output) as (_, address):
        open_page(driver, address)
        keys(driver, "ja")
        wait(lambda: one(driver, "#saved").text == "saved")
        one(driver, "#more").click()
        one(driver, ".chip[data-value=accepted]").click()
        wait(lambda: one(driver, "#summary").text.startswith("1 of"))
