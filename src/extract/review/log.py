"""corrections.jsonl: one decision a line, appended and durable before anyone is told that it is saved."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import msgspec

from newsfacts.errors import ConfigurationError, ValidationError

Action = Literal["accept", "reject", "fix", "add"]


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a person decided about a fact: `fields` are the right values of those that were wrong.

    An `add` is a fact that the run missed, with all its fields; a `reject` of it takes it out again.

    `batch` numbers what was decided, and can be undone, at once. Type, span and text say which fact it is.
    """

    batch: int
    action: Action
    fact_id: str
    doc_id: str
    type: str
    start: int
    end: int
    text: str
    fields: dict[str, Any] = {}


class Undo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Takes back a batch of decisions."""

    undoes: int


Line = Correction | Undo
#: How lines begin.
_BEGINNINGS = (b'{"batch":', b'{"undoes":')


class CorrectionLog:
    """The decisions of one output folder. Use as a context manager: it holds the file while it is open.

    A line that a crash left unfinished was never reported as saved; it is cut off when the log is opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines = list(_read(path)) if path.exists() else []
        self._handle = -1

    def __enter__(self) -> Self:
        try:
            self._handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        except OSError as error:
            raise ConfigurationError(
                f"{self._path} cannot be written: {error.strerror}", remedy="Review a folder that is yours."
            ) from error
        _lock(self._handle, self._path)
        try:
            self._lines = list(_read(self._path))
        except ValidationError:
            os.close(self._handle)
            raise
        os.ftruncate(self._handle, _whole_length(self._path.read_bytes()))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._handle)
        self._handle = -1

    @property
    def next_batch(self) -> int:
        """The number of the next batch."""
        return 1 + max((line.batch for line in self._lines if isinstance(line, Correction)), default=0)

    def decide(self, corrections: Sequence[Correction]) -> None:
        """Append decisions. They are on disk when this returns. Raises OSError where they are not."""
        self._append(corrections)

    def undo(self) -> list[Correction]:
        """Take back the last batch that stands; return its decisions, none where nothing stands."""
        standing = self.standing()
        if not standing:
            return []
        last = standing[-1].batch
        self._append([Undo(last)])
        return [line for line in standing if line.batch == last]

    def standing(self) -> list[Correction]:
        """The decisions that were not undone, in their order."""
        undone = {line.undoes for line in self._lines if isinstance(line, Undo)}
        return [line for line in self._lines if isinstance(line, Correction) and line.batch not in undone]

    def decisions(self) -> dict[str, Correction]:
        """The decision that stands for each fact."""
        return {line.fact_id: line for line in self.standing()}

    def _append(self, lines: Sequence[Line]) -> None:
        data = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
        before = os.fstat(self._handle).st_size
        try:
            _write(self._handle, data)
            os.fsync(self._handle)
        except OSError:
            os.ftruncate(self._handle, before)
            raise
        self._lines += lines


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _read(path: Path) -> Iterator[Line]:
    data = path.read_bytes()
    for number, line in enumerate(data[: _whole_length(data)].splitlines(), 1):
        if not line.strip():
            continue
        try:
            if line.startswith(b'{"undoes"'):
                yield msgspec.json.decode(line, type=Undo)
            else:
                yield msgspec.json.decode(line, type=Correction)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ValidationError(
                f"{path}:{number}: {error}", remedy="Correct the line or remove it; nothing was changed."
            ) from error
    rest = data[_whole_length(data) :]
    if not any(rest.startswith(begin) or begin.startswith(rest) for begin in _BEGINNINGS):
        # What is cut off must be a line of ours.
        raise ValidationError(
            f"{path}: its last line is no decision", remedy="Move the file away; nothing was changed."
        )


def _whole_length(data: bytes) -> int:
    """Bytes up to the end of the last whole line."""
    return data.rfind(b"\n") + 1


def _lock(handle: int, path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows has no such lock
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise ConfigurationError(f"another review is writing {path}", remedy="Close it first.") from error
