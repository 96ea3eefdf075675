"""Gold and predicted facts as read from JSON Lines, for scoring only."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, TypeVar

import msgspec

from extract.errors import ConfigurationError
from extract.model import QUANTITY_TYPES, Change

FactType = Literal[
    "money", "count", "percent", "ratio", "measure", "duration", "rank", "date", "place",
]  # fmt: skip
FACT_TYPES: tuple[FactType, ...] = (*QUANTITY_TYPES, "date", "place")


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What scoring reads of a fact; a prediction may carry more."""

    doc_id: str
    id: str
    type: FactType
    start: int
    end: int
    text: str = ""
    value: int | float | None = None
    low: int | float | None = None
    high: int | float | None = None
    modifier: str | None = None
    unit: str | None = None
    per: str | None = None
    item: str | None = None
    subject: str | None = None
    change: Change | None = None
    status: str | None = None
    source: str | None = None
    time: str | None = None
    place: str | None = None
    same_as: str | None = None
    edtf: str | None = None
    timex3: str | None = None
    relation: str | None = None
    name: str | None = None
    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None


class GoldRecord(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A gold fact: the output's fields, and what else counts as right (corpus/GUIDELINES.md)."""

    published: str | None = None
    predicate: str | None = None
    subject_resolved: str | None = None
    place_inherited: bool = False
    of: str | None = None
    cumulative: bool | None = None
    date_start: str | None = None
    date_end: str | None = None
    part: str | None = None
    part_of_day: str | None = None
    admin2: str | None = None
    geonames_id: int | None = None
    cn_code: str | None = None

    optional: bool = False
    item_heads: tuple[str, ...] = ()
    subject_heads: tuple[str, ...] = ()
    source_heads: tuple[str, ...] = ()
    of_heads: tuple[str, ...] = ()
    modifier_alt: tuple[str | None, ...] = ()
    unit_alt: tuple[str | None, ...] = ()
    per_alt: tuple[str | None, ...] = ()
    status_alt: tuple[str | None, ...] = ()
    edtf_alt: tuple[str | None, ...] = ()
    name_alt: tuple[str, ...] = ()
    time_alt: tuple[str | None, ...] = ()
    place_alt: tuple[str | None, ...] = ()
    same_as_alt: tuple[str | None, ...] = ()
    change_alt: tuple[Change | None, ...] = ()
    item_optional: bool = False
    subject_optional: bool = False
    source_optional: bool = False
    unit_optional: bool = False
    per_optional: bool = False
    change_optional: bool = False
    time_optional: bool = False
    place_optional: bool = False
    same_as_optional: bool = False
    edtf_optional: bool = False

    @property
    def references(self) -> tuple[str, ...]:
        """Ids of the facts that this one names."""
        named = (self.time, self.place, self.same_as, *self.time_alt, *self.place_alt, *self.same_as_alt)
        return tuple(name for name in named if name)


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class GoldFile:
    """The gold facts by document, and what identifies the file: name and SHA-256 of its bytes."""

    name: str
    sha256: str
    documents: dict[str, tuple[GoldRecord, ...]]


def read_gold(path: Path) -> GoldFile:
    """Read a gold file. Raises ConfigurationError that names file and line of what is wrong."""
    content = _content(path, "gold")
    documents = _by_document(_decode(content, path, GoldRecord))
    if not documents:
        raise ConfigurationError(f"{path}: holds no facts", remedy="Give a gold file with one fact a line.")
    for facts in documents.values():
        _check_ids(path, facts)
    return GoldFile(path.name, hashlib.sha256(content).hexdigest(), documents)


def read_predictions(path: Path) -> dict[str, tuple[Record, ...]]:
    """Read predicted facts by document. Raises ConfigurationError for a missing file or malformed line."""
    return _by_document(_decode(_content(path, "prediction"), path, Record))


def document_key(doc_id: str) -> str:
    """What documents are compared by: the last part of the id, without `.txt`."""
    return PurePosixPath(doc_id).name.removesuffix(".txt")


def _content(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"cannot read the {what} file {path}: {error.strerror}", remedy="Check the path."
        ) from error


def _decode(content: bytes, path: Path, shape: type[R]) -> list[R]:
    decoder = msgspec.json.Decoder(shape)
    lines = enumerate(content.splitlines(), start=1)
    return [_line(decoder, line, f"{path}:{number}") for number, line in lines if line.strip()]


def _line(decoder: msgspec.json.Decoder[R], line: bytes, where: str) -> R:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{where}: {error}", remedy="Each line is one fact as docs/FACTS.md describes it."
        ) from error


def _by_document(records: Iterable[R]) -> dict[str, tuple[R, ...]]:
    found: dict[str, list[R]] = defaultdict(list)
    for record in records:
        found[document_key(record.doc_id)].append(record)
    return {key: tuple(facts) for key, facts in found.items()}


def _check_ids(path: Path, facts: Sequence[GoldRecord]) -> None:
    ids = {fact.id for fact in facts}
    if len(ids) < len(facts):
        raise ConfigurationError(
            f"{path}: an id occurs twice in document {facts[0].doc_id}", remedy="Make the ids unique."
        )
    for fact in facts:
        for name in fact.references:
            if name not in ids:
                raise ConfigurationError(
                    f"{path}: fact {fact.id} refers to {name}, which its document does not hold",
                    remedy="Correct the reference.",
                )
