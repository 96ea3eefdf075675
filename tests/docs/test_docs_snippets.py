"""What the documentation shows as commands and programs runs: on the five articles, in a folder apart."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import pandas as pd
import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from newsfacts.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", *(f"docs/{name}.md" for name in ("gate", "report", "SIZING", "SQL")))
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^ {4}(?:\.venv/bin/)?(?P<words>(?:newsfacts|pytest) .*)$", re.MULTILINE)
#: What words in capitals stand for in the folder where the commands are run.
STAND_INS = {
    "FOLDER": "articles", "DIR": "output", "GOLD": "gold.jsonl", "OLD": "before", "NEW": "after",
    "FILE": "baseline.json", "monday": "before", "tuesday": "after", "corpus/gold": "gold.jsonl",
}  # fmt: skip
#: Commands that need what a test has not: a database server, a cluster, a person. They are only parsed.
ELSEWHERE = re.compile(r"postgresql:|--engine ray|^newsfacts review(?!.*--export)")


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str, language: str) -> list[str]:
    return [match["code"] for match in FENCE.finditer(read(page)) if match["language"] == language]


def commands(page: str) -> list[str]:
    """The commands of a page: indented lines and those of shell blocks, in order, without what is shown of
    output."""
    text = FENCE.sub(lambda m: indent(m["code"], "    ") if m["language"] == "sh" else "", read(page))
    found = (match["words"].partition("||")[0] for match in COMMAND.finditer(text))
    return [shlex.join(shlex.split(words, comments=True)) for words in found]


ALL = [(page, words) for page in PAGES for words in commands(page)]


def test_there_are_commands_on_every_page() -> None:
    assert {page for page, _ in ALL} == set(PAGES)
    assert len(ALL) > 25


@pytest.mark.parametrize(("page", "line"), ALL, ids=lambda value: str(value))
def test_command_and_options_exist(
    page: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path)
    program, *words = shlex.split(line)
    if program == "pytest":
        plugin = (ROOT / "src/extract/pytest_plugin.py").read_text(encoding="utf-8")
        assert all(f'"{word}"' in plugin for word in words if word.startswith("--newsfacts"))
        return
    command: Any = get_command(app)
    while hasattr(command, "commands"):
        name, *words = words
        command = command.commands[name]
    command.make_context(command.name, list(words))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with articles, gold, a run of them and two copies, and a pinned run."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(ROOT / "corpus/articles", folder / "articles")
    shutil.copy(ROOT / "corpus/gold/seeds.jsonl", folder / "gold.jsonl")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = CliRunner().invoke(app, ["run", "articles", "--out", "output", "--quiet"])
        assert done.exit_code == 0, done.output
        for name in ("before", "after"):
            shutil.copytree("output", name)
        files = ["--gold", "gold.jsonl", "--baseline", "baseline.json"]
        assert CliRunner().invoke(app, ["gate", "output", *files, "--pin"]).exit_code == 0
    return folder


@pytest.mark.model
@pytest.mark.parametrize("page", PAGES)
def test_commands_run(page: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    ran = 0
    for line in commands(page):
        if ELSEWHERE.search(line) or not line.startswith("newsfacts"):
            continue
        words = [STAND_INS.get(word, word) for word in shlex.split(line)[1:]]
        if "--export" in words:  # it is written there, not over the gold that is there
            Path("gold.jsonl").unlink()
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, f"{line}: {done.output}"
        ran += 1
    assert ran


@pytest.mark.model
def test_gold_is_tested_as_shown(made: Path) -> None:
    (line, *_) = [line for line in commands("docs/gate.md") if "--newsfacts-run" in line]
    words = [STAND_INS.get(word, word) for word in shlex.split(line)[1:]]
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    plugin = ("-p", "newsfacts.pytest_plugin", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *plugin, "-v", *words]
    done = subprocess.run(command, cwd=made, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert "gold.jsonl::000_a087cff9c3962b6b::strict_f1 PASSED" in done.stdout


@pytest.mark.model
def test_the_workflow_runs(made: Path, tmp_path: Path) -> None:
    """Its steps as GitHub runs them, but for those that fetch things."""
    for name in ("articles", "gold.jsonl"):
        copy = shutil.copytree if (made / name).is_dir() else shutil.copy
        copy(made / name, tmp_path / name)
    text = (ROOT / "examples/github-workflow.yml").read_text(encoding="utf-8")
    first = re.findall(r"^#     (newsfacts .*)$", text, re.MULTILINE)
    steps = [step["run"] for step in yaml.safe_load(text)["jobs"]["gate"]["steps"] if "run" in step]
    shell = "\n".join([*PROGRAMS, *first, *(step for step in steps if "pip install" not in step)])
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment.pop("GITHUB_STEP_SUMMARY", None)
    command = ["bash", "-euo", "pipefail", "-c", shell]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {"gate.html", "gate.xml", "gold.xml"}


#: The commands of this interpreter, whatever is on the path.
PROGRAMS = (
    f'newsfacts() {{ {shlex.quote(sys.executable)} -m newsfacts.cli "$@"; }}',
    f'pytest() {{ {shlex.quote(sys.executable)} -m pytest -p newsfacts.pytest_plugin "$@"; }}',
)


class _Frame:
    """What the documentation's job asks of a Spark DataFrame, in this process."""

    def __init__(self, rows: list[tuple[str, ...]], schema: str) -> None:
        self._frame = pd.DataFrame(rows, columns=[schema.split()[0]])
        self._parts = 1

    def repartition(self, number: int) -> _Frame:
        self._parts = number
        return self

    def mapInPandas(  # noqa: N802 - Spark's name
        self, work: Callable[..., Iterator[pd.DataFrame]], schema: str
    ) -> _Mapped:
        parts = [self._frame.iloc[i :: self._parts] for i in range(self._parts)]
        return _Mapped(pd.concat(frame for part in parts for frame in work(iter([part]))), schema)


class _Mapped:
    def __init__(self, frame: pd.DataFrame, schema: str) -> None:
        assert list(frame.columns) == [schema.split()[0]]
        self._frame = frame

    def count(self) -> int:
        return len(self._frame)


def _stand_in() -> dict[str, types.ModuleType]:
    session = types.SimpleNamespace(createDataFrame=_Frame)
    sql = types.ModuleType("pyspark.sql")
    vars(sql)["SparkSession"] = types.SimpleNamespace(
        builder=types.SimpleNamespace(getOrCreate=lambda: session)
    )
    return {"pyspark": types.ModuleType("pyspark"), "pyspark.sql": sql}


@pytest.mark.model
def test_the_spark_job_gives_the_facts_of_a_local_run(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With Spark where it is installed; else its data frames are stood in for, and all else is real."""
    if importlib.util.find_spec("pyspark") is None:
        for name, module in _stand_in().items():
            monkeypatch.setitem(sys.modules, name, module)
    shutil.copytree(made / "articles", tmp_path / "articles")
    (code,) = blocks("docs/SIZING.md", "python")
    program = code.replace("/shared", tmp_path.as_posix())
    for _ in range(2):  # the second finds all done
        exec(compile(program, "docs/SIZING.md", "exec"), {"__name__": "job"})
        assert "5 documents, 0 errors" in capsys.readouterr().out
    assert (tmp_path / "output/facts.jsonl").read_bytes() == (made / "output/facts.jsonl").read_bytes()
    assert not (tmp_path / "output/tasks").exists()


@pytest.mark.model
def test_python_of_the_readme_runs(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)
    for code in blocks("README.md", "python"):
        exec(compile(code, "README.md", "exec"), {"__name__": "example"})


def test_every_python_block_is_run_by_a_test() -> None:
    paths = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    names = {path.relative_to(ROOT).as_posix() for path in paths}
    here = {name for name in names if blocks(name, "python")}
    # test_docs_python runs those of docs/python.md.
    assert here == {"README.md", "docs/SIZING.md", "docs/python.md"}
