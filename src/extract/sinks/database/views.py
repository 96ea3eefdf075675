"""The views. They hold no data, so they are made anew after every migration rather than migrated.

A changed view takes a new migration, which may be empty: only then do older databases get it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from newsfacts.sinks.database.rows import column_name
from newsfacts.sinks.database.schema import FACT_FIELDS, dates, documents, facts, places, runs

NAMES = ("quantities", "latest_run")
#: What stands before all that a quantity says.
_AHEAD = ("type", "text")


def create(connection: sa.Connection) -> None:
    """Create the views; they must not be there."""
    for name, query in (("quantities", _quantities()), ("latest_run", _latest_run())):
        compiled = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {compiled}".replace("%%", "%"))


def drop(connection: sa.Connection) -> None:
    """Drop the views that are there."""
    for name in NAMES:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def _quantities() -> sa.Select[tuple[object, ...]]:
    """Quantities with the document that tells them and the time and place that they hold for."""
    f, d, t, p = facts.alias("f"), documents.alias("d"), dates.alias("t"), places.alias("p")
    joined = f.join(d, d.c.id == f.c.doc_id).outerjoin(t, t.c.id == f.c.time_id)
    shown: dict[str, tuple[sa.ColumnElement[Any], ...]] = {
        "time": (
            *(t.c.edtf.label("time"), t.c.date_start, t.c.date_end, t.c.relation.label("time_relation")),
            _year(t.c.date_start, t.c.date_end).label("year"),
        ),
        "place": (
            *(p.c.name.label("place"), p.c.kind.label("place_kind"), p.c.country, p.c.admin1, p.c.admin2),
            *(p.c.geonames_id, p.c.cn_code, p.c.lat, p.c.lon),
        ),
    }
    said = [field for field in FACT_FIELDS if field.says]
    columns = (shown.get(field.name, (f.c[column_name(field)],)) for field in said)
    behind = (f.c[column_name(field)] for field in FACT_FIELDS if not field.says and field.name not in _AHEAD)
    return (
        sa.select(
            *(f.c.id, f.c.doc_id, d.c.title, d.c.published, *(f.c[name] for name in _AHEAD)),
            *(column for group in columns for column in group),
            *(*behind, f.c.time_id, f.c.place_id, d.c.url, d.c.run_id),
        )
        .select_from(joined.outerjoin(p, p.c.id == f.c.place_id))
        .where(f.c.type.not_in(("date", "place")))
    )


def _year(start: sa.Column[str], end: sa.Column[str]) -> sa.ColumnElement[int | None]:
    """The calendar year in which the time lies as a whole; a span of several years has none."""
    first, last = (sa.cast(sa.extract("year", day), sa.Integer) for day in (start, end))
    return sa.case((first == last, first))


def _latest_run() -> sa.Select[tuple[object, ...]]:
    """The run that was loaded last. (Clocks of several machines would not tell.)"""
    return sa.select(*runs.c).order_by(runs.c.sequence.desc()).limit(1)
