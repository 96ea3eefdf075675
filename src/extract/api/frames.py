"""Quantities, places and claims as pandas tables; facts as points on a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, get_args

from newsfacts.api.finding import Found, found_in, pipeline_of
from newsfacts.api.given import Days, Given, Texts
from newsfacts.consolidate import consolidated
from newsfacts.errors import ConfigurationError
from newsfacts.model import Fact, PlaceFact
from newsfacts.model.claim import Claim, Verdict
from newsfacts.model.fields import fields_of
from newsfacts.sinks.dataframe import series, to_dataframe
from newsfacts.table import COLUMNS
from newsfacts.table import quantities as rows

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame
    from spacy.language import Language

    from newsfacts.pipeline import Pipeline

_TYPES: Mapping[str, str] = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}
_CLAIM_TYPES: Mapping[str, str] = {
    "value": "Float64",
    "low": "Float64",
    "high": "Float64",
    "date_start": "datetime64[s]",
    "date_end": "datetime64[s]",
    "documents": "Int64",
    "sources": "object",
}


def quantities(
    texts: Texts,
    published: Days = None,
    *,
    doc_id: str | Sequence[Any] | None = None,
    title: str | Sequence[Any] | None = None,
    text: str | None = None,
    any_language: bool = False,
    nlp: Pipeline | Language | None = None,
) -> pd.DataFrame:
    """A pandas table of the quantities of texts: one row a quantity, with its sentence, date and place.

    Takes what `newsfacts.facts` takes: a text, a list, a Series, a table with a column of texts, the path of
    a file or folder. Columns and their types are always the same: texts are `string`, few values `category`,
    numbers `Float64` and `Int64` (missing: NA), days `datetime64[s]` (missing, or before the year 1: NaT).

    >>> table = newsfacts.quantities(["Exports rose 5 percent.", None, "Shanxi will spend 500 million yuan."])
    >>> table[["type", "value", "unit", "status"]].values.tolist()
    [['percent', 5.0, '%', 'actual'], ['money', 500000000.0, 'CNY', 'planned']]
    """
    given = Given(published, doc_id, title, text, any_language)
    return quantity_frame(found_in(texts, given, nlp))


def quantity_frame(found: Found) -> pd.DataFrame:
    """The table of the quantities that were found."""
    texts = {document.id: document.text for document in found.documents}
    return typed(rows(found.all(), found.documents, texts, version=version("newsfacts")))


def typed(records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows of the table `quantities` with its columns and types, whatever rows there are (also none)."""
    import pandas as pd

    told = list(records)
    return pd.DataFrame(
        {c.name: series([r.get(c.name) for r in told], _TYPES[c.type], c.values) for c in COLUMNS}
    )


def places(
    texts: Texts,
    published: Days = None,
    *,
    doc_id: str | Sequence[Any] | None = None,
    title: str | Sequence[Any] | None = None,
    text: str | None = None,
    any_language: bool = False,
    nlp: Pipeline | Language | None = None,
) -> pd.DataFrame:
    """A pandas table of the places that texts name: one row a mention, with country, latitude and longitude.

    Takes what `newsfacts.facts` takes.

    >>> table = newsfacts.places("The plant in Taiyuan makes 300 buses.")
    >>> table[["name", "admin1", "country"]].values.tolist()
    [['Taiyuan', 'Shanxi', 'CN']]
    """
    given = Given(published, doc_id, title, text, any_language)
    return place_frame(found_in(texts, given, nlp).all())


def place_frame(facts: Iterable[Fact]) -> pd.DataFrame:
    """The table of the places among facts."""
    names = [field.name for field in fields_of("place")]
    return to_dataframe(fact for fact in facts if isinstance(fact, PlaceFact))[names]


def claims(
    texts: Texts,
    published: Days = None,
    *,
    doc_id: str | Sequence[Any] | None = None,
    title: str | Sequence[Any] | None = None,
    text: str | None = None,
    any_language: bool = False,
    nlp: Pipeline | Language | None = None,
) -> pd.DataFrame:
    """A pandas table of what texts say of the same quantity: one row a claim, with verdict and sources.

    `verdict` is single, agreeing, refining or conflicting; `documents` counts the texts, copies once;
    `sources` holds the `ClaimSource` of each fact. Takes what `newsfacts.facts` takes.

    >>> one = "The quake in Taiyuan killed 12 people in May 2023."
    >>> table = newsfacts.claims([one, "The quake in Taiyuan killed 14 people in May 2023."])
    >>> table[["verdict", "item", "documents"]].values.tolist()
    [['conflicting', 'people', 2]]
    """
    given = Given(published, doc_id, title, text, any_language)
    pipeline = pipeline_of(nlp)
    found = found_in(texts, given, pipeline)
    pairs = ((document.id, document.text) for document in found.documents)
    return claim_frame(consolidated(list(found.all()), pipeline.rules, pairs).claims)


def claim_frame(found: Sequence[Claim]) -> pd.DataFrame:
    """The table of claims."""
    import pandas as pd

    few = {field.name: field.values for field in COLUMNS} | {"verdict": get_args(Verdict)}
    table = {}
    for name in (name for name in Claim.__slots__ if name != "change"):
        values = [getattr(claim, name) for claim in found]
        table[name] = series(values, _CLAIM_TYPES.get(name, "string"), few.get(name, ()))
    return pd.DataFrame(table)


def to_geodataframe(found: Iterable[Fact] | pd.DataFrame) -> GeoDataFrame:
    """A geopandas table: the rows that have a place with coordinates, as points (EPSG:4326).

    `found` is facts, or a table of `quantities()`, `places()` or `to_dataframe()`. Needs the extra
    `newsfacts[geo]`; raises ConfigurationError where it is not installed.

    >>> shown = newsfacts.to_geodataframe(newsfacts.places("The plant in Taiyuan makes 300 buses."))
    >>> str(shown.crs), len(shown)
    ('EPSG:4326', 1)
    """
    try:
        import geopandas
    except ImportError as error:
        raise ConfigurationError(
            "geopandas is not installed", remedy="Install it: pip install 'newsfacts[geo]'."
        ) from error
    table: Any = found if hasattr(found, "columns") else to_dataframe(found)
    there = table[table["lat"].notna() & table["lon"].notna()]
    points = geopandas.points_from_xy(there["lon"].astype(float), there["lat"].astype(float))
    return geopandas.GeoDataFrame(there, geometry=points, crs="EPSG:4326")
