"""Write place predictions for a file of news texts: `python bench/places.py DATA.jsonl PRED.jsonl`.

DATA holds {"doc", "text"} a line. The benchmark's annotation counts the adjectives of nations ("Turkish") as
toponyms of their country, which the project does not; they are added here from the country list.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from extract.language import load_model, parse
from extract.model import Document, PlaceMention
from extract.places import PlaceFinder
from extract.places.curated import Countries
from extract.places.gazetteer import Gazetteer
from extract.places.names import fold
from extract.rules import RuleSet


def demonyms(rules: RuleSet) -> tuple[re.Pattern[str], dict[str, dict[str, Any]]]:
    """A pattern of all adjectives of nations, and the country's prediction for each."""
    gazetteer = Gazetteer()
    table = {}
    for code, country in rules.read("places/countries.yaml", Countries).countries.items():
        name = (country.names or (code,))[0]
        found = [n.entry for n in gazetteer.lookup(fold(name)) if n.entry.country == code]
        point = {"geonameid": found[0].geonames if found else None, "lat": country.at[0], "lon": country.at[1]}
        table.update({adjective: point for adjective in country.adjectives})
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b"), table


def prediction(mention: PlaceMention) -> dict[str, Any]:
    """A mention in the scorer's shape."""
    return {
        "start": mention.start, "end": mention.end, "geonameid": mention.geonames_id,
        "lat": mention.lat, "lon": mention.lon,
    }  # fmt: skip


def main(data: str, target: str) -> None:
    """Predict every document of `data`."""
    rules = RuleSet()
    nlp, finder = load_model(), PlaceFinder.from_rules(rules)
    pattern, table = demonyms(rules)
    with Path(target).open("w", encoding="utf-8") as out:
        for line in Path(data).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            mentions = finder.find(parse(nlp, Document(id=str(row["doc"]), text=row["text"])))
            places = [prediction(m) for m in mentions]
            for match in pattern.finditer(row["text"]):
                if all(m.end <= match.start() or match.end() <= m.start for m in mentions):
                    places.append({"start": match.start(), "end": match.end(), **table[match[0]]})
            out.write(json.dumps({"doc": row["doc"], "places": places}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
