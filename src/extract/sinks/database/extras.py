"""Columns of quantities that no query can compute: they are made when a run is loaded, and stored."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from newsfacts.model.fields import Kind

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
        "check_url": "text",
    }
)
