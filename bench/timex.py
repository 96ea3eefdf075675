"""Writes TIMEX3 predictions for a TimeML benchmark: python bench/timex.py DATA.json PRED.jsonl.

DATA.json is a list of {"doc", "text", "dct"}; PRED.jsonl gets {"doc", "spans"} lines for score_timex.py. Only
notation is done here: where TimeML's extents and values are written otherwise than FACTS.md writes them.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from extract.dates import DateFinder
from extract.language import load_model, parse_many
from extract.model import DateMention, Document
from extract.rules import RuleSet


def main(data: str, predictions: str) -> None:
    """Read the documents of `data`, write their TIMEX3 spans to `predictions`."""
    records = json.loads(Path(data).read_text(encoding="utf-8"))
    finder = DateFinder.from_rules(RuleSet())
    documents = [_document(record) for record in records]
    with Path(predictions).open("w", encoding="utf-8") as out:
        for parsed in parse_many(load_model(), documents):
            spans = [s for m in finder.find(parsed) for s in timeml(m, parsed.text)]
            out.write(json.dumps({"doc": parsed.document.id, "spans": spans}) + "\n")


def _document(record: dict[str, str]) -> Document:
    published = dt.date.fromisoformat(record["dct"][:10]) if record.get("dct") else None
    return Document(id=record["doc"], text=record["text"], published=published)


def timeml(mention: DateMention, text: str) -> Iterator[dict[str, object]]:
    """The TIMEX3 spans of one mention: an interval between two dates is two."""
    start, end = mention.start, mention.end
    yield {"start": start, "end": end, "type": mention.timex_type, "value": mention.timex3 or ""}


if __name__ == "__main__":
    main(*sys.argv[1:3])
