"""Blocks of lines cut between documents, so that what a fact says can be read with its date and place."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


class _Named(msgspec.Struct):
    doc_id: str


_decoder = msgspec.json.Decoder(_Named)


def whole_documents(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The lines of facts in the same order, in blocks that end where a document does.

    The facts of a document must be neighbours, as `run` writes them; of others a block has a part.
    """
    held: list[bytes] = []
    for block in blocks:
        cut = _last_document(block)
        if cut or (held and _document(_first_line(held[0])) != _document(_first_line(block))):
            yield b"".join([*held, block[:cut]])
            held = []
        held.append(block[cut:])
    yield b"".join(held)


def _last_document(block: bytes) -> int:
    """Where the lines of the last document begin, of which more may come."""
    start = len(block)
    doc: str | None = None
    while start > 0:
        before = block.rfind(b"\n", 0, start - 1) + 1
        line = block[before:start]
        found = _document(line)
        if doc is not None and found != doc and line.strip():
            return start
        doc, start = doc or found, before
    return 0


def _first_line(block: bytes) -> bytes:
    return block.lstrip(b"\n").partition(b"\n")[0]


def _document(line: bytes) -> str | None:
    """None for what is no fact; who reads the lines tells of that."""
    try:
        return _decoder.decode(line).doc_id
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
