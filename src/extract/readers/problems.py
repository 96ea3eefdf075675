"""Why a document cannot be read: the documented kinds, each with what the user can do."""

from __future__ import annotations

import errno
import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from newsfacts import processes
from newsfacts.model import DocumentError

#: kind -> remedy. Every DocumentError of this package has one of these kinds.
REMEDIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "empty": "Remove the document or supply its text.",
        "binary": "Convert the file to text first.",
        "nul-bytes": "Remove the NUL bytes, or name the right encoding with --encoding.",
        "encoding": "Save the file as UTF-8, or name its encoding with --encoding.",
        "too-large": "Split the document, or raise --max-chars.",
        "expands": "Look at the file: it is made to fill memory. Unpack it yourself if you trust it.",
        "truncated-gzip": "Compress or download the file again.",
        "missing-field": "Name the right field with the field options.",
        "bad-json": "Write one JSON object a line.",
        "bad-csv": "Quote the fields as RFC 4180 says and give every row as many as the header.",
        "duplicate-column": "Give every column a name of its own.",
        "missing-extra": "Install it: pip install 'newsfacts[office]'.",
        "encrypted": "Save the file without its password, or as .docx, or its text as .txt.",
        "damaged": "Save the file again, or its text as .txt.",
        "no-text": "Let a program recognise the text (OCR) and save it as .txt.",
        "not-fetched": "Check the address and the network, or save the page as .html.",
        "bad-parquet": "Write the file again; it must be a complete Parquet file.",
        "bad-value": "Correct or remove the value.",
        "bad-front-matter": "Keep plain texts, numbers and days between the --- lines, or remove them.",
        "no-permission": "Make the file readable for this user.",
        "vanished": "Check the path.",
        "unreadable": "Check the disk or the network drive.",
        "bad-name": "Rename it so that its name is UTF-8.",
        "bad-link": "Remove the link: it leads round in circles.",
        "outside-link": "Name what it points to as an input, or give --follow-links.",
        "not-a-file": "Leave it out. A pipe is read as standard input: newsfacts run - < PIPE.",
        "not-english": "Leave it out: only English is understood.",
        "no-article": "Save the article's text as a .txt file.",
        "duplicate-id": "Give every document an id of its own; the first one was kept.",
        "long-id": "Give an id of at most 512 characters; that of a file is its path below the input folder.",
        "unsupported": "Give .txt, .md, .html, .jsonl, .csv, .tsv or .parquet (or .gz), or a folder.",
        "internal": "This is a defect of newsfacts: please report it with the file.",
        **processes.REMEDIES,
    }
)
_LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, before it is known with which document."""

    kind: str
    message: str

    def at(self, path: str, doc_id: str | None = None) -> DocumentError:
        """The error of a document."""
        message = self.message
        if len(message) > _LONGEST_MESSAGE:
            message = f"{message[:_LONGEST_MESSAGE]} ..."
        return DocumentError(
            doc_id=doc_id, path=path, kind=self.kind, message=message, remedy=REMEDIES[self.kind]
        )


class Refused(Exception):  # noqa: N818 - what is wrong may be no error of the code
    """Raised while a source is read: it can be read no further. Never leaves `read`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(kind, message)


def from_exception(error: Exception) -> Problem:
    """The problem behind whatever a reader, or a library below it, raised."""
    if isinstance(error, Refused):
        return error.problem
    if isinstance(error, OSError | EOFError | zlib.error):
        return from_system(error)
    if isinstance(error, MemoryError):
        return Problem("memory", "it takes more memory than a process may have")
    if isinstance(error, UnicodeError):
        return Problem("encoding", f"the content cannot be decoded: {error}")
    if isinstance(error, RecursionError):
        return Problem("too-large", "it is nested too deep")
    return Problem("internal", f"{type(error).__name__}: {error}")


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
    if error.errno == errno.ELOOP:
        return Problem("bad-link", "the link leads round in circles")
    return Problem("unreadable", f"the system cannot read it: {error.strerror or error}")
