"""The views. They hold no data, so they are made anew after every migration rather than migrated.

A changed view takes a new migration, which may be empty: only then do older databases get it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from newsfacts.sinks.database.rows import column_name
from newsfacts.sinks.database.schema import (
    FACT_FIELDS,
    claim_sources,
    claims,
    dates,
    documents,
    facts,
    places,
    runs,
    sentences,
)
from newsfacts.table import NAMES

#: In the order in which they are made; they are dropped from the last to the first.
VIEWS = ("quantities", "claim_quantities", "latest_run")
Column = sa.ColumnElement[Any]


def create(connection: sa.Connection) -> None:
    """Create the views; they must not be there."""
    for name, query in zip(VIEWS, (_quantities(), _claim_quantities(), _latest_run()), strict=True):
        compiled = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        connection.execute(sa.text(f"CREATE VIEW {name} AS {compiled}".replace("%%", "%")))


def drop(connection: sa.Connection) -> None:
    """Drop the views that are there."""
    for name in reversed(VIEWS):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


_F, _D, _T, _P = (
    table.alias(name) for name, table in zip("fdtp", (facts, documents, dates, places), strict=True)
)
_WHEN, _WHERE, _R, _S = facts.alias("tf"), facts.alias("pf"), runs.alias("r"), sentences.alias("s")
#: Columns of the flat table that are not the columns of `facts` of their names.


def _check_url() -> Column:
    """The address of the document with the figure as its text fragment; see newsfacts.table.links."""
    fragment = _F.c.text_fragment  # begins with #
    plain = sa.func.substr(fragment, 2)
    whole = _D.c.url + sa.case((_D.c.url.like("%#%"), plain), else_=fragment)
    return sa.case((_D.c.url.like("%://%"), whole))


_ELSEWHERE: Mapping[str, Column] = {
    "start": _F.c.start_char,
    "end": _F.c.end_char,
    "run": _R.c.id,
    "version": _R.c.newsfacts,
    "sentence": _S.c.text,
    "check_url": _check_url(),
    "date_text": _WHEN.c.text,
    "date_edtf": _T.c.edtf,
    "date_start": _T.c.date_start,
    "date_end": _T.c.date_end,
    "place_name": _P.c.name,
    "place_kind": _P.c.kind,
    **{name: _P.c[name] for name in ("admin1", "country", "lat", "lon", "geonames_id")},
    **{name: _D.c[name] for name in ("title", "published", "url", "path")},
}


def flat_columns() -> Iterator[sa.Label[Any]]:
    """The columns of the flat table, in its order."""
    for name in NAMES:
        yield (_ELSEWHERE[name] if name in _ELSEWHERE else _F.c[name]).label(name)


def _more() -> Iterator[sa.Label[Any]]:
    """What else the view has: further columns of facts, places and documents, and names of before."""
    more: dict[str, Column] = {column_name(field): _F.c[column_name(field)] for field in FACT_FIELDS}
    more |= {"admin2": _P.c.admin2, "cn_code": _P.c.cn_code, "time_relation": _T.c.relation}
    more |= {"run_id": _D.c.run_id, "copy_of": _D.c.copy_of}
    more |= {"time": _T.c.edtf, "place": _P.c.name, "year": _year(_T.c.date_start, _T.c.date_end)}
    more |= {"latitude": _P.c.lat, "longitude": _P.c.lon}  # by these datasette knows what belongs on a map
    return (column.label(name) for name, column in more.items() if name not in NAMES)


def _quantities() -> sa.Select[Any]:
    """Quantities with the sentence and document that tell them, and the time and place they hold for."""
    in_sentence = (_S.c.doc_id == _F.c.doc_id, _S.c.start_char == _F.c.sentence_start)
    joined = (
        _F.join(_D, _D.c.id == _F.c.doc_id)
        .outerjoin(_R, _R.c.id == _D.c.run_id)
        .outerjoin(_S, sa.and_(*in_sentence, _S.c.end_char == _F.c.sentence_end))
        .outerjoin(_T, _T.c.id == _F.c.time_id)
        .outerjoin(_WHEN, _WHEN.c.id == _F.c.time_id)
        .outerjoin(_P, _P.c.id == _F.c.place_id)
        .outerjoin(_WHERE, _WHERE.c.id == _F.c.place_id)
    )
    columns = (*flat_columns(), *_more())
    return sa.select(*columns).select_from(joined).where(_F.c.type.not_in(("date", "place")))


def _claim_quantities() -> sa.Select[Any]:
    """The quantities that make a claim, with the claim's verdict and what each says of its main value."""
    shown = sa.table("quantities", *(sa.column(c.name) for c in (*flat_columns(), *_more()))).alias("q")
    s, c = claim_sources.alias("s"), claims.alias("c")
    joined = s.join(c, c.c.id == s.c.claim_id).join(shown, shown.c.id == s.c.id)
    told = (s.c.claim_id, c.c.verdict, c.c.documents, s.c.standing)
    return sa.select(*told, *shown.c).select_from(joined)


def _year(start: sa.ColumnElement[str], end: sa.ColumnElement[str]) -> sa.ColumnElement[int | None]:
    """The calendar year in which the time lies as a whole; a span of several years has none."""
    first, last = (sa.cast(sa.extract("year", day), sa.Integer) for day in (start, end))
    return sa.case((first == last, first))


def _latest_run() -> sa.Select[tuple[object, ...]]:
    """The run that was loaded last. (Clocks of several machines would not tell.)"""
    return sa.select(*runs.c).order_by(runs.c.sequence.desc()).limit(1)
