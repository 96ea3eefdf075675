"""Units in words, and values in SI units."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsfacts.table.words import UnitWords

_ANNOTATION = re.compile(r"\{([^{}]+)\}")
_MULTIPLE = re.compile(r"(10{1,9})\.(.+)")


def unit_words(code: str | None, units: Mapping[str, UnitWords]) -> UnitWords | None:
    """A unit in words; None where there is none. One that the rules lack is named by its code.

    >>> unit_words("{carat}", {}).plural
    'carats'
    """
    if not code:
        return None
    if found := units.get(code):
        return found
    noun = _ANNOTATION.fullmatch(code)
    if noun is None:
        return UnitWords(code, code)
    name = noun[1].replace("_", " ")
    return UnitWords(name, name if name.endswith("s") else f"{name}s")


def per_words(code: str, units: Mapping[str, UnitWords]) -> str:
    """The denominator of a rate in words, with "per" or "each".

    >>> per_words("mo", {"mo": UnitWords("month", "months")}), per_words("{each}", {})
    ('per month', 'each')
    """
    if code == "{each}":
        return "each"
    multiple = _MULTIPLE.fullmatch(code)
    found = unit_words(multiple[2] if multiple else code, units)
    if multiple and found:
        return f"per {int(multiple[1]):,} {found.plural}"
    return f"per {found.name}" if found else ""


def in_si(
    value: float | None, unit: UnitWords | None, *, difference: bool = False
) -> tuple[float | None, str | None]:
    """A value in SI units, to 12 digits, and that unit; (None, None) where there is none.

    A `difference` of temperatures has no offset: 2 degrees more are 2 K.

    >>> in_si(3, UnitWords("tonne", "tonnes", "kg", 1000.0))
    (3000.0, 'kg')
    """
    if value is None or unit is None or unit.si is None:
        return None, None
    try:
        found = float(value) * unit.factor + (0.0 if difference else unit.offset)
    except OverflowError:
        return None, None
    return float(f"{found:.12g}"), unit.si
