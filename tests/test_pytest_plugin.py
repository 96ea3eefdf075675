"""The pytest plugin: what it collects, what fails, and that it costs nothing until it is asked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from tests.diff.fact_builders import facts, gold, write_lines, write_run

# A run in this process forgets the modules that it was first to import.
from newsfacts import evaluation as evaluation
from newsfacts import pytest_plugin
from newsfacts.sinks import current as current
from newsfacts.sinks import jsonl as jsonl

ROOT = Path(__file__).resolve().parents[1]
pytest_plugins = ["pytester"]
RIGHT = [*facts("a"), *facts("b")]


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with gold of two articles and a run that lacks one article's percentage."""
    # As the entry point may be installed or not; then it is loaded by its module's name, in both cases once.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (pytester.path / "gold").mkdir()
    write_lines(pytester.path / "gold" / "made.jsonl", gold(RIGHT))
    found = [fact for fact in RIGHT if (fact.doc_id, fact.type) != ("b", "percent")]
    write_run(pytester.path / "out", found)
    return pytester


def run(project: pytest.Pytester, *options: str) -> pytest.RunResult:
    return project.runpytest_inprocess("-p", "newsfacts.pytest_plugin", *options)


def test_one_test_for_each_document_and_figure(project: pytest.Pytester) -> None:
    project.makepyfile(test_own="def test_own(): pass")
    options = ("--newsfacts-gold", "gold", "--newsfacts-run", "out", "--newsfacts-min", "precision=1")
    result = run(project, *options, "--newsfacts-min", "recall=0.9", "-v")
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines_random(
        [
            "test_own.py::test_own PASSED*",
            "gold/made.jsonl::a::recall PASSED*",
            "gold/made.jsonl::b::precision PASSED*",
            "gold/made.jsonl::b::recall FAILED*",
            "b: recall: * is below 90.0",
            "  MISS percent '5 percent' at *",
        ]
    )
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_without_least_values_a_document_must_give_its_gold_and_no_more(
    project: pytest.Pytester,
) -> None:
    result = run(project, "--newsfacts-gold", "gold/made.jsonl", "--newsfacts-run", "out")
    result.assert_outcomes(passed=4, failed=2)  # precision, recall, strict_f1 of two documents


@pytest.mark.parametrize("argument", [".", "gold", "gold/made.jsonl", "gold/made.jsonl::b", "missing_tests"])
def test_gold_is_collected_once_whatever_else_is_named(project: pytest.Pytester, argument: str) -> None:
    (project.path / "missing_tests").mkdir()
    options = ("--newsfacts-gold", "gold", "--newsfacts-run", "out", "--newsfacts-min", "recall=0.1")
    documents = 1 if argument.endswith("::b") else 2
    run(project, argument, *options).assert_outcomes(passed=documents)


def test_a_type_that_a_document_has_not_is_skipped(project: pytest.Pytester) -> None:
    options = ("--newsfacts-gold", "gold", "--newsfacts-run", "out", "--newsfacts-min", "recall.money=1")
    run(project, *options).assert_outcomes(skipped=2)


def test_figures_are_properties_in_junit_xml(project: pytest.Pytester) -> None:
    run(project, "--newsfacts-gold", "gold", "--newsfacts-run", "out", "--junitxml", "junit.xml")
    cases = ET.parse(project.path / "junit.xml").getroot().iter("testcase")
    found = {(c.get("name"), p.get("value")) for c in cases for p in c.iter("property")}
    assert ("recall", "1.0") in found
    assert len({name for name, _ in found}) == 3


def test_deselection_by_keyword_works(project: pytest.Pytester) -> None:
    options = ("--newsfacts-gold", "gold", "--newsfacts-run", "out")
    run(project, *options, "-k", "recall and not made").assert_outcomes(deselected=6)
    run(project, *options, "-k", "recall").assert_outcomes(passed=1, failed=1, deselected=4)


def test_articles_are_extracted_where_no_run_is_named(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def extracted(texts: Path, rules: Path | None, wanted: Any) -> dict[str, tuple[Any, ...]]:
        asked.append((texts.name, rules, sorted(wanted)))
        return {"a": (), "b": ()}

    monkeypatch.setattr(pytest_plugin, "_extracted", extracted)
    (project.path / "articles").mkdir()
    run(project, "--newsfacts-gold", "gold").assert_outcomes(failed=6)
    run(project, "--newsfacts-gold", "gold", "--newsfacts-texts", "gold").assert_outcomes(failed=6)
    assert asked == [("articles", None, ["a", "b"]), ("gold", None, ["a", "b"])]


@pytest.mark.model
def test_the_five_articles_are_extracted(project: pytest.Pytester) -> None:
    shutil.copytree(ROOT / "corpus", project.path / "corpus")
    options = ("--newsfacts-gold", "corpus/gold", "--newsfacts-min", "recall=0.9")
    result = project.runpytest_subprocess("-p", "newsfacts.pytest_plugin", *options)
    result.assert_outcomes(passed=5)


def test_gold_of_other_articles_fails_with_a_reason(project: pytest.Pytester) -> None:
    write_lines(project.path / "gold" / "made.jsonl", gold(facts("elsewhere")))
    result = run(project, "--newsfacts-gold", "gold", "--newsfacts-run", "out")
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(["*made.jsonl is gold of other articles*"])


def test_an_article_that_is_missing_is_named(project: pytest.Pytester) -> None:
    write_run(project.path / "out", facts("a"))
    result = run(
        project, "--newsfacts-gold", "gold", "--newsfacts-run", "out", "--newsfacts-min", "recall=0.1"
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*document b is not among those of out*"])


def test_malformed_gold_is_an_error_of_collection(project: pytest.Pytester) -> None:
    (project.path / "gold" / "made.jsonl").write_text("{}\n")
    result = run(project, "--newsfacts-gold", "gold", "--newsfacts-run", "out")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*made.jsonl:1: *"])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--newsfacts-run", "out"), "--newsfacts-run needs --newsfacts-gold"),
        (("--newsfacts-min", "recall=1"), "--newsfacts-min needs --newsfacts-gold"),
        (("--newsfacts-gold", "none"), "there is no gold file"),
        (("--newsfacts-gold", "out/shards"), "there is no gold file"),
        (("--newsfacts-gold", "gold"), "name the articles with --newsfacts-texts"),
        (("--newsfacts-gold", "gold", "--newsfacts-run", "none"), "there is no file or folder of this name"),
        (("--newsfacts-gold", "gold", "--newsfacts-run", "out", "--newsfacts-texts", "out"), "not both"),
        (
            ("--newsfacts-gold", "gold", "--newsfacts-run", "out", "--newsfacts-min", "recal=1"),
            "strict_f1|recall",
        ),
        (
            ("--newsfacts-gold", "gold", "--newsfacts-run", "out", "--newsfacts-min", "recall=90"),
            "NAME=SHARE",
        ),
    ],
)
def test_wrong_options_are_errors_of_usage(
    project: pytest.Pytester, options: tuple[str, ...], told: str
) -> None:
    result = run(project, *options)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.re_match_lines([f".*(?:{told})"])


def test_nothing_is_imported_before_gold_is_named(tmp_path: Path) -> None:
    (tmp_path / "test_modules.py").write_text(
        "import json, sys\n"
        "def test_modules():\n"
        "    with open('modules.json', 'w') as file:\n"
        "        json.dump(sorted(sys.modules), file)\n"
    )
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "newsfacts.pytest_plugin",
        "-p",
        "no:cacheprovider",
    ]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    modules = json.loads((tmp_path / "modules.json").read_text())
    assert [name for name in modules if name.partition(".")[0] in ("newsfacts", "extract")] == [
        "newsfacts",
        "newsfacts.pytest_plugin",
    ]
    heavy = {"spacy", "numpy", "pandas", "pyarrow", "msgspec", "rich", "typer", "yaml", "sqlalchemy"}
    assert heavy.isdisjoint(modules)


def test_it_is_registered() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"newsfacts": "newsfacts.pytest_plugin"}
    assert any(name.startswith("pytest") for name in project["dependencies"])
