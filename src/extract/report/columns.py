"""Facts as columns: one buffer of numbers that a browser maps without parsing, and one list of strings.

A string or a reference is a row number, with `NONE` for null; a number is a double, with NaN for null.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsfacts.model import Fact
from newsfacts.model.fields import COLUMNS, FIELDS, SHAPES, Field, Kind, fields_of, flat

NONE = 0xFFFFFFFF

#: Kinds of fields as the page knows them. Doubles come first: then every column lies where its type wants it.
_KINDS: Mapping[Kind, str] = {
    "number": "number",
    "whole": "number",
    "offset": "offset",
    "reference": "fact",
    "flag": "flag",
    "text": "string",
    "day": "string",
}
#: Kept apart: ids are all different, and a fact's document is that of its row.
APART = ("id", "doc_id", "published")


@dataclass(frozen=True, slots=True)
class Columns:
    """`layout`: name, kind and first byte of each column in `data`; `ids` are the facts' in row order."""

    layout: list[tuple[str, str, int]]
    data: bytes
    strings: list[str]
    ids: list[str]
    first_rows: list[int]


def field_names() -> dict[str, list[str]]:
    """The fields of each family of facts, in the order of their records."""
    return {family: [field.name for field in fields_of(family)] for family in SHAPES}


def part_names() -> dict[str, list[str]]:
    """The parts of each field that has some: of "change" "direction", whose column is "change_direction"."""
    return {field.name: [part.path[-1] for part in field.parts] for field in FIELDS if field.parts}


def controls() -> dict[str, list[tuple[str, str | list[str]]]]:
    """What the form of each family asks: a field and how.

    That is "number", "whole", "text", the values to choose from, or the family of the fact that it names.
    """
    return {
        family: [
            (field.name, _control(field))
            for field in flat(fields_of(family))
            if field.says and field.kind != "flag"
        ]
        for family in SHAPES
    }


def _control(field: Field) -> str | list[str]:
    if field.refers:
        return field.refers
    if field.values:
        return [*([""] if field.nullable else []), *field.values]
    return field.kind if field.kind in ("number", "whole") else "text"


def pack(facts: Sequence[Fact], documents: Sequence[str]) -> Columns:
    """Columns of facts that are sorted by document, in the order of these document ids."""
    strings: dict[str, int] = {}
    rows = {fact.id: row for row, fact in enumerate(facts)}
    data, layout = bytearray(), []
    for name, kind, values in _columns(facts, strings, rows):
        layout.append((name, kind, len(data)))
        data += _little_endian(values)
    return Columns(
        layout, bytes(data), list(strings), [fact.id for fact in facts], _first_rows(facts, documents)
    )


def _columns(
    facts: Sequence[Fact], strings: dict[str, int], rows: dict[str, int]
) -> Iterator[tuple[str, str, array[float] | array[int]]]:
    """Name, kind and values."""

    def text(value: object) -> int:
        return NONE if value is None else strings.setdefault(str(value), len(strings))

    def row(value: object) -> int:
        return rows.get(str(value), NONE)

    whole = {"offset": _offset, "fact": row, "flag": _flag, "string": text}
    for kind in dict.fromkeys(_KINDS.values()):
        for field in COLUMNS:
            if _KINDS[field.kind] != kind or field.name in APART:
                continue
            values = (field.of(fact) for fact in facts)
            code = whole.get(kind)
            yield (
                field.name,
                kind,
                array("I", map(code, values)) if code else array("d", map(_number, values)),
            )


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _offset(value: object) -> int:
    return value if isinstance(value, int) else NONE


def _flag(value: object) -> int:
    return int(bool(value))


def _little_endian(values: array[float] | array[int]) -> bytes:
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values.tobytes()


def _first_rows(facts: Sequence[Fact], documents: Sequence[str]) -> list[int]:
    """The first row of each document, and the number of rows."""
    counts = dict.fromkeys(documents, 0)
    for fact in facts:
        counts[fact.doc_id] += 1
    found = [0]
    for count in counts.values():
        found.append(found[-1] + count)
    return found
