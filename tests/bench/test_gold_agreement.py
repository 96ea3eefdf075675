"""Agreement of two readings, on readings whose differences are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

Row = dict[str, Any]


def reading(path: Path, *changes: Row) -> Path:
    rows: list[Row] = [
        {"type": "date", "start": 40, "end": 48, "edtf": "2021-05"},
        {"type": "count", "start": 10, "end": 12, "value": 20, "item_heads": ["mill"], "time": "doc:0"},
        {"type": "count", "start": 20, "end": 22, "value": 30, "item_heads": ["dock"], "status": "planned"},
    ]
    for row, change in zip(rows, changes, strict=False):
        row.update(change)
    lines = ({"doc_id": "doc", "id": f"doc:{i}"} | row for i, row in enumerate(rows))
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_equal_readings_agree_in_everything(tmp_path: Path) -> None:
    from gold.agree import agreement

    figures = agreement(reading(tmp_path / "a"), reading(tmp_path / "b"))
    assert set(figures.values()) == {1}
    assert {"strict_f1", "detection.count", "attribute.status"} <= figures.keys()


def test_a_difference_costs_its_field_and_the_strict_figure(tmp_path: Path) -> None:
    from gold.agree import agreement

    figures = agreement(reading(tmp_path / "a"), reading(tmp_path / "b", {}, {}, {"status": "actual"}))
    assert figures["attribute.status"] == figures["strict_f1.count"] == 0.5
    assert figures["detection"] == figures["strict_f1.dates"] == 1


def test_an_alternative_of_one_reader_halves_the_cost(tmp_path: Path) -> None:
    from gold.agree import agreement

    other = {"status": "actual", "status_alt": ["planned"]}
    figures = agreement(reading(tmp_path / "a"), reading(tmp_path / "b", {}, {}, other))
    assert figures["attribute.status"] == pytest.approx(0.75)
    bare = agreement(tmp_path / "a", tmp_path / "b", bare=True)
    assert bare["attribute.status"] == 0.5


def test_first_answers_keep_the_spellings_of_a_name(tmp_path: Path) -> None:
    from gold.agree import agreement

    place = {"type": "place", "name": "Lorvik", "kind": "admin1", "country": "NO", "value": None}
    other = place | {"name": "Laurvik", "name_alt": ["Lorvik"]}
    reading(tmp_path / "a", {}, {}, place)
    reading(tmp_path / "b", {}, {}, other)
    assert agreement(tmp_path / "a", tmp_path / "b", bare=True)["strict_f1.places"] == 0.5


def test_latitude_is_the_share_of_quantities_with_another_answer(tmp_path: Path) -> None:
    from gold.agree import latitude

    open_status = {"status_alt": ["actual"], "place_optional": True, "name_alt": ["no answer of a quantity"]}
    gold = reading(tmp_path / "a", {"edtf_alt": ["2021"]}, {}, open_status)
    assert latitude(gold) == {"any": 0.5, "place": 0.5, "status": 0.5}
    assert latitude(reading(tmp_path / "b")) == {"any": 0}


def test_a_borderline_fact_is_not_held_against_its_reader(tmp_path: Path) -> None:
    from gold.agree import one_way

    extra = reading(tmp_path / "b", {}, {}, {"start": 90, "end": 92, "optional": True})
    assert one_way(reading(tmp_path / "a"), extra).figures()["precision"] == 1
    linked = reading(tmp_path / "c", {"optional": True})
    assert one_way(reading(tmp_path / "a"), linked).figures()["attribute.time"] == 1, "its facts hang on it"


def test_the_table_shows_a_round_as_far_as_it_is(tmp_path: Path) -> None:
    from gold.agree import columns_of, sizes, table

    for name in ("reader_a.jsonl", "reader_b.jsonl"):
        reading(tmp_path / name)
    assert list(columns_of(tmp_path, None)) == ["two readings", "their first answers"]
    reading(tmp_path / "gold.jsonl")
    columns = columns_of(tmp_path, tmp_path / "reader_a.jsonl")
    assert list(columns) == [
        "two readings", "their first answers", "reader a by gold", "reader b by gold", "run",
    ]  # fmt: skip
    lines = list(table(columns, sizes(tmp_path / "gold.jsonl")))
    assert "| count | 2 |" + 4 * " 100.0 (100.0) |" + " 0.0 (100.0) |" in lines


def test_genres_are_scored_alone(tmp_path: Path) -> None:
    from gold.agree import genre_table

    def rows(**of: str) -> str:
        lines = (
            {"doc_id": doc, "id": f"{doc}:0", "type": "date", "start": 4, "end": 8, "edtf": edtf}
            for doc, edtf in of.items()
        )
        return "".join(json.dumps(line) + "\n" for line in lines)

    gold = {"r1-web-1": "2021", "r1-report-1": "2022"}
    for name in ("gold", "reader_a", "reader_b"):
        (tmp_path / f"{name}.jsonl").write_text(rows(**gold))
    facts = tmp_path / "run.jsonl"
    facts.write_text(rows(**(gold | {"r1-report-1": "2023"})))
    lines = list(genre_table(tmp_path, facts))
    assert "| web | run | 1 | 100.0 | - | 100.0 | - |" in lines
    assert "| report | run | 1 | 0.0 | - | 0.0 | - |" in lines
    assert "| report | two readings | 1 | 100.0 | - | 100.0 | - |" in lines
