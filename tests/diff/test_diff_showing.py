"""What a person sees of a diff: terminal, Markdown, page, JSON and exit codes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.diff.fact_builders import TEXT, facts, gold, quantity, write_lines, write_run
from typer.testing import CliRunner, Result

from newsfacts.cli.app import app
from newsfacts.diff import Diff, diff_facts, diff_to_html, diff_to_json, diff_to_markdown

HOSTILE = "<script>alert(1)</script> | a `b` [c](d) *e* & 20"


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    some = facts()
    changed = [*some[:1], replace(some[1], modifier="="), *some[2:4]]
    write_lines(tmp_path / "gold.jsonl", gold(some))
    return write_run(tmp_path / "old", some), write_run(tmp_path / "new", changed)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["diff", *map(str, arguments)], env={"COLUMNS": "120"})


def test_terminal_shows_facts_fields_and_numbers(runs: tuple[Path, Path]) -> None:
    result = run(*runs)
    assert result.exit_code == 0
    assert re.search(r"changed +count +more than 20 +modifier +> +=", result.stdout)
    assert re.search(r"lost +percent +5 percent +fact +5 %", result.stdout)
    assert "1 lost, 0 gained, 1 changed, 3 unchanged (5 -> 4 facts)" in result.stdout


def test_gold_marks_each_change(runs: tuple[Path, Path], tmp_path: Path) -> None:
    result = run(*runs, "--gold", tmp_path / "gold.jsonl")
    assert "right -> wrong" in result.stdout
    assert "was right" in result.stdout
    assert "by the gold 0 better, 2 worse" in result.stdout


def test_limit_says_how_many_are_not_shown(runs: tuple[Path, Path]) -> None:
    result = run(*runs, "--limit", "1")
    assert "5 percent" not in result.stdout
    assert "1 change not shown" in result.stderr


def test_exit_code_on_request_only(runs: tuple[Path, Path]) -> None:
    assert run(*runs, "--exit-code", "--quiet").exit_code == 1
    assert run(runs[0], runs[0], "--exit-code").exit_code == 0


def test_missing_run_is_exit_4(runs: tuple[Path, Path], tmp_path: Path) -> None:
    assert run(runs[0], tmp_path / "none").exit_code == 4
    assert run(*runs, "--gold", tmp_path / "none").exit_code == 4


def test_json_holds_both_facts(runs: tuple[Path, Path]) -> None:
    found = json.loads(run(*runs, "--json").stdout)
    assert {k: found[k] for k in ("lost", "gained", "changed", "unchanged")} == {
        "lost": 1, "gained": 0, "changed": 1, "unchanged": 3,
    }  # fmt: skip
    assert [(e["old"]["modifier"], e["new"] and e["new"]["modifier"]) for e in found["entries"]] == [
        (">", "="),
        ("=", None),
    ]


def test_files_show_the_sentence_around_the_fact(runs: tuple[Path, Path], tmp_path: Path) -> None:
    markdown, html = tmp_path / "diff.md", tmp_path / "diff.html"
    assert run(*runs, "--markdown", markdown, "--html", html, "--quiet").output == ""
    assert r"In May 2021 **more than 20** mills of Lorvik \[old \& new\]" in markdown.read_text()
    assert "In May 2021 <mark>more than 20</mark> mills of Lorvik [old &amp; new]" in html.read_text()


def test_without_texts_the_fact_itself_is_shown(runs: tuple[Path, Path], tmp_path: Path) -> None:
    (runs[1] / "doc.txt").unlink()
    page = tmp_path / "diff.html"
    assert run(*runs, "--html", page).exit_code == 0
    assert "<blockquote><mark>more than 20</mark></blockquote>" in page.read_text()


def test_another_text_is_warned_of(runs: tuple[Path, Path]) -> None:
    write_run(runs[1], facts(), text=TEXT + " More.")
    assert "the text of doc is another one" in run(*runs).stderr


def hostile() -> Diff:
    fact = replace(quantity("300", 300), text=HOSTILE)
    other = replace(fact, id="0" * 16, doc_id=HOSTILE, item=HOSTILE)
    return diff_facts([fact], [replace(fact, item=HOSTILE), other])


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.addresses: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action")]


def test_page_escapes_articles_and_needs_nothing_from_outside() -> None:
    page = diff_to_html(hostile(), about=HOSTILE, title=HOSTILE)
    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.found
    assert not tags.addresses
    assert "default-src &#x27;none&#x27;" in page
    assert "&lt;script&gt;alert(1)" in page


def test_markdown_escapes_articles() -> None:
    text = diff_to_markdown(hostile())
    assert "<script>" not in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {8}


def test_nothing_changed_is_said() -> None:
    same = diff_facts(facts(), facts())
    assert "No fact was lost, gained or changed." in diff_to_html(same)
    assert "0 lost, 0 gained, 0 changed, 5 unchanged" in diff_to_markdown(same)
    assert json.loads(diff_to_json(same))["entries"] == []


def test_markdown_lists_no_more_than_asked() -> None:
    text = diff_to_markdown(diff_facts(facts(), []), limit=2)
    assert text.count("| lost |") == 2
    assert "3 more are not listed here." in text
