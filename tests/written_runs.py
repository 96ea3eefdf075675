"""The files of a run in every format, by the writers that `run` uses."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

from newsfacts.batch.formats import FORMATS, Format, assemble, file_names
from newsfacts.batch.shards import Parts
from newsfacts.model import Fact
from newsfacts.sinks.jsonl import encode
from newsfacts.sinks.lines import ERRORS

__all__ = ["FORMATS", "written"]


def written(folder: Path, kind: str, facts: Sequence[Fact], documents: Sequence[Any] = ()) -> Path:
    """A folder with facts and documents; errors.jsonl, always plain, is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = Parts(b"".join(map(encode, facts)), b"".join(map(encode, documents)), b"")
    with ExitStack() as stack:
        names = file_names(cast(Format, kind))
        assemble([parts], cast(Format, kind), [stack.enter_context((folder / n).open("wb")) for n in names])
    (folder / ERRORS).unlink()
    return folder
