"""A small output folder for the tests of page and review, and what drives the page in a browser."""

from __future__ import annotations

import dataclasses
import hashlib
import math
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsfacts.model import Change, DateFact, DocumentError, Fact, PlaceFact, QuantityFact, fact_id
from newsfacts.model.fact import Family
from newsfacts.model.records import DocumentRecord
from newsfacts.report.columns import NONE, Columns, field_names, part_names
from newsfacts.sinks.jsonl import encode

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "tests" / "data" / "axe" / "axe.min.js"

TEXTS = {
    "harbour": "Harbour grows\n\nThe port of Larsund handled about 1,200 ships in 2021, "
    "up 5 percent, officials said.\n\n"
    "It plans to spend 30 million euros by 2030. Nearly 400 ships were built in Larsund in 2022.\n",
    "hostile": "Prices & <b>tags</b> </script><script>window.hacked=1</script>\n\n"
    "\U0001f6a2 \U0001f6a2 Some 75 <img src=x onerror=window.hacked=2> crates came to Larsund in 2022.\n",
    "empty": "Nothing to count\n\nNo number stands in this article.\n",
}
TITLES = {name: text.partition("\n")[0] for name, text in TEXTS.items()}

KINDS: dict[str, type[Any]] = {"date": DateFact, "place": PlaceFact}


def fact(doc: str, type_: str, words: str, nth: int = 0, **fields: Any) -> Any:
    """A fact about the nth occurrence of these words in a text of `TEXTS`."""
    text = TEXTS[doc]
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    end = start + len(words)
    line = text.rfind("\n", 0, start) + 1
    given = {
        "id": fact_id(doc, type_, start, end), "doc_id": doc, "start": start, "end": end, "text": words,
        "sentence_start": line, "sentence_end": text.index("\n", end), "section": "body",
        "rule": f"{type_}-rule", "confidence": 0.9, "type": type_,
    }  # fmt: skip
    for phrase in ("item", "subject", "source"):
        if phrase in fields:
            at = text.index(fields[phrase], line)
            given |= {f"{phrase}_start": at, f"{phrase}_end": at + len(fields[phrase])}
    return KINDS.get(type_, QuantityFact)(**(given | fields))


def larsund(doc: str, nth: int = 0) -> Any:
    return fact(
        doc,
        "place",
        "Larsund",
        nth,
        name="Larsund",
        kind="city",
        country="NO",
        admin1="Fjordland",
        lat=59.1,
        lon=10.2,
    )


def year(doc: str, words: str, **fields: Any) -> Any:
    return fact(
        doc,
        "date",
        words,
        edtf=words,
        date_start=f"{words}-01-01",
        date_end=f"{words}-12-31",
        timex3=words,
        **fields,
    )


def facts() -> list[Fact]:
    """Nine facts of two documents; one spans two others, so that highlights overlap."""
    port, late = larsund("harbour"), larsund("harbour", 1)
    then, now, plan = year("harbour", "2021"), year("harbour", "2022"), year("harbour", "2030", relation="by")
    crates_place, crates_time = larsund("hostile"), year("hostile", "2022")
    ships = fact(
        "harbour", "count", "about 1,200", value=1200, modifier="~", item="ships",
        subject="The port of Larsund", predicate="handle", time=then.id, place=port.id, source="officials",
    )  # fmt: skip
    wide = fact("harbour", "measure", "1,200 ships in 2021", value=1200, unit="{ship}", confidence=0.4)
    growth = fact(
        "harbour", "percent", "5 percent", value=5, unit="%", item="ships", place=port.id,
        change=Change("up", "by"),
    )  # fmt: skip
    money = fact(
        "harbour", "money", "30 million euros", value=30_000_000, unit="EUR", status="planned", time=plan.id
    )
    built = fact(
        "harbour", "count", "Nearly 400", value=400, modifier="~", item="ships", time=now.id, place=late.id
    )
    crates = fact(
        "hostile", "count", "Some 75", value=75, modifier="~", item="crates", time=crates_time.id,
        place=crates_place.id,
    )  # fmt: skip
    return [port, ships, wide, then, growth, money, plan, built, late, now, crates, crates_place, crates_time]


def record(name: str) -> DocumentRecord:
    text = TEXTS[name]
    return DocumentRecord(
        id=name, path=f"{name}.txt", title=TITLES[name],
        published="2023-01-05" if name == "harbour" else None,
        characters=len(text), words=len(text.split()), sections={"body": 2},
        facts=sum(each.doc_id == name for each in facts()), sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip


def write_output(folder: Path) -> Path:
    """The folder as `newsfacts run` leaves it, with the articles in `articles/` beside it."""
    out, articles = folder / "out", folder / "articles"
    out.mkdir(parents=True)
    articles.mkdir()
    for name, text in TEXTS.items():
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    (out / "facts.jsonl").write_bytes(b"".join(map(encode, facts())))
    (out / "documents.jsonl").write_bytes(b"".join(encode(record(name)) for name in TEXTS))
    error = DocumentError(
        path="broken.txt", kind="encoding", message="is no text <i>", remedy="Save it as UTF-8."
    )
    (out / "errors.jsonl").write_bytes(encode(error))
    return out


def as_record(each: Fact) -> dict[str, Any]:
    return dataclasses.asdict(each)


def wait(condition: Callable[[], Any], seconds: float = 10) -> Any:
    """What the condition gives once it is true."""
    from selenium.common.exceptions import StaleElementReferenceException
    from selenium.webdriver.support.ui import WebDriverWait

    ignored = (StaleElementReferenceException,)
    return WebDriverWait(None, seconds, 0.02, ignored_exceptions=ignored).until(lambda _: condition())


def console(driver: Any) -> list[str]:
    """What the page complained about since the last call."""
    return [
        entry["message"] for entry in driver.get_log("browser") if entry["level"] in {"SEVERE", "WARNING"}
    ]


def violations(driver: Any) -> list[str]:
    """Serious and critical findings of axe-core about what the page shows now."""
    driver.execute_script(AXE.read_text(encoding="utf-8"))
    found = driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, {resultTypes: ['violations']}).then((found) => done(found.violations))"
    )
    return [
        f"{each['id']}: {node['html'][:150]} {node['failureSummary']}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]


def unpacked(columns: Columns, row: int, family: Family) -> dict[str, Any]:
    """A record of packed columns, read the way the page reads it; without id, document and publication."""
    count = len(columns.ids)
    found: dict[str, Any] = {}
    for name, kind, start in columns.layout:
        code = "d" if kind == "number" else "I"
        values = array(code, columns.data[start : start + count * array(code).itemsize])
        found[name] = _unpacked_value(columns, kind, values[row])
    for name, parts in part_names().items():
        whole = {part: found.pop(f"{name}_{part}") for part in parts}
        found[name] = whole if whole[parts[0]] is not None else None
    return {name: found[name] for name in field_names()[family] if name in found}


def _unpacked_value(columns: Columns, kind: str, value: float) -> Any:
    if kind == "number":
        return None if math.isnan(value) else value
    if kind == "flag":
        return bool(value)
    if value == NONE:
        return None
    return {"string": columns.strings, "fact": columns.ids}[kind][int(value)] if kind != "offset" else value
