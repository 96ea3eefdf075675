"""JSON Schemas (draft 2020-12) of the records, generated from their classes and shipped beside this file."""

from __future__ import annotations

import dataclasses
import inspect
import json
from importlib.resources import files
from typing import Any

import msgspec

from newsfacts.errors import ConfigurationError
from newsfacts.model import (
    QUANTITY_TYPES,
    SCHEMA_VERSION,
    Change,
    DateFact,
    DocumentError,
    PlaceFact,
    QuantityFact,
)
from newsfacts.model.claim import Claim, ClaimSource
from newsfacts.model.fact import ADDED
from newsfacts.model.records import DocumentRecord

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CLASSES: dict[str, type] = {
    "quantity": QuantityFact,
    "date": DateFact,
    "place": PlaceFact,
    "document": DocumentRecord,
    "error": DocumentError,
    "claim": Claim,
}
#: Classes that records are made of.
_PARTS: tuple[type, ...] = (Change, ClaimSource)
#: Every record that has a schema; `fact` is a quantity, a date or a place.
NAMES: tuple[str, ...] = ("fact", *_CLASSES)
_FACT_PARTS = {"quantity": QUANTITY_TYPES, "date": ("date",), "place": ("place",)}


def schema(name: str) -> dict[str, Any]:
    """The shipped schema of a record: one of NAMES. Raises ConfigurationError for another name."""
    if name not in NAMES:
        raise ConfigurationError(f"there is no schema {name!r}", remedy=f"Choose from {', '.join(NAMES)}.")
    found: dict[str, Any] = json.loads(files("newsfacts.schemas").joinpath(f"{name}.json").read_bytes())
    return found


def completed(record: dict[str, Any], kind: str) -> dict[str, Any]:
    """A record as today's schema `kind` has it: one of an older run lacks fields, and gets their defaults."""
    name = _fact_part(record.get("type")) if kind == "fact" else kind
    missing = [field for field in ADDED.get(name, ()) if field not in record]
    if not missing:
        return record
    defaults = {field.name: field.default for field in dataclasses.fields(_CLASSES[name])}
    return record | {field: defaults[field] for field in missing}


def _fact_part(fact_type: object) -> str:
    return next((name for name, kinds in _FACT_PARTS.items() if fact_type in kinds), "fact")


def generate(name: str) -> dict[str, Any]:
    """Generate the schema of a record from its class; `tools/gen_docs.py` writes it to NAME.json."""
    head = {"$schema": DIALECT, "$id": f"urn:newsfacts:schema:{SCHEMA_VERSION}:{name}", "title": name}
    if name == "fact":
        return head | _any_fact()
    return head | _own(_CLASSES[name])


def render(generated: dict[str, Any]) -> str:
    """The text of a schema file."""
    return json.dumps(generated, indent=2, ensure_ascii=False) + "\n"


def of_struct(shape: type) -> dict[str, Any]:
    """The schema of a rules file that is read as `shape`."""
    return {"$schema": DIALECT} | msgspec.json.schema(shape)


def _own(shape: type) -> dict[str, Any]:
    parts = _parts(shape)
    own = parts.pop(shape.__name__)
    return own | ({"$defs": parts} if parts else {})


def _parts(shape: type) -> dict[str, dict[str, Any]]:
    """The schema of a class and of every class that it refers to, by class name."""
    _, parts = msgspec.json.schema_components([shape], ref_template="#/$defs/{name}")
    return {name: _closed(part) for name, part in parts.items()}


def _closed(part: dict[str, Any]) -> dict[str, Any]:
    # Every record is written with all of its fields, and with no others.
    names = [name for name in _in_class_order(part["title"]) if name in part["properties"]]
    return {
        "description": inspect.cleandoc(part["description"]),
        "type": "object",
        "properties": {name: _plain(part["properties"][name]) for name in names},
        "required": names,
        "additionalProperties": False,
    }


def _in_class_order(class_name: str) -> list[str]:
    shape = next(c for c in (*_CLASSES.values(), *_PARTS) if c.__name__ == class_name)
    return [field.name for field in dataclasses.fields(shape)]


def _plain(field: dict[str, Any]) -> dict[str, Any]:
    """Write "this or null" as one type, which reads better and gives better messages than anyOf."""
    options = [option for option in field.get("anyOf", [field]) if option.get("type") != "null"]
    base = {key: value for key, value in options[0].items() if key != "default"}
    if "anyOf" not in field:
        return base
    if "$ref" in base:
        return {"anyOf": [base, {"type": "null"}]}
    if "enum" in base:
        return base | {"enum": [*base["enum"], None]}
    return base | {"type": [base["type"], "null"]}


def _any_fact() -> dict[str, Any]:
    return {
        "description": "One line of facts.jsonl; `type` says which of the three kinds it is.",
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": [kind for kinds in _FACT_PARTS.values() for kind in kinds]}},
        "allOf": [
            {
                "if": {"properties": {"type": {"enum": list(kinds)}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for name, kinds in _FACT_PARTS.items()
        ],
        "$defs": {name: _parts(_CLASSES[name])[_CLASSES[name].__name__] for name in _FACT_PARTS}
        | {"Change": _parts(QuantityFact)["Change"]},
    }
