"""The columns of the table `quantities`."""

from __future__ import annotations

from newsfacts.model.fields import COLUMNS as FACT_FIELDS
from newsfacts.table import COLUMNS, NAMES
from newsfacts.table.columns import RENAMED


def test_every_field_of_a_quantity_is_a_column() -> None:
    told = [RENAMED.get(field.name, field.name) for field in FACT_FIELDS if "quantity" in field.families]

    assert sorted(set(told) - set(NAMES)) == []


def test_names_are_unique_and_described() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(column.description.endswith(".") for column in COLUMNS)
