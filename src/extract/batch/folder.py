"""Files that appear whole or not at all: written beside their place, made durable, then renamed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from newsfacts.errors import ConfigurationError

#: What a file is called until it is whole; the digits tell it from every file that is not ours.
_PART = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{32}\.part")


@contextmanager
def parts(
    folder: Path,
    names: Sequence[str],
    commit: Callable[[Mapping[str, Path]], None] = lambda parts: None,
) -> Iterator[Sequence[BinaryIO]]:
    """Open files of `folder` for writing; all take their names when the block ends, none when it fails.

    `commit` runs before that, and is given where the files are until then. A killed process can leave such
    parts, which the next run removes; it never leaves a shortened file. The folder is claimed already.
    """
    beside = {name: _beside(folder / name) for name in names}
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(part.open("xb")) for part in beside.values()]
            yield files
            for file in files:
                file.flush()
                os.fsync(file.fileno())
        commit(beside)
        for name, part in beside.items():
            part.replace(folder / name)
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all, and lasts. Several may write it at once."""
    part = _beside(path)
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{uuid4().hex}.part")


def remove(folder: Path, is_ours: Callable[[str], bool], keep: Collection[str]) -> None:
    """Remove the files of a folder whose names are ours, but for `keep`, and what killed processes left."""
    _unlink(folder, lambda name: (is_ours(name) and name not in keep) or _is_part(name, is_ours))


def remove_parts(folder: Path, is_ours: Callable[[str], bool]) -> None:
    """Remove what killed processes left of files whose names are ours."""
    _unlink(folder, lambda name: _is_part(name, is_ours))


def _is_part(name: str, is_ours: Callable[[str], bool]) -> bool:
    found = _PART.fullmatch(name)
    return found is not None and is_ours(found["name"])


def _unlink(folder: Path, chosen: Callable[[str], bool]) -> None:
    for path in folder.iterdir() if folder.is_dir() else ():
        if chosen(path.name) and (path.is_symlink() or not path.is_dir()):
            path.unlink(missing_ok=True)


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Make the folder and hold it against other runs.

    Raises ConfigurationError where it cannot be written, or where another run is writing into it.
    """
    _make(folder)
    with _locked(folder):
        yield


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"the output folder {folder} cannot be made: {error.strerror}", remedy="Name another with --out."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigurationError(
            f"the output folder {folder} cannot be written", remedy="Name another with --out."
        )


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder: the system lets go of it when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; there two runs into one folder are not told apart
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise ConfigurationError(
            f"another run is writing into {folder}", remedy="Wait for it, or name another folder with --out."
        ) from error
    try:
        yield
        os.fsync(handle)
    finally:
        os.close(handle)
