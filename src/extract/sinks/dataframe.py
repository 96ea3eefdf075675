"""Facts as a pandas table with stable columns and types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from newsfacts.model import Fact, fields
from newsfacts.model.fields import Kind

if TYPE_CHECKING:
    import pandas as pd

_TYPES: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "text": "string",
        "reference": "string",
        "offset": "Int64",
        "whole": "Int64",
        "number": "Float64",
        "flag": "boolean",
        "day": "datetime64[s]",
    }
)
#: Column -> pandas type, in the table's order. A column that a fact type lacks is missing (NA, NaT) there.
COLUMNS: dict[str, str] = {
    field.name: "category" if field.values else _TYPES[field.kind] for field in fields.COLUMNS
}


def to_dataframe(facts: Iterable[Fact]) -> pd.DataFrame:
    """One row a fact, columns and types as COLUMNS, whatever facts there are (also none).

    Days are datetime64 (seconds, so that years from 1 to 9999 fit); a day before the year 1 is NaT. What has
    few values (type, status, ...) is categorical, with all of them as categories.
    """
    import pandas as pd

    told = list(facts)
    return pd.DataFrame(
        {f.name: series([f.of(fact) for fact in told], _TYPES[f.kind], f.values) for f in fields.COLUMNS}
    )


def series(values: list[Any], dtype: str, categories: Sequence[str] = ()) -> pd.Series[Any]:
    """A column of that pandas type; of `categories` where there are some. None is missing (NA, NaT)."""
    import numpy as np
    import pandas as pd

    if categories:
        return pd.Series(pd.Categorical(values, categories=pd.Index(categories)))
    if dtype.startswith("datetime"):
        days = ["NaT" if value is None or value.startswith("-") else value for value in values]
        return pd.Series(np.array(days, dtype=dtype))
    return pd.Series(values, dtype=dtype)
