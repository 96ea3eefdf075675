"""Bytes to text: UTF-8 first, then the best guess, with a warning that names it."""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, Final, cast

from newsfacts.model.document import is_writable
from newsfacts.readers.problems import Problem, Refused

_BINARY_MAGIC: Final = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"Rar!\x1a", b"7z\xbc\xaf",
    b"\xd0\xcf\x11\xe0", b"\xfd7zXZ", b"\x1f\x8b",
)  # fmt: skip
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What English news that is not UTF-8 is written in.
_LIKELY: Final = "cp1252"
#: Names that pages give for something else than they mean, and what browsers read: the Encoding Standard's
#: labels (https://encoding.spec.whatwg.org/#names-and-labels), by Python's names.
_MEANT: Final = MappingProxyType(
    {
        "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620":
        "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5":
        "big5hkscs",
    }
)  # fmt: skip
#: What windows-1252 makes of other encodings: signs inside words, a sign beside an accent, four in a row.
_UNLIKELY: Final = re.compile(
    r"[\x80-\x9f]|[¤¦§¨¬¯²³´¶·¸¹¿¡×÷ªº](?<=\w.)(?=\w)|(?<=[A-Za-z])[£¥¢¤](?=[A-Za-z])|[^\x00-\x7f]{4,}"
    r"|[À-ÿ](?=[£¥¤¦¨¬¯´¶¸¿¡×÷])|[£¥¤¦¨¬¯´¶¸¿¡×÷](?=[À-ÿ])"
)
#: The share of such places, of all bytes beyond ASCII, from which on a text is in another encoding.
_UNLIKELY_SHARE: Final = 0.1
_SAMPLE = 65_536
_CONTROLS: Final = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27})
_BINARY_SHARE = 0.05
_BYTES_PER_CHAR = 4
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and what had to be assumed to decode it."""

    text: str
    warnings: tuple[str, ...] = ()


def read_limited(stream: BinaryIO, max_chars: int) -> bytes | Problem:
    """All bytes of a stream, or a problem where they must be more than `max_chars` characters."""
    most = max_chars * _BYTES_PER_CHAR
    blocks: list[bytes] = []  # asked for at once, all of them would be allocated however few there are
    size = 0
    while size <= most and (block := stream.read(_BLOCK)):
        blocks.append(block)
        size += len(block)
    return too_large(max_chars) if size > most else b"".join(blocks)


def too_large(max_chars: int) -> Problem:
    """The problem of a text that is over the limit."""
    return Problem("too-large", f"the text is longer than {max_chars} characters")


def decode(
    data: bytes, *, max_chars: int, encoding: str | None = None, declared: str | None = None
) -> Decoded | Problem:
    """The text of a document's bytes. `encoding` is the user's, `declared` what the document itself says."""
    problem = _not_text(data, encoding)
    if problem:
        return problem
    result = _decoded(data, encoding, declared)
    if isinstance(result, Problem):
        return result
    if len(result.text) > max_chars:
        return too_large(max_chars)
    if not result.text.strip().strip("\ufeff"):
        return Problem("empty", "there is no text")
    return Problem("nul-bytes", "the text contains NUL characters") if "\0" in result.text else result


def _not_text(data: bytes, encoding: str | None) -> Problem | None:
    if not data.strip():
        return Problem("empty", "there is no text")
    if data.startswith(_BINARY_MAGIC):
        return Problem("binary", "the content is not text but a binary format")
    if encoding or any(data.startswith(bom) for bom, _ in _BOMS):
        return None
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > _BINARY_SHARE * len(sample):
        return Problem("binary", "the content is not text: many control characters")
    return Problem("nul-bytes", "the text contains NUL bytes") if b"\0" in data else None


def _decoded(data: bytes, encoding: str | None, declared: str | None) -> Decoded | Problem:
    text = try_decode(data, encoding or marked_encoding(data) or "utf-8")
    if text is not None:
        return Decoded(text)
    if encoding:
        return Problem("encoding", f"the content is not {encoding}")
    if declared and _is_misnomer(declared):
        return Problem("encoding", f"the content says that it is {declared!r}, which is no encoding of texts")
    name = guess_encoding(data, declared)
    text = try_decode(data, name) if name else None
    if text is None:
        return Problem("encoding", "the content is not UTF-8 and no other encoding fits")
    return Decoded(text, (f"encoding: not UTF-8, read as {name}",))


def try_decode(data: bytes, encoding: str) -> str | None:
    """The text, or None where the bytes do not fit the encoding (or there is none of this name)."""
    try:
        text = data.decode(encoding)
    except (ValueError, LookupError):
        return None
    # Some encodings (UTF-7, escapes) can spell halves of characters, which no output can hold.
    return text if is_writable(text) else None


def is_encoding(name: str) -> bool:
    """Whether texts can be in an encoding of this name."""
    try:
        return "a b\n".encode(name).decode(name) == "a b\n"
    except (ValueError, LookupError):
        return False


def _is_misnomer(name: str) -> bool:
    """Whether Python knows the name, but not as an encoding of texts: "undefined", "hex"."""
    try:
        codecs.lookup(name)
    except LookupError:
        return False  # which it is can still be guessed
    return not is_encoding(name)


def marked_encoding(head: bytes) -> str | None:
    """The encoding that the byte order mark at the start of the data names."""
    return next((name for mark, name in _BOMS if head.startswith(mark)), None)


def text_stream(
    stream: BinaryIO, encoding: str | None, *, newline: str | None = None
) -> io.TextIOWrapper | None:
    """The stream as text, where its lines cannot be told from its bytes: UTF-16 and the like; else None.

    `stream` must be peekable. What cannot be decoded raises UnicodeError. Raises Refused where there is no
    such encoding.
    """
    name = encoding or marked_encoding(cast(io.BufferedReader, stream).peek(4)[:4]) or "utf-8"
    return io.TextIOWrapper(stream, name, newline=newline) if is_apart(name) else None


def is_apart(encoding: str) -> bool:
    """Whether ASCII is spelt otherwise than in ASCII. Raises Refused where there is no such encoding."""
    try:
        return not "\n,\t".encode(encoding).endswith(b"\n,\t")
    except (ValueError, LookupError) as error:
        raise Refused("encoding", f"there is no encoding {encoding!r}") from error


def guess_encoding(data: bytes, declared: str | None = None) -> str | None:
    """The encoding of bytes that are not UTF-8: what the document declares, as browsers understand it, else
    windows-1252 where that makes an English text, else what charset-normalizer finds in a sample."""
    meant = _meant(declared) if declared else None
    if meant and try_decode(data, meant) is not None:
        return meant
    first = next((i for i, byte in enumerate(data) if byte > 127), 0)
    sample = data[max(0, first - _SAMPLE // 2) : first + _SAMPLE // 2]
    if _is_likely(sample) and try_decode(data, _LIKELY) is not None:
        return _LIKELY
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else None


def _meant(declared: str) -> str:
    try:
        return _MEANT.get(codecs.lookup(declared).name, declared)
    except LookupError:
        return declared


def _is_likely(sample: bytes) -> bool:
    """Whether bytes beyond ASCII are signs and letters where an English text has them in windows-1252."""
    text = try_decode(sample, _LIKELY)
    if text is None:
        return False
    beyond = sum(c > "\x7f" for c in text)
    odd = sum(len(match[0]) for match in _UNLIKELY.finditer(text))
    return beyond == 0 or odd < _UNLIKELY_SHARE * beyond
