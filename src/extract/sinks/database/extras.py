"""Columns of the flat table that no query can compute: they are made when a run is loaded, and stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

from newsfacts.model.fields import Kind
from newsfacts.table import computed

#: Column of `facts` -> what values it has. All may be null.
EXTRAS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "item_key": "text",
        "said": "text",
        "unit_name": "text",
        "value_si": "number",
        "unit_si": "text",
        "as_of_start": "day",
        "as_of_end": "day",
        "as_of_from": "text",
        "text_fragment": "text",
    }
)
_values = itemgetter(*EXTRAS)


def extras_of(facts: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The values of EXTRAS for every quantity among the facts, in their order.

    Facts of all families must be there, those of a document as neighbours.
    """
    return map(_values, computed(facts))
