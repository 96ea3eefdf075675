"""Joins found expressions: "the end of" + 2035, "between" 2006 "and" 2010, "the day after" + Thanksgiving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from newsfacts.dates.context import Value, dated, part_named
from newsfacts.dates.found import Found
from newsfacts.dates.lexer import Token
from newsfacts.dates.notation import timex3_of
from newsfacts.dates.periods import Interval, Period, Unit, When, containing, day_of, shift, shift_when
from newsfacts.dates.shared import PARTIAL, with_shared_parts
from newsfacts.dates.units import calendar_unit

#: Words of a modifier -> what it says of the time.
Modifiers = Mapping[tuple[str, ...], str]
#: Tokens between a clock time and its day.
_BRACKET = 7
_PREFIXABLE = ("DATE", "TIME")


def compose(
    found: Sequence[Found], tokens: Sequence[Token], modifiers: Modifiers, edges: Mapping[str, str]
) -> list[Found]:
    """All joins, in the order in which they nest."""
    listed = with_shared_parts(_more_days(found, tokens), tokens)
    listed = [_with_modifier(f, tokens, modifiers) for f in listed]
    listed = _clock_days(listed, tokens)
    listed = [_with_part_of_day(f, tokens) for f in listed]
    listed = [_with_part(f, tokens, edges) for f in listed]
    listed = _counted_from(listed, tokens)
    return _intervals(_without_repeated_years(_distinct(listed), tokens), tokens)


def _without_repeated_years(found: Sequence[Found], tokens: Sequence[Token]) -> list[Found]:
    """ "Dec. 13, 2005, 2005 --": a slip of agencies' datelines; the second year says nothing."""
    kept: list[Found] = []
    for one in found:
        last = kept[-1] if kept else None
        beside = last is not None and [t.kind for t in tokens[last.last : one.first]] == ["comma"]
        if last is not None and beside and one.rule == "year" and _ends_with_year(last, one, tokens):
            continue
        kept.append(one)
    return kept


def _ends_with_year(date: Found, year: Found, tokens: Sequence[Token]) -> bool:
    return date.last - date.first > 1 and tokens[date.last - 1].text == tokens[year.first].text


def _with_modifier(one: Found, tokens: Sequence[Token], modifiers: Modifiers) -> Found:
    """ "less than a year ago" lies between a year ago and now; other modifiers leave the value."""
    if not one.rule.endswith("ago") or one.value.when is None:
        return one
    for size in (2, 1):
        words = tuple(token.text for token in tokens[max(one.first - size, 0) : one.first])
        if len(words) == size and words in modifiers:
            below = modifiers[words] == "below" and one.now is not None and isinstance(one.value.when, Period)
            value = _until_now(one) if below else one.value
            return replace(one, first=one.first - size, value=value)
    return one


def _until_now(one: Found) -> Value:
    then, now = one.value.when, one.now
    if not isinstance(then, Period) or now is None:
        return one.value
    return dated(Interval(then, containing(then.unit, now))) or one.value


def _clock_days(found: Sequence[Found], tokens: Sequence[Token]) -> list[Found]:
    """ "10 a.m. (0700 GMT) on Monday": the day follows the clock time, over a bracket."""
    listed = list(found)
    for i, (one, other) in enumerate(pairwise(found)):
        day = other.value.when
        if one.rule not in ("clock", "hour", "noon") or not isinstance(day, Period) or day.unit != "day":
            continue
        when, between = one.value.when, tokens[one.last : other.first]
        if isinstance(when, Period) and not day.clock and len(between) <= _BRACKET and _only_bracket(between):
            value = dated(replace(day, clock=when.clock, part_of_day=when.part_of_day))
            beside = len(between) == 1 and between[0].kind == "comma" and other.rule.startswith("month-day")
            one = replace(one, last=other.last) if beside else one
            if value and (one.value.timex3 or "").endswith("T24:00"):
                value = replace(value, timex3=f"{day.start.isoformat()}T24:00")
            listed[i] = replace(one, value=value or one.value)
    for i in range(len(listed) - 2, -1, -1):
        listed[i] = _with_day_of(listed[i], listed[i + 1], tokens)
    return listed


def _with_day_of(one: Found, other: Found, tokens: Sequence[Token]) -> Found:
    """ "from 10am to 1pm on Sunday": the day is said once."""
    when, there = one.value.when, other.value.when
    bare = one.rule in ("clock", "hour", "noon") and other.rule in ("clock", "hour", "noon", "clock-of-day")
    if not bare or not isinstance(when, Period) or not isinstance(there, Period):
        return one
    between = [token.kind for token in tokens[one.last : other.first]]
    if between not in (["to"], ["hyphen"], ["and"]) or when.start == there.start:
        return one
    value = dated(replace(when, start=there.start))
    return replace(one, value=value) if value else one


def _only_bracket(tokens: Sequence[Token]) -> bool:
    """Nothing, "on", "of", a comma, local time, or a bracket that restates the time."""
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        joins = token.text in (")", "of") or token.kind in ("on", "comma", "local", "zone", "time")
        if depth == 0 and not joins:
            return False
    return depth == 0


def _distinct(found: Sequence[Found]) -> list[Found]:
    """Without expressions that a longer one before them has taken in, or that lie in a prefix."""
    kept: list[Found] = []
    for one in found:
        while (
            kept and kept[-1].last > one.first and kept[-1].last <= one.last and kept[-1].first >= one.first
        ):
            kept.pop()
        if not kept or kept[-1].last <= one.first:
            kept.append(one)
    return kept


def _more_days(found: Sequence[Found], tokens: Sequence[Token]) -> list[Found]:
    """ "April 24 and 25", "August 6 and 9, 1945": further days of the same month."""
    listed: list[Found] = []
    starts = {f.first for f in found}
    for one in found:
        days = _further(one, tokens, starts) if one.rule == "month-day" else []
        last = one.last + 2 * len(days)
        year = _year_after(tokens, last) if days else None
        month = one.value.when
        if not days or not isinstance(month, Period):
            listed.append(one)
            continue
        listed.append(replace(one, value=_in_year(one.value, month.start.day, year)))
        for n, number in enumerate(days, start=1):
            at = one.last + 2 * n - 1
            end = at + 1 if n < len(days) or year is None else at + 1 + year[1]
            value = _in_year(one.value, number, year)
            listed.append(replace(one, first=at, last=end, value=value, rule="further-day"))
    return listed


def _further(one: Found, tokens: Sequence[Token], starts: set[int]) -> list[int]:
    """The numbers of the days that follow "April 24"."""
    days: list[int] = []
    when, i = one.value.when, one.last
    if not isinstance(when, Period):
        return days
    latest = when.start.day
    while i + 1 < len(tokens) and tokens[i].kind in ("and", "comma") and tokens[i + 1].kind == "day":
        number = int(tokens[i + 1].value)
        if number <= latest or i + 1 in starts or not _ends(tokens, i + 2):
            break
        days.append(number)
        latest, i = number, i + 2
    listed_without_and = days and tokens[one.last + 2 * len(days) - 2].kind == "comma"
    return [] if listed_without_and else days


def _year_after(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """A year after optional comma, and how many tokens it takes."""
    size = 2 if i < len(tokens) and tokens[i].kind == "comma" else 1
    at = i + size - 1
    return (int(tokens[at].value), size) if at < len(tokens) and tokens[at].kind == "year" else None


def _in_year(value: Value, number: int, year: tuple[int, int] | None) -> Value:
    when = value.when
    if not isinstance(when, Period):
        return value
    day = day_of(year[0] if year else when.year, when.start.month, number)
    return replace(value, timex3=timex3_of(day), when=day) if day else value


def _ends(tokens: Sequence[Token], i: int) -> bool:
    if i >= len(tokens):
        return True
    token = tokens[i]
    if token.kind in ("comma", "in", "at", "on", "to", "and", "break", "year"):
        return True
    return token.kind == "sign" and token.text not in "%$(/"


def _with_part(one: Found, tokens: Sequence[Token], edges: Mapping[str, str]) -> Found:
    """ "early", "late", "mid-", "the end of", "later" before the expression."""
    if one.value.type not in _PREFIXABLE or one.value.part or one.first == 0:
        return one
    i = one.first - 1
    if tokens[i].kind == "of" and i >= 1:
        return _with_part_of(one, tokens, i - 1, edges)
    if tokens[i].kind == "in" and i >= 1 and tokens[one.first].kind == "the":
        return _with_part_in(one, tokens, i - 1)
    if tokens[i].kind == "hyphen" and i >= 1 and tokens[i - 1].kind in ("early", "late", "mid", "end"):
        return replace(one, first=i - 1, value=replace(one.value, part=part_named(tokens[i - 1].value)))
    if tokens[i].kind in ("early", "late", "mid"):
        return replace(one, first=i, value=replace(one.value, part=part_named(tokens[i].value)))
    if tokens[i].kind in ("earlier", "later") and tokens[one.first].kind in ("this", "that"):
        return replace(one, first=i)
    return one


def _with_part_in(one: Found, tokens: Sequence[Token], i: int) -> Found:
    """ "earlier in the year", "late in the day"."""
    if tokens[i].kind in ("earlier", "later"):
        return replace(one, first=i)
    if tokens[i].kind in ("early", "late"):
        return replace(one, first=i, value=replace(one.value, part=part_named(tokens[i].value)))
    return one


def _with_part_of(one: Found, tokens: Sequence[Token], i: int, edges: Mapping[str, str]) -> Found:
    head = tokens[i]
    if head.text == "part" and i >= 1 and tokens[i - 1].kind in ("early", "late", "latter"):
        i -= 1
        head = tokens[i] if tokens[i].kind != "latter" else tokens[i]._replace(value="late")
    elif head.kind in ("units", "unit") and i >= 1 and (edge := edges.get(tokens[i - 1].text)):
        i -= 1
        head = tokens[i]._replace(value=edge)
    elif head.kind != "end":
        return one
    first = i - 1 if i >= 1 and tokens[i - 1].kind == "the" else i
    return replace(one, first=first, value=replace(one.value, part=part_named(head.value)))


def _with_part_of_day(one: Found, tokens: Sequence[Token]) -> Found:
    """ "the night of Friday", "early Friday" stays a day."""
    i, when = one.first - 1, one.value.when
    hours = i >= 2 and tokens[i - 1].text == "hours" and tokens[i - 2].kind == "daypart"
    if hours and tokens[i].kind == "of":
        i -= 1  # "the morning hours of Oct. 25"
    elif i < 1 or tokens[i].kind != "of":
        return one
    if tokens[i - 1].kind != "daypart":
        return one
    if not isinstance(when, Period) or when.unit != "day" or when.clock:
        return one
    first = i - 1
    if first >= 1 and tokens[first - 1].kind in ("early", "late"):
        first -= 1
    first = first - 1 if first >= 1 and tokens[first - 1].kind == "the" else first
    value = dated(replace(when, part_of_day=str(tokens[i - 1].value)))
    return replace(one, first=first, value=value) if value else one


def _counted_from(found: Sequence[Found], tokens: Sequence[Token]) -> list[Found]:
    """ "two days after Christmas", "the day before Wednesday"."""
    listed: list[Found] = []
    for one in found:
        joined = _counted(one, tokens)
        if joined and listed and listed[-1].first >= joined.first:
            listed.pop()
        listed.append(joined or one)
    return listed


def _counted(one: Found, tokens: Sequence[Token]) -> Found | None:
    i, when = one.first - 1, one.value.when
    if (
        i < 2
        or tokens[i].kind not in ("before", "after", "from")
        or tokens[i - 1].kind not in ("unit", "units")
    ):
        return None
    if (
        not isinstance(when, Period)
        or one.value.type != "DATE"
        or when.unit not in ("day", "month", "year", "week")
    ):
        return None
    number = tokens[i - 2]
    if number.kind not in ("the", "a", "numword", "day"):
        return None
    unit = calendar_unit(str(tokens[i - 1].value))
    if unit not in ("day", "week", "month", "year") or (unit in ("day", "week") and when.unit != "day"):
        return None
    count = 1 if number.kind in ("the", "a") else round(float(number.value))
    moved = _move(when, -count if tokens[i].kind == "before" else count, unit)
    value = dated(moved)
    return Found(i - 2, one.last, value, "counted-from") if value else None


def _move(when: Period, count: int, unit: Unit) -> Period | None:
    moved = shift(Period("day", when.start), count, unit) if unit != "day" else shift(when, count)
    if moved is None or when.unit != "day":
        return shift(when, count, unit)
    return moved if unit == "day" else Period("day", moved.start)


def _intervals(found: Sequence[Found], tokens: Sequence[Token]) -> list[Found]:
    listed: list[Found] = []
    for one in found:
        joined = _interval(listed[-1], one, tokens) if listed else None
        if joined:
            listed[-1] = joined
        else:
            listed.append(one)
    return listed


def _interval(one: Found, other: Found, tokens: Sequence[Token]) -> Found | None:
    if other.first - one.last != 1 or one.value.type != "DATE" or other.value.type != "DATE":
        return None
    link, before = tokens[one.last].kind, tokens[one.first - 1].kind if one.first else ""
    if not (
        (link == "and" and before == "between") or (link in ("to", "hyphen") and _linked(one, other, before))
    ):
        return None
    first, last = _aligned(one, other)
    if not (isinstance(first, Period) and isinstance(last, Period)) or first.start > last.end:
        return None
    value = dated(Interval(first, last))
    start = one.first - 1 if before == "between" else one.first
    return Found(start, other.last, replace(value, part=None), "interval") if value else None


def _linked(one: Found, other: Found, before: str) -> bool:
    one_when, other_when = one.value.when, other.value.when
    if one_when is None or other_when is None:
        return False
    return before == "from" or (
        one_when.unit == other_when.unit and one_when.unit in ("day", "month", "year")
    )


def _aligned(one: Found, other: Found) -> tuple[When | None, When | None]:
    """Both bounds, the inferred year of one taken from the other."""
    first, last = one.value.when, other.value.when
    if first is None or last is None or first.unit not in ("day", "month"):
        return first, last
    if one.rule in PARTIAL and other.rule not in PARTIAL:
        first = shift_when(first, last.year - first.year, "year")
        if first and first.start > last.end:
            first = shift_when(first, -1, "year")
    elif other.rule in PARTIAL and last.start < first.start:
        step: tuple[int, Unit] = (7, "day") if other.rule == "weekday" else (1, "year")
        last = shift_when(last, *step)
    return first, last
