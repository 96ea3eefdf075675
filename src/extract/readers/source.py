"""One input file or stream, and what a reader makes of it."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias, cast

from extract.model import DocumentError
from extract.readers.options import ReadOptions

GZIP_MAGIC = b"\x1f\x8b"


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
        """The (uncompressed) bytes. Raises OSError, EOFError or zlib.error while they are read."""
        if self.file is None:
            yield self._unpacked(cast(BinaryIO, self.stream))
            return
        with self.file.open("rb") as raw:
            yield self._unpacked(raw)

    def _unpacked(self, raw: BinaryIO) -> BinaryIO:
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw, mode="rb")) if self.compressed else raw

    def size(self) -> int | None:
        """Bytes on disk, where that is the size of the content."""
        return None if self.file is None or self.compressed else self.file.stat().st_size


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as the input gives it: decoded text and metadata as found.

    `published` is the raw date field (string, date or datetime); `preamble` the length of front matter.
    """

    id: str
    text: str
    path: str
    title: str | None = None
    published: object = None
    url: str | None = None
    warnings: tuple[str, ...] = ()
    preamble: int = 0


Item: TypeAlias = RawDocument | DocumentError
#: Reads one source. May raise OSError, EOFError and zlib.error, which `read` turns into a DocumentError.
FormatReader: TypeAlias = Callable[[Source, ReadOptions], Iterator[Item]]
