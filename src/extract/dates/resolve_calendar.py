"""Resolvers of expressions that name days, months, years and parts of years."""

from __future__ import annotations

from dataclasses import replace

from newsfacts.dates.context import Context, Value, dated, part_named, unresolved
from newsfacts.dates.grammar import Match
from newsfacts.dates.notation import SEASONS
from newsfacts.dates.periods import (
    Interval,
    Period,
    Unit,
    When,
    containing,
    day_of,
    month_of,
    part_of_year,
    shift,
    year_of,
    years_from,
)
from newsfacts.dates.story import day_in, month_in, season_in, year_of_story
from newsfacts.dates.units import amount_follows, this_unit, timex3_length, unit_of
from newsfacts.dates.years import YearWords, day_near, month_near, numbered_part, season_near, year_words
from newsfacts.model.mention import Part


def part(match: Match, slot: str = "p") -> Part | None:
    """The part of a period that a slot names (early, mid, late, start, end)."""
    return part_named(match.value(slot))


#: A quarter that ended so many days ago is not the one of "will ... in the first quarter".
_LONG_OVER = 150
#: Until then "peaked by the end of the year" is said of the last one.
_EARLY_IN_YEAR = 4
#: "cut output for the fourth quarter": one that starts within so many days is ahead, last year's long over.
_SOON = 75


def bare_day(match: Match, context: Context) -> Value | None:
    """On the 5th, the 28th of that month: in the month spoken of."""
    number, month_word = match.number("d") or 0, match.slots.get("md")
    if month_word is None:
        return _day_alone(match, context, number)
    if match.value("u") != "month":
        return None
    here = (
        context.this("month") if month_word.kind in ("this", "last", "next") else context.anchor_of("month")
    )
    spoken_of = containing("month", here.start) if here else None
    if spoken_of and month_word.kind not in ("that", "this", "the"):
        spoken_of = shift(spoken_of, int(month_word.value))
    if spoken_of is None:
        return unresolved(f"XXXX-XX-{number:02d}")
    return dated(day_of(spoken_of.year, spoken_of.start.month, number))


def _day_alone(match: Match, context: Context, number: int) -> Value | None:
    """ "On the 5th, it voted": a day where a month is told of and no noun follows."""
    before, after, anchor = match.before(), match.after(), context.reference
    if before is None or before.text not in context.cues.before_day or not match.slots["d"].text[0].isdigit():
        return None
    if after is not None and after.kind not in ("comma", "sign", "break", "and", "at"):
        return None
    if anchor is None or anchor.unit not in ("day", "month"):
        return None
    return dated(day_of(anchor.year, anchor.end.month, number))


def iso(match: Match, context: Context) -> Value | None:
    """2024-04-19 and 2024-04-19 14:24."""
    text = match.slots["d"].text
    day = context.absolute.written(text[:10])
    if day is None:
        return None
    clock = text[10:].lstrip("Tt ")[:5] or None
    return dated(Period("day", day, clock if clock and clock < "24" else None))


def numeric(match: Match, context: Context) -> Value | None:
    """11/4/2006, 2006/11/04, 4.11.2006."""
    day = context.absolute.written(match.slots["d"].text)
    return dated(Period("day", day)) if day and 1500 <= day.year <= 2200 else None


def day(match: Match, context: Context) -> Value | None:
    """A day of a month, with or without its year."""
    month, number = match.number("m") or 0, match.number("d") or 0
    words = year_words(match, context)
    if words is None or not 1 <= number <= 31 or _counted(match, context):
        return None
    if day_of(2000, month, number) is None and not words.given:
        return unresolved(None) if _is_day(match) else None
    if words.year is not None:
        found = context.absolute.day(words.year, month, number)
        return dated(Period("day", found)) if found else unresolved(None)  # no such day, and no other
    near = (
        None if words.given else _known(match, month, number, context) or _near(match, month, number, context)
    )
    return dated(near) if near else unresolved(f"XXXX-{month:02d}-{number:02d}")


def _is_day(match: Match) -> bool:
    """ "on Feb. 30." is meant as a day, "In June 31 firms" not."""
    before, after = match.before(), match.after()
    return (
        before is not None
        and before.kind == "on"
        and (after is None or after.kind in ("comma", "sign", "break"))
    )


def _known(match: Match, month: int, number: int, context: Context) -> Period | None:
    """ "the Sept. 11 attacks", "the attacks of Sept. 11": a day of history that is not ahead."""
    after = [token.text for token in match.tokens[match.last : match.last + 3]]
    before = [token.text for token in match.tokens[max(match.first - 3, 0) : match.first]]
    words = [*after[:2], *(before if before[-1:] in (["of"], ["on"]) else ())]
    found = context.holidays.known_day(month, number, words)
    return found if found and (context.published is None or found.start < context.published) else None


def known_slashed(match: Match, context: Context) -> Value | None:
    """9/11 beside words of time, no fraction."""
    before, after = match.before(), match.after()
    if before is None or before.text not in context.cues.before_known_day:
        return None
    if after is not None and (after.kind in ("slash", "of") or after.text == "%"):
        return None
    found = context.holidays.known_day(match.number("a") or 0, match.number("b") or 0, (), slashed=True)
    return dated(found) if context.published is None or (found and found.start < context.published) else None


def _near(match: Match, month: int, number: int, context: Context) -> Period | None:
    if told := context.told_of(match):
        found = day_in(*told, month, number, match.number("w"), context.published)
        if found is not None:
            return found
    return day_near(month, number, context, context.direction_of(match), match.number("w"))


def _counted(match: Match, context: Context) -> bool:
    """ "In May 12 percent of ...": the number belongs to what follows."""
    after = match.after()
    last = match.tokens[match.last - 1]
    if last.kind != "day" or after is None:
        return False
    return (
        after.text in context.cues.counted
        or after.kind == "units"
        or (after.text == "." and _digit_follows(match))
    )


def _digit_follows(match: Match) -> bool:
    dot, after = match.after(), match.after(2)
    return bool(dot and after and after.start == dot.end and after.kind in ("day", "integer"))


def day_range(match: Match, context: Context) -> Value | None:
    """Sept. 14-16, 14 to 16 September 2023."""
    month, first, last = (match.number(s) or 0 for s in ("m", "a", "b"))
    year = match.number("y")
    if first >= last:
        return None
    if year is None:
        near = _near(match, month, last, context)
        if near is None:
            return unresolved(f"XXXX-{month:02d}-{first:02d}/XXXX-{month:02d}-{last:02d}")
        year = near.year
    one, other = day_of(year, month, first), day_of(year, month, last)
    return dated(Interval(one, other)) if one and other else None


def month(match: Match, context: Context) -> Value | None:
    """A month, with or without its year."""
    number = match.number("m") or 0
    if match.value("u") not in (None, "month"):
        return None
    words = year_words(match, context)
    if words is None:
        return None
    if words.year is not None:
        return dated(month_of(words.year, number))
    near = None if words.given else _month_near(match, number, context)
    return dated(near) if near else unresolved(f"XXXX-{number:02d}")


def _month_near(match: Match, number: int, context: Context) -> Period | None:
    """The month of the year told of, else the one nearest to publication."""
    told = context.told_of(match)
    found = month_in(*told, number, context.published) if told else None
    return found or month_near(number, context, context.direction_of(match))


def relative_month(match: Match, context: Context) -> Value | None:
    """Last January, this May, next March."""
    number, here = match.number("m") or 0, context.this("month")
    if here is None:
        return unresolved(f"XXXX-{number:02d}")
    distance = number - here.start.month
    kind = match.slots["d"].kind
    if kind == "that" and (told := context.told_of(match)):
        return dated(month_of(told[0].year, number))
    if kind in ("last", "past"):
        return dated(shift(here, distance if distance < 0 else distance - 12))
    if kind in ("next", "coming"):
        return dated(shift(here, distance if distance > 0 else distance + 12))
    return dated(shift(here, distance))


def month_from_anchor(match: Match, context: Context) -> Value | None:
    """The following January, the previous December: counted from the time told of."""
    number, anchor = match.number("m") or 0, context.anchor()
    if anchor is None:
        return unresolved(f"XXXX-{number:02d}")
    if match.slots["d"].kind == "previous":
        here = containing("month", anchor.start)
        return dated(shift(here, -((here.start.month - number - 1) % 12 + 1)))
    here = containing("month", anchor.start if anchor.unit == "year" else anchor.end)
    if anchor.unit == "year":
        return dated(month_of(anchor.year + 1, number))
    return dated(shift(here, (number - here.start.month - 1) % 12 + 1))


def relative_month_day(match: Match, context: Context) -> Value | None:
    """Last Oct. 23: the latest such day before publication."""
    month, number = match.number("m") or 0, match.number("dd") or 0
    if day_of(2000, month, number) is None:
        return None
    return dated(day_near(month, number, context, "past")) or unresolved(f"XXXX-{month:02d}-{number:02d}")


def month_range(match: Match, context: Context) -> Value | None:
    """The January-September period, from March to May 2006."""
    first, last = match.number("a") or 0, match.number("b") or 0
    words = year_words(match, context)
    if words is None:
        return None
    if words.given:
        end = month_of(words.year, last) if words.year is not None else None
    else:
        end = _month_near(match, last, context)
    if end is None:
        return unresolved(f"XXXX-{first:02d}/XXXX-{last:02d}")
    return dated(Interval(month_of(end.year - (first > last), first), end))


def year_range(match: Match, context: Context) -> Value | None:
    """2006-2010, 2006-10, 2005/06."""
    first, last = match.number("y") or 0, match.number("b") or 0
    short = match.slots["b"].text
    if len(short) == 2:
        last = first // 100 * 100 + last
        if last <= first or (match.rule.name == "year-range" and last - first > 30):
            return None
    if not (first < last <= first + 500 and first >= 1500 and last <= 2200):
        return None
    return dated(Interval(year_of(first), year_of(last)))


def year(match: Match, context: Context) -> Value | None:
    """2006, the year 2020, fiscal 2006."""
    if match.value("u") not in (None, "year"):
        return None
    number = match.number("y") or 0
    if match.rule.name == "the-year-in-words" and not 1000 <= number <= 2199:
        return None
    return dated(year_of(number))


def decade(match: Match, context: Context) -> Value | None:
    """The 1990s, the early '90s, the nineties."""
    token = match.slots["d"]
    digits = "".join(c for c in token.text if c.isdigit()) or str(token.value)
    number = int(digits)
    if len(digits) == 4:
        if number % 100 == 0 and number < 2000:
            return dated(years_from("century", number), part(match))
    else:
        marked = token.text[0] in "'’‘"
        if not marked and (match.first == match.last - 1 or _is_owned(match)):
            return None
        here = context.published.year if context.published else 2000
        number = max((y for y in range(1800 + number, 2100, 100) if y <= here), default=1900 + number)
    return dated(years_from("decade", number), part(match))


def _is_owned(match: Match) -> bool:
    """ "in his late 20s" is an age."""
    before = match.before()
    return before is not None and before.text in ("his", "her", "their", "my", "your", "our", "its")


def century(match: Match, context: Context) -> Value | None:
    """The 19th century."""
    number = match.number("o") or 0
    if match.value("u") != "century" or not 2 <= number <= 30:
        return None
    return dated(years_from("century", (number - 1) * 100), part(match))


def ordinal_part(match: Match, context: Context) -> Value | None:
    """The first quarter of 2006, the latter half of last year, Q3."""
    unit, number = _which_part(match)
    words = _year_of_code(match) or year_words(match, context)
    if words is None or unit not in ("quarter", "half", "month") or number is None:
        return None
    if match.slots.get("u", match.tokens[match.first]).kind == "units" and not is_shared(match):
        return None
    if not words.given and not _stands_alone(match, context, unit):
        return None
    year = words.year if words.given else _year_of_part(match, context, unit, number)
    if year is None:
        letter = {"quarter": "Q", "half": "H", "month": "0"}[unit]
        return unresolved(f"XXXX-{letter}{number}")
    return dated(numbered_part(year, unit, number))


def is_shared(match: Match) -> bool:
    """ "the third and fourth quarters": the plural belongs to two ordinals."""
    before, earlier = match.before(), match.before(2)
    joined = before is not None and before.kind in ("and", "or", "comma", "to")
    return joined and earlier is not None and earlier.kind in ("ordinal", "second")


def _year_of_code(match: Match) -> YearWords | None:
    """The year inside "1H21", "Q32023"."""
    code = match.slots.get("q")
    digits = "".join(c for c in code.text[2:] if c.isdigit()) if code else ""
    return YearWords(True, int(digits) % 2000 + 2000) if digits else None


def _which_part(match: Match) -> tuple[str, int | None]:
    if code := match.slots.get("q"):
        unit = "quarter" if "Q" in code.text[:2] else "half"
        return unit, int("".join(c for c in code.text[:2] if c.isdigit()))
    unit = "half" if match.value("h") is not None else str(match.value("u") or "half")
    token = match.slots.get("o")
    last = {"quarter": 4, "half": 2, "month": 12}.get(unit, 1)
    if token is None or token.kind in ("last", "latter", "final"):
        former = token is not None and token.text == "former"
        return unit, 1 if former else last
    return unit, int(token.value) if token.kind in ("ordinal", "second") and int(
        token.value
    ) <= last else None


def _stands_alone(match: Match, context: Context, unit: str) -> bool:
    """Whether "the first half" without a year is one of a year, not of a match or a month."""
    after = match.after()
    if unit == "month" or match.slots.get("o", match.tokens[match.first]).kind == "next":
        return False
    of_amount = after is not None and after.kind == "of" and amount_follows(match)
    if (after and after.kind in ("of", "hyphen") and not of_amount) or context.clues.is_sport(match):
        return False
    return unit == "quarter" or after is not None


def _year_of_part(match: Match, context: Context, unit: str, number: int) -> int | None:
    published = context.published
    if published is None:
        return None
    if context.in_sentence is not None and context.in_sentence.unit == "year":
        return context.in_sentence.year
    if told := context.told_of(match):
        return told[0].year
    this_year = numbered_part(published.year, unit, number)
    if this_year is None:
        return None
    if this_year.start > published:  # not yet begun: last year's, unless the clause looks ahead
        before = match.before()
        near = (this_year.start - published).days <= _SOON and before is not None and before.text == "for"
        ahead = near or context.direction_of(match) in ("future", "planned", "open")
        return published.year if ahead else published.year - 1
    long_over = (published - this_year.end).days > _LONG_OVER
    return published.year + (long_over and context.direction_of(match) in ("future", "planned"))


def first_units(match: Match, context: Context) -> Value | None:
    """The first nine months of this year, the last two weeks of May, the second week of June."""
    unit, count = unit_of(match), int(float(match.value("n") or 1))
    ordinal, month_number = match.slots["o"], match.number("m")
    nth = int(ordinal.value) if ordinal.kind in ("ordinal", "second") else -1
    if match.value("wu") is not None and (match.value("wu") != "month" or unit not in ("day", "week")):
        return None
    words = year_words(match, context)
    if words is None or not 1 <= count <= 366 or (match.value("n") is not None and nth not in (1, -1)):
        return None
    open_year = not words.given and month_number is None and match.value("wu") is None
    if open_year and (unit not in ("month", "quarter", "half") or nth != 1):
        return None
    whole = _whole(match, context, words, month_number)
    found = _portion(whole, unit, count, nth) if whole else None
    length = timex3_length(count, unit) if match.value("n") is not None else None
    return dated(found, timex3=length) if whole else unresolved(length)


def _whole(match: Match, context: Context, words: YearWords, month_number: int | None) -> Period | None:
    """The month or year that "the first weeks of" is taken from."""
    if match.value("wu") is not None:
        here = this_unit(str(match.value("wu")), context)
        return shift(here, match.number("wd") or 0) if here else None
    if month_number and not words.given:
        return _month_near(match, month_number, context)
    year = words.year if words.given else (context.published.year if context.published else None)
    if year is None:
        return None
    return month_of(year, month_number) if month_number else year_of(year)


def _portion(whole: Period, unit: str, count: int, nth: int) -> Interval | Period | None:
    """So many units of a whole from the nth on; -1: the last ones."""
    if unit not in ("day", "week", "month", "quarter", "half"):
        return None
    fine: Unit = "month" if unit in ("quarter", "half", "month") else "day"
    size = {"quarter": 3, "half": 6, "week": 7}.get(unit, 1)
    edge = containing(fine, whole.start if nth > 0 else whole.end)
    near = shift(edge, (nth - 1) * size) if nth > 0 else edge
    far = shift(near, (size * count - 1) * (1 if nth > 0 else -1)) if near else None
    if near is None or far is None or not (whole.start <= far.start and near.start <= whole.end):
        return None
    if near == far:
        return near
    return Interval(near, far) if nth > 0 else Interval(far, near)


def nth_weekday(match: Match, context: Context) -> Value | None:
    """The second Sunday in March, the last Friday of last month."""
    month_number, ordinal = match.number("m"), match.slots["o"]
    if match.value("wu") not in (None, "month"):
        return None
    words = year_words(match, context)
    whole = _whole(match, context, words, month_number) if words else None
    if whole is None:
        return unresolved(f"XXXX-{month_number:02d}" if month_number else "XXXX-XX")
    nth = int(ordinal.value) if ordinal.kind in ("ordinal", "second") else -1
    first = (match.number("w") or 0) - whole.start.weekday()
    days = [d for n in range(5) if (d := shift(containing("day", whole.start), first % 7 + 7 * n))]
    inside = [d for d in days if d.start <= whole.end]
    if nth > len(inside):
        return unresolved(None)  # no such day, and no other
    return dated(inside[nth - 1] if nth > 0 else inside[-1])


def season(match: Match, context: Context) -> Value | None:
    """Summer 2006, last fall, this spring, the winter."""
    number, name = match.number("s") or 0, match.slots["s"].text
    words = year_words(match, context)
    if words is None:
        return None
    code, token = SEASONS[number - 1], match.slots.get("d")
    if words.given:
        year = words.year
        return dated(part_of_year(year, "season", number)) if year else unresolved(f"XXXX-{code}")
    if match.rule.name == "part-of-season":
        return _part_of_season(match, context, number)
    if token is None and (name in ("fall", "spring") or match.first == match.last - 1):
        before = match.before()
        plain = (
            before is not None and before.kind == "in" and name != "fall"
        ) or match.last - match.first > 1
        if not plain or (name == "spring" and match.last - match.first == 1):
            return None
        if match.last - match.first == 1 and (told := context.told_of(match)):
            return dated(season_in(told[0], number, context.published)) or unresolved(f"XXXX-{code}")
        return (
            unresolved(f"XXXX-{code}")
            if match.last - match.first == 1
            else _the_season(match, context, number)
        )
    if token is None:
        return _the_season(match, context, number)
    return _relative_season(match, token.kind, number, context) or unresolved(f"XXXX-{code}")


def _the_season(match: Match, context: Context, number: int) -> Value | None:
    if match.slots["s"].text == "fall":
        return None
    told = context.told_of(match)
    found = season_in(told[0], number, context.published) if told else None
    found = found or season_near(number, context, context.direction_of(match))
    return dated(found) or unresolved(f"XXXX-{SEASONS[number - 1]}")


def _part_of_season(match: Match, context: Context, number: int) -> Value | None:
    """Late spring, early summer; "early fall" is one beside a word of time."""
    before = match.before()
    in_time = before is not None and before.text in context.cues.before_unit
    if match.slots["s"].text == "fall" and not in_time:
        return None
    told = context.told_of(match)
    found = season_in(told[0], number, context.published) if told else None
    found = found or season_near(number, context, context.direction_of(match))
    value = dated(found) or unresolved(f"XXXX-{SEASONS[number - 1]}")
    return replace(value, part=part(match))


def _relative_season(match: Match, kind: str, number: int, context: Context) -> Value | None:
    counted = (
        kind == "next" and match.rule.name == "season-from-anchor" and context.direction_of(match) == "past"
    )
    if kind in ("that", "following", "previous") or counted:
        return _season_told_of(match, kind, number, context)
    published = context.published
    if published is None:
        return None
    options = [part_of_year(published.year + n, "season", number) for n in (-2, -1, 0, 1, 2)]
    if kind in ("last", "past"):
        return dated(max((s for s in options if s.end < published), key=lambda s: s.start))
    if kind in ("next", "coming"):
        return dated(min((s for s in options if s.start > published), key=lambda s: s.start))
    return dated(next((s for s in options if s.year == published.year), None))


def season_before_last(match: Match, context: Context) -> Value | None:
    """The summer before last, the winter after next."""
    number, kinds = match.number("s") or 0, {token.kind for token in match.tokens[match.first : match.last]}
    if context.published is None or not ({"before", "last"} <= kinds or {"after", "next"} <= kinds):
        return unresolved(f"XXXX-{SEASONS[number - 1]}") if context.published is None else None
    year, day = context.published.year, context.published
    options = [part_of_year(year + n, "season", number) for n in range(-3, 4)]
    if "last" in kinds:
        return dated([s for s in options if s.end < day][-2])
    return dated([s for s in options if s.start > day][1])


def _season_told_of(match: Match, kind: str, number: int, context: Context) -> Value | None:
    """ "That winter", "the following spring": counted from the time told of."""
    told = context.told_of(match)
    anchor = told[0] if told else context.anchor()
    if anchor is None:
        return None
    if kind == "that":
        return dated(season_in(anchor, number, None))
    following = kind in ("following", "next")
    edge = anchor.end if following and anchor.unit != "year" else anchor.start
    # Around the edge, not around the anchor: that may be a century.
    options = [part_of_year(edge.year + n, "season", number) for n in (-2, -1, 0, 1, 2)]
    if following:
        return dated(
            next(s for s in options if s.start > edge and (anchor.unit != "year" or s.year > edge.year))
        )
    return dated(next(s for s in reversed(options) if s.end < edge))


def year_end(match: Match, context: Context) -> Value | None:
    """Year-end, year-end 1989, mid-year."""
    hyphen = any(token.kind in ("hyphen", "apos", "of") for token in match.tokens[match.first : match.last])
    before = match.before()
    if match.value("u") not in ("year", "month", "week", "quarter"):
        return None
    if not hyphen and (
        match.slots["e"].text != "end" or before is None or before.text not in context.cues.before_year_end
    ):
        return None
    number = match.number("y")
    whole = year_of(number) if number else _unit_that_ends(match, context)
    return dated(whole, part(match, "e")) or unresolved("XXXX")


def _unit_that_ends(match: Match, context: Context) -> When | None:
    """The year that the sentence tells of, else the present one, else, for the past, the one gone by."""
    unit, before, spoken_of = unit_of(match), match.before(), context.in_sentence
    here = this_unit(unit, context)
    if unit == "year" and match.slots["e"].value == "end":
        if spoken_of is not None and spoken_of.unit == "year":
            return spoken_of
        if told := context.told_of(match):
            return year_of_story(told[0])
        gone = before is not None and before.text == "since"
        soon = context.published is not None and context.published.month <= _EARLY_IN_YEAR
        if here and (gone or (soon and context.direction_of(match) == "past")):
            return shift(here, -1)
    return here
