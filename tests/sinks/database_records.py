"""Small runs for the database tests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from newsfacts.model import Change, DateFact, DocumentError, Fact, PlaceFact, QuantityFact, fact_id
from newsfacts.model.records import DocumentRecord
from newsfacts.sinks.jsonl import encode


def common(doc: str, name: str, start: int = 0) -> dict[str, Any]:
    return {
        "id": f"{doc}-{name}", "doc_id": doc, "published": "2023-07-28", "start": start, "end": start + 5,
        "text": "xxxxx", "sentence_start": 0, "sentence_end": 50, "section": "body", "rule": "r",
        "confidence": 0.5,
    }  # fmt: skip


def quantity(doc: str, name: str = "q", **fields: Any) -> QuantityFact:
    return QuantityFact(**({"type": "percent", "unit": "%", "value": 2.06} | fields), **common(doc, name))


def facts_of(doc: str, value: float = 2.06) -> list[Fact]:
    """An export figure of 2023 in Shanxi, the date and the place."""
    return [
        quantity(
            doc,
            value=value,
            change=Change("up", "by", "yoy"),
            time=f"{doc}-d",
            place=f"{doc}-p",
            item="exports",
        ),
        DateFact(edtf="2023", date_start="2023-01-01", date_end="2023-12-31", **common(doc, "d", 10)),
        PlaceFact(
            name="Huairen",
            kind="admin3",
            country="CN",
            admin1="Shanxi",
            geonames_id=1807671,
            lat=39.8,
            lon=113.1,
            **common(doc, "p", 20),
        ),
    ]


def named_facts(doc: str, digits: int = 32) -> list[Fact]:
    """`facts_of` with the ids that newsfacts gives, or the first digits of them."""
    told = facts_of(doc)
    new = {fact.id: fact_id(doc, fact.type, fact.start, fact.end)[:digits] for fact in told}
    exports, date, place = (replace(fact, id=new[fact.id]) for fact in told)
    return [replace(exports, time=date.id, place=place.id), date, place]


def document(name: str, facts: int, **fields: Any) -> DocumentRecord:
    told = {"path": f"{name}.txt", "title": f"On {name}", "published": "2023-07-28"} | fields
    told = {"sha256": "a" * 64} | told
    return DocumentRecord(id=name, characters=50, words=9, sections={"body": 1}, facts=facts, **told)


SENTENCE = "Exports of Huairen rose by 2.06 percent in 2023."


def line(fact: Fact, sentence: str | None = None) -> bytes:
    """A line of facts.jsonl; its sentence is SENTENCE, if neither given nor the fact's."""
    told = msgspec.to_builtins(fact)
    return encode({**told, "sentence": sentence or told.get("sentence") or SENTENCE})


def write(
    folder: Path,
    documents: Mapping[str, Sequence[Fact]],
    *,
    errors: Sequence[DocumentError] = (),
    manifest: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Path:
    """A run's folder; `fields` are those of all documents."""
    folder.mkdir(exist_ok=True, parents=True)
    records = [document(name, len(facts), **fields) for name, facts in documents.items()]
    (folder / "documents.jsonl").write_bytes(b"".join(map(encode, records)))
    (folder / "facts.jsonl").write_bytes(b"".join(line(f) for fs in documents.values() for f in fs))
    (folder / "errors.jsonl").write_bytes(b"".join(map(encode, errors)))
    (folder / "manifest.json").unlink(missing_ok=True)
    if manifest is not None:
        (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder
