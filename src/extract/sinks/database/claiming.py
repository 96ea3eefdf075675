"""What consolidation reads and writes: quantities block by block, copies of documents, claims.

A block holds all quantities that can be of one claim: of one type, unit and place, or, where no place is
known, of one type, unit and number. So blocks are consolidated one by one, and again only where they changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import sqlalchemy as sa

from newsfacts.errors import ConfigurationError
from newsfacts.sinks.database.backends import Backend
from newsfacts.sinks.database.rows import Row
from newsfacts.sinks.database.schema import (
    Key,
    claim_blocks,
    claim_sources,
    claims,
    dates,
    documents,
    facts,
    places,
    sentences,
)
from newsfacts.sinks.database.writing import of_staged, write

#: Rows that are fetched at a time.
_FETCHED: Final = 5_000


def _copied(table: sa.Table, *more: sa.Column[Any]) -> sa.Table:
    """A temporary table for rows of another."""
    columns = (sa.Column(column.name, column.type) for column in table.columns)
    return sa.Table(f"staged_{table.name}", sa.MetaData(), *columns, *more, prefixes=["TEMPORARY"])


staged_claims, staged_sources = _copied(claims), _copied(claim_sources)
#: Blocks that have changed; the digest of one that is gone is null.
staged_blocks = _copied(claim_blocks)
staged_copies = sa.Table(
    "staged_copies",
    sa.MetaData(),
    sa.Column("id", Key),
    sa.Column("copy_of", Key),
    prefixes=["TEMPORARY"],
)

#: A row of `quantities`, below.
Quantity: TypeAlias = sa.Row[Any]
Kind: TypeAlias = Literal["claims", "sources", "blocks"]
STAGED: Final[Mapping[Kind, sa.Table]] = {
    "claims": staged_claims,
    "sources": staged_sources,
    "blocks": staged_blocks,
}


@dataclass(frozen=True, slots=True)
class Counts:
    """What the tables hold: claims by verdict, copies among the documents, and all documents."""

    verdicts: dict[str, int]
    copies: int
    documents: int


def require_facts(connection: sa.Connection, shown: str) -> None:
    """Raise ConfigurationError where no run was loaded into the database."""
    if not sa.inspect(connection).has_table(facts.name):
        raise ConfigurationError(
            f"{shown} holds no facts", remedy="Load some first: newsfacts load DIR --to DATABASE."
        )


def shared_texts(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """(id, sentences) of the documents that have a sentence in common with another, the oldest first."""
    several = sa.func.count(sentences.c.doc_id.distinct()) > 1
    shared = sa.select(sentences.c.text).group_by(sentences.c.text).having(several)
    theirs = sa.select(sentences.c.doc_id).where(sentences.c.text.in_(shared))
    told = (
        sa.select(sentences.c.doc_id, sentences.c.text)
        .join(documents, documents.c.id == sentences.c.doc_id)
        .where(sentences.c.doc_id.in_(theirs))
        .order_by(*_by_age(), sentences.c.start_char, sentences.c.end_char)
    )
    doc, texts = None, list[str]()
    for doc_id, text in map(tuple, _streamed(connection, told)):
        if doc_id != doc and doc is not None:
            yield doc, " ".join(texts)
            texts = []
        doc = doc_id
        texts.append(text)
    if doc is not None:
        yield doc, " ".join(texts)


def equal_texts(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """(id, hash of the text) of the documents whose text another has too, the oldest first."""
    several = sa.select(documents.c.sha256).group_by(documents.c.sha256).having(sa.func.count() > 1)
    told = sa.select(documents.c.id, documents.c.sha256).where(documents.c.sha256.in_(several))
    return (tuple(row) for row in _streamed(connection, told.order_by(*_by_age())))


def write_copies(connection: sa.Connection, backend: Backend, copies: Mapping[str, str]) -> None:
    """Set `copy_of` of all documents; untouched where it is the same."""
    with _temporary(connection, staged_copies):
        backend.fill(connection, staged_copies, iter(copies.items()))
        original = (
            sa.select(staged_copies.c.copy_of).where(staged_copies.c.id == documents.c.id).scalar_subquery()
        )
        differs = documents.c.copy_of.is_distinct_from(original)
        connection.execute(sa.update(documents).values(copy_of=original).where(differs))


def quantities(connection: sa.Connection) -> Iterator[Quantity]:
    """The quantities that say something of their own, with date and place, a block after the other.

    Within a block they stand by age of their documents, and as these tell them.
    """
    f, d, t, p = facts, documents, dates, places
    path = sa.func.coalesce(p.c.country, "") + "/" + sa.func.coalesce(p.c.admin1, "") + "/" + p.c.name
    known = sa.func.coalesce(
        sa.func.nullif(p.c.cn_code, ""), sa.cast(sa.func.nullif(p.c.geonames_id, 0), sa.Text), path
    )
    number = (sa.case((p.c.id.is_(None), n)) for n in (f.c.value, _bound(f.c.low), _bound(f.c.high)))
    said = (
        "type",
        "value",
        "low",
        "high",
        "modifier",
        "unit",
        "per",
        "item",
        "subject",
        "predicate",
        "status",
    )
    changes = ("change_direction", "change_role", "change_basis")
    told = sa.select(
        *(f.c.id, f.c.doc_id, *(f.c[name] for name in (*said, *changes))),
        *(t.c.id.label("date_id"), t.c.edtf, t.c.date_start, t.c.date_end),
        *(p.c.name, p.c.kind, p.c.country, p.c.admin1, p.c.geonames_id, p.c.cn_code, d.c.copy_of),
        known.label("entity"),
    ).select_from(
        f.join(d, d.c.id == f.c.doc_id)
        .outerjoin(t, t.c.id == f.c.time_id)
        .outerjoin(p, p.c.id == f.c.place_id)
    )
    told = told.where(f.c.type.not_in(("date", "place")), f.c.same_as.is_(None))
    blocks = (f.c.type, f.c.unit, sa.literal_column("entity"), *number)
    return _streamed(connection, told.order_by(*blocks, *_by_age(), f.c.start_char, f.c.id))


def _bound(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """A bound, which belongs to the number of a range only."""
    return sa.case((facts.c.value.is_(None), column))


def _by_age() -> tuple[sa.ColumnElement[Any], ...]:
    """By day of publication, those without one last in every database."""
    day = documents.c.published
    return sa.case((day.is_(None), 1), else_=0), day, documents.c.id


def digests(connection: sa.Connection) -> dict[str, str]:
    """The blocks of the last consolidation, with what their claims were made of."""
    return {row.id: row.digest for row in _streamed(connection, sa.select(claim_blocks))}


def write_claims(connection: sa.Connection, backend: Backend, rows: Mapping[Kind, Iterable[Row]]) -> None:
    """Replace the claims of the changed blocks, which the rows of "blocks" name."""
    with _temporary(connection, *STAGED.values()):
        for kind, table in STAGED.items():
            backend.fill(connection, table, rows[kind])
        blocks, gone = sa.select(staged_blocks.c.id), sa.select(staged_blocks.c.id)
        gone = gone.where(staged_blocks.c.digest.is_(None))
        theirs = sa.select(claims.c.id).where(claims.c.block.in_(blocks))
        kept = sa.select(staged_sources.c.id)
        connection.execute(
            sa.delete(claim_sources).where(
                claim_sources.c.claim_id.in_(theirs), claim_sources.c.id.not_in(kept)
            )
        )
        kept = sa.select(staged_claims.c.id)
        connection.execute(sa.delete(claims).where(claims.c.block.in_(blocks), claims.c.id.not_in(kept)))
        connection.execute(sa.delete(claim_blocks).where(claim_blocks.c.id.in_(gone)))
        there = staged_blocks.c.digest.is_not(None)
        written = (of_staged(claims, staged_claims), of_staged(claim_sources, staged_sources))
        write(connection, (*written, of_staged(claim_blocks, staged_blocks, there)))


def counts(connection: sa.Connection) -> Counts:
    """What is in the tables."""
    by_verdict = sa.select(claims.c.verdict, sa.func.count()).group_by(claims.c.verdict)
    verdicts = {row[0]: row[1] for row in connection.execute(by_verdict)}
    both = sa.select(sa.func.count(documents.c.copy_of), sa.func.count())
    copies, told = connection.execute(both.select_from(documents)).one()
    return Counts(verdicts, copies, told)


@contextmanager
def _temporary(connection: sa.Connection, *tables: sa.Table) -> Iterator[None]:
    """Temporary tables, which are gone at the end: behind a connection pooler a session lives on."""
    for table in tables:
        connection.execute(sa.schema.CreateTable(table))
    yield
    for table in tables:  # after an error the transaction takes them along
        connection.execute(sa.schema.DropTable(table))


def _streamed(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
    """The rows, a few of them in memory. Nothing else may be asked before the last is taken."""
    with connection.execute(query, execution_options={"yield_per": _FETCHED}) as rows:
        yield from rows
