"""What several dates say once: "July and August of 2008", "5 and 6 May", "the third and fourth quarters"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsfacts.dates.context import Value, dated
from newsfacts.dates.found import Found
from newsfacts.dates.lexer import Token
from newsfacts.dates.notation import timex3_of
from newsfacts.dates.periods import Period, containing, day_of, shift, shift_when, years_from
from newsfacts.dates.years import numbered_part

#: Rules whose year was inferred, so that a neighbour's year may replace it.
PARTIAL = frozenset({"month", "month-day", "day-month", "weekday"})
_MONTHLY = frozenset({"month", "month-day", "day-month", "season", "further-day", "month-range"})
#: What may stand between two dates that share a year, and the words of a list.
_LINKS = frozenset({"and", "or", "comma", "in", "on", "early", "late", "mid", "hyphen", "again", "the"})
_LISTS = frozenset({"and", "or", "comma"})
_LINK_REACH = 6
_BEFORE_DAY = frozenset({"on", "in", "of", "comma", "the", "between", "from", "both", "and"})


def with_shared_parts(found: Sequence[Found], tokens: Sequence[Token]) -> list[Found]:
    """Every date of a list with the year, month or week that its last one names."""
    listed: list[Found] = []
    for one in found:
        listed += [
            *_earlier_days(one, tokens),
            *_earlier_parts(one, tokens),
            one,
            *_later_decades(one, tokens),
        ]
    for i in range(len(listed) - 2, -1, -1):
        listed[i] = _with_year_of(listed[i], listed[i + 1], tokens)
    return listed


def _with_year_of(one: Found, other: Found, tokens: Sequence[Token]) -> Found:
    """ "May, June and July 2008": the year of the last; "Tuesday and Wednesday last week": its week."""
    between = tokens[one.last : other.first]
    when, there = one.value.when, other.value.when
    habit = one.rule == other.rule == "weekday" and other.value.type == "SET"
    if habit and isinstance(when, Period) and _is_list(between):  # "Monday and Tuesday nights"
        timex3 = f"XXXX-WXX-{when.start.weekday() + 1}{(other.value.timex3 or '')[10:]}"
        return replace(one, value=replace(other.value, timex3=timex3))
    if not isinstance(when, Period) or not isinstance(there, Period) or not _is_list(between):
        return one
    if one.rule == "weekday" and other.rule == "weekday-of-week":
        monday = containing("week", there.start).start
        return _moved(one, shift(Period("day", monday), when.start.weekday()))
    if one.rule not in _MONTHLY or not (other.shares_year or _names_year(other, tokens)):
        return one
    if there.unit not in ("day", "month", "season"):
        return one
    moved = shift_when(when, there.year - when.year, "year")
    if moved is not None and moved.start > there.start:
        moved = shift_when(moved, -1, "year")
    return replace(_moved(one, moved), shares_year=True)


def _moved(one: Found, when: object) -> Found:
    value = dated(when, one.value.part) if isinstance(when, Period) else None
    return replace(one, value=value) if value else one


def _is_list(between: Sequence[Token]) -> bool:
    if not 1 <= len(between) <= _LINK_REACH or not any(token.kind in _LISTS for token in between):
        return False
    return all(token.kind in _LINKS or token.text == "again" for token in between)


def _names_year(one: Found, tokens: Sequence[Token]) -> bool:
    return any(token.kind == "year" for token in tokens[one.first : one.last])


def _earlier_days(one: Found, tokens: Sequence[Token]) -> list[Found]:
    """ "on 5 and 6 May": the 5 has the month too."""
    when, i, found = one.value.when, one.first - 1, list[Found]()
    if not one.rule.startswith("day-month") or not isinstance(when, Period) or when.unit != "day":
        return found
    latest, links = when, frozenset({"and", "or"})
    while i >= 2 and tokens[i].kind in links and tokens[i - 1].kind in ("day", "ordinal"):
        first = i - 2 if tokens[i - 2].kind == "the" else i - 1
        day = day_of(when.year, when.start.month, int(tokens[i - 1].value))
        if day is None or not day.start < latest.start or tokens[first - 1].kind not in _BEFORE_DAY:
            break
        found.insert(0, _new(one, first, i, dated(day), "further-day"))
        latest, links, i = day, _LISTS, first - 1
    return found


def _earlier_parts(one: Found, tokens: Sequence[Token]) -> list[Found]:
    """ "the third and fourth quarters of 2009": the third is one, too."""
    when, found, i = one.value.when, list[Found](), one.first - 1
    plural = any(token.kind == "units" for token in tokens[one.first : one.last])
    if one.rule != "ordinal-part" or not plural or not isinstance(when, Period):
        return found
    while i >= 1 and tokens[i].kind in ("and", "or", "comma") and tokens[i - 1].kind in ("ordinal", "second"):
        first = i - 2 if i >= 2 and tokens[i - 2].kind == "the" else i - 1
        part = numbered_part(when.year, when.unit, int(tokens[i - 1].value))
        found.insert(0, _new(one, first, i, dated(part), "further-part"))
        i = first - 1
    return found


def _later_decades(one: Found, tokens: Sequence[Token]) -> list[Found]:
    """ "the 70s and 80s", "the sixties or seventies"."""
    when, i, found = one.value.when, one.last, list[Found]()
    if not isinstance(when, Period) or when.unit != "decade":
        return found
    while i + 1 < len(tokens) and tokens[i].kind in ("and", "or", "comma"):
        token = tokens[i + 1]
        digits = "".join(c for c in str(token.value) if c.isdigit())
        if token.kind not in ("decade", "decadeword") or len(digits) != 2:
            break
        decade = years_from("decade", when.year // 100 * 100 + int(digits))
        if decade is None or decade.start <= when.start:
            break
        found.append(_new(one, i + 1, i + 2, dated(decade), "further-decade"))
        i += 2
    return found


def _new(one: Found, first: int, last: int, value: Value | None, rule: str) -> Found:
    known = value or one.value
    timex3 = timex3_of(known.when) if known.when is not None else known.timex3
    return replace(one, first=first, last=last, value=replace(known, timex3=timex3), rule=rule)
