"""The fields of a fact as a table, read from the classes of the facts: sinks take their columns from here.

A new field is written once, in its class in `fact.py`. Its type says all that a sink must know:

    item: str | None = None                        # text
    item_start: Offset | None = None               # with item_end the span of `item`, a phrase therefore
    time: Annotated[str, Refers("date")] | None    # the id of another fact
    change: Change | None = None                   # has parts: change_direction, change_role, change_basis
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, replace
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from newsfacts.model.fact import DateFact, Day, Fact, Family, Offset, PlaceFact, QuantityFact, Refers

#: What values a field has. `whole` numbers are codes, `offset` counts characters, `nested` has parts.
Kind: TypeAlias = Literal["text", "number", "whole", "offset", "flag", "day", "reference", "nested"]

#: The class of each family of facts.
SHAPES: Final[Mapping[Family, type[Fact]]] = MappingProxyType(
    {"quantity": QuantityFact, "date": DateFact, "place": PlaceFact}
)

_PLAIN: Final[Mapping[Any, Kind]] = MappingProxyType(
    {str: "text", int: "whole", float: "number", bool: "flag", Day: "day", Offset: "offset"}
)
#: Behind all others in a table: how a fact was found, not what it says.
_LAST = ("rule", "confidence")
_FIRST = ("id", "doc_id", "published", "type", "text")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a fact, or a part of one.

    `path` leads to its value in a record: ("item",) or ("change", "role"). `families` are those whose facts
    have it. A `required` field has no `default`. `values` are the only texts allowed, where they are few;
    `refers` is the family of the fact whose id it holds; `phrase` names the field whose span it is part of.
    """

    path: tuple[str, ...]
    families: tuple[Family, ...]
    kind: Kind
    nullable: bool
    required: bool = False
    default: Any = None
    values: tuple[str, ...] = ()
    refers: Family | None = None
    parts: tuple[Field, ...] = ()
    phrase: str | None = None

    @property
    def name(self) -> str:
        """Its name in a flat table: a part is named with what it is part of ("change_role")."""
        return "_".join(self.path)

    @property
    def common(self) -> bool:
        """Whether every fact has it: what identifies a fact, where it stands, how it was found."""
        return len(self.families) == len(SHAPES)

    @property
    def says(self) -> bool:
        """Whether it is what the fact says, rather than where and how that was found."""
        return not self.common and self.kind != "offset"

    def of(self, record: Any) -> Any:
        """Its value in a fact or another object; None where that lacks it."""
        found = record
        for name in self.path:
            found = getattr(found, name, None)
        return found

    def within(self, record: Mapping[str, Any]) -> Any:
        """Its value in a JSON object of facts.jsonl; None where that lacks it."""
        found = record.get(self.path[0])
        for name in self.path[1:]:
            found = found and found.get(name)
        return found


def fields_of(family: Family) -> tuple[Field, ...]:
    """The fields of a family, in the order of its records."""
    return tuple(_BY_NAME[field.name] for field in dataclasses.fields(SHAPES[family]))


def flat(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields, with their parts in place of those that have some."""
    for field in fields:
        yield from field.parts or (field,)


def _read(family: Family) -> Iterator[Field]:
    shape = SHAPES[family]
    hints = get_type_hints(shape, include_extras=True)
    names = {field.name for field in dataclasses.fields(shape)}
    for field in dataclasses.fields(shape):
        found = _field((field.name,), (family,), hints[field.name])
        name, _, side = field.name.rpartition("_")
        # The sentence stands around a fact; it is no phrase of what the fact says.
        is_bound = found.kind == "offset" and side in ("start", "end") and name in names - {"sentence"}
        given = field.default is not MISSING
        default = field.default if given else None
        yield replace(found, required=not given, default=default, phrase=name if is_bound else None)


def _field(path: tuple[str, ...], families: tuple[Family, ...], hint: Any) -> Field:
    """A field of this type. Raises TypeError for a type that no sink knows."""
    options = [o for o in _options(hint) if o is not NoneType]
    nullable = len(options) < len(_options(hint))
    if options == [float, int]:  # a number that JSON may write either way
        options = [float]
    if len(options) != 1:
        raise TypeError(f"{'.'.join(path)}: no column is known for {hint}")
    values, refers = _values(options[0]), _refers(options[0])
    if dataclasses.is_dataclass(options[0]):
        parts = _parts(path, families, options[0])
        return Field(path, families, "nested", nullable, parts=parts)
    kind = "reference" if refers else "text" if values else _kind(options[0], path)
    return Field(path, families, kind, nullable, values=values, refers=refers)


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _values(hint: Any) -> tuple[str, ...]:
    return get_args(hint) if get_origin(hint) is Literal else ()


def _refers(hint: Any) -> Family | None:
    marks = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((mark.family for mark in marks if isinstance(mark, Refers)), None)


def _kind(hint: Any, path: tuple[str, ...]) -> Kind:
    base = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    kind = _PLAIN.get(hint) or _PLAIN.get(base)
    if kind is None:
        raise TypeError(f"{'.'.join(path)}: no column is known for {hint}")
    return kind


def _parts(path: tuple[str, ...], families: tuple[Family, ...], shape: Any) -> tuple[Field, ...]:
    hints = get_type_hints(shape, include_extras=True)
    parts = (_field((*path, part.name), families, hints[part.name]) for part in dataclasses.fields(shape))
    # The whole may be missing, and then its parts are.
    return tuple(replace(part, nullable=True) for part in parts)


def _merged() -> tuple[Field, ...]:
    """The fields of all families, each once. What only some have comes where the last of them has it."""
    found: dict[str, Field] = {}
    for family in SHAPES:
        for field in _read(family):
            known = found.pop(field.name, None)
            found[field.name] = field if known is None else _both(known, field)
    ordered = {field.name: field for field in sorted(found.values(), key=lambda field: not field.common)}
    ahead = [ordered.pop(name) for name in _FIRST]
    behind = [ordered.pop(name) for name in _LAST]
    return (*ahead, *ordered.values(), *behind)


def _both(known: Field, field: Field) -> Field:
    """A field that several families have. Their types agree but for `type`, which lists its values."""
    values = (*known.values, *(value for value in field.values if value not in known.values))
    both = {
        "families": (*known.families, *field.families),
        "values": values,
        "required": known.required,
        "default": known.default,
    }
    joined = replace(known, **both)
    if replace(field, **both) != joined:
        raise TypeError(f"{field.name} is not the same in {known.families[0]} and {field.families[0]}")
    return joined


#: All fields of facts, each once: what identifies a fact first, how it was found last.
FIELDS: Final[tuple[Field, ...]] = _merged()
_BY_NAME: Final = MappingProxyType({field.name: field for field in FIELDS})
#: The columns of a flat table of facts.
COLUMNS: Final[tuple[Field, ...]] = tuple(flat(FIELDS))
#: Fields that are words of the text, with their span beside them: FIELD_start, FIELD_end.
PHRASES: Final[tuple[str, ...]] = tuple(dict.fromkeys(field.phrase for field in FIELDS if field.phrase))
#: Fields that name another fact of the same document, and that one's family.
REFERENCES: Final[Mapping[str, Family]] = MappingProxyType(
    {field.name: field.refers for field in FIELDS if field.refers}
)
