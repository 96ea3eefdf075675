"""The tables, defined once for SQLite, PostgreSQL and DuckDB. docs/SQL.md explains them to users.

Offsets count Unicode code points, end exclusive. DuckDB gets the columns and primary keys only: its foreign
keys and secondary indexes forbid updates that an upsert needs, and a column store has no use for the latter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from newsfacts.model.fields import COLUMNS, Field, Kind
from newsfacts.sinks.database.extras import EXTRAS
from newsfacts.sinks.database.rows import SENTENCE, column_name

# SQLite's STRICT tables know INTEGER, REAL and TEXT; ISO 8601 text sorts and compares as the day does.
Day = sa.Date().with_variant(sa.Text(), "sqlite")
Moment = sa.DateTime().with_variant(sa.Text(), "sqlite")
Flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")
Real: sa.types.TypeEngine[float] = sa.Double[float]().with_variant(sa.REAL(), "sqlite")
Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(sa.Text(), "sqlite").with_variant(postgresql.JSONB(), "postgresql")

# What is searched for is compared byte by byte, as the other two do: PostgreSQL sorts it much faster so.
Key = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")

metadata = sa.MetaData(
    naming_convention={
        "pk": "%(table_name)s_key",
        "fk": "%(table_name)s_%(column_0_name)s_refers",
        "uq": "%(table_name)s_%(column_0_name)s_once",
    }
)


def _refers(column: str, *, cascade: bool = False) -> sa.ForeignKey:
    # Deferred: a fact may come before the date, place or amount that it names.
    return sa.ForeignKey(
        column, ondelete="CASCADE" if cascade else None, deferrable=True, initially="DEFERRED"
    )


#: What is said of every fact or of quantities (from `value` on); the document has `published`.
_ELSEWHERE = ("id", "doc_id", "published", SENTENCE)
FACT_FIELDS = tuple(f for f in COLUMNS if "quantity" in f.families and f.name not in _ELSEWHERE)
DATE_FIELDS, PLACE_FIELDS = (
    tuple(f for f in COLUMNS if f.families == (family,)) for family in ("date", "place")
)

_TYPES: Mapping[Kind, Any] = {
    "text": sa.Text,
    "reference": Key,
    "offset": sa.Integer,
    "whole": Whole,
    "number": Real,
    "flag": Flag,
    "day": Day,
}
#: Texts that stand in an index.
_SEARCHED = frozenset({"type", "unit", "name", "country", "admin1", "item_key"})
_TABLES = {"date": "dates.id", "place": "places.id", "quantity": "facts.id"}


def _columns(fields: Iterable[Field]) -> Iterator[sa.Column[Any]]:
    for field in fields:
        refers = [_refers(_TABLES[field.refers])] if field.refers else []
        # `facts` also holds the facts that are no quantities.
        nullable = field.nullable or field.families == ("quantity",)
        yield sa.Column(column_name(field), _kind(field.name, field.kind), *refers, nullable=nullable)


def _kind(name: str, kind: Kind) -> Any:
    return Key if name in _SEARCHED else _TYPES[kind]


runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", Key, primary_key=True),
    # Counts the runs in the order in which they were loaded; `merge` says when one moves to the end.
    sa.Column("sequence", sa.Integer, nullable=False, unique=True),
    sa.Column("newsfacts", sa.Text),
    sa.Column("model", sa.Text),
    sa.Column("rules", sa.Text),
    sa.Column("started", Moment),
    sa.Column("finished", Moment),
    sa.Column("source", Key),
    sa.Column("documents", sa.Integer, nullable=False),
    sa.Column("facts", sa.Integer, nullable=False),
    sa.Column("errors", sa.Integer, nullable=False),
    sqlite_strict=True,
)

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("path", Key),
    sa.Column("title", sa.Text),
    sa.Column("published", Day),
    sa.Column("published_source", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("characters", sa.Integer),
    sa.Column("words", sa.Integer),
    sa.Column("sections", Json),
    sa.Column("warnings", Json),
    sa.Column("sha256", sa.Text),
    sa.Column("run_id", Key, _refers("runs.id")),
    sa.Column("source", Key),
    sa.Column("incomplete", Json),
    sa.Column("converted", Flag),
    # Set by `newsfacts consolidate`, not by a load: the document of which this one is a near-duplicate.
    sa.Column("copy_of", Key),
    sa.Index("documents_by_run", "run_id"),
    sa.Index("documents_by_path", "path"),
    sqlite_strict=True,
)

facts = sa.Table(
    "facts",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("doc_id", Key, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    *_columns(FACT_FIELDS),
    *(sa.Column(name, _kind(name, kind)) for name, kind in EXTRAS.items()),
    sa.Index("facts_by_document", "doc_id"),
    sqlite_strict=True,
)
_quantity = facts.c.type.not_in(("date", "place"))
sa.Index(
    "facts_by_type_and_unit",
    *(facts.c.type, facts.c.unit, facts.c.value),
    sqlite_where=_quantity,
    postgresql_where=_quantity,
)
for _name, _column in (
    *(("time", "time_id"), ("place", "place_id"), ("same_as", "same_as")),
    ("item_key", "item_key"),
):
    _there = facts.c[_column].is_not(None)
    sa.Index(f"facts_by_{_name}", facts.c[_column], sqlite_where=_there, postgresql_where=_there)

#: What a fact of type `date` says beyond its span.
dates = sa.Table(
    "dates",
    metadata,
    sa.Column("id", Key, _refers("facts.id", cascade=True), primary_key=True),
    *_columns(DATE_FIELDS),
    sa.Index("dates_by_day", "date_start", "date_end"),
    sqlite_strict=True,
)

#: What a fact of type `place` says beyond its span.
places = sa.Table(
    "places",
    metadata,
    sa.Column("id", Key, _refers("facts.id", cascade=True), primary_key=True),
    *_columns(PLACE_FIELDS),
    sa.Index("places_by_name", "country", "admin1", "name"),
    sa.Index("places_by_geonames_id", "geonames_id"),
    sqlite_strict=True,
)

#: The words of every sentence that tells a fact, for reading and searching. SQLite's search needs whole
#: numbers as keys; they are given in the order of loading and mean nothing.
sentences = sa.Table(
    "sentences",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("doc_id", Key, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    sa.Column("start_char", sa.Integer, nullable=False),
    sa.Column("end_char", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Index("sentences_by_span", "doc_id", "start_char", "end_char", unique=True),
    sqlite_strict=True,
)
# Full-text search in PostgreSQL; in SQLite it is a virtual table, which the migrations make.
sa.Index(
    "sentences_by_words",
    sa.func.to_tsvector(sa.literal_column("'english'"), sentences.c.text),
    postgresql_using="gin",
)

errors = sa.Table(
    "errors",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("run_id", Key, _refers("runs.id"), nullable=False),
    sa.Column("doc_id", Key),
    sa.Column("path", Key, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("remedy", sa.Text, nullable=False),
    sa.Index("errors_by_path", "path"),
    sa.Index("errors_by_document", "doc_id"),
    sa.Index("errors_by_run", "run_id"),
    sqlite_strict=True,
)

#: What several documents say of one quantity; written by `newsfacts consolidate`. `block` is the part of all
#: facts within which it was found.
claims = sa.Table(
    "claims",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("block", Key, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("documents", sa.Integer, nullable=False),
    sa.Column("type", Key, nullable=False),
    sa.Column("value", Real),
    sa.Column("low", Real),
    sa.Column("high", Real),
    sa.Column("modifier", sa.Text),
    sa.Column("unit", Key),
    *(sa.Column(name, sa.Text) for name in ("per", "item", "subject", "predicate")),
    *(sa.Column(f"change_{part}", sa.Text) for part in ("direction", "role", "basis")),
    sa.Column("status", sa.Text),
    sa.Column("time", sa.Text),
    sa.Column("date_start", Day),
    sa.Column("date_end", Day),
    sa.Column("place", sa.Text),
    sa.Index("claims_by_block", "block"),
    sqlite_strict=True,
)

#: Which facts make a claim; `id` is that of the fact, which makes one claim only. A fact that was loaded or
#: removed since the last consolidation is not here, or not in `facts`.
claim_sources = sa.Table(
    "claim_sources",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("claim_id", Key, nullable=False),
    sa.Column("standing", sa.Text, nullable=False),
    sa.Column("copy_of", Key),
    sa.Index("claim_sources_by_claim", "claim_id"),
    sqlite_strict=True,
)

#: Blocks of facts within which claims are found, with a hash of all that their claims depend on.
claim_blocks = sa.Table(
    "claim_blocks",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
    sqlite_strict=True,
)
