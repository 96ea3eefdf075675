"""Resolvers of lengths that touch publication ("the past 10 months") and of last, this and next unit."""

from __future__ import annotations

from dataclasses import replace

from newsfacts.dates.context import Context, Value, dated, length, unresolved, vague
from newsfacts.dates.grammar import Match
from newsfacts.dates.periods import (
    MONTHS,
    Interval,
    Period,
    When,
    containing,
    month_of,
    shift,
    shift_when,
    year_of,
)
from newsfacts.dates.resolve_calendar import day, month, relative_month
from newsfacts.dates.resolve_relative import weekday
from newsfacts.dates.units import (
    CLOCK_UNITS,
    COUNTED,
    UNKNOWN,
    next_to,
    number_of,
    this_unit,
    timex3_length,
    unit_of,
)

_BACKWARD = ("past", "last", "recent", "previous")


def last_n(match: Match, context: Context) -> Value | None:
    """The past 10 months: from so many units before publication to publication, in that unit."""
    before = match.before()
    if (
        match.tokens[match.first].kind == "last"
        and before is not None
        and before.text in context.cues.before_verb_last
    ):
        return None  # "will last six months"
    if match.slots["d"].kind == "recent" and match.slots["u"].kind != "units":
        return None  # "a recent six-day visit"
    return _span_at_publication(match, context, number_of(match), -1)


def next_n(match: Match, context: Context) -> Value | None:
    """The coming five years: from publication on, in that unit."""
    return _span_at_publication(match, context, number_of(match), 1)


def _span_at_publication(match: Match, context: Context, number: float | None, sign: int) -> Value | None:
    unit = unit_of(match)
    if number is None:
        return None
    timex3 = timex3_length(number, unit)
    if unit == "hour" and number % 24 == 0:
        unit, number = "day", number // 24
    if unit in CLOCK_UNITS:
        return length(timex3)
    plain, factor = COUNTED.get(unit, (unit, 1))
    if plain == "week":  # a length in weeks is no run of calendar weeks
        plain, factor = "day", factor * 7
    here = this_unit(plain, context)
    there = shift(here, sign * round(number * factor)) if here else None
    if here is None or there is None:
        return unresolved(timex3)
    return dated(Interval(there, here) if sign < 0 else Interval(here, there), timex3=timex3)


def vague_span(match: Match, context: Context) -> Value | None:
    """The past several months, recent years, the coming days."""
    sign, after = -1 if match.slots["d"].kind in _BACKWARD else 1, match.after()
    if match.slots["d"].kind in ("last", "previous") and after is not None and after.kind == "of":
        return None  # "the last years of his life"
    if match.value("f") == "2":
        return _span_at_publication(match, context, 2, sign)
    if match.slots["d"].kind == "following" and context.direction_of(match) == "past":
        sign = -1  # "in the following months the war changed"
    return vague("PAST_REF" if sign < 0 else "FUTURE_REF")


def units_followed(match: Match, context: Context) -> Value | None:
    """The months that followed, the years ahead."""
    followed = match.tokens[match.last - 1]
    return vague("FUTURE_REF" if followed.text == "ahead" else "PAST_REF")


def relative_unit(match: Match, context: Context) -> Value | None:
    """Last year, this month, next week; "the past year" is a length that ends at publication."""
    unit, token = unit_of(match), match.slots["d"]
    if match.rule.name == "latest-period":
        return _latest(context, "period")
    if unit in CLOCK_UNITS or unit == "millennium":
        return None
    if unit == "fortnight":  # no unit of the calendar: only a length that touches publication
        near = token.kind in ("past", "last", "next", "coming")
        return _span_at_publication(match, context, 1, int(token.value)) if near else None
    article = match.tokens[match.first].kind == "the"
    if token.kind == "following" and unit in ("decade", "century"):
        return _length_from(context.anchor(), unit)
    if token.kind in ("previous", "following"):
        return _from_anchor(context, int(token.value), unit)
    if token.kind == "latest":
        return _latest(context, unit)
    if token.kind == "next" and article:
        return _the_next(match, context, unit)
    if unit == "day":
        return _span_at_publication(match, context, 1, -1) if token.kind == "past" else None
    if _is_length(token.kind, unit, article):
        return _span_at_publication(match, context, 1, int(token.value))
    here = this_unit(unit, context)
    there = shift(here, int(token.value)) if here else None
    return dated(there) or unresolved(UNKNOWN.get(unit))


def _length_from(anchor: When | None, unit: str) -> Value | None:
    """ "over the following decade": ten years from the time told of on."""
    timex3 = timex3_length(1, unit)
    if anchor is None:
        return unresolved(timex3)
    first = containing("year", anchor.start)
    last = shift(first, 10 if unit == "decade" else 100)
    return dated(Interval(first, last), timex3=timex3) if last else None


def _latest(context: Context, unit: str) -> Value | None:
    """ "the latest quarter": the one spoken of, else the last complete one."""
    if unit == "period":
        return dated(context.measured)
    anchor, here = context.periods.get(unit) or context.reference, this_unit(unit, context)
    if anchor is not None and anchor.unit == unit:
        return dated(anchor)
    return dated(shift(here, -1)) if here else unresolved(UNKNOWN.get(unit))


def _is_length(kind: str, unit: str, article: bool) -> bool:
    """ "the past year", "the last decade", "past week"; but "past year" beside figures is last year."""
    if kind == "coming":
        return True
    return (kind == "past" and (article or unit not in ("year", "month"))) or (kind == "last" and article)


def _the_next(match: Match, context: Context, unit: str) -> Value | None:
    """ "the next day" is counted from the time spoken of; "the next year", ahead, is a length."""
    fiscal = any(token.kind == "fiscal" for token in match.tokens[match.first : match.last])
    if fiscal:
        here = this_unit(unit, context)
        return dated(shift(here, 1)) if here else unresolved(UNKNOWN.get(unit))
    if unit == "day" or context.direction_of(match) == "past" or unit in ("weekend", "quarter", "half"):
        return _from_anchor(context, 1, unit)
    return _span_at_publication(match, context, 1, 1)


def _is_business_year(span: Interval) -> bool:
    """Twelve months that are no calendar year."""
    return span.unit == "month" and shift(span.first, 11) == span.last and span.first.start.month > 1


def _from_anchor(context: Context, number: int, unit: str) -> Value | None:
    """The following month, the previous year: counted from the time spoken of."""
    anchor = context.anchor_of(unit) if number < 0 else context.anchor()
    if unit == "year" and isinstance(anchor, Interval) and _is_business_year(anchor):
        return dated(shift_when(anchor, number, "year"))
    if anchor is None:
        return unresolved(UNKNOWN.get(unit))
    return dated(next_to(anchor, unit, number))


def unit_after_next(match: Match, context: Context) -> Value | None:
    """The year after next, the week before last."""
    after = match.after()
    if after is not None and after.kind in ("weekday", "month", "season", "unit", "holiday", "daypart"):
        return None
    unit, sign = unit_of(match), 1 if match.slots["d"].kind == "next" else -1
    here = this_unit(unit, context)
    return dated(shift(here, 2 * sign)) if here else unresolved(UNKNOWN.get(unit))


def week_of(match: Match, context: Context) -> Value | None:
    """The week of March 6."""
    if match.value("u") != "week":
        return None
    found = day(match, context)
    if found is None or found.when is None:
        return unresolved("XXXX-WXX")
    return dated(containing("week", found.when.start))


def weeks_to(match: Match, context: Context) -> Value | None:
    """The week ended Nov. 3, the four weeks ended Friday: whole weeks up to that day."""
    unit, number = unit_of(match), number_of(match)
    if unit not in ("week", "day") or number is None:
        return None
    end = weekday(match, context) if match.value("w") is not None else day(match, context)
    span = timex3_length(number, unit)
    if end is None or not isinstance(end.when, Period):
        return unresolved(span)
    first = shift(end.when, 1 - round(number * (7 if unit == "week" else 1)))
    return dated(Interval(first, end.when), timex3=span) if first else None


def months_to(match: Match, context: Context) -> Value | None:
    """The three months to June, the nine months ended Sept. 30, 2006."""
    unit, number = unit_of(match), number_of(match)
    if unit not in ("month", "quarter", "year", "half") or number is None:
        return None
    if match.rule.name == "years-to":
        year = match.number("y") or 0
        first_year = year_of(year - round(number) + 1)
        return dated(Interval(first_year, year_of(year)), timex3=timex3_length(number, unit))
    bare = replace(match, slots={slot: token for slot, token in match.slots.items() if slot != "u"})
    if "x" in match.slots:
        bare = replace(bare, slots={**bare.slots, "d": match.slots["x"]})
        end = relative_month(bare, context)  # "the year to next March 31": months are what is counted
    else:
        end = day(bare, context) if match.value("d") is not None else month(bare, context)
    if end is None or end.when is None:
        return unresolved(timex3_length(number, unit))
    last: Period = month_of(end.when.year, end.when.start.month)
    first = shift(last, 1 - round(number * MONTHS[unit]))
    return dated(Interval(first, last), timex3=timex3_length(number, unit)) if first else None
