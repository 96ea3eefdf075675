"""newsfacts: checkable quantity facts from news articles.

import newsfacts

nlp = newsfacts.load()
for fact in newsfacts.facts("Exports rose 5 percent to 2 billion dollars in 2023.", nlp=nlp):
    print(fact.type, fact.text, fact.value, fact.unit)
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from newsfacts.model import Fact
    from newsfacts.pipeline import Pipeline

__all__ = ["facts", "load", "to_dataframe"]


def load(model: str | None = None, rules: str | Path | None = None) -> Pipeline:
    """Load the pipeline: a spaCy model (None: the default) and rules (None: the shipped ones)."""
    from newsfacts.pipeline import Pipeline

    return Pipeline.load(model, Path(rules) if rules else None)


@cache
def _default() -> Pipeline:
    return load()


def facts(
    text: str,
    published: str | dt.date | None = None,
    *,
    doc_id: str = "text",
    title: str | None = None,
    nlp: Pipeline | None = None,
) -> list[Fact]:
    """The facts of one text, in text order.

    `published` is the day of publication (ISO text or date); without it, "this year" stays unresolved unless
    the text itself tells. `nlp` is what `load()` gave; the default pipeline is loaded once and kept.
    """
    day = dt.date.fromisoformat(published) if isinstance(published, str) else published
    return (nlp or _default()).facts(text, doc_id=doc_id, title=title, published=day)


def to_dataframe(found: Iterable[Fact]) -> pd.DataFrame:
    """Facts as a pandas table: one row a fact, stable columns and types."""
    from newsfacts.sinks.dataframe import to_dataframe as convert

    return convert(found)


if __name__ == "extract":  # a checkout has the folder's own name on the path, too
    from newsfacts._alias import stand_in

    stand_in(__name__)
