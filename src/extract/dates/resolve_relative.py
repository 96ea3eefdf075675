"""Resolvers of expressions that start from publication or from the time spoken of."""

from __future__ import annotations

from dataclasses import replace

from newsfacts.dates.clues import Direction
from newsfacts.dates.context import (
    Context,
    Value,
    dated,
    unresolved,
    vague,
    with_part_of_day,
)
from newsfacts.dates.grammar import Match
from newsfacts.dates.periods import (
    MONTHS,
    Interval,
    Period,
    When,
    containing,
    shift,
    shift_when,
    year_of,
)
from newsfacts.dates.units import (
    CALENDAR,
    CLOCK_UNITS,
    COUNTED,
    UNKNOWN,
    amount_follows,
    calendar_unit,
    number_of,
    this_unit,
    timex3_length,
    unit_around,
    unit_of,
)
from newsfacts.dates.years import numbered_part, weekday_near, year_words

#: "2,000 years ago" names no year.
_TOO_LONG = 1000
#: Until the end of this month "for the year, it earned" reports on the last one.
_NEW_YEAR = 2
#: "The day" of a market is one of the last so many days.
_DAYS_OF_NEWS = 7
#: Reports on a quarter come within so many days of its end.
_JUST_BEGUN = 45


def same(match: Match, context: Context) -> Value | None:
    """The same day, that year, the same period of last year, the corresponding quarter of 2005."""
    token = match.slots["u"]
    unit = str(token.value) if token.kind == "unit" else "period"
    words = year_words(match, context)
    if words is None or unit in CLOCK_UNITS:
        return None
    if match.rule.name == "year-period" and unit not in ("quarter", "month", "half", "period"):
        return None
    if token.kind == "time" and match.rule.name != "that-unit":
        return None
    if match.rule.name == "corresponding-period":
        return _corresponding(match, context, words.year if words.given else None, unit)
    if words.given:
        return _same_in_year(context.period(), words.year, unit)
    if token.kind in ("time", "period"):
        spoken_of = context.period() if token.kind == "period" else context.reference
        return dated(spoken_of) or unresolved(None)
    anchor = context.anchor()
    if anchor is None:
        return unresolved(UNKNOWN.get(unit))
    return dated(unit_around(anchor, unit)) or unresolved(UNKNOWN.get(unit))


def _same_in_year(anchor: When | None, year: int | None, unit: str) -> Value | None:
    if year is None:
        return unresolved(None)
    if anchor is None or anchor.unit in ("year", "decade", "century"):
        return dated(year_of(year))
    if unit in CALENDAR and unit not in ("year", "decade", "century"):
        anchor = unit_around(anchor, unit) or anchor
    return dated(shift_when(anchor, year - anchor.end.year, "year"))


def _corresponding(match: Match, context: Context, year: int | None, unit: str) -> Value | None:
    """The year-earlier quarter, the corresponding period of 2005."""
    anchor = context.period() or context.anchor()
    if anchor is None:
        return unresolved(None)
    if year is not None:
        return _same_in_year(context.period(), year, unit)
    back = match.number("c") or 0
    around = unit_around(anchor, unit) if unit in CALENDAR else anchor
    if unit == "year" or back == 0:
        return None
    if around is None or (unit == "period" and around.unit == "day"):
        return dated(year_of(anchor.year + back))
    return _basis(shift_when(around, back, "year"))


def the_unit(match: Match, context: Context) -> Value | None:
    """In the quarter, for the year, over the weekend: the one spoken of."""
    unit, before = unit_of(match), match.before()
    if unit == "day":
        return _the_day(match, context)
    if before is None or unit not in ("week", "weekend", "month", "quarter", "year", "decade", "century"):
        return None
    known = before.text in context.cues.before_unit or before.text in context.cues.day_over
    if not known and not _is_owner(match, unit):
        return None
    if unit in ("week", "weekend") and _is_placed(match, context):
        return None
    if unit == "weekend":
        return _the_weekend(match, context)
    after = match.after()
    if after is not None and (after.kind == "hyphen" or (after.kind == "of" and not amount_follows(match))):
        return None
    anchor = _year_told_of(match, context) if unit == "year" else context.spoken_of(unit)
    of_report = unit == "quarter" and before.text == "for" and not context.story.is_history
    reported = of_report and anchor is not None and anchor.unit == "day"
    found = unit_around(anchor, unit) if anchor and not reported else None
    return dated(found or _last_complete(match, context, unit)) or unresolved(UNKNOWN.get(unit))


def _is_owner(match: Match, unit: str) -> bool:
    """ "the week's most active session": of the present one."""
    after = match.after()
    return (
        after is not None and after.kind == "apos" and after.start == match.end and unit in ("week", "month")
    )


def _is_placed(match: Match, context: Context) -> bool:
    """ "the week following the storm" is no week that could be told."""
    after = match.after()
    if after is None or after.text not in context.cues.placing_week:
        return False
    following = match.after(2)  # "over the week before closing for a holiday" is the present one
    return after.text != "before" or (following is not None and following.kind in ("the", "every", "a"))


def _the_day(match: Match, context: Context) -> Value | None:
    """ "ended the day at 8,017", "for the day": the one spoken of, else that of publication."""
    before, after = match.before(), match.after()
    if before is None or before.text not in context.cues.day_over:
        return None
    if after is not None and after.kind not in ("comma", "sign", "break", "at", "and"):
        follows = before.kind == "word" and after.text in ("up", "down", "higher", "lower", "with", "on")
        if not follows:
            return None
    anchor, here = context.anchor(), context.this("day")
    if anchor is None or anchor.unit != "day":
        return dated(here) or unresolved(UNKNOWN["day"])
    fresh = here is None or context.story.is_history or (here.start - anchor.start).days <= _DAYS_OF_NEWS
    return dated(_plain(anchor) if fresh else here)


def _last_complete(match: Match, context: Context, unit: str) -> Period | None:
    """The present unit; of a quarter that is told of and has only just begun, the last one."""
    here = this_unit(unit, context)
    if here is None or context.published is None or unit != "quarter":
        return here
    begun = (context.published - here.start).days
    return shift(here, -1) if begun < _JUST_BEGUN and context.direction_of(match) == "past" else here


def _year_told_of(match: Match, context: Context) -> When | None:
    """ "In 1946 the troops left. Later in the year ..."."""
    told, before = context.told_of(match), match.before()
    if context.in_sentence is not None:
        return context.in_sentence
    if told is not None:
        return told[0]
    reported = before is not None and before.text == "for" and context.direction_of(match) == "past"
    here = context.this("year")
    if not reported or here is None or context.published is None:
        return None
    return context.report or (shift(here, -1) if context.published.month <= _NEW_YEAR else None)


def _the_weekend(match: Match, context: Context) -> Value | None:
    here = context.this("weekend")
    if here is None or context.published is None:
        return unresolved(UNKNOWN["weekend"])
    if context.direction_of(match) in ("future", "planned") or here.start <= context.published:
        return dated(here)
    return dated(shift(here, -1))


def weekday(match: Match, context: Context) -> Value | None:
    """Friday, last Friday, next Monday, that Tuesday, with a part of the day."""
    number, token = match.number("w") or 0, match.slots.get("d")
    code = str(match.value("p")) if match.value("p") else None
    if "p" in match.slots and match.slots["p"].text.endswith("s"):
        return Value("SET", f"XXXX-WXX-{number + 1}{code}", anchors=False)  # "on Friday nights"
    before_publication = weekday_near(number, context, "past")
    if token is None:
        found = _weekday_told_of(match, context, number)
    elif token.kind == "previous":
        found = _weekday_before(context, number)
    elif token.kind in ("last", "past") and before_publication:
        same_day = before_publication.start == context.published
        found = shift(before_publication, -7 if same_day else 0)
    elif token.kind == "following" or _is_next_told(match, context):
        found = _weekday_after(context, number)
    elif token.kind == "next" and before_publication:
        found = shift(before_publication, 7)
    elif token.kind == "that":
        anchor = context.anchor()
        found = _weekday_of_week(anchor, number)
    elif token.kind == "coming":
        found = shift(before_publication, 7) if before_publication else None
    else:
        here = context.this("day")
        found = _weekday_of_week(here, number)
        ahead = context.direction_of(match) in ("future", "planned")
        if found and context.published and found.start < context.published and ahead and token.kind == "this":
            found = shift(found, 7)  # "starts this Monday", said on a Wednesday
    return dated(with_part_of_day(found, code)) or unresolved(f"XXXX-WXX-{number + 1}", code)


def _weekday_after(context: Context, number: int) -> Period | None:
    """The first such weekday after the time spoken of."""
    anchor = context.anchor()
    if anchor is None:
        return None
    ahead = (number - anchor.end.weekday() - 1) % 7 + 1
    return shift(Period("day", anchor.end), ahead)


def _weekday_before(context: Context, number: int) -> Period | None:
    """The last such weekday before the time spoken of."""
    anchor = context.anchor()
    if anchor is None:
        return None
    return shift(Period("day", anchor.start), -((anchor.start.weekday() - number - 1) % 7 + 1))


def _is_next_told(match: Match, context: Context) -> bool:
    """ "the next Monday" in a clause that looks back."""
    token = match.slots["d"]
    article = match.tokens[match.first].kind == "the"
    return token.kind == "next" and article and context.direction_of(match) == "past"


def _weekday_told_of(match: Match, context: Context, number: int) -> Period | None:
    """ "Last week, on Tuesday": of that week; in a history from the day told of on; else the nearest."""
    week, told = context.in_sentence, context.told_of(match) if context.story.is_history else None
    before = [token.kind for token in match.tokens[max(match.first - 3, 0) : match.first]]
    if week is not None and week.unit == "week" and before[-2:] in (["comma", "on"], ["unit", "on"]):
        return _weekday_of_week(week, number)
    if told is not None and told[0].unit == "day":
        ahead = (number - told[0].end.weekday()) % 7
        return shift(Period("day", told[0].end), ahead)
    return weekday_near(number, context, context.direction_of(match))


def _weekday_of_week(when: When | None, number: int) -> Period | None:
    if when is None:
        return None
    return shift(Period("day", containing("week", when.start).start), number)


def week_from_weekday(match: Match, context: Context) -> Value | None:
    """Friday week, a week on Friday: the Friday after the coming one."""
    number, count = match.number("w") or 0, number_of(match) or 1
    if match.value("u") != "week":
        return None
    here = weekday_near(number, context, "future")
    return dated(shift(here, 7 * round(count))) if here else unresolved(f"XXXX-WXX-{number + 1}")


def weekday_of_week(match: Match, context: Context) -> Value | None:
    """Monday of last week, Friday next week."""
    if match.value("u") != "week":
        return None
    code = str(match.value("p")) if match.value("p") else None
    here = context.this("week")
    there = shift(here, match.number("d") or 0) if here else None
    found = _weekday_of_week(there, match.number("w") or 0)
    return dated(with_part_of_day(found, code)) or unresolved(
        f"XXXX-WXX-{(match.number('w') or 0) + 1}", code
    )


def ago(match: Match, context: Context) -> Value | None:
    """Two months ago, a year ago, years ago."""
    unit = unit_of(match)
    if match.rule.name == "vague-units-ago" and match.value("f") != "2":
        return vague("PAST_REF")
    number = 2.0 if match.value("f") == "2" else number_of(match)
    if number is None or unit == "weekend":
        return None
    if number >= _TOO_LONG:
        return vague("PAST_REF")
    if unit == "year" and number == 1 and (compared := context.compared_at(match)):
        return _basis(shift_when(compared, -round(number), "year"))
    return _moved(context.this("day"), -number, unit)


def _basis(when: When | None) -> Value | None:
    """What a figure is compared with: it does not become the time told of."""
    value = dated(when)
    return replace(value, anchors=False) if value else None


def the_n_months(match: Match, context: Context) -> Value | None:
    """ "Over the 10 months": those that figures were last given for, where they are as many."""
    before, spoken_of, number = match.before(), context.periods.get("months"), number_of(match)
    if before is None or before.text not in context.cues.before_unit or match.value("u") != "month":
        return None
    if number is None or not isinstance(spoken_of, Interval):
        return None
    if shift(spoken_of.first, round(number) - 1) != spoken_of.last:
        return None
    return dated(spoken_of, timex3=timex3_length(number, "month"))


def period_ago(match: Match, context: Context) -> Value | None:
    """The quarter a year ago, the year-earlier third quarter, a year-earlier profit."""
    unit, number = str(match.value("u") or "period"), match.number("o")
    if match.rule.name == "year-ago-part":
        return _part_ago(match, context, unit, number)
    measured = context.measured_here or context.report
    if unit != "period":
        last = context.spoken_of(unit)
        measured = unit_around(last, unit) if last else None
    if match.rule.name == "year-ago" and (measured is None or match.after() is None):
        return None
    return _basis(shift_when(measured, -1, "year")) if measured else unresolved(UNKNOWN.get(unit))


def _part_ago(match: Match, context: Context, unit: str, number: int | None) -> Value | None:
    """The year-earlier third quarter: the one before the last of that number."""
    here = context.published
    if unit not in ("quarter", "half") or number is None or here is None:
        return None
    last = context.periods.get(unit) or containing(calendar_unit(unit) or "quarter", here)
    part = numbered_part(last.year, unit, number)
    return _basis(shift(part, -1, "year")) if part else None


def from_now(match: Match, context: Context) -> Value | None:
    """Two weeks from now, a year from today."""
    number = number_of(match)
    return _moved(context.this("day"), number, unit_of(match)) if number else None


def shifted(match: Match, context: Context) -> Value | None:
    """A year earlier, two days later, the day before: counted from the time spoken of."""
    unit, token = unit_of(match), match.slots["d"]
    article = match.tokens[match.first].kind
    if token.kind in ("before", "after"):
        return _before_or_after(match, context, unit)
    after = match.after()
    if article == "the" or (after is not None and after.text == "than"):
        return None
    if match.rule.name == "vague-units-earlier" and match.value("f") != "2":
        return vague("PAST_REF")
    number = 2.0 if match.value("f") == "2" else number_of(match)
    if int(token.value) > 0 and context.reference is None and context.direction_of(match) == "past":
        return unresolved(UNKNOWN.get(unit))  # nothing to count from: not ahead of publication
    return _counted_from_anchor(match, context, number, unit, int(token.value)) if number else None


def _before_or_after(match: Match, context: Context, unit: str) -> Value | None:
    """ "The day before" and "two days after" where nothing follows that they could be counted from."""
    if not _clause_ends(match):
        return None
    sign = 1 if match.slots["d"].kind == "after" else -1
    number = number_of(match)
    return _counted_from_anchor(match, context, number, unit, sign) if number else None


def _clause_ends(match: Match) -> bool:
    after = match.after()
    return after is None or (after.kind in ("comma", "sign", "break", "and") and after.text not in "(\"'“‘`$")


def _counted_from_anchor(match: Match, context: Context, number: float, unit: str, sign: int) -> Value | None:
    anchor = context.anchor_of(unit) if sign < 0 else context.anchor()
    if unit == "year" and number % 1 == 0 and (measured := _measured(match, context, anchor)):
        value = dated(shift_when(measured, sign * round(number), "year"))
        reported = context.measured == measured and sign < 0
        return replace(value, anchors=False) if value and reported else value
    return _moved(anchor, sign * number, unit)


def _measured(match: Match, context: Context, anchor: When | None) -> When | None:
    """What "a year earlier" moves as a whole: the month, quarter ... that figures are given for."""
    if context.measured_here is not None:
        return context.measured_here
    if isinstance(anchor, Interval) or (anchor is not None and anchor.unit in ("half", "quarter", "month")):
        return anchor
    reported = anchor is not None and anchor.unit == "day"
    compared = context.clues.is_compared(match) or context.clues.compares_amount(match)
    return context.measured if reported and compared else None


def _moved(anchor: When | None, number: float, unit: str) -> Value | None:
    """So many units before or after, as the period of that unit."""
    if unit in CLOCK_UNITS:
        return dated(_plain(anchor)) if anchor and anchor.unit == "day" else unresolved(UNKNOWN["day"])
    plain, factor = COUNTED.get(unit, (unit, 1))
    if number * factor % 1 and plain == "year":
        plain, factor = "month", 12
    if anchor is None or (anchor.unit in MONTHS and plain not in MONTHS):
        return unresolved(UNKNOWN.get(unit, "XXXX"))
    edge = anchor.end if number > 0 else anchor.start
    known = calendar_unit(plain)
    return dated(shift(containing(known, edge), round(number * factor)) if known else None) or unresolved(
        None
    )


def _plain(anchor: When) -> When:
    return replace(anchor, clock=None, part_of_day=None) if isinstance(anchor, Period) else anchor


def today(match: Match, context: Context) -> Value | None:
    """Today, yesterday, tomorrow, with a part of the day; "today" can mean nowadays."""
    number = int(match.slots["t"].value)
    code = str(match.value("p")) if match.value("p") else None
    if number == 0 and code is None and context.means_nowadays(match):
        return vague("PRESENT_REF")
    if number == 1 and code is None and context.means_times_to_come(match):
        return vague("FUTURE_REF")
    here = context.this("day")
    there = shift(here, number) if here else None
    return dated(with_part_of_day(there, code)) or unresolved("XXXX-XX-XX", code)


def holiday(match: Match, context: Context) -> Value | None:
    """Thanksgiving, last Christmas, Lunar New Year 2007."""
    index, token = match.number("h") or 0, match.slots.get("d")
    words = year_words(match, context)
    if words is None:
        return None
    published = context.published
    if words.given:
        return dated(context.holidays.day(index, words.year)) if words.year else unresolved(None)
    if published is None:
        return unresolved(None)
    days = [d for n in (-1, 0, 1) if (d := context.holidays.day(index, published.year + n))]
    if token is None:
        found = _holiday_near(days, context, context.direction_of(match))
    elif token.kind == "this":
        found = next((d for d in days if d.year == published.year), None)
    elif token.kind in ("next", "coming"):
        found = next((d for d in days if d.end >= published), None)
    else:
        found = next((d for d in reversed(days) if d.start < published), None)
    return dated(found) or unresolved(None)


def _holiday_near(days: list[Period], context: Context, direction: Direction | None) -> Period | None:
    """The last one for the past, the next one for the future, else the nearest."""
    published = context.published
    if published is None or not days:
        return None
    if direction in ("future", "planned"):
        return next((d for d in days if d.end >= published), None)
    if direction == "past":
        return next((d for d in reversed(days) if d.start <= published), None)
    return min(days, key=lambda d: abs((d.start - published).days))
