"""The classes of scored facts, made of the table of fields. `shapes.pyi`, which is generated,
tells type checkers what is in them.

A field of a fact is there of itself. A field that only gold has is named below: FIELD_heads for each phrase
of the table, FIELD_alt and FIELD_optional for the fields whose scoring asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from newsfacts.model.fact import Change, FactType
from newsfacts.model.fields import FIELDS, PHRASES, REFERENCES, Field

#: What every line must have, whoever wrote it.
_IDENTITY: tuple[tuple[str, Any], ...] = (
    ("doc_id", str), ("id", str), ("type", FactType), ("start", int), ("end", int),
)  # fmt: skip
#: Further values that are right too; null among them says that none is.
_ALT = ("modifier", "unit", "per", "status", "edtf", *REFERENCES)
#: Fields that may also be left empty.
_OPTIONAL = (*PHRASES, "unit", "per", "change", *REFERENCES, "edtf")
_HINTS: Mapping[str, Any] = {
    "text": str | None,
    "reference": str | None,
    "day": str | None,
    "number": int | float | None,
    "whole": int | None,
}


def _said(field: Field) -> tuple[str, Any, Any]:
    # Any text will do: what a line says is compared, and a word that is none of ours is a wrong answer.
    if field.kind == "flag":
        return field.name, bool, False
    return field.name, Change | None if field.parts else _HINTS[field.kind], None


def _scoring_only() -> Iterator[tuple[str, Any, Any]]:
    yield "published", str | None, None
    yield "optional", bool, False
    yield "cumulative", bool | None, None
    yield from ((f"{name}_heads", tuple[str, ...], ()) for name in PHRASES)
    yield from ((f"{name}_alt", tuple[str | None, ...], ()) for name in _ALT)
    yield "name_alt", tuple[str, ...], ()
    yield "change_alt", tuple[Change | None, ...], ()
    yield from ((f"{name}_optional", bool, False) for name in _OPTIONAL)


Record = msgspec.defstruct(
    "Record",
    [
        *_IDENTITY,
        ("text", str, ""),
        ("confidence", float | None, None),
        *(_said(field) for field in FIELDS if field.says),
    ],
    frozen=True,
    kw_only=True,
    module=__name__,
    namespace={"__doc__": "What scoring reads of a fact; a prediction may carry more."},
)
GoldFields = msgspec.defstruct(
    "GoldFields",
    list(_scoring_only()),
    bases=(Record,),
    frozen=True,
    kw_only=True,
    module=__name__,
    namespace={"__doc__": "The fields of a gold fact: the output's, and what else counts as right."},
)
