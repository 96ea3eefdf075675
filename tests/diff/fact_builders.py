"""Small made-up runs for the tests of diff and gate: facts, gold about them, output folders."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from newsfacts.evaluation.records import GoldRecord
from newsfacts.model import DateFact, Fact, PlaceFact, QuantityFact, fact_id
from newsfacts.model.records import DocumentRecord

TEXT = "In May 2021 more than 20 mills of Lorvik [old & new] sold 300 boats, 5 percent more than before."


def quantity(text: str, value: float, *, doc: str = "doc", **fields: Any) -> QuantityFact:
    given = {"type": "count", "value": value} | fields
    return QuantityFact(**_common(text, given["type"], doc), **given)


def date(text: str = "May 2021", *, doc: str = "doc", **fields: Any) -> DateFact:
    return DateFact(**_common(text, "date", doc), **({"edtf": "2021-05"} | fields))


def place(text: str = "Lorvik", *, doc: str = "doc", **fields: Any) -> PlaceFact:
    given = {"name": text, "kind": "city", "country": "NO", "lat": 60.0, "lon": 5.0}
    return PlaceFact(**_common(text, "place", doc), **(given | fields))


def _common(text: str, type_: str, doc: str) -> dict[str, Any]:
    start = TEXT.index(text)
    end = start + len(text)
    return {
        "id": fact_id(doc, type_, start, end), "doc_id": doc, "start": start, "end": end, "text": text,
        "sentence_start": 0, "sentence_end": len(TEXT), "section": "body", "rule": "made-up",
        "confidence": 0.9,
    }  # fmt: skip


def facts(doc: str = "doc") -> list[Fact]:
    """A right reading of TEXT."""
    day, town = date(doc=doc), place(doc=doc)
    linked = {"time": day.id, "place": town.id}
    return [
        day,
        quantity("more than 20", 20, doc=doc, low=20, modifier=">", item="mills", **linked),
        town,
        quantity("300", 300, doc=doc, item="boats", **linked),
        quantity("5 percent", 5, doc=doc, type="percent", unit="%", **linked),
    ]


def gold(of: Iterable[Fact]) -> list[dict[str, Any]]:
    """Gold that these facts fulfil."""
    return [_gold_row(fact) for fact in of]


def _gold_row(fact: Fact) -> dict[str, Any]:
    found = msgspec.to_builtins(fact)
    row = {name: found[name] for name in found if name in GoldRecord.__struct_fields__}
    item = getattr(fact, "item", None)
    return row | ({"item_heads": [item]} if item else {})


def write_lines(path: Path, records: Iterable[Any]) -> Path:
    path.write_bytes(b"".join(msgspec.json.encode(record) + b"\n" for record in records))
    return path


def write_run(folder: Path, found: Sequence[Fact], *, text: str = TEXT) -> Path:
    """An output folder of these facts, all documents having one text that lies beside them."""
    folder.mkdir(exist_ok=True)
    write_lines(folder / "facts.jsonl", found)
    names = sorted({fact.doc_id for fact in found})
    for name in names:
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    write_lines(folder / "documents.jsonl", [_document(folder, name, text) for name in names])
    return folder


def _document(folder: Path, name: str, text: str) -> DocumentRecord:
    return DocumentRecord(
        id=name, path=str(folder / f"{name}.txt"), characters=len(text), words=len(text.split()), sections={},
        facts=0, sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip


def loads(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
