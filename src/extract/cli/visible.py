"""What would steer a terminal, written out."""

from __future__ import annotations

import re

#: Controls but tab and line feed, marks that turn the direction of what follows, halves of characters.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: Those that UTF-8 can hold.
_STEERING_BYTES = re.compile(
    rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]"
)


def visible(text: str) -> str:
    """The text with every character that steers a terminal written out, as Python writes it.

    Colours, links, titles and moves of the cursor begin with such a character (ESC, U+009B).

    >>> visible("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def visible_json(data: bytes) -> bytes:
    """JSON that says the same with every character that steers a terminal escaped, as JSON writes it."""
    return _STEERING_BYTES.sub(lambda found: b"\\u%04x" % ord(found[0].decode()), data)
