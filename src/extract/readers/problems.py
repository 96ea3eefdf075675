"""Why a document cannot be read: the documented kinds, each with what the user can do."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from extract.model import DocumentError

#: kind -> remedy. Every DocumentError of this package has one of these kinds.
REMEDIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "empty": "Remove the document or supply its text.",
        "binary": "Convert the file to text first.",
        "nul-bytes": "Remove the NUL bytes, or name the right encoding with --encoding.",
        "encoding": "Save the file as UTF-8, or name its encoding with --encoding.",
        "too-large": "Split the document, or raise --max-chars.",
        "truncated-gzip": "Compress or download the file again.",
        "missing-field": "Name the right field with the field options.",
        "bad-json": "Write one JSON object a line.",
        "bad-csv": "Quote the fields as RFC 4180 says and give every row as many as the header.",
        "bad-parquet": "Write the file again; it must be a complete Parquet file.",
        "no-permission": "Make the file readable for this user.",
        "vanished": "Check the path.",
        "unreadable": "Check the disk or the network drive.",
        "not-english": "Leave it out: only English is understood.",
        "no-article": "Save the article's text as a .txt file.",
        "duplicate-id": "Give every document an id of its own; the first one was kept.",
        "unsupported": "Give .txt, .md, .html, .jsonl, .csv, .tsv or .parquet (or .gz), or a folder.",
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, before it is known with which document."""

    kind: str
    message: str

    def at(self, path: str, doc_id: str | None = None) -> DocumentError:
        """The error of a document."""
        return DocumentError(
            doc_id=doc_id, path=path, kind=self.kind, message=self.message, remedy=REMEDIES[self.kind]
        )


def from_system(error: OSError | EOFError | zlib.error) -> Problem:
    """The problem behind an error of the file system or of a compressed stream."""
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return Problem("truncated-gzip", f"the gzip stream is damaged: {error}")
    if isinstance(error, PermissionError):
        return Problem("no-permission", "the file may not be read")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Problem("vanished", "there is no such file or folder")
    if isinstance(error, IsADirectoryError):
        return Problem("unsupported", "this is a folder, not a file")
    return Problem("unreadable", f"the system cannot read it: {error.strerror or error}")
