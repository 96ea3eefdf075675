"""The views. They hold no data, so they are made anew after every migration rather than migrated.

A changed view takes a new migration, which may be empty: only then do older databases get it.
"""

from __future__ import annotations

import sqlalchemy as sa

from extract.sinks.database.schema import dates, documents, facts, places, runs

NAMES = ("quantities", "latest_run")


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
    return (
        sa.select(
            *(f.c.id, f.c.doc_id, d.c.title, d.c.published, f.c.type, f.c.text, f.c.value, f.c.low, f.c.high),
            *(f.c.modifier, f.c.unit, f.c.per, f.c.item, f.c.subject, f.c.subject_resolved, f.c.predicate),
            *(f.c.change_direction, f.c.change_role, f.c.change_basis, f.c.status, f.c.source),
            *(t.c.edtf.label("time"), t.c.date_start, t.c.date_end, t.c.relation.label("time_relation")),
            _year(t.c.date_start, t.c.date_end).label("year"),
            *(p.c.name.label("place"), p.c.kind.label("place_kind"), p.c.country, p.c.admin1, p.c.admin2),
            *(p.c.geonames_id, p.c.cn_code, p.c.lat, p.c.lon, f.c.place_inherited, f.c.same_as),
            *(f.c.confidence, f.c.rule, f.c.start_char, f.c.end_char, f.c.sentence_start, f.c.sentence_end),
            *(d.c.url, d.c.run_id),
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
