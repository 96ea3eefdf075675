"""The corpus itself: articles as pinned, gold consistent in itself and with the texts."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import re
from pathlib import Path
from typing import Any

import msgspec

from newsfacts.evaluation import evaluate, read_baseline
from newsfacts.evaluation.records import GoldRecord, read_gold
from newsfacts.model import QUANTITY_TYPES

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
GOLD = CORPUS / "gold" / "seeds.jsonl"
LINES = GOLD.read_text(encoding="utf-8").splitlines()
ROWS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
RECORDS = [msgspec.json.decode(line, type=GoldRecord) for line in LINES]
QUANTITIES = [record for record in RECORDS if record.type in QUANTITY_TYPES]
CITED = re.compile(r"\b(?P<doc>00\d):(?P<names>[pqd]\d+(?:(?:, | to )[pqd]\d+)*)")
ID = re.compile(r"(?P<doc>[^:]+):[qdp]\d+")


def texts() -> dict[str, str]:
    files = (CORPUS / "articles").glob("*.txt")
    return {path.stem: path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n") for path in files}


def test_articles_are_the_pinned_ones() -> None:
    lines = (CORPUS / "articles.sha256").read_text().splitlines()
    pinned = {name: digest for digest, name in map(str.split, lines)}
    files = {path.name: path.read_bytes() for path in (CORPUS / "articles").iterdir()}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in files.items()} == pinned


def test_every_article_has_gold() -> None:
    assert {record.doc_id for record in RECORDS} == texts().keys()


def test_text_is_what_stands_at_the_offsets() -> None:
    found = texts()
    wrong = [r.id for r in RECORDS if found[r.doc_id][r.start : r.end] != r.text or not r.text.strip()]
    assert wrong == []


def test_ids_are_unique_and_name_document_and_kind() -> None:
    assert len({record.id for record in RECORDS}) == len(RECORDS)
    for record in RECORDS:
        match = ID.fullmatch(record.id)
        assert match is not None, record.id
        assert match["doc"] == record.doc_id


def test_references_resolve_to_facts_of_the_right_type() -> None:
    by_id = {record.id: record for record in RECORDS}
    for record in QUANTITIES:
        for names, types in (
            ((record.time, *record.time_alt), {"date"}),
            ((record.place, *record.place_alt), {"place"}),
            ((record.same_as,), {record.type}),
        ):
            for name in filter(None, names):
                target = by_id[name]
                assert target.doc_id == record.doc_id, record.id
                assert target.type in types, record.id


def test_fields_belong_to_the_type() -> None:
    common = {"doc_id", "published", "id", "type", "start", "end", "text", "optional"}
    for row in ROWS:
        own = row.keys() - common
        match row["type"]:
            case "date":
                fields = {"edtf", "timex3", "part", "part_of_day", "relation", "date_start", "date_end"}
            case "place":
                names = {"name", "kind", "country", "admin1", "admin2"}
                fields = names | {"geonames_id", "cn_code", "lat", "lon"}
            case _:
                fields = own & set(GoldRecord.__struct_fields__) - {"edtf", "name", "kind", "lat", "lon"}
        allowed = fields | {f"{field}_alt" for field in fields}
        assert own <= allowed, row["id"]


def test_bounds_follow_from_value_and_modifier() -> None:
    for record in QUANTITIES:
        if record.value is None:
            assert record.low is not None, record.id
            assert record.high is not None, record.id
            assert record.low < record.high, record.id
        else:
            lower = record.value if record.modifier in (">", ">=") else None
            upper = record.value if record.modifier in ("<", "<=") else None
            assert (record.low, record.high) == (lower, upper), record.id
            assert math.isfinite(record.value)


def test_units_are_given_where_the_type_has_one() -> None:
    for record in QUANTITIES:
        if record.type in ("money", "percent", "duration"):
            assert record.unit, record.id
        if record.type in ("count", "ratio", "rank"):
            assert record.unit is None, record.id


def test_items_and_heads_go_together() -> None:
    for record in QUANTITIES:
        assert bool(record.item) == bool(record.item_heads), record.id
        assert all(head == head.lower() for head in record.item_heads), record.id


def test_published_is_one_day_per_document() -> None:
    days: dict[str, set[str | None]] = {}
    for record in RECORDS:
        days.setdefault(record.doc_id, set()).add(record.published)
    for doc_id, found in days.items():
        assert len(found) == 1, doc_id
        for day in found:
            assert day is None or dt.date.fromisoformat(day)


def test_unresolved_dates_say_why() -> None:
    """Without EDTF a date is vague (timex3 ..._REF), optional, or its document's day is unknown."""
    for record in RECORDS:
        if record.type == "date" and record.edtf is None:
            vague = (record.timex3 or "").endswith("_REF")
            assert vague or record.optional or record.published is None, record.id


def test_gold_scored_against_itself_is_perfect(tmp_path: Path) -> None:
    report = evaluate(GOLD, GOLD, resamples=1)
    assert set(report.figures().values()) == {1.0}
    assert report.mistakes == ()
    assert report.documents == 5


def test_baseline_was_pinned_on_this_gold() -> None:
    assert read_baseline(CORPUS / "baseline.json").gold_sha256 == read_gold(GOLD).sha256


def test_guidelines_cite_facts_that_exist() -> None:
    known = {f"{record.doc_id[:3]}:{record.id.partition(':')[2]}" for record in RECORDS}
    text = " ".join((CORPUS / "GUIDELINES.md").read_text(encoding="utf-8").split())
    cited = {
        f"{m['doc']}:{name}" for m in CITED.finditer(text) for name in re.findall(r"[pqd]\d+", m["names"])
    }
    assert len(cited) > 50
    assert cited - known == set()
