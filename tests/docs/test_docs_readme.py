"""README.md shows what the tool really prints."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT


@pytest.mark.model
def test_the_readme_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "tools/gen_readme.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
