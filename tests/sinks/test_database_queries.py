"""The queries of docs/SQL.md, on every database, with the same results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from database_records import common, document, line, write
from real_databases import Database

from newsfacts.consolidate.database import consolidate_database
from newsfacts.model import Change, DateFact, DocumentError, Fact, PlaceFact, QuantityFact
from newsfacts.rules import RuleSet
from newsfacts.sinks import load
from newsfacts.sinks.jsonl import encode

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "SQL.md").read_text(encoding="utf-8")
_QUERY = re.compile(
    r"^### (\d+)\. [^\n(]+(?:\((\w+)\))?\n\n(?:[^`#\n][^\n]*\n\n)?```sql\n(.+?)```", re.MULTILINE | re.DOTALL
)
#: Number -> the database that the query is for, empty for all, and the query.
QUERIES = {int(number): (kind.lower(), query) for number, kind, query in _QUERY.findall(PAGE)}


def article(doc: str, *quantities: dict[str, Any], year: str = "2023") -> list[Fact]:
    """An article on Huairen in that year."""
    where = {"country": "CN", "admin1": "Shanxi", "geonames_id": 1807671, "lat": 39.83, "lon": 113.1}
    date = DateFact(edtf=year, date_start=f"{year}-01-01", date_end=f"{year}-12-31", **common(doc, "d"))
    place = PlaceFact(name="Huairen", kind="admin3", **where, **common(doc, "p"))
    told = [
        QuantityFact(**({"time": f"{doc}-d", "place": f"{doc}-p"} | fields), **common(doc, f"q{number}"))
        for number, fields in enumerate(quantities)
    ]
    return [date, place, *told]


UP, DOWN = Change("up", "by", "yoy"), Change("down", "by", "yoy")
OUTPUT: dict[str, Any] = {"type": "money", "unit": "CNY", "item": "output value"}
EXPORTS: dict[str, Any] = {"type": "percent", "unit": "%", "value": 5, "item": "exports", "change": UP}
IMPORTS = EXPORTS | {"value": 2, "item": "imports", "change": DOWN}
YUAN: dict[str, Any] = {"type": "money", "unit": "CNY", "value": 70}
DOLLARS = YUAN | {"unit": "USD", "value": 10, "same_as": "e-q0"}
STEEL: dict[str, Any] = {"type": "measure", "unit": "t", "value": 3, "item": "steel"}
ARTICLES = {
    "a": article("a", OUTPUT | {"value": 8e9}, EXPORTS),
    "b": article("b", OUTPUT | {"value": 1e10, "status": "planned"}),
    "c": article("c", OUTPUT | {"value": 9e9}, IMPORTS),
    "d": article("d", OUTPUT | {"value": 2e10, "status": "planned", "modifier": ">"}, year="2025"),
    "e": article("e", YUAN, DOLLARS),
    "f": article("f", STEEL, STEEL | {"unit": "kg", "value": 500}),
}
EXPECTED: dict[int, list[tuple[Any, ...]]] = {
    1: [("Shanxi", 2023, "CNY", 9e9, 2)],
    2: [
        ("Huairen", "output value", 2023, 1e10, 8e9, 0.8, "b", "a"),
        ("Huairen", "output value", 2023, 1e10, 9e9, 0.9, "b", "c"),
    ],
    3: [("output value", "Huairen", 2023, "CNY", 8e9, 9e9, "a", "c")],
    4: [
        ("Huairen", "output value", 8e9, "CNY", "2023-07-28", "a"),
        ("Huairen", "steel", 500.0, "kg", "2023-07-28", "f"),
        ("Huairen", "steel", 3.0, "t", "2023-07-28", "f"),
    ],
    5: [("exports", "Huairen", 2023, 5.0, "a"), ("imports", "Huairen", 2023, -2.0, "c")],
    6: [("CNY", "USD", 1, 7.0)],
    7: [
        ("2023-12-31", "Huairen", "output value", "=", 1e10, "CNY", "b"),
        ("2025-12-31", "Huairen", "output value", ">", 2e10, "CNY", "d"),
    ],
    8: [("Huairen", 39.83, 113.1, 10, 6)],
    9: [
        (doc, f"On {doc}", 0, 5, "xxxxx", "r", 0.5)
        for doc, quantities in (("a", 2), ("b", 1), ("c", 2), ("d", 1), ("e", 2), ("f", 2))
        for _ in range(quantities)
    ],
    10: [("new", 6, 22, "empty", 2), ("new", 6, 22, "language", 1)],
    19: [
        ("steel", "Huairen", 3.0, "tonne", 3000.0, "kg", "f"),
        ("steel", "Huairen", 500.0, "kilogram", 500.0, "kg", "f"),
    ],
}


def plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Numbers and texts as they are, days as ISO text."""
    return tuple(value.isoformat() if hasattr(value, "isoformat") else value for value in row)


def unordered(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


WORDS = {"a": "outputs", "b": "output", "c": "exporting", "d": "mills", "e": "money", "f": "steel"}


def sample(folder: Path) -> Path:
    """The articles as a run, with texts and sentences of their own."""
    errors = [
        DocumentError(path=f"{kind}{n}.txt", kind=kind, message="m", remedy="r")
        for kind, n in (("empty", 1), ("empty", 2), ("language", 3))
    ]
    out = write(folder, ARTICLES, errors=errors, manifest={"run": "new", "started": "2024-02-01T00:00:00Z"})
    records = (document(doc, len(facts), sha256=doc * 64) for doc, facts in ARTICLES.items())
    (out / "documents.jsonl").write_bytes(b"".join(map(encode, records)))
    lines = (
        line(f, f"The story {f.doc_id} is on {WORDS[f.doc_id]}.") for fs in ARTICLES.values() for f in fs
    )
    (out / "facts.jsonl").write_bytes(b"".join(lines))
    return out


def test_every_query_of_the_page_is_tried() -> None:
    assert sorted(QUERIES) == list(range(1, 20))
    assert PAGE.count("```sql") == len(QUERIES)
    kinds = [kind for kind, _ in QUERIES.values() if kind]
    assert sorted(kinds) == ["duckdb", "duckdb", "postgresql", "postgresql", "sqlite", "sqlite"]


def test_queries_of_the_page(database: Database, tmp_path: Path) -> None:
    old = {"run": "old", "started": "2024-01-01T00:00:00Z"}
    load(write(tmp_path / "old", {}, manifest=old), database.url)
    load(sample(tmp_path / "new"), database.url)
    consolidate_database(database.url, RuleSet())
    found = {
        number: [plain(row) for row in database.rows(query)]
        for number, (kind, query) in QUERIES.items()
        if kind in ("", database.kind)
    }
    assert all(found.values())  # a query that finds nothing shows nothing
    for number, expected in EXPECTED.items():
        assert unordered(found[number]) == unordered(expected), number
    for number in (1, 3, 5, 7, 10, 19):  # those whose order leaves nothing open
        assert found[number] == EXPECTED[number]
    check_medians(found)
    check_search(found)
    assert {(standing, said, doc) for _, standing, said, doc, *_ in found[17]} == {
        ("agrees", "Huairen: output value of 8 billion yuan (2023)", "a"),
        ("conflicts", "Huairen: output value of 9 billion yuan (2023)", "c"),
    }
    assert {row[2] for row in found[18]} == {"SRID=4326;POINT(113.1 39.83)"}


def check_medians(found: Mapping[int, list[tuple[Any, ...]]]) -> None:
    (series,) = (found[number] for number in (11, 12, 13) if number in found)
    assert [(item, unit, int(year), count, median) for item, unit, year, count, median in series] == [
        ("export", "%", 2023, 1, 5),
        ("import", "%", 2023, 1, 2),
        ("output value", "CNY", 2023, 2, 8.5e9),
        ("steel", "kg", 2023, 1, 500),
        ("steel", "t", 2023, 1, 3),
    ]


def check_search(found: Mapping[int, list[tuple[Any, ...]]]) -> None:
    """Stems are found by the two that know words."""
    (rows,) = (found[number] for number in (14, 15, 16) if number in found)
    assert {doc for doc, *_ in rows} == {"a", "b", "c"}
    assert {sentence for doc, _, sentence in rows if doc == "b"} == {"The story b is on output."}
