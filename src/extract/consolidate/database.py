"""Consolidates all that was loaded into a database, whatever runs it came from."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, Any

import msgspec
import sqlalchemy as sa

from newsfacts.consolidate.claims import Consolidator
from newsfacts.consolidate.duplicates import find_copies
from newsfacts.consolidate.run import singular_of_words
from newsfacts.consolidate.settings import Settings
from newsfacts.errors import ConfigurationError
from newsfacts.model import Change, DateFact, Fact, PlaceFact, QuantityFact
from newsfacts.model.claim import Claim
from newsfacts.rules import RuleSet
from newsfacts.sinks.database import claiming
from newsfacts.sinks.database.explaining import explained
from newsfacts.sinks.database.loading import backend_of
from newsfacts.sinks.database.migrate import bring_up_to_date
from newsfacts.sinks.database.rows import Row
from newsfacts.sinks.database.target import Target, parse_target
from newsfacts.sinks.load import PATIENCE

#: Goes up where the same facts would give other claims, so that all are made anew.
_METHOD = 1


@dataclass(frozen=True, slots=True)
class StoredClaims:
    """What the database holds now. `target` holds no password.

    `claims` counts them by verdict, `copies` the documents that copy another. `changed` counts the blocks of
    facts that were consolidated, of `blocks` in all: the others were as they had been.
    """

    target: str
    documents: int
    claims: dict[str, int]
    copies: int
    blocks: int
    changed: int


def consolidate_database(target: str | Path, rules: RuleSet, *, patience: float = PATIENCE) -> StoredClaims:
    """Fill `claims` and `claim_sources` from all facts that were loaded, and `copy_of` of all documents.

    Copies are found by the sentences of their facts, as the database has no whole texts; those without
    sentences (of newsfacts 0.1) only where their texts are equal. What the facts of before gave stays as it
    is, so doing it again changes nothing. Memory grows with the documents that share a sentence, the number
    of blocks, and the facts of the largest block.

    Raises ConfigurationError where the database cannot be used or holds no facts.
    """
    database = parse_target(target)
    _require_file(database)
    backend = backend_of(database, patience)
    settings = Settings.from_rules(rules)
    with (
        explained(database, backend.errors),
        backend.transaction() as connection,
        tempfile.TemporaryFile() as spool,
    ):
        claiming.require_facts(connection, database.shown)
        bring_up_to_date(connection, database.shown)
        claiming.write_copies(connection, backend, _copies(connection, settings))
        before = claiming.digests(connection)
        work = _Work(settings, before)
        # Kept beside: while quantities are read, nothing else may be asked of the database.
        for told in work.rows(claiming.quantities(connection)):
            spool.write(msgspec.json.encode(told) + b"\n")
        if work.changed or work.gone:
            claiming.write_claims(
                connection, backend, {kind: _spooled(spool, kind) for kind in claiming.STAGED}
            )
        found = claiming.counts(connection)
    verdicts = {v: found.verdicts.get(v, 0) for v in ("single", "agreeing", "refining", "conflicting")}
    return StoredClaims(database.shown, found.documents, verdicts, found.copies, work.blocks, work.changed)


def _require_file(database: Target) -> None:
    if database.kind != "postgresql" and not database.path.is_file():
        raise ConfigurationError(
            f"there is no database {database.shown!r}",
            remedy="Load some facts first: newsfacts load DIR --to DATABASE.",
        )


def _copies(connection: sa.Connection, settings: Settings) -> dict[str, str]:
    """Document -> the oldest one that it copies."""
    copies = find_copies(claiming.shared_texts(connection), settings.near_duplicate)
    first: dict[str, str] = {}
    for doc_id, text in claiming.equal_texts(connection):
        original = first.setdefault(text, copies.get(doc_id, doc_id))
        if original != doc_id:
            copies.setdefault(doc_id, original)
    return copies


class _Work:
    """Consolidates block after block, and counts."""

    def __init__(self, settings: Settings, before: dict[str, str]) -> None:
        self._consolidator = Consolidator(settings, singular_of_words())
        self._method = hashlib.sha256(
            f"{_METHOD} {sorted(msgspec.to_builtins(settings).items(), key=str)}".encode()
        )
        self._before = before
        self.gone = set(before)
        self.blocks = self.changed = 0

    def rows(self, told: Iterable[claiming.Quantity]) -> Iterator[tuple[claiming.Kind, Row]]:
        """The rows of claims, sources and blocks that have changed."""
        for key, rows in groupby(told, _block):
            yield from self._block(_hash(msgspec.json.encode(key)), [_plain(row) for row in rows])
        for block in sorted(self.gone):
            yield "blocks", (block, None)

    def _block(self, block: str, rows: list[dict[str, Any]]) -> Iterator[tuple[claiming.Kind, Row]]:
        self.blocks += 1
        self.gone.discard(block)
        found = self._method.copy()
        found.update(msgspec.json.encode(rows))
        digest = found.hexdigest()[:32]
        if self._before.get(block) == digest:
            return
        self.changed += 1
        yield "blocks", (block, digest)
        copies = {row["doc_id"]: row["copy_of"] for row in rows if row["copy_of"] is not None}
        for claim in self._consolidator.claims([f for row in rows for f in _facts(row)], copies):
            yield "claims", _claim_row(claim, block)
            for source in claim.sources:
                yield "sources", (source.fact_id, claim.id, source.standing, source.copy_of)


def _block(row: claiming.Quantity) -> tuple[Any, ...]:
    """What all quantities of a block share; see `claiming`."""
    number = (row.value,) if row.value is not None else (row.low, row.high)
    return row.type, row.unit, row.entity, None if row.entity is not None else number


def _plain(row: claiming.Quantity) -> dict[str, Any]:
    """A row with days as text, as SQLite has them."""
    told = row._asdict()
    days = {name: str(told[name]) for name in ("date_start", "date_end") if told[name] is not None}
    return told | days


_NOWHERE: dict[str, Any] = {
    **dict.fromkeys(("start", "end", "sentence_start", "sentence_end"), 0),
    **dict.fromkeys(("section", "text", "rule"), ""),
    "confidence": 1.0,
}
_SAID = ("type", "value", "low", "high", "modifier", "unit", "per", "item", "subject", "predicate", "status")


def _facts(row: dict[str, Any]) -> Iterator[Fact]:
    """The quantity of a row, with its date and place; of each what claims are made of."""
    fact, doc = row["id"], row["doc_id"]
    date, place = (f"{fact} {part}" if row[key] is not None else None for part, key in _PARTS)
    change = (row["change_direction"], row["change_role"], row["change_basis"])
    yield QuantityFact(
        **(_NOWHERE | {name: row[name] for name in _SAID}),
        id=fact,
        doc_id=doc,
        time=date,
        place=place,
        change=Change(*change) if row["change_direction"] else None,
    )
    if date:
        days = {name: row[name] for name in ("edtf", "date_start", "date_end")}
        yield DateFact(**_NOWHERE, **days, id=date, doc_id=doc)
    if place:
        names = {name: row[name] for name in ("name", "kind", "country", "admin1", "geonames_id", "cn_code")}
        yield PlaceFact(**_NOWHERE, **names, id=place, doc_id=doc)


_PARTS = (("date", "date_id"), ("place", "name"))


def _claim_row(claim: Claim, block: str) -> Row:
    change = claim.change
    return (
        *(claim.id, block, claim.verdict, claim.documents, claim.type, claim.value, claim.low, claim.high),
        *(claim.modifier, claim.unit, claim.per, claim.item, claim.subject, claim.predicate),
        *((change.direction, change.role, change.basis) if change else (None, None, None)),
        *(claim.status, claim.time, claim.date_start, claim.date_end, claim.place),
    )


def _spooled(spool: IO[bytes], kind: claiming.Kind) -> Iterator[Row]:
    spool.seek(0)
    for line in spool:
        told, row = msgspec.json.decode(line)
        if told == kind:
            yield tuple(row)


def _hash(told: bytes) -> str:
    return hashlib.sha256(told).hexdigest()[:32]
