"""Which reader reads which file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from newsfacts.readers.html import read_html
from newsfacts.readers.jsonl import read_jsonl
from newsfacts.readers.markdown import read_markdown
from newsfacts.readers.office import is_readable, read_docx, read_pdf
from newsfacts.readers.parquet import read_parquet
from newsfacts.readers.plain import read_text
from newsfacts.readers.source import FormatReader
from newsfacts.readers.tables import read_csv, read_tsv

#: Readers by lower-case suffix.
READERS: Final[Mapping[str, FormatReader]] = MappingProxyType(
    {
        ".txt": read_text,
        ".text": read_text,
        ".md": read_markdown,
        ".markdown": read_markdown,
        ".html": read_html,
        ".htm": read_html,
        ".xhtml": read_html,
        ".jsonl": read_jsonl,
        ".ndjson": read_jsonl,
        ".csv": read_csv,
        ".tsv": read_tsv,
        ".parquet": read_parquet,
        ".pdf": read_pdf,
        ".docx": read_docx,
    }
)
#: Formats that cannot be read from a compressed stream.
NOT_COMPRESSED: Final = frozenset({".parquet", ".pdf", ".docx"})


def split_suffix(name: str) -> tuple[str, str, bool] | None:
    """(name without suffixes, suffix, compressed) of a file name, or None where no reader fits.

    None also where what reads it is an extra that is not installed.
    """
    compressed = name.lower().endswith(".gz")
    inner = name[:-3] if compressed else name
    stem, dot, last = inner.rpartition(".")
    suffix = dot + last.lower()
    if not stem or suffix not in READERS or (compressed and suffix in NOT_COMPRESSED):
        return None
    if not is_readable(suffix):
        return None
    return stem, suffix, compressed
