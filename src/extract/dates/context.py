"""What a resolver may know: the day of publication, the time spoken of, the direction of the clause."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import get_args

from newsfacts.dates.absolute import AbsoluteDates
from newsfacts.dates.clues import Clues, Direction
from newsfacts.dates.grammar import Match
from newsfacts.dates.holidays import HolidayCalendar
from newsfacts.dates.notation import timex3_of
from newsfacts.dates.periods import Interval, Period, Unit, When, containing
from newsfacts.dates.shapes import Cues
from newsfacts.dates.story import Story
from newsfacts.model.mention import Part, TimexType

_PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression means. `when` is None where it cannot be put on the calendar.

    `anchors`: it moves the time that later expressions ("the following month") start from.
    """

    type: TimexType
    timex3: str | None
    when: When | None = None
    part: Part | None = None
    part_of_day: str | None = None
    anchors: bool = True
    #: Where no period of the calendar can hold the time (years before Christ).
    edtf: str | None = None


@dataclass(slots=True)
class Context:
    """State of one document while its expressions are resolved in text order."""

    published: dt.date | None
    absolute: AbsoluteDates
    holidays: HolidayCalendar
    cues: Cues
    story: Story
    clues: Clues = field(init=False)
    reference: When | None = None
    #: The last date in the sentence of the expression that is being resolved.
    in_sentence: When | None = None
    #: The last month, quarter, half or interval, which figures are given for; and that of the sentence.
    measured: When | None = None
    measured_here: When | None = None
    #: The time spoken of before one that only its sentence passes by.
    _left: When | None = None
    #: The last period of each unit that figures were given for ("quarter"; "months": an interval of them).
    periods: dict[str, When] = field(default_factory=dict)

    def enter_sentence(self, index: int) -> None:
        """Forget what only holds within a sentence."""
        self.in_sentence = self.measured_here = None
        self.reference = self._left or self.reference
        self._left = None
        self.story.enter_sentence(index)

    def speak_of(self, when: When, narrative: bool) -> None:
        """A date has been mentioned; in a dateline or title it does not set the time of the narrative."""
        self.in_sentence = when
        if isinstance(when, Interval) or when.unit in ("month", "quarter", "half"):
            self.measured = self.measured_here = when
            self.periods[f"{when.unit}s" if isinstance(when, Interval) else when.unit] = when
        if narrative:
            self.reference = when

    def pass_by(self, when: When) -> None:
        """ "up from Thursday's 5 p.m. quotes": Thursday counts to the end of its sentence only."""
        self._left = self._left or self.reference or self.this("day")
        self.reference = when

    def period(self) -> When | None:
        """What "the same period" means: the time of the figures rather than the day of a report."""
        if self.measured_here is not None:
            return self.measured_here
        reported = self.reference is None or self.reference.unit == "day"
        return self.measured if reported and self.measured is not None else self.reference

    def anchor_of(self, unit: str) -> When | None:
        """What "the previous month", "the quarter" start from: the figures' period of that unit, if any."""
        measured = self.measured_here or self.period()
        if measured is not None and measured.unit == unit:
            return measured
        return self.anchor()

    def spoken_of(self, unit: str) -> When | None:
        """The quarter that figures were last given for, where a later date is only passed by."""
        last = self.periods.get(unit)
        return last if last is not None and unit in ("quarter", "half") else self.anchor_of(unit)

    @property
    def report(self) -> When | None:
        """The month, quarter or half that the text reports on, if it is short of a year."""
        last = self.measured
        if last is None or (isinstance(last, Interval) and last.unit == "year"):
            return None
        return last

    def direction_of(self, match: Match) -> Direction | None:
        """Whether the clause speaks of the past, present or future."""
        return self.clues.direction(match)

    def told_of(self, match: Match) -> tuple[When, bool] | None:
        """The time told of that gives a date its year, and whether the date's own sentence tells of it."""
        return self.story.time_for(match, self.clues)

    def means_nowadays(self, match: Match) -> bool:
        """Whether "today" means these times."""
        return self.clues.means_nowadays(match)

    def means_times_to_come(self, match: Match) -> bool:
        """Whether "tomorrow" means the future: "tomorrow's leaders", "the world of tomorrow"."""
        before, after, earlier = match.before(), match.after(2), match.before(2)
        nouns = self.cues.of_these_times
        of = before is not None and before.text == "of" and earlier is not None and earlier.text in nouns
        owner = match.after()
        return of or (
            owner is not None and owner.kind == "apos" and after is not None and after.text in nouns
        )

    def compared_at(self, match: Match) -> When | None:
        """The month or quarter that "than a year ago" is counted from, if the sentence compares.

        "from 9 million dollars a year ago" compares an amount, so that the period may stand before.
        """
        if self.clues.is_compared(match):
            return self.measured_here
        if not self.clues.compares_amount(match):
            return None
        return self.measured_here or self.report

    def this(self, unit: Unit) -> Period | None:
        """The period of that unit in which the text was published."""
        return containing(unit, self.published) if self.published else None

    def anchor(self) -> When | None:
        """The time spoken of: the last date of the narrative, at first the day of publication."""
        return self.reference or self.this("day")


def part_named(name: object) -> Part | None:
    """The part of a period of that name (start, early, mid, late, end)."""
    return next((part for part in _PARTS if part == name), None)


def dated(when: When | None, part: Part | None = None, timex3: str | None = None) -> Value | None:
    """A DATE (a TIME where it has a clock time or part of day); None stays None."""
    if when is None:
        return None
    timed = isinstance(when, Period) and (when.clock or when.part_of_day)
    part_of_day = when.part_of_day if isinstance(when, Period) else None
    value = timex3 or timex3_of(when)
    return Value("TIME" if timed else "DATE", value, when, part, part_of_day)


def unresolved(timex3: str | None, part_of_day: str | None = None) -> Value:
    """A date that depends on something unknown."""
    kind: TimexType = "TIME" if part_of_day else "DATE"
    return Value(
        kind, f"{timex3}{part_of_day or ''}" if timex3 else None, None, None, part_of_day, anchors=False
    )


def vague(reference: str) -> Value:
    """PAST_REF, PRESENT_REF or FUTURE_REF."""
    return Value("DATE", reference, anchors=False)


def length(timex3: str | None) -> Value | None:
    """A DURATION."""
    return Value("DURATION", timex3, anchors=False) if timex3 else None


def with_part_of_day(when: When | None, code: str | None) -> When | None:
    """A day with its part of day."""
    if isinstance(when, Period) and when.unit == "day" and code:
        return replace(when, part_of_day=code)
    return when
