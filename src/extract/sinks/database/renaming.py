"""Ids as the database is to have them, in lines of JSON: with a prefix, and of today's length.

Facts of newsfacts 0.1 have ids of 16 digits, the first half of today's. They get the other half, so that it
does not matter which version made a run. Lines keep their number and order; what is malformed stays as it is,
and is told by who reads the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, groupby
from typing import Any

import msgspec

from newsfacts.model import fact_id

_OLD_ID = re.compile("[0-9a-f]{16}")
_REFERENCES = ("time", "place", "same_as")
_BLOCK = 1 << 17

_encode = msgspec.json.Encoder().encode


def with_prefix(blocks: Iterator[bytes], field: str, prefix: str) -> Iterator[bytes]:
    """The lines with `prefix` before what is in this field; null stays null."""
    if not prefix:
        return blocks
    return (b"\n".join(_prefixed(line, field, prefix) for line in block.split(b"\n")) for block in blocks)


def _prefixed(line: bytes, field: str, prefix: str) -> bytes:
    record = _record(line)
    if record is None or not isinstance(name := record.get(field), str):
        return line
    return _encode({**record, field: f"{prefix}{name}"})


def with_new_ids(blocks: Iterator[bytes], prefix: str) -> Iterator[bytes]:
    """The facts with today's ids, of documents whose ids have the prefix.

    The facts of a document must be neighbours, as `run` writes them: references lead to facts among them.
    """
    first = next(blocks, None)
    if first is None:
        return iter(())
    every = chain([first], blocks)
    return _gathered(_renamed(every, prefix)) if prefix or _is_old(first) else every


def _is_old(block: bytes) -> bool:
    record = _record(block.lstrip().partition(b"\n")[0]) or {}
    return _OLD_ID.fullmatch(str(record.get("id"))) is not None


def _renamed(blocks: Iterator[bytes], prefix: str) -> Iterator[bytes]:
    for _, neighbours in groupby(_told(blocks), lambda told: told[0]):
        lines = [(line, fact) for _, line, fact in neighbours]
        names = {fact["id"]: _name(fact, prefix) for _, fact in lines if fact is not None}
        yield b"".join(line if fact is None else _fact(fact, names, prefix) for line, fact in lines)


def _told(blocks: Iterator[bytes]) -> Iterator[tuple[str, bytes, dict[str, Any] | None]]:
    """Document, line and fact; what is no fact belongs to the document before it and has None."""
    doc = ""
    for line in (line for block in blocks for line in BytesIO(block)):
        fact = _record(line)
        if fact is not None and isinstance(fact.get("id"), str) and isinstance(fact.get("doc_id"), str):
            doc = fact["doc_id"]
        else:
            fact = None
        yield doc, line, fact


def _name(fact: dict[str, Any], prefix: str) -> str:
    """The new id; that of a fact which newsfacts did not name takes the prefix only."""
    what = (str(fact.get("type")), fact.get("start", 0), fact.get("end", 0))
    full, name = fact_id(fact["doc_id"], *what), fact["id"]
    ours = name in (full, full[:16])
    return fact_id(f"{prefix}{fact['doc_id']}", *what) if ours else f"{prefix}{name}"


def _fact(fact: dict[str, Any], names: dict[str, str], prefix: str) -> bytes:
    named = {key: fact[key] for key in _REFERENCES if isinstance(fact.get(key), str)}
    referred = {key: names.get(name, name) for key, name in named.items()}
    told = {**fact, **referred, "id": names[fact["id"]], "doc_id": f"{prefix}{fact['doc_id']}"}
    return _encode(told) + b"\n"


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return record if isinstance(record, dict) else None


def _gathered(parts: Iterator[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= _BLOCK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
