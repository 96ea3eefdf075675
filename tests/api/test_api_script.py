"""A script without `if __name__ == "__main__"` may read files that are read in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
print("begun")
from newsfacts.api.given import Given, documents
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder
print([d.id for d in documents("pages", Given(), DocumentBuilder.from_rules(RuleSet()))])
"""
OWN_READER = """
from newsfacts.processes import Child, received, settle

def answer(connection):
    settle(None)
    for message in received(connection):
        connection.send(message + 1)

if __name__ == "__main__":
    child = Child(answer)
    child.send(1)
    print(child.answer(30))
    child.end()
"""
PARAGRAPH = "The port handled 2.1 million containers in the first half of the year, officials said on Monday."


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "script.py").write_text(code)
    return subprocess.run(
        [sys.executable, "script.py"], cwd=folder, capture_output=True, text=True, timeout=120
    )


def test_the_script_is_run_once(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    page = f"<html><body><article><h1>Port grows</h1>{f'<p>{PARAGRAPH}</p>' * 5}</article></body></html>"
    (tmp_path / "pages/a.html").write_text(page)
    done = run(SCRIPT, tmp_path)
    assert (done.stdout, done.stderr) == ("begun\n['a']\n", "")


def test_what_comes_from_the_script_is_there(tmp_path: Path) -> None:
    assert run(OWN_READER, tmp_path).stdout == "2\n"
