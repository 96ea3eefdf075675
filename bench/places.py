"""Write place predictions for a file of news texts: `python bench/places.py DATA.jsonl PRED.jsonl`.

DATA holds {"doc", "text"} a line. The toponym benchmarks are annotated by other rules than FACTS.md, and this
adapter follows them: the adjectives of nations and continents are toponyms ("Turkish"), so are places inside
the names of organisations, and generic nouns and compass words in lower case stay outside the span ("Sichuan
province", "northern California", where the point is that of the name left over).
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from newsfacts.language import load_model, parse
from newsfacts.model import Document, PlaceMention
from newsfacts.places import PlaceFinder
from newsfacts.places.curated import Countries
from newsfacts.places.gazetteer import Gazetteer
from newsfacts.places.lexicon import Lexicon
from newsfacts.places.names import fold
from newsfacts.rules import RuleSet

_PARTS = {"European": "europe", "Asian": "asia", "African": "africa"}
_INSIDE = {
    "organisation": -1.0, "organisation-of": -1.0,
    "ner-organisation-part": -0.5, "ner-organisation-end": -1.0,
}  # fmt: skip
_LOWER_FIRST = re.compile(r"(?:[a-z]+[ -])+(?=[A-Z])")
_LOWER_LAST = re.compile(r"(?<=\w)(?:[ -][a-z]+)+\Z")


class Adapter:
    """Predictions in the benchmarks' convention."""

    def __init__(self, rules: RuleSet) -> None:
        lexicon = Lexicon.from_rules(rules)
        weights = {**lexicon.evidence.weights, **_INSIDE}
        evidence = msgspec.structs.replace(lexicon.evidence, weights=weights)
        self._gazetteer = Gazetteer()
        self._finder = PlaceFinder(dataclasses.replace(lexicon, evidence=evidence), self._gazetteer)
        self._nlp = load_model()
        self._adjectives = self._demonyms(rules)
        names = sorted(self._adjectives, key=len, reverse=True)
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b(?! [A-Z])")

    def places(self, doc: str, text: str) -> list[dict[str, Any]]:
        """All toponyms of one text."""
        found = self._finder.find(parse(self._nlp, Document(id=doc, text=text)))
        places = [self._prediction(m, text) for m in found]
        for match in self._pattern.finditer(text):
            if all(p["end"] <= match.start() or match.end() <= p["start"] for p in places):
                places.append({"start": match.start(), "end": match.end(), **self._adjectives[match[0]]})
        return sorted(places, key=lambda p: p["start"])

    def _demonyms(self, rules: RuleSet) -> dict[str, dict[str, Any]]:
        table = {}
        for code, country in rules.read("places/countries.yaml", Countries).countries.items():
            entry = self._gazetteer.country(code)
            for adjective in country.adjectives:
                if not adjective.endswith(("ns", "is", "ians", "men", "man", "woman")) and len(adjective) > 3:
                    number = entry.geonames if entry else None
                    table[adjective] = {"geonameid": number, "lat": country.at[0], "lon": country.at[1]}
        for adjective, key in _PARTS.items():
            table[adjective] = self._point(key)
        return table

    def _point(self, key: str) -> dict[str, Any]:
        entry = self._gazetteer.lookup(key)[0].entry
        return {"geonameid": entry.geonames, "lat": entry.lat, "lon": entry.lon}

    def _prediction(self, mention: PlaceMention, text: str) -> dict[str, Any]:
        start, end = mention.start, mention.end
        point = {"geonameid": mention.geonames_id, "lat": mention.lat, "lon": mention.lon}
        first = _LOWER_FIRST.match(text, start, end)
        if first:
            start = first.end()
            if self._gazetteer.lookup(fold(text[start:end])):
                point = self._point(fold(text[start:end]))
        last = _LOWER_LAST.search(text, start, end)
        return {"start": start, "end": last.start() if last else end, **point}


def main(data: str, target: str) -> None:
    """Predict every document of `data`."""
    adapter = Adapter(RuleSet())
    with Path(target).open("w", encoding="utf-8") as out:
        for line in Path(data).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            out.write(
                json.dumps({"doc": row["doc"], "places": adapter.places(str(row["doc"]), row["text"])}) + "\n"
            )


if __name__ == "__main__":
    main(*sys.argv[1:3])
