"""The only changes that a document's text ever sees (FACTS.md section 1)."""

from __future__ import annotations

import re

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def normalise_text(text: str) -> str:
    """Drop a byte order mark and turn CRLF and CR into LF; nothing else is changed."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def whole_characters(text: str) -> tuple[str, int]:
    """The text with U+FFFD, the replacement character, for every lone surrogate, and how many there were.

    The length stays. A surrogate is half a character, as "\\ud83d" in JSON; it has no UTF-8, so that nothing
    with it could be written.
    """
    return _LONE_SURROGATE.subn("\N{REPLACEMENT CHARACTER}", text)


def repaired(halves: int) -> list[str]:
    """The warning that so many halves of characters were replaced; none where there were none."""
    many = "half characters (lone surrogates) were" if halves > 1 else "half character (a lone surrogate) was"
    return [f"{halves:,} {many} replaced by U+FFFD"] if halves else []
