"""Links gold mentions: attributes measured with perfect mentions.

usage: link_gold.py GOLD.jsonl TEXT_DIR OUT.jsonl

Reads a gold file (one fact a line), makes mentions of its quantities, dates and places, parses the texts and
writes what the Linker makes of them; score the output against the same gold file.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from newsfacts.language import load_model, parse
from newsfacts.linking import Linker
from newsfacts.model import DateMention, Document, Fact, PlaceMention, QuantityMention
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

Row = dict[str, Any]
_LEADING_MODIFIER = re.compile(
    r"(?:more than|less than|fewer than|no less than|no more than|at least|at most|up to|close to|as many as"
    r"|as much as|over|about|around|nearly|almost|some|above|below|under|top)\s+",
    re.IGNORECASE,
)
_PLACE_FIELDS = ("name", "kind", "country", "admin1", "admin2", "geonames_id", "cn_code", "lat", "lon")


def quantity(row: Row, by_id: dict[str, Row]) -> QuantityMention:
    """A gold quantity as a mention; `per` only where the text of a rate says it, not a noun's meaning."""
    lead = _LEADING_MODIFIER.match(row["text"])
    twin = by_id.get(row.get("same_as") or "")
    return QuantityMention(
        start=row["start"],
        end=row["end"],
        type=row["type"],
        value=row.get("value"),
        low=row.get("low"),
        high=row.get("high"),
        modifier=row.get("modifier") or "=",
        unit=row.get("unit"),
        per=row.get("per"),
        number_start=row["start"] + (lead.end() if lead else 0),
        number_end=row["end"],
        twin=twin["start"] if twin else None,
        rule="gold",
    )


def date(row: Row) -> DateMention:
    """A gold date as a mention."""
    fields = {key: row.get(key) for key in ("edtf", "timex3", "part", "part_of_day", "relation")}
    return DateMention(start=row["start"], end=row["end"], timex_type="DATE", rule="gold", **fields)


def place(row: Row) -> PlaceMention:
    """A gold place as a mention."""
    fields = {key: row[key] for key in _PLACE_FIELDS if row.get(key) is not None}
    return PlaceMention(start=row["start"], end=row["end"], rule="gold", **fields)


def document(rows: list[Row], folder: Path, builder: DocumentBuilder) -> Document:
    """The text that the rows speak of, with its sections."""
    doc_id = rows[0]["doc_id"]
    raw = (folder / f"{doc_id}.txt").read_text(encoding="utf-8-sig")
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    published = rows[0].get("published")
    return builder.build(
        text, id=doc_id, title=None, published=dt.date.fromisoformat(published) if published else None
    )


def link(gold: Path, folder: Path) -> Iterator[Fact]:
    """The facts of all documents of a gold file."""
    documents: dict[str, list[Row]] = defaultdict(list)
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        documents[row["doc_id"]].append(row)
    rules, nlp = RuleSet(), load_model()
    builder, linker = DocumentBuilder.from_rules(rules), Linker.from_rules(rules)
    for rows in documents.values():
        by_id = {row["id"]: row for row in rows}
        parsed = parse(nlp, document(rows, folder, builder))
        quantities = [quantity(row, by_id) for row in rows if row["type"] not in ("date", "place")]
        dates = [date(row) for row in rows if row["type"] == "date"]
        places = [place(row) for row in rows if row["type"] == "place"]
        yield from linker.link(parsed, quantities, dates, places)


def main() -> None:
    """Run from the command line."""
    gold, folder, out = (Path(arg) for arg in sys.argv[1:4])
    lines = [msgspec.json.encode(fact) + b"\n" for fact in link(gold, folder)]
    out.write_bytes(b"".join(lines))


if __name__ == "__main__":
    main()
