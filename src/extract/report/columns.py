"""Facts as columns: one buffer of numbers that a browser maps without parsing, and one list of strings.

A string or a reference is a row number, with `NONE` for null; a number is a double, with NaN for null.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from extract.model import DateFact, Fact, PlaceFact, QuantityFact

NONE = 0xFFFFFFFF

NUMBERS = ("value", "low", "high", "confidence", "lat", "lon", "geonames_id")
SPANS = ("", "sentence_", "item_", "subject_", "source_")
OFFSETS = tuple(f"{span}{side}" for span in SPANS for side in ("start", "end"))
REFERENCES = ("time", "place", "same_as")
FLAGS = ("place_inherited",)
CHANGE = ("direction", "role", "basis")
#: Kept apart: ids are all different, and a fact's document is that of its row.
APART = ("id", "doc_id", "published", "change")
SHAPES = {"quantity": QuantityFact, "date": DateFact, "place": PlaceFact}


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
    return {family: [f.name for f in fields(shape)] for family, shape in SHAPES.items()}


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
    """Name, kind and values. Doubles first, so that every column lies where its type wants it."""

    def text(value: object) -> int:
        return NONE if value is None else strings.setdefault(str(value), len(strings))

    def row(value: object) -> int:
        return rows.get(str(value), NONE)

    for name in NUMBERS:
        yield name, "number", array("d", [_number(getattr(fact, name, None)) for fact in facts])
    whole = [(OFFSETS, "offset", _offset), (REFERENCES, "fact", row), (FLAGS, "flag", _flag)]
    for names, kind, code in (*whole, (_string_names(), "string", text)):
        for name in names:
            yield name, kind, array("I", [code(getattr(fact, name, None)) for fact in facts])
    changes = [getattr(fact, "change", None) for fact in facts]
    for name in CHANGE:
        yield (
            f"change_{name}",
            "string",
            array("I", [text(getattr(change, name, None)) for change in changes]),
        )


def _string_names() -> tuple[str, ...]:
    named = dict.fromkeys(f.name for shape in SHAPES.values() for f in fields(shape))
    other = {*NUMBERS, *OFFSETS, *REFERENCES, *FLAGS, *APART}
    return tuple(name for name in named if name not in other)


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
