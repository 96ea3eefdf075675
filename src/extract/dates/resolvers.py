"""The functions that grammar.yaml names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from newsfacts.dates import eras
from newsfacts.dates import resolve_calendar as calendar
from newsfacts.dates import resolve_lengths as lengths
from newsfacts.dates import resolve_relative as relative
from newsfacts.dates import resolve_spans as spans
from newsfacts.dates.context import Context, Value
from newsfacts.dates.grammar import Match

Resolver = Callable[[Match, Context], Value | None]

RESOLVERS: Mapping[str, Resolver] = {
    "iso": calendar.iso,
    "numeric": calendar.numeric,
    "day": calendar.day,
    "day-range": calendar.day_range,
    "month": calendar.month,
    "relative-month": calendar.relative_month,
    "relative-month-day": calendar.relative_month_day,
    "month-range": calendar.month_range,
    "year-range": calendar.year_range,
    "year": calendar.year,
    "decade": calendar.decade,
    "century": calendar.century,
    "nth-weekday": calendar.nth_weekday,
    "month-from-anchor": calendar.month_from_anchor,
    "year-of-era": eras.year_of_era,
    "year-range-of-reign": eras.year_range_of_reign,
    "known-slashed": calendar.known_slashed,
    "week-from-weekday": relative.week_from_weekday,
    "season-before-last": calendar.season_before_last,
    "part-of-daypart": lengths.part_of_daypart,
    "bare-day": calendar.bare_day,
    "the-n-months": relative.the_n_months,
    "period-ago": relative.period_ago,
    "ordinal-part": calendar.ordinal_part,
    "first-units": calendar.first_units,
    "season": calendar.season,
    "year-end": calendar.year_end,
    "last-n": spans.last_n,
    "next-n": spans.next_n,
    "vague-span": spans.vague_span,
    "units-followed": spans.units_followed,
    "relative-unit": spans.relative_unit,
    "unit-after-next": spans.unit_after_next,
    "same": relative.same,
    "the-unit": relative.the_unit,
    "weekday": relative.weekday,
    "weekday-of-week": relative.weekday_of_week,
    "ago": relative.ago,
    "from-now": relative.from_now,
    "shifted": relative.shifted,
    "week-of": spans.week_of,
    "weeks-to": spans.weeks_to,
    "months-to": spans.months_to,
    "today": relative.today,
    "holiday": relative.holiday,
    "tonight": lengths.tonight,
    "daypart": lengths.daypart,
    "clock": lengths.clock,
    "noon": lengths.noon,
    "duration": lengths.duration,
    "duration-range": lengths.duration_range,
    "duration-vague": lengths.duration_vague,
    "every": lengths.every,
    "frequency": lengths.frequency,
    "vague": lengths.vague_reference,
    "past": lengths.past,
}
