"""Every field of a fact comes out of every sink with its value.

The facts are made of the table of fields, with a value of its own in each, so that a new field is looked for.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from database_records import write
from real_databases import Database

from browsing import unpacked
from newsfacts import schemas, to_dataframe
from newsfacts.diff import diff_facts
from newsfacts.evaluation import records_of
from newsfacts.evaluation.records import GoldRecord
from newsfacts.model import Fact
from newsfacts.model.fact import ADDED, Family
from newsfacts.model.fields import COLUMNS, SHAPES, Field, fields_of, flat
from newsfacts.report.columns import controls, pack
from newsfacts.review.gold import gold_record
from newsfacts.sinks import load
from newsfacts.sinks.database.rows import column_name
from newsfacts.sinks.database.schema import dates, documents, facts, places
from newsfacts.sinks.jsonl import encode, read_facts
from newsfacts.sinks.tables import table_records
from written_runs import written

#: Ids of the facts below; `other` is the amount that the quantity restates.
IDS: Mapping[Family, str] = {"quantity": "q", "date": "d", "place": "p"}
OTHER = "other"
#: Values of fields that must have a certain form.
FORMED = {"doc_id": "doc", "type": "money", "country": "NO", "cn_code": "140221", "section": "body"}


def value_of(field: Field, number: int, family: Family) -> Any:
    """A value that no other field has, as far as the type allows."""
    if field.name == "id":
        return IDS[family]
    if field.name == "type" and family != "quantity":
        return family
    if field.refers:
        return OTHER if field.refers == "quantity" else IDS[field.refers]
    if field.name in FORMED:
        return FORMED[field.name]
    made: dict[str, Any] = {
        "text": field.values[-1] if field.values else f"the {field.name} {number}",
        "number": number / 128,
        "whole": 10_000 + number,
        "offset": 1_000 + number,
        "flag": True,
        "day": f"20{number:02}-02-03",
    }
    return made[field.kind]


VALUES: Mapping[Family, Mapping[str, Any]] = {
    family: {f.name: value_of(f, n, family) for n, f in enumerate(COLUMNS) if family in f.families}
    for family in SHAPES
}


def made(family: Family) -> Fact:
    """The fact that has these values."""
    values = VALUES[family]
    record: dict[str, Any] = {}
    for field in fields_of(family):
        parts = {part.path[-1]: values[part.name] for part in field.parts}
        record[field.name] = parts or values[field.name]
    return msgspec.convert(record, SHAPES[family])


FACTS = {family: made(family) for family in SHAPES}
#: In the order of their offsets, with the fact that `same_as` names.
ALL: list[Fact] = [*FACTS.values(), replace(FACTS["quantity"], id=OTHER, same_as=None)]
LINES = {name: json.loads(encode(fact)) for name, fact in zip((*IDS.values(), OTHER), ALL, strict=True)}


def flattened(record: Mapping[str, Any], family: Family) -> dict[str, Any]:
    return {field.name: field.within(record) for field in flat(fields_of(family))}


def jsonl(folder: Path, family: Family) -> Mapping[str, Any]:
    assert list(LINES[IDS[family]]) == [field.name for field in fields_of(family)]
    return flattened(LINES[IDS[family]], family)


def parquet(folder: Path, family: Family) -> Mapping[str, Any]:
    table = pq.read_table(written(folder, "parquet", ALL) / "facts.parquet").to_pylist()
    return next(row for row in table if row["id"] == IDS[family])


def comma_separated(folder: Path, family: Family) -> Mapping[str, Any]:
    with (written(folder, "csv", ALL) / "facts.csv").open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["id"] == IDS[family])


def data_frame(folder: Path, family: Family) -> Mapping[str, Any]:
    rows: list[dict[str, Any]] = to_dataframe(ALL).to_dict("records")
    return next(row for row in rows if row["id"] == IDS[family])


def page(folder: Path, family: Family) -> Mapping[str, Any]:
    columns = pack(ALL, ["doc"])
    found = unpacked(columns, columns.ids.index(IDS[family]), family)
    # The page takes these three from elsewhere: see its `record` in store.js.
    apart = {name: VALUES[family][name] for name in ("id", "doc_id", "published")}
    return flattened(found | apart, family)


def shows(found: Any, wanted: Any) -> bool:
    """Whether a sink's value is the one that was given: days may be dates, flags 1, and CSV has texts."""
    if isinstance(wanted, bool):
        return str(found) in ("True", "1")
    if isinstance(wanted, int | float):
        return float(found) == wanted
    return str(found)[: len(wanted)] == wanted and str(found)[len(wanted) :] in ("", " 00:00:00")


def assert_shown(row: Mapping[str, Any], family: Family, *, but: frozenset[str] = frozenset()) -> None:
    missing = VALUES[family].keys() - row.keys() - but
    assert not missing
    for name, wanted in VALUES[family].items():
        assert name in but or shows(row[name], wanted), (name, row[name], wanted)


def test_the_values_tell_the_fields_apart() -> None:
    for family in SHAPES:
        assert None not in VALUES[family].values()
        free = [VALUES[family][field.name] for field in flat(fields_of(family)) if not field.values]
        values = [value for value in free if not isinstance(value, bool)]
        assert len(values) == len(set(values))


@pytest.mark.parametrize("family", SHAPES)
@pytest.mark.parametrize("sink", [jsonl, parquet, comma_separated, data_frame, page])
def test_every_field_comes_out_of(
    sink: Callable[[Path, Family], Mapping[str, Any]], family: Family, tmp_path: Path
) -> None:
    assert_shown(sink(tmp_path, family), family)


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_every_field_is_read_back_from_a_table(kind: str, tmp_path: Path) -> None:
    assert list(table_records(written(tmp_path, kind, ALL) / f"facts.{kind}")) == ALL


def test_every_field_comes_out_of_a_database(database: Database, tmp_path: Path) -> None:
    load(write(tmp_path / "out", {"doc": ALL}), database.url)
    joined = facts.join(documents, documents.c.id == facts.c.doc_id)
    joined = joined.outerjoin(dates, dates.c.id == facts.c.id).outerjoin(places, places.c.id == facts.c.id)
    columns = {column.name: column for table in (dates, places, facts) for column in table.columns}
    named = {f.name: columns[column_name(f)] for f in COLUMNS if f.name not in ("published", "sentence")}
    query = sa.select(*(column.label(name) for name, column in named.items())).select_from(joined)
    with database.engine().connect() as connection:
        rows = {row["id"]: row for row in connection.execute(query).mappings()}
    for family, name in IDS.items():
        # The document has the day of publication: it is that of documents.jsonl. Sentences have a table.
        assert_shown(rows[name], family, but=frozenset({"published", "sentence"}))
    told = {line["sentence"] for line in LINES.values()}
    assert {text for (text,) in database.rows("SELECT text FROM sentences")} <= told


def test_every_field_of_a_quantity_comes_out_of_the_view(database: Database, tmp_path: Path) -> None:
    load(write(tmp_path / "out", {"doc": ALL}), database.url)
    with database.engine().connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM quantities WHERE id = 'q'")).mappings()
        (row,) = ({**row} for row in rows)
    in_view = {field.name: row[column_name(field)] for field in COLUMNS if "quantity" in field.families}
    assert_shown(in_view, "quantity", but=frozenset({"published", "sentence"}))
    assert row["sentence"] in {line["sentence"] for line in LINES.values()}
    said = VALUES["date"] | VALUES["place"]
    linked = ("date_start", "date_end", "country", "admin1", "admin2", "lat", "lon")
    assert all(shows(row[name], said[name]) for name in linked)
    assert (row["time"], row["place"]) == (said["edtf"], said["name"])


@pytest.mark.parametrize("family", SHAPES)
def test_every_field_is_in_the_schema(family: Family) -> None:
    jsonschema.validate(LINES[IDS[family]], schemas.schema("fact"))
    assert list(schemas.schema(family)["properties"]) == [field.name for field in fields_of(family)]


def said(family: Family) -> Iterator[Field]:
    return (field for field in fields_of(family) if field.says)


@pytest.mark.parametrize("family", SHAPES)
def test_every_field_is_scored_and_kept_by_gold(family: Family) -> None:
    (record,) = records_of([FACTS[family]])
    kept = gold_record(FACTS[family])
    gold = msgspec.convert(kept, GoldRecord)
    names = [field.name for field in said(family)]
    for name in ("doc_id", "id", "type", "start", "end", "text", *names):
        assert getattr(record, name) == getattr(FACTS[family], name) == getattr(gold, name)


@pytest.mark.parametrize("family", SHAPES)
def test_every_field_is_compared(family: Family) -> None:
    for field in said(family):
        other = replace(FACTS[family], **{field.name: field.default})
        (entry,) = diff_facts([FACTS[family]], [other]).entries
        assert [difference.field for difference in entry.differences] == [field.name]


def test_the_form_of_the_page_asks_for_every_field_but_flags() -> None:
    for family, asked in controls().items():
        wanted = {field.name for field in flat(said(family)) if field.kind != "flag"}
        assert {name for name, _ in asked} == wanted


def test_a_run_of_an_older_schema_is_read(database: Database, tmp_path: Path) -> None:
    """Its records lack the fields that came since: they have their defaults."""
    lacking = [{k: v for k, v in LINES[name].items() if k not in ADDED["quantity"]} for name in LINES]
    out = write(tmp_path / "out", {"doc": ALL})
    (out / "facts.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lacking))
    defaults = {f.name: f.default for f in fields_of("quantity") if f.name in ADDED["quantity"]}
    assert next(read_facts(out / "facts.jsonl")) == replace(FACTS["quantity"], **defaults)
    load(out, database.url)
    (found,) = database.rows("SELECT item, of FROM quantities WHERE id = 'q'")
    assert found == (VALUES["quantity"]["item"], None)
