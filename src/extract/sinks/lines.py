"""The files of a run as blocks of JSON Lines, whatever their format: every reader starts here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import IO

import msgspec

from newsfacts.errors import ValidationError
from newsfacts.sinks import tables
from newsfacts.sinks.tables import REMEDY, table_records

FACTS = "facts.jsonl"
DOCUMENTS = "documents.jsonl"
ERRORS = "errors.jsonl"
CLAIMS = "claims.jsonl"
QUANTITIES = "quantities.csv"
DATAPACKAGE = "datapackage.json"

#: What a file of a run ends in, in the order in which files of one folder are looked for.
SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst", *tables.SUFFIXES)

_BLOCK = 1 << 17  # what is made of it stays in the processor's cache
_RECORDS = 500


def stored(folder: Path, name: str) -> Path:
    """The file of a run's folder that holds `name` (FACTS, DOCUMENTS, ERRORS), in the format that it has.

    Where there is none it is `folder / name`.
    """
    stem = name.removesuffix(".jsonl")
    return next((path for s in SUFFIXES if (path := folder / f"{stem}{s}").is_file()), folder / name)


def line_blocks(path: Path) -> Iterator[bytes]:
    """Whole lines of JSON, some hundred at a time. A row of a table is a line, in its order.

    Raises ValidationError for a file that is damaged or is no table of facts or documents.
    """
    return _table_blocks(path) if path.suffix in tables.SUFFIXES else _blocks(path)


def _blocks(path: Path) -> Iterator[bytes]:
    with _opened(path) as file:
        while block := file.read(_BLOCK):
            yield block + file.readline()


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    packing = {".gz": "gzip", ".zst": "zstd"}.get(path.suffix)
    if packing is None:
        with path.open("rb") as file:
            yield file
        return
    import pyarrow as pa

    try:
        with (
            pa.CompressedInputStream(pa.OSFile(str(path)), packing) as stream,
            BufferedReader(stream) as lines,
        ):
            yield lines
    except OSError as error:
        raise ValidationError(f"{path}: {error}", remedy=REMEDY) from error


def _table_blocks(path: Path) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    records = table_records(path)
    while batch := list(islice(records, _RECORDS)):
        yield encoder.encode_lines(batch)
