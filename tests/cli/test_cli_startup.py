"""The command line starts without spaCy's own, and spaCy is whole afterwards."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newsfacts import evaluation
from newsfacts.cli.options import TOLERANCE

CHECK = """
import sys
from newsfacts.cli.startup import import_spacy
import_spacy()
loaded = [name for name in ("spacy.cli", "weasel", "requests", "httpx") if name in sys.modules]
assert not loaded, loaded
import spacy
assert spacy.info(silent=True)["spacy_version"] == spacy.__version__
from spacy.cli import download
assert callable(download)
import_spacy()
assert sys.modules["spacy"] is spacy
"""


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)


@pytest.mark.model
def test_spacy_is_imported_without_its_command_line_and_whole() -> None:
    done = python(CHECK)
    assert done.returncode == 0, done.stderr


@pytest.mark.model
def test_explain_loads_no_web_client() -> None:
    code = "import sys, atexit\natexit.register(lambda: print('weasel' in sys.modules))"
    done = python(code + "\nfrom newsfacts.cli import main\nmain(['explain', 'Output rose 5 percent.'])")
    assert done.stdout.splitlines()[-1] == "False", done.stdout + done.stderr


def test_the_tolerance_shown_in_the_help_is_that_of_the_evaluation() -> None:
    assert TOLERANCE == evaluation.TOLERANCE
