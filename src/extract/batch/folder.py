"""Files that appear whole or not at all: written beside their place, made durable, then renamed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from extract.errors import ConfigurationError


@contextmanager
def whole_files(folder: Path, names: Sequence[str]) -> Iterator[Sequence[BinaryIO]]:
    """Open files of `folder` for writing; all take their names when the block ends, none when it fails.

    Until then they are called `.NAME.part`. A killed process can leave such a part, which the next run
    overwrites; it never leaves a shortened NAME. Raises ConfigurationError where `folder` cannot be
    written, or where another run is writing into it.
    """
    with claimed(folder), parts(folder, names) as files:
        yield files


@contextmanager
def parts(
    folder: Path, names: Sequence[str], commit: Callable[[], None] = lambda: None
) -> Iterator[Sequence[BinaryIO]]:
    """As `whole_files`, in a folder that is claimed already. `commit` runs before the names are taken."""
    beside = [folder / f".{name}.part" for name in names]
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(part.open("wb")) for part in beside]
            yield files
            for file in files:
                file.flush()
                os.fsync(file.fileno())
        commit()
        for part, name in zip(beside, names, strict=True):
            part.replace(folder / name)
    finally:
        for part in beside:
            part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all, and lasts. Several may write it at once."""
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what killed processes left in a folder that is claimed."""
    for part in folder.glob(".*.part"):
        part.unlink(missing_ok=True)


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
