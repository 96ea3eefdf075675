"""Time to first paint and to filter of a report page with 5,000 generated documents.

    python bench/report_page.py [--documents 5000]

Needs chromium and chromium-driver. The figures are those of this machine and its load.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.browser import browser, missing, ready, size

from newsfacts.model import DateFact, Fact, PlaceFact, QuantityFact, fact_id
from newsfacts.model.records import DocumentRecord
from newsfacts.report import Content, render

WORDS = [
    "output", "exports", "harbour", "factory", "county", "growth", "market", "price", "wheat", "steel",
    "workers", "income", "tax", "plan", "region", "energy", "coal", "power", "rail", "road", "bridge",
    "farm", "village", "company", "bank", "loan", "trade", "year",
]  # fmt: skip
PLACES = [(f"{word.title()}ville", 20 + i * 0.7, 75 + i * 1.3) for i, word in enumerate(WORDS)]
ROUNDS = 5


def sentence(chance: random.Random) -> tuple[str, list[tuple[int, str, str]]]:
    """A sentence of made-up words and what it holds: offset, type and words of each fact."""
    item = " ".join(chance.choices(WORDS, k=chance.randint(1, 3)))
    place = chance.choice(PLACES)[0]
    year = str(chance.randint(1990, 2030))
    number = f"{chance.randint(2, 9_999_999):,}"
    filler = " ".join(chance.choices(WORDS, k=chance.randint(6, 18)))
    parts = [("", "The "), ("", item), ("", " of "), ("place", place), ("", " came to "), ("count", number)]
    parts += [("", " in "), ("date", year), ("", f", {filler}.")]
    text, found = "", []
    for kind, words in parts:
        if kind:
            found.append((len(text), kind, words))
        text += words
    return text, found


def article(name: str, chance: random.Random) -> tuple[str, list[Fact]]:
    """A text of some 500 words with about 40 facts."""
    text = f"{' '.join(chance.choices(WORDS, k=7)).capitalize()}\n"
    facts: list[Fact] = []
    for _ in range(13):
        line, found = sentence(chance)
        filler = " ".join(chance.choices(WORDS, k=15))
        start = len(text) + 1
        text += f"\n{line} {filler.capitalize()}.\n"
        facts += sentence_facts(name, start, line, found, chance)
    return text, facts


def sentence_facts(
    name: str, start: int, line: str, found: list[tuple[int, str, str]], chance: random.Random
) -> list[Fact]:
    """The facts of a sentence, linked with one another."""
    ids = {kind: fact_id(name, kind, start + at, start + at + len(words)) for at, kind, words in found}
    made: list[Fact] = []
    for at, kind, words in found:
        common: dict[str, Any] = {
            "id": ids[kind], "doc_id": name, "start": start + at, "end": start + at + len(words),
            "text": words, "sentence_start": start, "sentence_end": start + len(line), "section": "body",
            "rule": f"{kind}-rule",             "confidence": round(chance.uniform(0.3, 1), 3),
        }  # fmt: skip
        if kind == "place":
            _, lat, lon = next(place for place in PLACES if place[0] == words)
            made.append(PlaceFact(**common, name=words, kind="city", country="CN", lat=lat, lon=lon))
        elif kind == "date":
            days: dict[str, Any] = {"date_start": f"{words}-01-01", "date_end": f"{words}-12-31"}
            made.append(DateFact(**common, edtf=words, timex3=words, **days))
        else:
            item = line[4 : line.index(" of ")]
            links: dict[str, Any] = {"item": item, "item_start": start + 4, "item_end": start + 4 + len(item)}
            made.append(
                QuantityFact(
                    **common,
                    **links,
                    type="count",
                    value=int(words.replace(",", "")),
                    time=ids["date"],
                    place=ids["place"],
                )
            )
    return made


def content(documents: int) -> Content:
    """A made-up output of so many documents, always the same."""
    chance = random.Random(7)
    records, texts, facts = [], [], []
    for number in range(documents):
        name = f"article-{number:05}"
        text, found = article(name, chance)
        digest = hashlib.sha256(text.encode()).hexdigest()
        records.append(
            DocumentRecord(
                id=name,
                title=text.split("\n")[0],
                published="2024-05-06",
                characters=len(text),
                words=len(text.split()),
                sections={"body": 13},
                facts=len(found),
                sha256=digest,
            )
        )
        texts.append(text)
        facts += found
    return Content(tuple(facts), tuple(records), tuple(texts))


PAINT = """
const paint = performance.getEntriesByName('first-contentful-paint')[0];
return paint ? paint.startTime : null;
"""
#: Type into the search, or press a filter; the time until the next frame with its result.
STEP = """
const done = arguments[arguments.length - 1];
const step = new Function(arguments[0]);
const before = document.getElementById('summary').textContent;
const start = performance.now();
step();
const look = () => document.getElementById('summary').textContent === before
  ? requestAnimationFrame(look) : requestAnimationFrame(() => done(performance.now() - start));
look();
"""
STEPS = {
    "filter by type": "document.querySelector('.chip.type-count').click()",
    "filter by place": "const i = document.querySelector('input[list=places]'); i.value = 'Wheatville';"
    " i.dispatchEvent(new Event('input'))",
    "search": "const i = document.getElementById('search'); i.value = 'steel';"
    " i.dispatchEvent(new Event('input'))",
}
VIEWS = ("articles", "table", "map", "timeline", "charts")


def measure(driver: Any, address: str) -> dict[str, float]:
    """Milliseconds of one visit."""
    driver.get("about:blank")
    driver.get(address)
    ready(driver, 60)
    found = {"first paint": driver.execute_script(PAINT)}
    found["article shown"] = driver.execute_script(
        "return performance.getEntriesByName('ready')[0].startTime"
    )
    driver.find_element("id", "more").click()
    for name, step in STEPS.items():
        found[name] = driver.execute_async_script(STEP, step)
        driver.find_element("id", "reset").click()
        time.sleep(0.3)
    for view in VIEWS[1:]:
        step = f"document.getElementById('tab-{view}').click()"
        found[f"open {view}"] = driver.execute_async_script(
            f"const start = performance.now(); {step}; const done = arguments[0];"
            "requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)))"
        )
        found[f"filter {view}"] = driver.execute_async_script(STEP, STEPS["filter by type"])
        driver.find_element("id", "reset").click()
        time.sleep(0.3)
    return found


def main() -> int:
    """Print the median of some visits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5000)
    documents = parser.parse_args().documents
    if reason := missing():
        print(reason, file=sys.stderr)
        return 1
    made = content(documents)
    started = time.perf_counter()
    page = render(made)
    built = time.perf_counter() - started
    print(
        f"{documents:,} documents, {len(made.facts):,} facts: "
        f"{len(page) / 1e6:.1f} MB, built in {built:.1f} s"
    )
    with TemporaryDirectory() as folder, browser() as driver:
        path = Path(folder) / "report.html"
        path.write_text(page, encoding="utf-8")
        size(driver, 1280, 800)
        visits = [measure(driver, path.as_uri()) for _ in range(ROUNDS)]
    for name in visits[0]:
        times = sorted(visit[name] for visit in visits)
        print(f"{name:18} {statistics.median(times):7.0f} ms  (worst {times[-1]:.0f})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
