"""manifest.json: which run the files of a folder are of. It is what a run commits with.

The final files are written beside their places, then the manifest, which has their hashes, is replaced,
then the files get their names. A run that is killed in between leaves files that differ from the manifest:
`differences` tells so, and the next run assembles them again from the shards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from extract.batch.folder import write_whole

MANIFEST = "manifest.json"
SHARDS = "shards"
REMEDY = "A run was ended before its last step: run it again."


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

    `started` and `finished` (UTC) are the only times; they are those of the run that wrote the files.
    `extracted` counts the documents that it worked on, `reused` those that an earlier run had done.
    `source` says where the documents come from: ids are told apart by it when runs meet in one database.
    """

    run: str
    source: str | None = None
    newsfacts: str | None = None
    model: str | None = None
    rules: str | None = None
    started: str
    finished: str
    format: str
    inputs: str
    counts: Counts
    extracted: int
    reused: int
    files: dict[str, OutputFile]
    shards: tuple[ShardEntry, ...]


def identify(fingerprint: dict[str, str], kind: str, keys: Iterable[str]) -> tuple[str, str]:
    """(run id, fingerprint of the inputs): 16 and 64 hex digits."""
    inputs = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    what = f"{sorted(fingerprint.items())}\0{kind}\0{inputs}"
    return hashlib.sha256(what.encode()).hexdigest()[:16], inputs


def read_manifest(folder: Path) -> Manifest | None:
    """The folder's manifest; None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step."""
    write_whole(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def differences(folder: Path, manifest: Manifest) -> list[str]:
    """The final files that are not those of the manifest."""
    return [name for name, told in manifest.files.items() if described(folder / name) != told]


def described(path: Path) -> OutputFile | None:
    """Size and hash of a file, None where it is not there."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return OutputFile(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
