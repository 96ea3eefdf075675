"""A file that others may close without closing it."""

from __future__ import annotations

import io
from typing import IO, Any


class Kept(io.RawIOBase):
    """A view of a file that may be closed; the file stays open, until it is durable."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Write to the file."""
        return self._file.write(data)
