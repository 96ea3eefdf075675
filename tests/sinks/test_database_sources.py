"""Documents of several sources in one database: what is updated, refused, renamed and pruned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from database_records import common, facts_of, named_facts, quantity, write
from real_databases import Database

from newsfacts.errors import ConfigurationError, ValidationError
from newsfacts.model import DocumentError, Fact, QuantityFact
from newsfacts.sinks import Changes, load

ONE, OTHER = "1" * 64, "2" * 64


def run(folder: Path, source: str | None, ids: Sequence[str], value: float = 2.06, **more: Any) -> Path:
    """A run of this source whose documents have these ids."""
    told = {"run": f"{folder.name}", "source": source}
    return write(folder, {name: facts_of(name, value) for name in ids}, manifest=told, **more)


def documents(database: Database) -> list[tuple[Any, ...]]:
    return database.rows("SELECT id, source, sha256 FROM documents ORDER BY id")


def left(database: Database) -> dict[str, int]:
    """How many rows each table has, but for those that `consolidate` fills."""
    return {name: len(rows) for name, rows in database.dump().items() if not name.startswith("claim")}


def test_one_source_updates_its_documents(database: Database, tmp_path: Path) -> None:
    load(run(tmp_path / "a", "day1", ["x", "y"], sha256=ONE), database.url)
    report = load(run(tmp_path / "b", "day1", ["x", "z"], 3, sha256=OTHER), database.url)
    assert report.document_changes == Changes(inserted=1, updated=1)
    assert report.fact_changes == Changes(inserted=3, updated=1, unchanged=2)
    assert documents(database) == [("x", "day1", OTHER), ("y", "day1", ONE), ("z", "day1", OTHER)]


def test_the_same_id_of_another_source_with_another_text_is_refused(
    database: Database, tmp_path: Path
) -> None:
    load(run(tmp_path / "a", "day1", [f"00{n}" for n in range(5)], sha256=ONE), database.url)
    before = database.dump()
    second = run(tmp_path / "b", "day2", ["other", *(f"00{n}" for n in range(5))], sha256=OTHER)
    told = r"'day1' and of the source 'day2' have.*: '000', '001', '002' and 2 more.*--id-prefix.*--source"
    with pytest.raises(ConfigurationError, match=told) as raised:
        load(second, database.url)
    assert "\n" not in str(raised.value)
    assert database.dump() == before
    with pytest.raises(ConfigurationError, match="a run that names no source"):
        load(run(tmp_path / "c", None, ["001"], sha256=OTHER), database.url)
    with pytest.raises(ConfigurationError, match="'day2'"):  # there is no text to compare
        load(second / "facts.jsonl", database.url, source="day2")
    assert database.dump() == before


def test_the_remedies_work(database: Database, tmp_path: Path) -> None:
    load(run(tmp_path / "a", "day1", ["001"], sha256=ONE), database.url)
    second = run(tmp_path / "b", "day2", ["001"], sha256=OTHER)
    report = load(second, database.url, id_prefix="day2/")
    assert report.document_changes == Changes(inserted=1)
    assert documents(database) == [("001", "day1", ONE), ("day2/001", "day2", OTHER)]
    assert load(second, database.url, id_prefix="day2/").fact_changes == Changes(unchanged=3)
    view = "SELECT id, doc_id, year, place FROM quantities ORDER BY doc_id"
    assert database.rows(view) == [
        ("001-q", "001", 2023, "Huairen"), ("day2/001-q", "day2/001", 2023, "Huairen"),
    ]  # fmt: skip
    load(second, database.url, source="day1")
    assert documents(database)[0] == ("001", "day1", OTHER)


def test_equal_texts_of_two_sources_are_one_document_of_the_last(database: Database, tmp_path: Path) -> None:
    load(run(tmp_path / "a", "day1", ["x"], sha256=ONE), database.url)
    report = load(run(tmp_path / "b", "day2", ["x"], sha256=ONE), database.url)
    assert report.document_changes == Changes(updated=1)
    assert report.fact_changes == Changes(unchanged=3)
    assert documents(database) == [("x", "day2", ONE)]
    load(run(tmp_path / "c", None, ["x"], sha256=ONE), database.url)  # it does not know better
    assert documents(database) == [("x", "day2", ONE)]


def test_what_has_no_source_is_taken_over(database: Database, tmp_path: Path) -> None:
    load(run(tmp_path / "a", None, ["x"], sha256=ONE), database.url)
    load(run(tmp_path / "b", "day2", ["x"], sha256=OTHER), database.url)
    assert documents(database) == [("x", "day2", OTHER)]
    assert database.rows("SELECT source FROM latest_run") == [("day2",)]


def test_a_prefix_gives_the_ids_that_a_run_with_it_has(database: Database, tmp_path: Path) -> None:
    load(write(tmp_path / "a", {name: named_facts(name) for name in ("w/x", "w/y")}), database.url)
    plain = write(tmp_path / "b", {name: named_facts(name) for name in ("x", "y")}, title="T", path="p")
    report = load(plain, database.url, id_prefix="w/")
    assert (report.document_changes, report.fact_changes) == (Changes(updated=2), Changes(unchanged=6))
    assert left(database) == {
        "dates": 2, "documents": 2, "errors": 0, "facts": 6, "places": 2, "runs": 2,
        "sentences": 2,
    }  # fmt: skip


def test_runs_with_the_shorter_ids_of_before_are_renamed(database: Database, tmp_path: Path) -> None:
    load(write(tmp_path / "a", {name: named_facts(name) for name in ("x", "y")}), database.url)
    before = database.dump()
    old = write(tmp_path / "b", {name: named_facts(name, 16) for name in ("x", "y")})
    assert load(old, database.url).fact_changes == Changes(unchanged=6)
    assert database.dump()["facts"] == before["facts"]
    assert database.rows("SELECT year, place FROM quantities") == [(2023, "Huairen")] * 2


def test_a_bad_line_keeps_its_number_when_ids_change(tmp_path: Path) -> None:
    out = write(tmp_path / "out", {"x": named_facts("x", 16)})
    with (out / "facts.jsonl").open("ab") as file:
        file.write(b'\n{"id": 7, "doc_id": []}\n')
    with pytest.raises(ValidationError, match=r"facts\.jsonl:5: "):
        load(out, tmp_path / "facts.db", id_prefix="w/")


def test_prune_removes_what_the_source_no_longer_has(database: Database, tmp_path: Path) -> None:
    load(run(tmp_path / "a", "day1", ["x", "y", "z"]), database.url)
    load(run(tmp_path / "b", "day2", ["other"]), database.url)
    load(run(tmp_path / "none", None, ["nobody"]), database.url)
    less = run(tmp_path / "c", "day1", ["x"], 3)
    assert load(less, database.url).document_changes == Changes(unchanged=1)
    report = load(less, database.url, prune=True)
    assert report.document_changes == Changes(removed=2, unchanged=1)
    assert report.fact_changes == Changes(removed=6, unchanged=3)
    assert [name for name, *_ in documents(database)] == ["nobody", "other", "x"]
    assert left(database) == {
        "dates": 3, "documents": 3, "errors": 0, "facts": 9, "places": 3, "runs": 4,
        "sentences": 3,
    }  # fmt: skip
    assert load(less, database.url, prune=True).document_changes == Changes(unchanged=1)


def test_prune_keeps_what_could_not_be_read_this_time(database: Database, tmp_path: Path) -> None:
    load(run(tmp_path / "a", "s", ["x", "y", "z"]), database.url)
    failed = [
        DocumentError(doc_id="x", path="elsewhere", kind="timeout", message="m", remedy="r"),
        DocumentError(path="y.txt", kind="encoding", message="m", remedy="r"),
    ]
    report = load(write(tmp_path / "b", {}, errors=failed), database.url, source="s", prune=True)
    assert report.document_changes == Changes(removed=1)
    assert [name for name, *_ in documents(database)] == ["x", "y"]
    load(run(tmp_path / "c", "s", ["x"]), database.url, prune=True)
    assert left(database)["errors"] == 0


def test_prune_sweeps_what_was_deleted_by_hand(database: Database, tmp_path: Path) -> None:
    out = run(tmp_path / "a", "s", ["x", "y"])
    load(out, database.url)
    with database.engine().begin() as connection:
        connection.exec_driver_sql("DELETE FROM documents WHERE id = 'y'")
    load(run(tmp_path / "b", "s", ["x"]), database.url, prune=True)
    assert left(database) | {"runs": 0} == {
        "dates": 1, "documents": 1, "errors": 0, "facts": 3, "places": 1, "runs": 0,
        "sentences": 1,
    }  # fmt: skip


def test_prune_needs_a_source_and_documents(tmp_path: Path) -> None:
    out = run(tmp_path / "a", None, ["x"])
    with pytest.raises(ConfigurationError, match=r"--source NAME"):
        load(out, tmp_path / "facts.db", prune=True)
    with pytest.raises(ConfigurationError, match=r"does not say which documents"):
        load(out / "facts.jsonl", tmp_path / "facts.db", source="s", prune=True)
    assert not (tmp_path / "facts.db").exists()


def test_errors_are_of_a_source(database: Database, tmp_path: Path) -> None:
    failed = [DocumentError(doc_id="x", path="x.txt", kind="empty", message="m", remedy="r")]
    for name in ("day1", "day2"):
        load(run(tmp_path / name, name, [], errors=failed), database.url)
    assert left(database)["errors"] == 2
    load(run(tmp_path / "again", "day2", ["x"]), database.url)
    assert database.rows("SELECT r.source FROM errors e JOIN runs r ON r.id = e.run_id") == [("day1",)]


def test_facts_of_one_id_in_two_documents_are_refused(database: Database, tmp_path: Path) -> None:
    both = write(tmp_path / "both", {"a": [quantity("a")], "b": [_fact_of("b", "a-q")]})
    with pytest.raises(ValidationError, match="'a' and 'b' have each a fact of the id 'a-q'"):
        load(both, database.url)
    load(write(tmp_path / "one", {"a": [quantity("a")]}), database.url)
    before = database.dump()
    with pytest.raises(ValidationError, match="'a' and 'b' have each a fact of the id 'a-q'"):
        load(write(tmp_path / "two", {"b": [_fact_of("b", "a-q")]}), database.url)
    assert database.dump() == before


def _fact_of(doc: str, name: str) -> Fact:
    return QuantityFact(type="count", value=1, **(common(doc, "q") | {"id": name}))


def test_incomplete_documents_stay_so(database: Database, tmp_path: Path) -> None:
    load(run(tmp_path / "a", "s", ["x"], incomplete=("dates", "linking")), database.url)
    ((told,),) = database.rows("SELECT incomplete FROM documents")
    assert (told if isinstance(told, list) else json.loads(told)) == ["dates", "linking"]
    load(run(tmp_path / "b", "s", ["x"]), database.url)
    assert database.rows("SELECT count(*) FROM documents WHERE incomplete <> '[]'") == [(0,)]
