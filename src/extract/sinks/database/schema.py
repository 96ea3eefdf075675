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
from newsfacts.sinks.database.rows import column_name

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
FACT_FIELDS = tuple(
    f for f in COLUMNS if "quantity" in f.families and f.name not in ("id", "doc_id", "published")
)
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
_SEARCHED = frozenset({"type", "unit", "name", "country", "admin1"})
_TABLES = {"date": "dates.id", "place": "places.id", "quantity": "facts.id"}


def _columns(fields: Iterable[Field]) -> Iterator[sa.Column[Any]]:
    for field in fields:
        refers = [_refers(_TABLES[field.refers])] if field.refers else []
        # `facts` also holds the facts that are no quantities.
        nullable = field.nullable or field.families == ("quantity",)
        kind = Key if field.name in _SEARCHED else _TYPES[field.kind]
        yield sa.Column(column_name(field), kind, *refers, nullable=nullable)


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
for _name, _column in (("time", "time_id"), ("place", "place_id"), ("same_as", "same_as")):
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
