"""Writes manifest.json, which marks a folder as ours and which a run commits with; removes what it ousts.

The final files are written beside their places, then the manifest, which has their hashes, is replaced,
then the files get their names, and those of another format go. A run that is killed in between leaves files
that are not those of the manifest: `newsfacts.sinks.current` tells so, and the next run assembles them again
from the shards. Only names that we write are ever removed, and only in a folder that is marked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from newsfacts.batch.folder import claimed, parts, remove, remove_parts, write_whole
from newsfacts.errors import ConfigurationError
from newsfacts.sinks.current import MANIFEST, OURS, Counts, Manifest, described, read_manifest

SHARDS = "shards"
TASKS = "tasks"
_WORK = frozenset({SHARDS, TASKS})
_PIECE = re.compile(r"[0-9a-f]{32}\.(?:zst|task)")
#: What killed runs of version 0.1 left.
_OLD_PARTS = frozenset(f".{name}.part" for name in OURS)

_EMPTY = Counts(documents=0, errors=0, warnings=0, words=0, facts={}, error_kinds={})


def identify(fingerprint: dict[str, str], kind: str, keys: Iterable[str]) -> tuple[str, str]:
    """(run id, fingerprint of the inputs): 16 and 64 hex digits."""
    inputs = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    what = f"{sorted(fingerprint.items())}\0{kind}\0{inputs}"
    return hashlib.sha256(what.encode()).hexdigest()[:16], inputs


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step."""
    write_whole(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def check_out(folder: Path, *, force: bool = False) -> None:
    """Raise ConfigurationError where a run may not write into a folder: it is not ours and holds files.

    With `force` it may: then files of our names are replaced or removed, and all others stay. Hidden files
    do not count: no name of ours begins with a dot.
    """
    if force or read_manifest(folder) is not None:
        return
    foreign = next(_foreign(folder), None)
    if (folder / MANIFEST).exists():
        what = f"{folder / MANIFEST} is damaged, or not of newsfacts"
    elif foreign is not None:
        what = f"the folder {folder} is not an output of newsfacts: it holds {foreign}"
    else:
        return
    raise ConfigurationError(
        what,
        remedy="Name a new or empty folder with --out. --force takes this one: facts, documents, errors,"
        f" claims and {MANIFEST} in it are replaced, other files stay.",
    )


def _foreign(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not path.name.startswith(".") and not (path.name in _WORK and _is_of_work(path)):
            yield path.name


def _is_of_work(folder: Path) -> bool:
    """Whether a folder holds nothing but shards or tasks: Spark's driver makes them before a run."""
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else [folder.name]
    return all(name.startswith(".") or _PIECE.fullmatch(name) for name in names)


def mark(folder: Path, started: str, kind: str, *, force: bool = False) -> None:
    """Make a claimed folder ours before anything else is written into it; remove what killed runs left.

    Raises ConfigurationError as `check_out` does.
    """
    check_out(folder, force=force)
    remove_parts(folder, (OURS | {MANIFEST}).__contains__)
    if read_manifest(folder) is not None:
        remove(folder, _OLD_PARTS.__contains__, keep=())
        return
    begun = Manifest(
        run="", state="running", started=started, finished=started, format=kind, inputs="",
        counts=_EMPTY, extracted=0, reused=0, files={}, shards=(),
    )  # fmt: skip
    write_manifest(folder, begun)


def remove_stale(folder: Path, manifest: Manifest) -> None:
    """Remove final files that the manifest does not name."""
    remove(folder, OURS.__contains__, keep=manifest.files)


def add_file(folder: Path, name: str, data: Iterable[bytes], made_from: Manifest | None) -> None:
    """Write a final file that was made from the facts of a run, and name it in the run's manifest.

    Raises ConfigurationError where the manifest is no longer that one: then the facts are others.
    """
    with claimed(folder):
        manifest = read_manifest(folder)
        if manifest != made_from:
            raise ConfigurationError(f"the files of {folder} changed meanwhile", remedy="Do it again.")

        def commit(found: Mapping[str, Path]) -> None:
            made = described(found[name])
            if manifest is not None and made is not None:
                files = manifest.files | {name: made}
                write_manifest(folder, msgspec.structs.replace(manifest, files=files))

        with parts(folder, [name], commit) as (file,):
            file.writelines(data)
