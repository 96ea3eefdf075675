"""Resolvers of years before Christ, which the calendar of `datetime` lacks, and of early years."""

from __future__ import annotations

from newsfacts.dates.context import Context, Value, dated, part_named
from newsfacts.dates.grammar import Match
from newsfacts.dates.periods import Interval, year_of, years_from

#: Further back nobody counts in single years.
_LAST_YEAR = 9999
_REACH_OF_NAME = 3


def year_of_era(match: Match, context: Context) -> Value | None:
    """221 BC, AD 79, 221-206 B.C., the 3rd century BC. EDTF counts years astronomically: 221 BC is -0220."""
    before_christ = match.value("e") == "BC"
    if match.rule.name == "century-of-era":
        return _century(match, before_christ)
    first, last = match.number("y") or 0, match.number("b")
    if match.rule.name == "era-year" and before_christ:
        return None  # "Vancouver, BC 12"
    first_before = before_christ or match.value("e1") == "BC"
    if not 1 <= first <= _LAST_YEAR:
        return None
    if last is None:
        return _before_christ(first) if before_christ else dated(year_of(first))
    if not first_before:
        return dated(Interval(year_of(first), year_of(last))) if first < last else None
    if before_christ and last >= first:
        return None
    one, other = _bc(first), _bc(last) if before_christ else (f"{last:04d}", f"{last:04d}")
    return Value("DATE", f"{one[1]}/{other[1]}", edtf=f"{one[0]}/{other[0]}", anchors=False)


def _before_christ(year: int) -> Value:
    edtf, timex3 = _bc(year)
    return Value("DATE", timex3, edtf=edtf, anchors=False)


def _bc(year: int) -> tuple[str, str]:
    """EDTF and TIMEX3 of a year before Christ; there is no year 0 between 1 BC and AD 1."""
    return ("0000" if year == 1 else f"-{year - 1:04d}"), f"BC{year:04d}"


def _century(match: Match, before_christ: bool) -> Value | None:
    number = match.number("o") or 0
    if match.value("u") != "century" or not 1 <= number <= 30:
        return None
    part = part_named(match.value("p"))
    if not before_christ:
        return dated(years_from("century", (number - 1) * 100), part) if number > 1 else None
    return Value("DATE", f"BC{number - 1:02d}XX", part=part, edtf=f"-{number - 1:02d}XX", anchors=False)


def year_range_of_reign(match: Match, context: Context) -> Value | None:
    """Tang Dynasty (618-907): years in brackets after a name of rulers."""
    first, last = match.number("y") or 0, match.number("b") or 0
    before, after = match.before(), match.after()
    if before is None or after is None or before.text != "(" or after.text != ")":
        return None
    names = [token for n in range(2, 2 + _REACH_OF_NAME) if (token := match.before(n)) is not None]
    if (
        not any(token.text in context.cues.reigns for token in names)
        or not 100 <= first < last <= first + 900
    ):
        return None
    return dated(Interval(year_of(first), year_of(last)))
