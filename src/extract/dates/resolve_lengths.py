"""Resolvers of parts of the day, clock times, lengths of time, sets and vague references."""

from __future__ import annotations

from dataclasses import replace

from newsfacts.dates.context import Context, Value, dated, length, unresolved, vague, with_part_of_day
from newsfacts.dates.grammar import Match
from newsfacts.dates.periods import Period, When, shift
from newsfacts.dates.resolve_relative import weekday
from newsfacts.dates.units import number_of, timex3_length, unit_of
from newsfacts.dates.years import weekday_near


def tonight(match: Match, context: Context) -> Value | None:
    """Tonight."""
    return dated(with_part_of_day(context.this("day"), "TNI")) or unresolved("XXXX-XX-XX", "TNI")


def daypart(match: Match, context: Context) -> Value | None:
    """This morning, last night, the next morning, that evening, the afternoon."""
    token, code = match.slots["d"], str(match.value("p"))
    day: When | None = context.this("day")
    if token.kind in ("that", "the", "next", "following", "previous"):
        day = context.anchor()
    if isinstance(day, Period) and day.unit == "day":
        moves = {"last": -1, "next": 1, "following": 1, "previous": -1}
        day = shift(replace(day, clock=None), moves.get(token.kind, 0))
    else:
        day = None
    if token.kind == "the" and not _time_preposition(match):
        return None
    return dated(with_part_of_day(day, code)) or unresolved("XXXX-XX-XX", code)


def part_of_daypart(match: Match, context: Context) -> Value | None:
    """Mid-afternoon, late morning yesterday, early evening Friday."""
    before = match.before()
    bare = "t" not in match.slots and "w" not in match.slots
    if bare and (before is None or before.text not in context.cues.before_clock):
        return None
    code = str(match.value("p"))
    return dated(with_part_of_day(_clock_day(match, context), code)) or unresolved("XXXX-XX-XX", code)


def _time_preposition(match: Match) -> bool:
    before, after = match.before(), match.after()
    return (
        before is not None
        and before.text in ("in", "during", "on", "for")
        and (not after or after.kind != "of")
    )


def clock(match: Match, context: Context) -> Value | None:
    """10:35 a.m., 9 a.m. Tuesday, 4 in the morning, three o'clock."""
    time = _clock_time(match, context)
    if time is None:
        return None
    day = _clock_day(match, context)
    if day is None:
        return Value("TIME", f"XXXX-XX-XXT{time}", anchors=False)
    return dated(replace(day, clock=time))


def _clock_day(match: Match, context: Context) -> Period | None:
    """The day beside a clock time, else the day spoken of, else that of publication."""
    if (number := match.number("w")) is not None:
        if "d" not in match.slots:
            return weekday_near(number, context, context.direction_of(match))
        named = weekday(replace(match, slots={slot: match.slots[slot] for slot in ("w", "d")}), context)
        return named.when if named is not None and isinstance(named.when, Period) else None
    here = context.this("day")
    if match.value("t") is not None:
        return shift(here, match.number("t") or 0) if here else None
    anchor = context.anchor()
    if isinstance(anchor, Period) and anchor.unit == "day":
        return replace(anchor, clock=None, part_of_day=None)
    return here


def _clock_time(match: Match, context: Context) -> str | None:
    token, half = match.slots["c"], match.value("ampm")
    if match.rule.name == "hour-of-zone":
        return _military(match, token.text)
    parts = token.text.replace(".", ":").split(":") if token.kind == "clock" else [str(int(token.value))]
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    late = half == 12 or match.value("p") in ("TAF", "TEV", "TNI")
    if half is not None or match.value("p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if late else 0)
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        return None
    if token.kind == "clock" and half is None and not _clock_context(match, context):
        return None
    return f"{hour:02d}:{minute:02d}"


def _military(match: Match, text: str) -> str | None:
    """1900 GMT; in brackets it only restates a local time."""
    before = match.before()
    if len(text) != 4 or text[:2] > "23" or text[2:] > "59" or (before is not None and before.text == "("):
        return None
    return f"{text[:2]}:{text[2:]}"


def _clock_context(match: Match, context: Context) -> bool:
    """A bare 10:35 is a time only beside a word that asks for one (it may be a score or a verse)."""
    before = match.before()
    zone = match.last - match.first > 1
    return zone or (before is not None and before.text in context.cues.before_clock)


def noon(match: Match, context: Context) -> Value | None:
    """Noon, midnight."""
    time = str(match.slots["n"].value)
    day = _clock_day(match, context)
    if day is None:
        return Value("TIME", f"XXXX-XX-XXT{time}", anchors=False)
    if time == "24:00":
        return dated(replace(day, part_of_day="TNI"), timex3=f"{day.start.isoformat()}T24:00")
    return dated(replace(day, clock=time))


def duration(match: Match, context: Context) -> Value | None:
    """Three days, a 16-hour flight, two and a half years, a month."""
    number, unit = number_of(match), unit_of(match)
    after, last = match.after(), match.tokens[match.last - 1]
    if number is None or unit == "weekend" or _is_age(match):
        return None
    if last.kind == "second" and match.tokens[match.last - 2].kind != "hyphen":
        return None
    if match.rule.name == "duration-one" and _goes_on(match):
        return None
    if unit == "quarter" and (after is None or after.kind == "of" or number == 1):
        return None
    if (
        last.kind == "unit"
        and number > 1
        and match.tokens[match.last - 2].kind != "hyphen"
        and unit == "quarter"
    ):
        return None
    return length(timex3_length(number, unit))


def _goes_on(match: Match) -> bool:
    """ "a day-long meeting" is "day-long", "a year-to-date gain" no length."""
    after = match.after()
    return after is not None and after.kind == "hyphen" and after.start == match.end


def _is_age(match: Match) -> bool:
    after, next_one = match.after(), match.after(2)
    if after is None:
        return False
    return after.kind == "old" or (after.kind == "hyphen" and next_one is not None and next_one.kind == "old")


def duration_range(match: Match, context: Context) -> Value | None:
    """Five to six months: the upper bound, as TimeML has no range."""
    number, unit = float(match.value("b") or 0), unit_of(match)
    if float(match.value("n") or 0) >= number or _is_age(match):
        return None
    return length(timex3_length(number, unit))


def duration_vague(match: Match, context: Context) -> Value | None:
    """Several months, weeks, years."""
    unit, number = unit_of(match), match.value("f")
    if _is_age(match):
        return None
    if match.rule.name == "duration-long":
        return length(timex3_length(1 if match.slots["u"].kind == "unit" else None, unit))
    if number is None:
        return _bare(match, context, unit)
    return length(timex3_length(2 if number == "2" else None, unit))


def _bare(match: Match, context: Context, unit: str) -> Value | None:
    """ "For weeks", "in the years before": a plural without a number."""
    before = match.before()
    if (
        before is None
        or before.text not in context.cues.before_bare_units
        or unit in ("minute", "second", "quarter")
    ):
        return None
    return length(timex3_length(None, unit))


def every(match: Match, context: Context) -> Value | None:
    """Every day, every three months, every other week, every Friday, twice a week."""
    weekday = match.number("w")
    if weekday is not None:
        return Value("SET", f"XXXX-WXX-{weekday + 1}{match.value('p') or ''}", anchors=False)
    if (code := match.value("p")) is not None:
        return Value("SET", f"XXXX-XX-XX{code}", anchors=False)
    if "u" not in match.slots:
        return Value("SET", "P1Y", anchors=False)
    if match.tokens[match.first].text == "per":
        return None
    number = 2.0 if match.value("o") is not None else number_of(match)
    value = timex3_length(number, unit_of(match)) if number else None
    return Value("SET", value, anchors=False) if value else None


def frequency(match: Match, context: Context) -> Value | None:
    """Daily, monthly, annually."""
    return Value("SET", str(match.value("f")), anchors=False)


def vague_reference(match: Match, context: Context) -> Value | None:
    """Now, currently, recently, the future."""
    return vague(str(match.value("v")))


def past(match: Match, context: Context) -> Value | None:
    """The past, long ago."""
    after = match.after()
    if (
        match.rule.name == "the-past-vague"
        and after is not None
        and after.kind not in ("sign", "comma", "break")
    ):
        before = match.before()
        if (
            before is None
            or before.text != "in"
            or after.kind in ("unit", "units", "numword", "day", "fewnum")
        ):
            return None
    return vague("PAST_REF")
