"""Shards: the pieces that a run is cut into, each with a key that says what its facts depend on."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow as pa

from newsfacts.batch.folder import remove, write_whole
from newsfacts.batch.outcomes import BATCH, INCOMPLETE, Item, Outcome, errors_of
from newsfacts.model import Document, DocumentError
from newsfacts.processes import REMEDIES
from newsfacts.sinks.jsonl import encode

#: Changes when shard files or the meaning of keys do: files of another layout are made anew.
LAYOUT = 1
SUFFIX = ".zst"
#: A shard ends when its texts reach this length: that is some 5 s of work, all that a kill can cost.
CHARACTERS = 250_000
#: Errors that a shard's head shows; the shard has all.
SHOWN_ERRORS = 5
#: Kinds of errors of documents that ended or blocked the process that worked on them.
QUARANTINED = frozenset(REMEDIES)

_LEVEL = 3
#: The files of a store; what else lies in its folder is not ours.
_NAME = re.compile(rf"[0-9a-f]{{32}}{re.escape(SUFFIX)}")


@dataclass(frozen=True, slots=True)
class Shard:
    """Neighbouring documents of the input (and errors where one could not be read), worked on together.

    Equal `key`, equal result: it is a hash of the items and of all that facts depend on. `index` counts
    from 0 in input order.
    """

    index: int
    key: str
    items: tuple[Item, ...]


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The first line of a shard file: what is in it. `sizes` are the bytes of facts, documents, errors."""

    key: str
    sizes: tuple[int, int, int]
    sha256: str
    documents: int
    errors: int
    warnings: int
    words: int
    facts: dict[str, int]
    error_kinds: dict[str, int]
    first_errors: tuple[DocumentError, ...]

    @property
    def items(self) -> int:
        """How many documents it stands for; one that is incomplete is also an error."""
        return self.documents + self.errors - self.error_kinds.get(INCOMPLETE, 0)

    @property
    def quarantined(self) -> int:
        """How many documents ended or blocked a worker."""
        return sum(self.error_kinds.get(kind, 0) for kind in QUARANTINED)


@dataclass(frozen=True, slots=True)
class Packed:
    """A finished shard: its head and its file's bytes."""

    head: Head
    data: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of a shard, as bytes."""

    facts: bytes
    documents: bytes
    errors: bytes


class Held:
    """The items of the shard that is being cut. `index` is the shard's, from 0 in input order.

    A shard ends after BATCH documents or CHARACTERS characters, or where the hash of its last item's
    id says so (one time in BATCH): a document more or less in the middle changes its own shard and leaves
    the cuts behind the next such place as they were. The first shards are of 1, 2, 4 ... documents, so that
    a run that is killed soon has done something.
    """

    def __init__(self, index: int = 0) -> None:
        self.index = index
        self.items: list[Item] = []
        self._characters = 0

    def add(self, item: Item) -> bool:
        """Add an item; return whether the shard ends with it."""
        self.items.append(item)
        self._characters += len(item.text) if isinstance(item, Document) else 0
        full = len(self.items) >= most(self.index) or self._characters >= CHARACTERS
        return full or _ends_shard(item)

    def take(self, fingerprint: Mapping[str, str]) -> Shard:
        """The shard of these items. The next one begins."""
        shard = Shard(self.index, key_of(self.items, fingerprint), tuple(self.items))
        self.index, self.items, self._characters = self.index + 1, [], 0
        return shard


def most(index: int) -> int:
    """How many documents the shard of this index may have: 1, 2, 4 ... BATCH."""
    return min(BATCH, 1 << min(index, BATCH.bit_length()))


def cut(items: Iterable[Item], fingerprint: Mapping[str, str]) -> Iterator[Shard]:
    """Cut a stream of items into shards, as `Held` says."""
    held = Held()
    for item in items:
        if held.add(item):
            yield held.take(fingerprint)
    if held.items:
        yield held.take(fingerprint)


def _ends_shard(item: Item) -> bool:
    name = item.id if isinstance(item, Document) else item.doc_id or item.path
    return hashlib.sha256(_bytes(name)).digest()[0] % BATCH == 0


def key_of(items: Sequence[Item], fingerprint: Mapping[str, str]) -> str:
    """The key of a shard of these items."""
    digest = hashlib.sha256(f"{LAYOUT}\0{sorted(fingerprint.items())}".encode())
    for item in items:
        digest.update(type(item).__name__.encode())
        for field in dataclasses.fields(item):
            value = _bytes(str(getattr(item, field.name)))
            digest.update(b"%d:" % len(value) + value)
    return digest.hexdigest()[:32]


def _bytes(text: str) -> bytes:
    # A lone surrogate cannot be written, which becomes the document's error, but it must have a hash.
    return text.encode("utf-8", "surrogatepass")


def pack(shard: Shard, results: Iterable[Outcome]) -> Packed:
    """The shard's file from what became of its items, in their order. Equal results give equal bytes."""
    results = list(results)
    errors = errors_of(results)
    found = [result for result in results if not isinstance(result, DocumentError)]
    types = sum((result.types for result in found), Counter[str]())
    bodies = (
        b"".join(result.facts for result in found),
        b"".join(result.document for result in found),
        b"".join(map(encode, errors)),
    )
    head = Head(
        key=shard.key,
        sizes=(len(bodies[0]), len(bodies[1]), len(bodies[2])),
        sha256=hashlib.sha256(b"".join(bodies)).hexdigest(),
        documents=len(found),
        errors=len(errors),
        warnings=sum(len(result.record.warnings) for result in found),
        words=sum(result.record.words for result in found),
        facts=dict(sorted(types.items())),
        error_kinds=dict(sorted(Counter(error.kind for error in errors).items())),
        first_errors=tuple(errors[:SHOWN_ERRORS]),
    )
    return Packed(head, compressed(encode(head) + b"".join(bodies)))


def compressed(data: bytes) -> bytes:
    """Bytes as one Zstandard frame."""
    packed: bytes = pa.Codec("zstd", compression_level=_LEVEL).compress(data, asbytes=True)
    return packed


class ShardStore:
    """A folder of finished shards, a file each, named by key. A file is there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where the shard of this key lies."""
        return self.folder / f"{key}{SUFFIX}"

    def head(self, key: str) -> Head | None:
        """What the shard holds; None where it is not there or cannot be used."""
        read = self._read(key)
        return read[0] if read else None

    def parts(self, key: str) -> Parts | None:
        """The shard's lines; None where it is not there or damaged."""
        read = self._read(key)
        if read is None:
            return None
        head, body = read
        facts, documents, _ = head.sizes
        return Parts(body[:facts], body[facts : facts + documents], body[facts + documents :])

    def _read(self, key: str) -> tuple[Head, bytes] | None:
        try:
            with pa.OSFile(str(self.path(key)), "rb") as raw, pa.CompressedInputStream(raw, "zstd") as stream:
                first, _, body = bytes(stream.read()).partition(b"\n")
            head = msgspec.json.decode(first, type=Head)
        except (OSError, msgspec.DecodeError):  # a decode error where the bytes are not ours any more
            return None
        whole = head.key == key and hashlib.sha256(body).hexdigest() == head.sha256
        return (head, body) if whole else None

    def write(self, packed: Packed) -> Head:
        """Keep a finished shard, durably."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.path(packed.head.key), packed.data)
        return packed.head

    def keep_only(self, keys: Iterable[str]) -> None:
        """Remove every other shard, and what killed runs left of shards; no file of another name."""
        wanted = {self.path(key).name for key in keys}
        remove(self.folder, lambda name: _NAME.fullmatch(name) is not None, keep=wanted)
