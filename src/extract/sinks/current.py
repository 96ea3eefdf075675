"""manifest.json: which run the files of a folder are of. What it does not name is not current."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from newsfacts.errors import ConfigurationError, ValidationError
from newsfacts.sinks.lines import (
    CLAIMS,
    DATAPACKAGE,
    DOCUMENTS,
    ERRORS,
    FACTS,
    QUANTITIES,
    SUFFIXES,
    stored,
)

MANIFEST = "manifest.json"
#: The records of a run; the first two in one of several formats.
RECORDS = (FACTS, DOCUMENTS, ERRORS)
#: The table of quantities and what its columns are: for readers, so that what they do to it stops no `load`.
TABLES = (QUANTITIES, DATAPACKAGE)
REMEDY = "A run was ended before its last step, or files were added: run it again."


class OutputFile(msgspec.Struct, frozen=True):
    """A final file: its size and the SHA-256 of its bytes."""

    bytes: int
    sha256: str


class ShardEntry(msgspec.Struct, frozen=True):
    """A shard in input order: its key (the name of its file) and what it holds."""

    key: str
    documents: int
    errors: int
    facts: int
    quarantined: int = 0


class Counts(msgspec.Struct, frozen=True):
    """What the files hold in all."""

    documents: int
    errors: int
    warnings: int
    words: int
    facts: dict[str, int]
    error_kinds: dict[str, int]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A run. `run` is a hash of what the result depends on: equal runs have equal ids.

    A folder that has one is an output folder of ours. `state` is "running" from the beginning of the first
    run into it until its end; then there are no files yet. `newsfacts` to `numpy` are what the facts depend
    on besides the texts: versions and digests. `started` and `finished` (UTC) are the only times; they are
    those of the run that wrote the files. `extracted` counts the documents that it worked on, `reused` those
    that an earlier run had done. `files` also has claims that were made from the facts. `source` says where
    the documents come from: ids are told apart by it when runs meet in one database.
    """

    run: str
    state: Literal["running", "done"] = "done"
    source: str | None = None
    newsfacts: str | None = None
    model: str | None = None
    rules: str | None = None
    code: str | None = None
    gazetteer: str | None = None
    weights: str | None = None
    spacy: str | None = None
    numpy: str | None = None
    started: str
    finished: str
    format: str
    inputs: str
    counts: Counts
    extracted: int
    reused: int
    files: dict[str, OutputFile]
    shards: tuple[ShardEntry, ...]


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest; None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def is_output(path: Path) -> bool:
    """Whether this is a folder that a run wrote, or a file that one wrote there: no text to extract from."""
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for some names
        return read_manifest(path) is not None
    return path.name in OURS | {MANIFEST} and read_manifest(path.parent) is not None


def differences(folder: Path, manifest: Manifest) -> list[str]:
    """The final files that are not those of the manifest."""
    return [name for name, told in manifest.files.items() if described(folder / name) != told]


def described(path: Path) -> OutputFile | None:
    """Size and hash of a file, None where it is not there."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return OutputFile(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def forms(name: str) -> tuple[str, ...]:
    """The names that FACTS, DOCUMENTS, ERRORS or CLAIMS can have on disk: one for each format."""
    stem = name.removesuffix(".jsonl")
    return tuple(f"{stem}{suffix}" for suffix in SUFFIXES) if name in (FACTS, DOCUMENTS) else (name,)


#: Every name that a run or `consolidate` gives to a final file.
OURS = frozenset(form for name in (*RECORDS, CLAIMS, *TABLES) for form in forms(name))


class _Hash(msgspec.Struct, frozen=True):
    sha256: str


class _Named(msgspec.Struct, frozen=True):
    """What a manifest says of files; others may write one for `load`, with as much of it as they know."""

    state: str = "done"
    files: dict[str, _Hash] | None = None


def unsettled(folder: Path, names: Iterable[str] = (*RECORDS, CLAIMS, *TABLES)) -> Iterator[tuple[str, str]]:
    """(file, what is wrong) for every file of `names` in a folder that is not one of its manifest.

    Without a manifest, nothing is known but that there may be one file of a name only.
    """
    there = {name: [form for form in forms(name) if (folder / form).exists()] for name in names}
    if not (folder / MANIFEST).exists():
        for first, *more in filter(None, there.values()):
            yield from (
                (form, f"is there beside {first}, and no {MANIFEST} says which counts") for form in more
            )
        return
    try:
        named = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=_Named)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        yield MANIFEST, f"is damaged, or not of newsfacts: {error}"
        return
    if named.state == "running":
        yield MANIFEST, "tells of a run that has not come to its end"
    if named.files is not None:
        yield from _others(folder, named.files, there)


def _others(
    folder: Path, files: Mapping[str, _Hash], there: Mapping[str, list[str]]
) -> Iterator[tuple[str, str]]:
    for form in (form for name in there for form in forms(name) if form in files):
        found = described(folder / form)
        if found is None or found.sha256 != files[form].sha256:
            yield form, f"is not the file that {MANIFEST} names"
    for form in (form for found in there.values() for form in found if form not in files):
        yield form, f"is of another run: {MANIFEST} does not name it"


def check_current(source: Path) -> None:
    """Raise ValidationError where a run's folder, or a file in one, is not what its manifest tells of."""
    folder = source if source.is_dir() else source.parent
    if not (folder / MANIFEST).exists():
        return
    if source.is_dir():
        found = list(unsettled(folder, RECORDS))
    elif source.name in OURS and read_manifest(folder) is not None:
        found = [(name, what) for name, what in unsettled(folder) if name == source.name]
    else:
        found = []
    for name, what in found:
        raise ValidationError(f"{folder / name} {what}", remedy=REMEDY)


def facts_file(source: Path) -> Path:
    """The facts file of a run's folder, or `source` itself.

    Raises ConfigurationError where there is none, ValidationError where it is not that of the folder's
    manifest.
    """
    check_current(source)
    file = stored(source, FACTS) if source.is_dir() else source
    if not file.is_file():
        raise ConfigurationError(
            f"there is no file {str(file)!r}",
            remedy="Give the folder that `newsfacts run --out` wrote, or a facts file.",
        )
    return file
