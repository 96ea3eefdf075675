"""Rows as PostgreSQL's COPY reads them: CSV whose escape is the backslash is all but JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import methodcaller
from typing import Final

import msgspec

from newsfacts.sinks.database.rows import Row

#: How COPY is to read the lines.
OPTIONS: Final = r"FORMAT csv, NULL 'null', ESCAPE '\'"

# JSON escapes control characters by names or numbers; between quotes CSV has them as they are.
_NAMES = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}
_ESCAPE = re.compile(rb"\\(?:([bfnrt])|u00([0-9a-f]{2})|.)")
_QUOTE = methodcaller("startswith", b'"')


def csv_lines(rows: Iterable[Row]) -> bytes:
    """Rows of texts, numbers, flags and None as lines."""
    encode = msgspec.json.Encoder().encode
    lines = b"".join([encode(row)[1:-1] + b"\n" for row in rows])
    escaped = lines.split(b"\\")[1:]  # of most texts only quotation marks
    return lines if all(map(_QUOTE, escaped)) else _ESCAPE.sub(_plain, lines)


def _plain(escape: re.Match[bytes]) -> bytes:
    name, code = escape.groups()
    if name:
        return _NAMES[name]
    return bytes([int(code, 16)]) if code else escape[0]
