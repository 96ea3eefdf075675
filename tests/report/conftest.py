from __future__ import annotations

from pathlib import Path

import pytest

from browsing import write_output


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return write_output(tmp_path)
