"""Where the documents of a run come from, if nobody says it: the folder that holds the inputs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from glob import has_magic
from pathlib import Path

#: The source of a text that was piped in.
STANDARD_INPUT = "stdin"


def default_source(inputs: Iterable[str | Path]) -> str:
    """The deepest folder that holds all inputs, as an absolute path; "stdin" where there is none.

    What was typed does not matter: `run day1/`, `run day1/*.txt` and, within day1, `run .` are one source,
    `run day2/` is another. A folder that was moved is another one too: those who move it name the source.

    >>> default_source(["-"])
    'stdin'
    """
    folders = [_folder(Path(given)) for given in inputs if str(given) != "-"]
    if not folders:
        return STANDARD_INPUT
    try:
        common = os.path.commonpath(folders)
    except ValueError:  # on two drives of Windows
        common = folders[0]
    return common.encode("utf-8", "backslashreplace").decode()


def _folder(given: Path) -> str:
    while has_magic(str(given)) and not given.exists():
        given = given.parent
    resolved = given.resolve()
    return str(resolved if resolved.is_dir() else resolved.parent)
