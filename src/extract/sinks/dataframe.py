"""Facts as a pandas table with stable columns and types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from extract.model import Fact, QuantityFact

if TYPE_CHECKING:
    import pandas as pd

#: Column -> pandas type, in the table's order. A column that a fact type lacks is missing (NA, NaT) there.
COLUMNS: dict[str, str] = {
    "id": "string", "doc_id": "string", "published": "datetime64[s]", "type": "string",
    "text": "string", "start": "Int64", "end": "Int64", "sentence_start": "Int64", "sentence_end": "Int64",
    "section": "string", "value": "Float64", "low": "Float64", "high": "Float64", "modifier": "string",
    "unit": "string", "per": "string",
    "item": "string", "item_start": "Int64", "item_end": "Int64",
    "subject": "string", "subject_start": "Int64", "subject_end": "Int64", "subject_resolved": "string",
    "predicate": "string",
    "change_direction": "string", "change_role": "string", "change_basis": "string",
    "status": "string", "source": "string", "source_start": "Int64", "source_end": "Int64",
    "time": "string", "place": "string", "place_inherited": "boolean", "same_as": "string",
    "edtf": "string", "date_start": "datetime64[s]", "date_end": "datetime64[s]", "timex3": "string",
    "part": "string", "part_of_day": "string", "relation": "string",
    "name": "string", "kind": "string", "country": "string", "admin1": "string", "admin2": "string",
    "geonames_id": "Int64", "cn_code": "string", "lat": "Float64", "lon": "Float64",
    "rule": "string", "confidence": "Float64",
}  # fmt: skip


def to_dataframe(facts: Iterable[Fact]) -> pd.DataFrame:
    """One row a fact, columns and types as COLUMNS, whatever facts there are (also none).

    Days are datetime64 (seconds, so that years from 1 to 9999 fit); a day before the year 1 is NaT.
    """
    import pandas as pd

    rows = [_row(fact) for fact in facts]
    return pd.DataFrame(
        {name: _series([row.get(name) for row in rows], dtype) for name, dtype in COLUMNS.items()}
    )


def _row(fact: Fact) -> dict[str, Any]:
    row = {name: getattr(fact, name, None) for name in COLUMNS}
    change = fact.change if isinstance(fact, QuantityFact) else None
    row |= {f"change_{name}": getattr(change, name, None) for name in ("direction", "role", "basis")}
    return row


def _series(values: list[Any], dtype: str) -> pd.Series[Any]:
    import numpy as np
    import pandas as pd

    if dtype.startswith("datetime"):
        days = ["NaT" if value is None or value.startswith("-") else value for value in values]
        return pd.Series(np.array(days, dtype=dtype))
    return pd.Series(values, dtype=dtype)
