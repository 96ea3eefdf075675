"""datapackage.json: what the columns of quantities.csv are, as Frictionless Data describes tables."""

from __future__ import annotations

import json
from typing import Any

from newsfacts.model import SCHEMA_VERSION
from newsfacts.sinks.lines import QUANTITIES
from newsfacts.table import COLUMNS, Column


def data_package() -> dict[str, Any]:
    """The description: one resource, with a field for every column (https://datapackage.org)."""
    resource = {
        "name": "quantities",
        "path": QUANTITIES,
        "title": "Quantities of news articles",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": [_field(column) for column in COLUMNS], "primaryKey": ["id"]},
    }
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "newsfacts-quantities",
        "version": SCHEMA_VERSION,
        "resources": [resource],
    }


def rendered() -> bytes:
    """The file's bytes."""
    return (json.dumps(data_package(), indent=1, ensure_ascii=False) + "\n").encode()


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "description": column.description,
    }
    if column.type == "boolean":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    if column.values:
        field["constraints"] = {"enum": list(column.values)}
    return field
