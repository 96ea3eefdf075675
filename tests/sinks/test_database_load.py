"""The same loads into SQLite, PostgreSQL and DuckDB."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from database_records import common, document, facts_of, quantity, write
from real_databases import Database

from newsfacts.errors import ValidationError
from newsfacts.model import Change, DateFact, DocumentError, PlaceFact, QuantityFact
from newsfacts.sinks import load
from newsfacts.sinks.database import merge
from newsfacts.sinks.database.extras import EXTRAS
from newsfacts.sinks.database.rows import LINE
from newsfacts.sinks.database.schema import metadata
from newsfacts.sinks.database.staging import FACTS, TABLES
from newsfacts.sinks.jsonl import encode
from written_runs import FORMATS, written

FAILED = DocumentError(doc_id="c", path="c.txt", kind="empty", message="no text", remedy="Look at it.")


def test_the_view_joins_document_time_and_place(database: Database, tmp_path: Path) -> None:
    report = load(write(tmp_path / "out", {"a": facts_of("a")}), database.url)
    assert (report.documents, report.facts, report.errors, report.removed) == (1, 3, 0, 0)
    query = "SELECT title, value, change_role, year, place, admin1, geonames_id, lat FROM quantities"
    assert database.rows(query) == [("On a", 2.06, "by", 2023, "Huairen", "Shanxi", 1807671, 39.8)]


def test_loading_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    documents = {"a": facts_of("a"), "b": facts_of("b")}
    out = write(tmp_path / "out", documents, errors=[FAILED], manifest={"run": "one", "rules": "abc"})
    load(out, database.url)
    before = database.dump()
    assert {name: len(rows) for name, rows in before.items() if rows} == {
        "dates": 2, "documents": 2, "errors": 1, "facts": 6, "places": 2, "runs": 1, "sentences": 2,
    }  # fmt: skip
    load(out, database.url)
    assert database.dump() == before


def test_loading_again_writes_no_row(server: Any, tmp_path: Path) -> None:
    database = Database("postgresql", server.new_database())
    out = write(tmp_path / "out", {"a": facts_of("a")}, errors=[FAILED])
    load(out, database.url)
    versions = {
        name: database.rows(f"SELECT id, xmin::text FROM {name} ORDER BY id") for name in metadata.tables
    }
    load(out, database.url)
    again = {
        name: database.rows(f"SELECT id, xmin::text FROM {name} ORDER BY id") for name in metadata.tables
    }
    assert again == versions


def test_the_planner_knows_what_the_first_load_filled(server: Any, tmp_path: Path) -> None:
    """Otherwise the next load's joins take minutes, until the server counts for itself."""
    database = Database("postgresql", server.new_database())
    load(write(tmp_path / "out", {"a": facts_of("a"), "b": facts_of("b")}), database.url)
    known = database.rows("SELECT DISTINCT tablename FROM pg_stats WHERE attname = 'id' AND n_distinct <> 0")
    assert {name for (name,) in known} >= {"documents", "facts", "dates", "places"}


def test_a_re_extracted_document_replaces_its_facts_and_no_others(database: Database, tmp_path: Path) -> None:
    load(write(tmp_path / "out", {"a": facts_of("a"), "b": facts_of("b")}), database.url)
    changed = [quantity("a", value=3), facts_of("a")[1], quantity("a", "new", value=4)]
    report = load(write(tmp_path / "new", {"a": changed}), database.url)
    assert report.removed == 1
    ids = [i for (i,) in database.rows("SELECT id FROM facts ORDER BY id")]
    assert ids == ["a-d", "a-new", "a-q", "b-d", "b-p", "b-q"]
    assert database.rows("SELECT value, item, place_id FROM facts WHERE id = 'a-q'") == [(3.0, None, None)]
    assert database.rows("SELECT id FROM places") == [("b-p",)]
    load(write(tmp_path / "none", {"a": []}), database.url)
    assert database.rows("SELECT DISTINCT doc_id FROM facts") == [("b",)]
    assert database.rows("SELECT id FROM dates") == [("b-d",)]


def test_of_records_with_one_id_the_last_counts(database: Database, tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": [quantity("a", value=1), *facts_of("a", 7)]}, errors=[FAILED, FAILED])
    with (out / "documents.jsonl").open("ab") as file:
        file.write(encode(document("a", 3, title="Again")))
    report = load(out, database.url)
    assert (report.documents, report.facts, report.errors) == (1, 3, 1)
    assert database.rows("SELECT value, title FROM quantities") == [(7.0, "Again")]


def test_a_facts_file_alone_keeps_what_is_known_of_its_documents(database: Database, tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": facts_of("a")})
    load(out, database.url)
    (tmp_path / "mine.jsonl").write_bytes(b"".join(map(encode, [*facts_of("a", 9), *facts_of("b")])))
    report = load(tmp_path / "mine.jsonl", database.url)
    assert (report.documents, report.facts, report.removed) == (2, 6, 0)
    titles = database.rows("SELECT id, title, words FROM documents ORDER BY id")
    assert titles == [("a", "On a", 9), ("b", None, None)]
    assert database.rows("SELECT value FROM facts WHERE id = 'a-q'") == [(9.0,)]


def test_a_bad_line_is_named_and_nothing_is_written(database: Database, tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": facts_of("a")})
    load(out, database.url)
    before = database.dump()
    good = write(tmp_path / "out", {"b": facts_of("b")}) / "facts.jsonl"
    impossible = DateFact(edtf="2023-02-30", date_start="2023-02-30", **common("b", "d2"))
    for bad in (b'{"type": "money"}', b"{", b'{"type": "weight"}', b"\xff", encode(impossible)):
        good.write_bytes(b"".join(map(encode, facts_of("b"))) + bad + b"\n")
        with pytest.raises(ValidationError, match=r"facts\.jsonl:4"):
            load(out, database.url)
    assert database.dump() == before


@pytest.mark.parametrize("field", ["time", "place", "same_as"])
def test_a_reference_to_no_fact_is_refused(database: Database, tmp_path: Path, field: str) -> None:
    lost = quantity("a", **{field: "nowhere"})
    with pytest.raises(ValidationError, match=rf"`{field}` of fact 'a-q' refers to a fact that is not there"):
        load(write(tmp_path / "out", {"a": [lost]}), database.url)
    assert database.tables() & set(metadata.tables) == set()


def test_a_load_that_breaks_half_way_leaves_the_database_as_it_was(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write(tmp_path / "one", {"a": facts_of("a"), "b": facts_of("b")}, errors=[FAILED])
    renewed = [*facts_of("a", 5)[1:], quantity("a", "new")]
    second = write(tmp_path / "two", {"a": renewed, "c": facts_of("c")})

    def load_and_break(source: Path) -> None:
        def write_errors(connection: Any, run: Any) -> None:
            # Everything but the errors has been written by now.
            assert connection.exec_driver_sql("SELECT count(*) FROM facts").scalar() > 3
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(merge, "_write_errors", write_errors)
            with pytest.raises(KeyboardInterrupt):
                load(source, database.url)

    load_and_break(first)
    assert database.tables() & set(metadata.tables) == set()
    load(first, database.url)
    before = database.dump()
    load_and_break(second)
    assert database.dump() == before
    load(second, database.url)
    assert database.dump() != before


def test_what_looks_like_sql_is_a_value_like_any(database: Database, tmp_path: Path) -> None:
    nasty = "x'); DROP TABLE facts; --\\ \" %s :a {0}\t\n\x00\u2028é😀\\N"
    fact = quantity(nasty, item=nasty, source=nasty)
    place = PlaceFact(name=nasty, kind="city", country="CN", **common(nasty, "p"))
    failed = DocumentError(doc_id=nasty, path=nasty, kind=nasty, message=nasty, remedy=nasty)
    out = write(
        tmp_path / "out", {nasty: [fact, place]}, errors=[failed], manifest={"run": nasty, "model": nasty}
    )
    load(out, database.url)
    before = database.dump()
    load(out, database.url)
    assert database.dump() == before
    kept = nasty.replace("\0", "\ufffd")
    assert database.rows("SELECT doc_id, item, source, title FROM quantities") == [
        (kept, kept, kept, f"On {kept}")
    ]
    assert database.rows("SELECT name FROM places") == [(kept,)]
    assert database.rows("SELECT id, model FROM runs") == [(kept, kept)]
    assert database.rows("SELECT path, message FROM errors") == [(kept, kept)]


def test_every_character_is_kept(database: Database, tmp_path: Path) -> None:
    texts = [
        "null",
        "\\.",
        "\\n",
        '\\"',
        "a\n\\.\nb",
        *map(chr, range(1, 160)),
        "".join(map(chr, range(1, 160))),
    ]
    facts = [quantity("a", f"q{number}", item=text) for number, text in enumerate(texts)]
    load(write(tmp_path / "out", {"a": facts}), database.url)
    found = dict(database.rows("SELECT id, item FROM facts"))
    assert [found[f"a-q{number}"] for number in range(len(texts))] == texts


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_that_run_writes_is_loaded(database: Database, tmp_path: Path, kind: str) -> None:
    records = [document("a", 3, warnings=("odd", "b")), document("b", 3, title=None)]
    for folder, form in ((tmp_path / "plain", "jsonl"), (tmp_path / "out", kind)):
        written(folder, form, [*facts_of("a"), *facts_of("b", 3)], records)
    load(tmp_path / "plain", database.url)
    before = database.dump()
    (tmp_path / "out" / "manifest.json").write_text(json.dumps({"run": before["runs"][0][0]}))
    report = load(tmp_path / "out", database.url)
    assert (report.documents, report.facts, report.removed) == (2, 6, 0)
    assert database.dump() == before


def test_values_at_the_edge_of_their_types(database: Database, tmp_path: Path) -> None:
    ancient = DateFact(edtf="-0200", date_start="-0200-01-01", date_end="-0200-12-31", **common("a", "d"))
    last = DateFact(edtf="9999", date_start="9999-01-01", date_end="9999-12-31", **common("a", "e"))
    facts = [quantity("a", value=10**21, low=-0.1, high=1e-300), quantity("a", "empty", item="", value=None)]
    load(write(tmp_path / "out", {"a": [*facts, ancient, last]}), database.url)
    values = database.rows(
        "SELECT value, low, high, item, place_inherited FROM facts WHERE item IS NULL ORDER BY id"
    )
    assert values[-1] == (1e21, -0.1, 1e-300, None, False)
    assert database.rows("SELECT item, value FROM facts WHERE id = 'a-empty'") == [("", None)]
    days = database.rows("SELECT edtf, date_start, date_end FROM dates ORDER BY edtf")
    assert days[0] == ("-0200", None, None)
    assert [str(day) for day in days[1]] == ["9999", "9999-01-01", "9999-12-31"]


def test_days_moments_and_flags_have_their_types(database: Database, tmp_path: Path) -> None:
    manifest = {"run": "r", "started": "2024-05-01T10:00:00+08:00"}
    load(write(tmp_path / "out", {"a": facts_of("a")}, manifest=manifest), database.url)
    ((published, started),) = database.rows("SELECT published, started FROM quantities, latest_run")
    if database.kind == "sqlite":
        assert (published, started) == ("2023-07-28", "2024-05-01 02:00:00")
    else:
        assert (published, started) == (dt.date(2023, 7, 28), dt.datetime(2024, 5, 1, 2))  # noqa: DTZ001


def test_runs_say_which_is_the_latest(database: Database, tmp_path: Path) -> None:
    documents = {"a": facts_of("a")}
    late, early = "2024-03-01T00:00:00", "2024-01-01T00:00:00"

    def loaded(name: str, started: str | None) -> list[tuple[Any, ...]]:
        manifest = {"run": name, "newsfacts": "1.0", "model": {"name": "m"}, "started": started, "more": [1]}
        load(write(tmp_path / "out", documents, manifest=manifest), database.url)
        return database.rows("SELECT id, sequence, model, facts FROM latest_run")

    told = ('{"name":"m"}', 3)
    assert loaded("one", late) == [("one", 1, *told)]
    assert loaded("two", early) == [("two", 2, *told)]  # its machine's clock is wrong
    assert loaded("one", late) == [("two", 2, *told)]  # an older run that is loaded again
    assert loaded("two", late) == [("two", 3, *told)]  # one that was done anew
    assert loaded("one", "2024-04-01T00:00:00") == [("one", 4, *told)]
    assert loaded("odd", None) == loaded("odd", None) == [("odd", 5, *told)]
    assert database.rows("SELECT run_id FROM documents") == [("odd",)]
    load(write(tmp_path / "out", documents), database.url)
    assert database.rows("SELECT max(sequence) FROM runs") == [(6,)]


def test_errors_go_when_the_document_is_read_again(database: Database, tmp_path: Path) -> None:
    other = DocumentError(path="d.txt", kind="encoding", message="odd bytes", remedy="Say which.")
    load(write(tmp_path / "one", {"a": []}, errors=[FAILED, other]), database.url)
    again = DocumentError(path="d.txt", kind="language", message="not English", remedy="None.")
    load(write(tmp_path / "two", {"c": facts_of("c")}, errors=[again]), database.url)
    assert database.rows("SELECT path, kind FROM errors") == [("d.txt", "language")]


def test_two_loads_at_once_leave_one_consistent_result(database: Database, tmp_path: Path) -> None:
    """Each run has all documents, in its own value: at the end all are of one run."""
    names = [f"doc{number}" for number in range(300)]
    for value in (1, 2):
        documents = {name: [*facts_of(name, value), quantity(name, f"only{value}")] for name in names}
        write(tmp_path / f"run{value}", documents, manifest={"run": f"run{value}"})
    loads = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "newsfacts.cli",
                "load",
                tmp_path / f"run{value}",
                "--to",
                database.url,
                "--json",
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for value in (1, 2)
    ]
    done = [process.communicate(timeout=120) for process in loads]
    assert [process.returncode for process in loads] == [0, 0], done
    assert sorted(json.loads(out)["removed"] for out, _ in done) == [0, 300]
    ((run,),) = database.rows("SELECT DISTINCT run_id FROM documents")
    value = int(run[-1])
    assert database.rows("SELECT DISTINCT value FROM facts WHERE item = 'exports'") == [(float(value),)]
    assert database.rows("SELECT count(*), count(DISTINCT id) FROM facts") == [(1200, 1200)]
    assert database.rows(f"SELECT count(*) FROM facts WHERE id LIKE '%-only{value}'") == [(300,)]


def test_every_field_of_a_fact_has_a_column() -> None:
    fields = {f.name for kind in (QuantityFact, DateFact, PlaceFact) for f in dataclasses.fields(kind)}
    renamed = {"start": "start_char", "end": "end_char", "time": "time_id", "place": "place_id"}
    change = {f"change_{f.name}" for f in dataclasses.fields(Change)}
    told = {renamed.get(name, name) for name in fields - {"change", "sentence"}}
    assert told | change | set(EXTRAS) == columns(*FACTS)


def test_staged_columns_are_those_of_the_tables() -> None:
    tables = metadata.tables
    of_facts = {column.name for name in ("facts", "dates", "places") for column in tables[name].columns}
    assert columns(*FACTS) == of_facts | {"published"}
    assert columns(TABLES["sentences"]) == set(tables["sentences"].columns.keys()) - {"id"}
    for name in ("documents", "errors"):
        assert columns(TABLES[name]) == set(tables[name].columns.keys()) - {"run_id", "source", "copy_of"}


def columns(*tables: sa.Table) -> set[str]:
    return {column.name for table in tables for column in table.columns} - {LINE}


def test_a_folder_that_is_not_what_its_manifest_says_is_refused(tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"a": facts_of("a")})
    files = {
        name: {"sha256": hashlib.sha256((out / name).read_bytes()).hexdigest()}
        for name in ("facts.jsonl", "documents.jsonl", "errors.jsonl")
    }
    (out / "manifest.json").write_text(json.dumps({"run": "r", "files": files}))
    assert load(out, tmp_path / "facts.db").facts == 3
    (out / "facts.jsonl").write_bytes(encode(quantity("a")))
    with pytest.raises(ValidationError, match=r"facts\.jsonl is not the file that manifest\.json names"):
        load(out, tmp_path / "facts.db")
    (out / "manifest.json").write_text("[]")
    with pytest.raises(ValidationError, match=r"manifest\.json"):
        load(out, tmp_path / "facts.db")
