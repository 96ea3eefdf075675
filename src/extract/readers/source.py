"""One input file or stream, and what a reader makes of it."""

from __future__ import annotations

import gzip
import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias, cast

from newsfacts.model import DocumentError
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.problems import Refused

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP_MAGIC = b"\x1f\x8b"
#: Texts compress to a third, tables of repeated words to a fiftieth; what grows more is made to do harm.
MOST_EXPANSION: Final = 200
#: Bytes that any file may grow to.
FREE_EXPANSION: Final = 1 << 26


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. `doc_id` is the id that its only document gets, or the start of its records' ids.

    `stream` is set for standard input, where there is no `file`.
    """

    path: str
    doc_id: str
    suffix: str
    compressed: bool = False
    file: Path | None = None
    stream: BinaryIO | None = None

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The (uncompressed) bytes, which can be peeked at.

        Raises OSError, EOFError, zlib.error or Refused while they are read.
        """
        if self.file is None:
            yield self._unpacked(cast(BinaryIO, self.stream))
            return
        with os.fdopen(_open(self.file), "rb") as raw:
            yield self._unpacked(raw)

    def _unpacked(self, raw: BinaryIO) -> BinaryIO:
        if self.compressed:
            return io.BufferedReader(_Unpacked(raw))
        return raw if hasattr(raw, "peek") else io.BufferedReader(cast(io.RawIOBase, raw))


def _open(path: Path) -> int:
    """Open a regular file, without waiting for the writer of a pipe that took its place meanwhile."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        refuse_special(os.fstat(descriptor).st_mode)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def refuse_special(mode: int) -> None:
    """Raise Refused or IsADirectoryError where this is not the mode of a file."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError
    if not stat.S_ISREG(mode):
        kinds = (("named pipe", stat.S_ISFIFO), ("socket", stat.S_ISSOCK), ("device", stat.S_ISCHR))
        kind = next((name for name, fits in kinds if fits(mode)), "device")
        raise Refused("not-a-file", f"this is a {kind}, not a file")


class _Counted:
    """The compressed bytes, counted."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        self.count += len(data)
        return data


class _Unpacked(io.RawIOBase):
    """The bytes of a gzip stream. Raises Refused where they are far more than its own."""

    def __init__(self, raw: BinaryIO) -> None:
        self._packed = _Counted(raw)
        self._stream = gzip.GzipFile(fileobj=cast(BinaryIO, self._packed), mode="rb")
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        size = self._stream.readinto(buffer)
        self._count += size
        refuse_expansion(self._count, self._packed.count)
        return size


def refuse_expansion(size: int, packed: int) -> None:
    """Raise Refused where `packed` bytes of a file grow to `size` and no text would."""
    if size > max(FREE_EXPANSION, MOST_EXPANSION * packed):
        raise Refused("expands", f"the content is more than {MOST_EXPANSION} times as large as its file")


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as the input gives it: decoded text and metadata as found.

    `published` is the raw date field (string, date or datetime); `preamble` the length of front matter;
    `converted` says that the text had markup, which is gone.
    """

    id: str
    text: str
    path: str
    title: str | None = None
    published: object = None
    url: str | None = None
    warnings: tuple[str, ...] = ()
    preamble: int = 0
    converted: bool = False


Item: TypeAlias = RawDocument | DocumentError
#: Reads one source. What it raises ends the source: `read` turns it into a DocumentError.
FormatReader: TypeAlias = Callable[[Source, ReadOptions], Iterator[Item]]
