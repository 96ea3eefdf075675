"""Gold and predicted facts as read from JSON Lines, for scoring only."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

import msgspec

from newsfacts.errors import ConfigurationError
from newsfacts.evaluation.shapes import GoldFields, Record
from newsfacts.model import QUANTITY_TYPES, Fact
from newsfacts.model.fact import FactType
from newsfacts.model.fields import REFERENCES

__all__ = [
    "FACT_TYPES",
    "FactType",
    "GoldFile",
    "GoldRecord",
    "Record",
    "by_document_key",
    "document_key",
    "read_gold",
    "read_predictions",
    "records_of",
]

FACT_TYPES: tuple[FactType, ...] = (*QUANTITY_TYPES, "date", "place")


class GoldRecord(GoldFields, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A gold fact: the output's fields, and what else counts as right (corpus/GUIDELINES.md)."""

    @property
    def references(self) -> tuple[str, ...]:
        """Ids of the facts that this one names."""
        named: list[str | None] = [getattr(self, name) for name in REFERENCES]
        named += [other for name in REFERENCES for other in getattr(self, f"{name}_alt")]
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
    documents = by_document_key(_decode(content, path, GoldRecord))
    if not documents:
        raise ConfigurationError(f"{path}: holds no facts", remedy="Give a gold file with one fact a line.")
    for facts in documents.values():
        _check_ids(path, facts)
    return GoldFile(path.name, hashlib.sha256(content).hexdigest(), documents)


def read_predictions(path: Path) -> dict[str, tuple[Record, ...]]:
    """Read predicted facts by document. Raises ConfigurationError for a missing file or malformed line."""
    return by_document_key(_decode(_content(path, "prediction"), path, Record))


def records_of(facts: Iterable[Fact]) -> list[Record]:
    """What scoring reads of facts."""
    return [msgspec.convert(fact, Record, from_attributes=True) for fact in facts]


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


def by_document_key(records: Iterable[R]) -> dict[str, tuple[R, ...]]:
    """The records of each document, by its key."""
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
