"""PDF and Word files: their text by pypdf and python-docx, of the extra `newsfacts[office]`."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from newsfacts.readers.decoding import read_limited, too_large
from newsfacts.readers.options import ReadOptions
from newsfacts.readers.problems import Problem
from newsfacts.readers.source import Item, RawDocument, Source, refuse_expansion

#: Suffix -> the package that reads it. Both come with the extra.
PACKAGES: Final = MappingProxyType({".pdf": "pypdf", ".docx": "docx"})


def is_readable(suffix: str) -> bool:
    """Whether the package is there that a suffix needs; True of suffixes that need none."""
    return suffix not in PACKAGES or find_spec(PACKAGES[suffix]) is not None


def read_pdf(source: Source, options: ReadOptions) -> Iterator[Item]:
    """The text of a PDF, pages in order. Its title and date are of its making: neither is taken."""
    yield from _read(source, options, _pdf_parts)


def read_docx(source: Source, options: ReadOptions) -> Iterator[Item]:
    """The paragraphs and tables of a Word file, in order; headers, footers and notes are left out."""
    yield from _read(source, options, _docx_parts)


def _read(source: Source, options: ReadOptions, parts: Any) -> Iterator[Item]:
    if not is_readable(source.suffix):
        yield Problem("missing-extra", f"the package that reads {source.suffix} is not installed").at(
            source.path, source.doc_id
        )
        return
    with source.open() as stream:
        data = read_limited(stream, options.max_chars)
    text = data if isinstance(data, Problem) else _text(parts(data), options.max_chars)
    if isinstance(text, Problem):
        yield text.at(source.path, source.doc_id)
    else:
        yield RawDocument(source.doc_id, text, source.path)


def _text(parts: Iterable[str | Problem], most: int) -> str | Problem:
    """The parts with a blank line between them; what is no Unicode text is replaced."""
    found: list[str] = []
    size = 0
    for part in parts:
        if isinstance(part, Problem):
            return part
        size += len(part)
        if size > most:
            return too_large(most)
        found.append(part.replace("\0", "").encode(errors="replace").decode().strip())
    text = "\n\n".join(filter(None, found))
    return text or Problem("no-text", "there is no text in it; pages may be pictures")


def _pdf_parts(data: bytes) -> Iterator[str | Problem]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pdf = PdfReader(BytesIO(data))
        if pdf.is_encrypted and not pdf.decrypt(""):
            yield Problem("encrypted", "the file needs a password")
            return
        for page in pdf.pages:
            yield page.extract_text()
    # What a damaged file makes the package raise is of many kinds.
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        yield Problem("damaged", f"it is no PDF that can be read: {_told(error)}")


def _docx_parts(data: bytes) -> Iterator[str | Problem]:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    if data.startswith(b"\xd0\xcf\x11\xe0"):  # a container of Microsoft's older formats
        yield Problem("encrypted", "the file needs a password, or is of an older Word")
        return
    try:  # lxml raises SyntaxError
        with ZipFile(BytesIO(data)) as packed:
            refuse_expansion(sum(file.file_size for file in packed.infolist()), len(data))
        for block in Document(BytesIO(data)).iter_inner_content():
            yield "\n".join(_rows(block)) if isinstance(block, Table) else block.text
    except (BadZipFile, OpcError, SyntaxError, ValueError, LookupError, TypeError, AttributeError) as error:
        yield Problem("damaged", f"it is no Word file that can be read: {_told(error)}")


def _rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        # A merged cell stands once for each column that it covers.
        yield "\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells))


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
