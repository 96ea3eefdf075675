"""The year, month or day of a partial expression: from its own words, or from publication and tense."""

from __future__ import annotations

from dataclasses import dataclass

from newsfacts.dates.clues import Direction
from newsfacts.dates.context import Context
from newsfacts.dates.grammar import Match
from newsfacts.dates.periods import Period, day_of, month_of, part_of_year, shift, year_of

#: A day without a year is ahead of publication where it is at most so many days away, and so many behind in
#: the other reading. Writers who mean the day of nearly a year ago say so.
_DAYS_AHEAD: dict[Direction | None, tuple[int, int]] = {
    "past": (30, 300),
    "present": (75, 240),
    None: (75, 240),
    "planned": (330, 14),
    "open": (182, 183),
}
#: The same in months.
_MONTHS_AHEAD: dict[Direction | None, int] = {"present": 3, None: 3, "planned": 10, "open": 5}
#: A weekday beside a day without a year picks the year within so many days.
_FITTING = 400


@dataclass(frozen=True, slots=True)
class YearWords:
    """Words for a year inside an expression: `given` that there are any; the year where it is known."""

    given: bool
    year: int | None = None


def year_words(match: Match, context: Context) -> YearWords | None:
    """Read the slots of the macro `inyear`; None where they name another unit than a year."""
    if (number := match.number("y")) is not None:
        return YearWords(True, number)
    if match.value("yu") is not None:
        return _deictic_year(match, context) if match.value("yu") == "year" else None
    if match.value("yz") is not None:
        return _year_spoken_of(context) if match.value("yz") == "year" else None
    if match.value("yb") is not None:
        if match.value("yb") != "year":
            return None
        anchor = context.anchor()
        return YearWords(True, anchor.year - 1 if anchor else None)
    return YearWords(False)


def _year_spoken_of(context: Context) -> YearWords:
    """ "of the year": the one the sentence names, else that of publication."""
    if context.in_sentence is not None and context.in_sentence.unit == "year":
        return YearWords(True, context.in_sentence.year)
    return YearWords(True, context.published.year if context.published else None)


def _deictic_year(match: Match, context: Context) -> YearWords:
    token = match.slots.get("yd")
    anchor, published = context.anchor(), context.published
    if token is None or token.kind in ("previous", "following", "that"):
        return YearWords(True, anchor.year + int(token.value if token else 0) if anchor else None)
    return YearWords(True, published.year + int(token.value) if published else None)


def month_near(month: int, context: Context, direction: Direction | None) -> Period | None:
    """The month of that number nearest to publication in the clause's direction."""
    here = context.this("month")
    if here is None:
        return None
    ahead = (month - here.start.month) % 12
    if direction == "future" or (ahead and direction != "past" and ahead <= _MONTHS_AHEAD[direction]):
        return shift(here, ahead)
    return shift(here, ahead - 12 if ahead else 0)


def day_near(
    month: int, day: int, context: Context, direction: Direction | None, weekday: int | None = None
) -> Period | None:
    """The day of that month nearest to publication in the clause's direction; a weekday beside it decides."""
    if context.published is None:
        return None
    published = context.published
    days = [p for n in range(-8, 9) if (p := day_of(published.year + n, month, day))]
    fitting = [p for p in days if p.start.weekday() == weekday and abs((p.start - published).days) < _FITTING]
    if fitting:
        return min(fitting, key=lambda p: abs((p.start - published).days))
    past = next((p for p in reversed(days) if p.start <= published), None)
    future = next((p for p in days if p.start >= published), None)
    if direction == "future" or past is None or future is None:
        return future or past
    ahead, behind = (future.start - published).days, (published - past.start).days
    near, far = _DAYS_AHEAD[direction]
    return future if ahead <= near and behind >= far else past


def weekday_near(weekday: int, context: Context, direction: Direction | None) -> Period | None:
    """The nearest such weekday on or after publication for the future, else on or before it."""
    here = context.this("day")
    if here is None:
        return None
    behind = (here.start.weekday() - weekday) % 7
    ahead = (7 - behind) % 7
    forward = {"future": True, "planned": behind > 1, "open": ahead < behind}.get(direction or "past", False)
    return shift(here, ahead if forward else -behind)


def season_near(season: int, context: Context, direction: Direction | None) -> Period | None:
    """The season nearest to publication in the clause's direction."""
    if context.published is None:
        return None
    day = context.published
    options = [part_of_year(day.year + n, "season", season) for n in (-1, 0, 1)]
    if direction in ("future", "planned"):
        return next(s for s in options if s.end >= day)
    return next(s for s in reversed(options) if s.start <= day)


def numbered_part(year: int, unit: str, number: int) -> Period | None:
    """The first, second ... unit of a year; None off the calendar."""
    if not 1 <= year <= 9898:
        return None
    if unit == "quarter" and 1 <= number <= 4:
        return part_of_year(year, "quarter", number)
    if unit == "half" and 1 <= number <= 2:
        return part_of_year(year, "half", number)
    if unit == "month" and 1 <= number <= 12:
        return month_of(year, number)
    return year_of(year) if unit == "year" else None
