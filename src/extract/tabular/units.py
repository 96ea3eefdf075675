"""The unit that a head or caption gives its figures: "in millions of dollars", "(%)", "tonnes"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from newsfacts.model import QuantityMention, QuantityType

#: Reads the quantities of a short text.
ReadQuantities = Callable[[str], list[QuantityMention]]

_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]")
_IN = re.compile(r"\b(?:in|unit|units)\b:?\s+([^()\[\]|]{1,60})$", re.IGNORECASE)
_PLURAL_SCALE = re.compile(r"\b(hundred|thousand|million|billion|trillion)s\b(?:\s+of\b)?", re.IGNORECASE)
_ZEROS = re.compile(r"(?<![\d.,])['’]?0{3}s?(?![\d.,])|(?<!\d)1,000s?(?!\d)")
_PERCENT = re.compile(r"%|per ?cent(?:age)? (?:change|growth|share|of)\b", re.IGNORECASE)
_EXCEPT = re.compile(r",?\s*(?:except|excluding|unless)\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnitNote:
    """Type, unit and denominator of figures, and what they are multiplied by."""

    type: QuantityType
    unit: str | None
    per: str | None
    factor: Decimal


class UnitNotes:
    """Reads unit notes by the grammar of quantities: each is read as one of its own."""

    def __init__(self, read: ReadQuantities) -> None:
        self._read = read
        self._known: dict[str, UnitNote | None] = {}

    def of(self, head: str) -> UnitNote | None:
        """The unit that a head gives, or None: USD times 1,000,000 for "Sales (in millions of dollars)"."""
        for part, alone in _parts(head):
            note = self._note(part)
            # "Year", "Month" as a whole head says what stands in the rows.
            if note is not None and not (alone and note.type == "duration"):
                return note
        return None

    def _note(self, part: str) -> UnitNote | None:
        if part not in self._known:
            if len(self._known) > 10_000:  # heads are few; a text of nothing but heads must not fill memory
                self._known.clear()
            self._known[part] = self._measured(part)
        return self._known[part]

    def _measured(self, part: str) -> UnitNote | None:
        for one in _ones(part):
            found = self._read(one)
            if len(found) == 1 and _covers(found[0], one) and found[0].value is not None:
                mention = found[0]
                scale = Decimal(str(mention.value))
                plain = mention.type == "count" and scale == 1
                if not plain and mention.type not in ("rank", "ratio"):
                    return UnitNote(mention.type, mention.unit, mention.per, scale)
        return None


def _covers(mention: QuantityMention, text: str) -> bool:
    """Whether nothing but the quantity, and its denominator, stands in the text."""
    rest = text[mention.end :].strip(" .")
    return mention.start == 0 and (
        not rest or (mention.per is not None and rest.startswith(("per ", "a ", "/", "an ")))
    )


def _parts(head: str) -> Iterator[tuple[str, bool]]:
    """What in a head may be a unit: brackets, what follows "in" or a comma; at last all of it (True)."""
    for bracket in _BRACKETS.finditer(head):
        yield _EXCEPT.sub("", bracket[1]).strip(), False
    bare = _EXCEPT.sub("", _BRACKETS.sub("", head)).strip()
    if match := _IN.search(bare):
        yield match[1].strip(), False
    if "," in bare:
        yield bare.rpartition(",")[2].strip(), False
    yield bare, True


def _ones(part: str) -> Iterator[str]:
    """The unit as a quantity of one: "1 million dollars", "EUR 1 thousand", "£1m"."""
    part = re.sub(r"^(?:in|unit|units)\b:?\s+", "", part, flags=re.IGNORECASE)
    part = _PLURAL_SCALE.sub(lambda m: m[1].lower(), _ZEROS.sub(" thousand", part)).strip()
    if not part or part[0].isdigit() or len(part) > 60:
        return
    if _PERCENT.match(part):
        yield "1 %"
    yield f"1 {part}"
    yield f"{part} 1"
    if part[0] in "$€£¥":
        yield f"{part[0]}1{part[1:].strip()}" if len(part) < 4 else f"{part[0]}1 {part[1:].strip()}"
    first, _, rest = part.partition(" ")
    if rest:
        yield f"{first} 1 {rest}"
        yield f"1 {rest} {first}"
