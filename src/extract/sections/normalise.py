"""The only changes that a document's text ever sees (FACTS.md section 1)."""

from __future__ import annotations


def normalise_text(text: str) -> str:
    """Drop a byte order mark and turn CRLF and CR into LF; nothing else is changed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
