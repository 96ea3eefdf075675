"""Units of time as expressions name them, and what they are on the calendar."""

from __future__ import annotations

from newsfacts.dates.context import Context
from newsfacts.dates.grammar import Match
from newsfacts.dates.notation import duration_timex3
from newsfacts.dates.periods import Period, Unit, When, containing, shift

#: Units of expressions that are not units of the calendar: the unit to count in, and how many.
COUNTED: dict[str, tuple[Unit, int]] = {
    "decade": ("year", 10), "century": ("year", 100), "millennium": ("year", 1000), "fortnight": ("week", 2),
    "half": ("month", 6), "quarter": ("month", 3), "weekend": ("week", 1),
    "quarter century": ("year", 25), "half century": ("year", 50), "half decade": ("year", 5),
}  # fmt: skip
#: Shorter than a day: they move no date.
CLOCK_UNITS = ("hour", "minute", "second")
#: Units that the calendar has.
CALENDAR: tuple[Unit, ...] = (
    "century",
    "decade",
    "year",
    "half",
    "quarter",
    "month",
    "week",
    "weekend",
    "day",
)
#: TIMEX3 value of a unit that nothing places.
UNKNOWN: dict[str, str] = {
    "year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX", "day": "XXXX-XX-XX", "quarter": "XXXX-QX",
    "half": "XXXX-HX", "decade": "XXXX", "century": "XXXX", "weekend": "XXXX-WXX-WE",
}  # fmt: skip


def number_of(match: Match) -> float | None:
    """The number of units: a number, "a" (1), with "and a half"."""
    value = match.value("b") or match.value("n")  # of "three to five years" the upper bound
    number = 1.0 if value is None else float(value)
    if "half" in match.rule.name and value != 0.5:
        number += 0.5
    return number if number > 0 else None


def unit_of(match: Match) -> str:
    """The unit an expression counts in."""
    token = match.slots["u"]
    return "second" if token.kind == "second" else str(token.value)


def timex3_length(number: float | None, unit: str) -> str | None:
    """TIMEX3 duration of so many units (None: unknown number); half a unit in the next smaller one."""
    plain, factor = _AS_OTHERS.get(unit, (unit, 1))
    if number is None:
        return duration_timex3(None, plain)
    number *= factor
    if number == 0.5 and plain in _HALVES:
        plain, number = _HALVES[plain]
    return duration_timex3(number, plain)


_AS_OTHERS: dict[str, tuple[str, int]] = {
    "fortnight": ("week", 2), "millennium": ("year", 1000),
    "quarter century": ("year", 25), "half century": ("year", 50), "half decade": ("year", 5),
}  # fmt: skip
_HALVES: dict[str, tuple[str, float]] = {
    "century": ("year", 50), "decade": ("year", 5), "year": ("month", 6), "day": ("hour", 12),
}  # fmt: skip


def calendar_unit(unit: str) -> Unit | None:
    """The unit where the calendar has it, else None."""
    return unit if unit in CALENDAR else None


def this_unit(unit: str, context: Context) -> Period | None:
    """The period of that unit in which the text was published; None for units that the calendar lacks."""
    known = calendar_unit(unit)
    return context.this(known) if known else None


def next_to(anchor: When, unit: str, number: int) -> Period | None:
    """The unit so many units from the edge of a time."""
    known = calendar_unit(unit)
    return shift(containing(known, anchor.start if number < 0 else anchor.end), number) if known else None


def unit_around(anchor: When, unit: str) -> Period | None:
    """The unit in which the time spoken of lies, if it is no longer than that unit."""
    known = calendar_unit(unit)
    if known is None:
        return None
    found = containing(known, anchor.start)
    return found if anchor.end <= found.end else None


def amount_follows(match: Match) -> bool:
    """ "a loss for the quarter of 226 million dollars": "of" goes on with the loss."""
    one = match.after(2)
    return one is not None and (one.text in "$£€¥" or one.kind in ("day", "integer", "decimal", "numword"))
