"""Files that the user names for a command to write: no file is overwritten that another program wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import typer

from newsfacts.errors import ConfigurationError

Force = Annotated[
    bool,
    typer.Option("--force", metavar="", help="Overwrite a file that newsfacts did not write."),
]

#: What a file is. Gold has no mark: people write it too.
Kind = Literal["page", "markdown", "junit", "claims", "baseline", "gold", "table"]
#: How a file of ours begins.
_MARKS = MappingProxyType(
    {
        "page": re.compile(rb'<!doctype html>.*?<meta name="generator" content="newsfacts">', re.DOTALL),
        "markdown": re.compile(
            rb"## Changed facts\n|## \S+ newsfacts gate: |# Evaluation on [^\n]*\n\nDocuments: "
        ),
        "junit": re.compile(rb"<\?xml[^>]*\?>\s*<testsuites name=\"newsfacts gate\""),
        "claims": re.compile(rb'\{"id":"[^"]*","verdict":"'),
        # A workbook or Parquet file could be anybody's: it is overwritten with --force only.
        "table": re.compile(
            rb'(?:\xef\xbb\xbf)?id,doc_id,said,type,|\{"id":"[^"]*","doc_id":"[^"]*","said":'
            rb'|\{"type":"FeatureCollection","features":\[\n'
        ),
        "baseline": re.compile(rb'\{\s*"(?:bounds|corpus|facts|floors|gold)":'),
    }
)
_HEAD = 4096
_REVIEWED = "corrections.jsonl"


def target(path: Path, kind: Kind, *, force: bool = False, inputs: Iterable[Path | None] = ()) -> Path:
    """The file that is to be written where `path` points.

    Raises ConfigurationError where there is no such folder (its name is mistyped, most often), and where that
    would overwrite an input of the command, a file of a run, or (without `force`) a file that does not begin
    as ours of this `kind` do.
    """
    file = path.resolve()
    if any(given is not None and file == given.resolve() for given in inputs):
        raise ConfigurationError(f"{path} is an input of this command", remedy="Name another file.")
    if _is_of_a_run(file):
        raise ConfigurationError(f"{path} is a file of a run, which it needs", remedy="Name another file.")
    if not file.parent.is_dir():
        raise ConfigurationError(
            f"{path} cannot be written: there is no folder {path.parent}",
            remedy="Make the folder, or correct the path.",
        )
    if file.exists() and not file.is_file():
        raise ConfigurationError(f"{path} is no regular file", remedy="Name a new file.")
    if not force and not _is_ours(file, kind):
        raise ConfigurationError(
            f"{path} is there, and newsfacts did not write it"
            if kind != "gold"
            else f"{path} is there, and may be somebody's work",
            remedy="Name a new file, or overwrite this one with --force.",
        )
    return file


def _is_of_a_run(file: Path) -> bool:
    from newsfacts.batch.manifest import SHARDS
    from newsfacts.sinks.current import MANIFEST, OURS, read_manifest

    if file.parent.name == SHARDS:
        return read_manifest(file.parent.parent) is not None
    return file.name in {*OURS, MANIFEST, _REVIEWED} and read_manifest(file.parent) is not None


def _is_ours(file: Path, kind: Kind) -> bool:
    if not file.exists():
        return True
    with file.open("rb") as content:
        head = content.read(_HEAD)
    return not head or (kind in _MARKS and _MARKS[kind].match(head) is not None)


def save(file: Path, data: bytes) -> None:
    """Write a file that appears whole or not at all."""
    from newsfacts.batch.folder import write_whole

    write_whole(file, data)
