"""The queries of docs/SQL.md, on every database, with the same results."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from database_records import common, write
from real_databases import Database

from newsfacts.model import Change, DateFact, DocumentError, Fact, PlaceFact, QuantityFact
from newsfacts.sinks import load

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "SQL.md").read_text(encoding="utf-8")
QUERIES = {
    int(number): query
    for number, query in re.findall(
        r"^### (\d+)\. [^\n]+\n\n```sql\n(.+?)```", PAGE, re.MULTILINE | re.DOTALL
    )
}


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
ARTICLES = {
    "a": article("a", OUTPUT | {"value": 8e9}, EXPORTS),
    "b": article("b", OUTPUT | {"value": 1e10, "status": "planned"}),
    "c": article("c", OUTPUT | {"value": 9e9}, IMPORTS),
    "d": article("d", OUTPUT | {"value": 2e10, "status": "planned", "modifier": ">"}, year="2025"),
    "e": article("e", YUAN, DOLLARS),
}
EXPECTED: dict[int, list[tuple[Any, ...]]] = {
    1: [("Shanxi", 2023, "CNY", 9e9, 2)],
    2: [
        ("Huairen", "output value", 2023, 1e10, 8e9, 0.8, "b", "a"),
        ("Huairen", "output value", 2023, 1e10, 9e9, 0.9, "b", "c"),
    ],
    3: [("output value", "Huairen", 2023, "CNY", 8e9, 9e9, "a", "c")],
    4: [("Huairen", "output value", 8e9, "CNY", "2023-07-28", "a")],
    5: [("exports", "Huairen", 2023, 5.0, "a"), ("imports", "Huairen", 2023, -2.0, "c")],
    6: [("CNY", "USD", 1, 7.0)],
    7: [
        ("2023-12-31", "Huairen", "output value", "=", 1e10, "CNY", "b"),
        ("2025-12-31", "Huairen", "output value", ">", 2e10, "CNY", "d"),
    ],
    8: [("Huairen", 39.83, 113.1, 8, 5)],
    9: [
        (doc, f"On {doc}", 0, 5, "xxxxx", "r", 0.5)
        for doc, quantities in (("a", 2), ("b", 1), ("c", 2), ("d", 1), ("e", 2))
        for _ in range(quantities)
    ],
    10: [("new", 5, 18, "empty", 2), ("new", 5, 18, "language", 1)],
}


def plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Numbers and texts as they are, days as ISO text."""
    return tuple(value.isoformat() if hasattr(value, "isoformat") else value for value in row)


def unordered(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


def test_there_are_ten() -> None:
    assert sorted(QUERIES) == sorted(EXPECTED) == list(range(1, 11))
    assert PAGE.count("```sql") == 10


def test_queries_of_the_page(database: Database, tmp_path: Path) -> None:
    errors = [
        DocumentError(path=f"{kind}{n}.txt", kind=kind, message="m", remedy="r")
        for kind, n in (("empty", 1), ("empty", 2), ("language", 3))
    ]
    load(
        write(tmp_path / "old", {}, manifest={"run": "old", "started": "2024-01-01T00:00:00Z"}), database.url
    )
    new = {"run": "new", "started": "2024-02-01T00:00:00Z"}
    load(write(tmp_path / "new", ARTICLES, errors=errors, manifest=new), database.url)
    found = {number: [plain(row) for row in database.rows(query)] for number, query in QUERIES.items()}
    for number, expected in EXPECTED.items():
        assert unordered(found[number]) == unordered(expected), number
    for number in (1, 3, 5, 7, 10):  # those whose order leaves nothing open
        assert found[number] == EXPECTED[number]
