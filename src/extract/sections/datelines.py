"""Datelines: "LONDON, April 14 , 1997 (AFP) --", "TAIYUAN --", "Washington (CNN)", "NEW DELHI:"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from newsfacts.rules.loader import compile_pattern
from newsfacts.sections.days import DayReader, calendar_day
from newsfacts.sections.rules import Compiled

_FILE = "sections/dateline.yaml"


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a dateline ends (after its dash) and the day that it states in full, if any."""

    end: int
    day: dt.date | None
    rule: str


class DatelineReader:
    """Reads a dateline part by part from the start of a paragraph."""

    def __init__(self, rules: Compiled, days: DayReader) -> None:
        parts = rules.dateline
        self._capitals = _compiled(parts.place_capitals, "place_capitals")
        self._mixed = _compiled(parts.place_mixed, "place_mixed")
        self._region = _compiled(parts.region, "region")
        self._date = _compiled(parts.date, "date")
        self._agency = _compiled(parts.agency, "agency")
        self._separator = _compiled(parts.separator, "separator")
        self._colon = _compiled(parts.colon, "colon")
        self._lone_dash = _compiled(parts.lone_dash, "lone_dash")
        self._day_first = _compiled(parts.date_first, "date_first"), _compiled(parts.bracketed, "bracketed")
        self._longest = parts.longest
        self._not_places = rules.words.not_datelines
        self._agencies = rules.words.agencies
        self._days = days

    def read(self, text: str, start: int, end: int, *, first: bool) -> Dateline | None:
        """The dateline at `start` of a paragraph, or None. `first`: no full sentence stands before."""
        head = text[start : min(end, start + self._longest)]
        found = self._day_first_dateline(head) if first else None
        found = found or self._capital_dateline(head, first=first) or self._mixed_dateline(head, first=first)
        if found is None:
            return None
        return Dateline(start + found.end, found.day, found.rule)

    def _capital_dateline(self, head: str, *, first: bool) -> Dateline | None:
        place = self._capitals.match(head)
        if place is None:
            return self._agency_only(head) if first else None
        if place.group().lower().strip(" .") in self._not_places:
            return None
        at, day, has_date, agency = self._middle(head, self._regions(head, place.end()))
        dash = self._separator.match(head, at)
        if dash:
            return Dateline(dash.end(), day, "dateline-capitals")
        closed = agency and (at == len(head) or head[at:].startswith("\n"))
        if closed or (first and agency and has_date):
            return Dateline(at, day, "dateline-without-dash")
        colon = self._colon.match(head, at) if first else None
        return Dateline(colon.end(), day, "dateline-colon") if colon else None

    def _mixed_dateline(self, head: str, *, first: bool) -> Dateline | None:
        """A place in mixed case needs a date or a known agency beside it."""
        place = self._mixed.match(head)
        if place is None or not first:
            return None
        lone = self._lone_dash.match(head, place.end())
        if lone and place.group().lower() not in self._not_places:
            return Dateline(lone.end(), None, "dateline-lone-dash")
        at, day, has_date, agency = self._middle(head, self._regions(head, place.end()))
        if not has_date and not self._known(agency):
            return None
        dash = self._separator.match(head, at) or self._colon.match(head, at)
        if dash:
            return Dateline(dash.end(), day, "dateline-mixed-case")
        alone = self._known(agency) and (at == len(head) or head[at] in "\n ")
        return Dateline(at, day, "dateline-mixed-case") if alone else None

    def _day_first_dateline(self, head: str) -> Dateline | None:
        """ "February 21, 2015 (ADDIS ABABA) -", "(Nairobi, March 4, 2021) –"."""
        for pattern in self._day_first:
            date = pattern.match(head)
            dash = self._separator.match(head, date.end()) if date else None
            if date and dash and (day := self._day(date)):
                return Dateline(dash.end(), day, "dateline-day-first")
        return None

    def _agency_only(self, head: str) -> Dateline | None:
        """ "(Reuters) - Shares rose" names no place."""
        agency = self._agency.match(head)
        dash = self._separator.match(head, agency.end()) if agency else None
        return Dateline(dash.end(), None, "dateline-agency-only") if dash else None

    def _regions(self, head: str, at: int) -> int:
        for _ in range(2):
            region = self._region.match(head, at)
            if region is None or self._days.month(region.group().strip(" ,.").split(" ")[0]) is not None:
                return at
            at = region.end()
        return at

    def _middle(self, head: str, at: int) -> tuple[int, dt.date | None, bool, str | None]:
        """Date and agency, in either order: where they end, the day, whether a date stands, the agency."""
        agency = self._agency.match(head, at)
        if agency and self._day_match(head, at) is None:
            inner = next((f for f in self._days.find(agency.group()) if f.day), None)
            at = agency.end()
            date = self._day_match(head, at)
            day = self._day(date) if date else inner.day if inner else None
            return date.end() if date else at, day, bool(date or inner), _name(agency)
        date = self._day_match(head, at)
        at = date.end() if date else at
        agency = self._agency.match(head, at)
        at = agency.end() if agency else at
        return at, self._day(date) if date else None, date is not None, _name(agency)

    def _day_match(self, head: str, at: int) -> re.Match[str] | None:
        match = self._date.match(head, at)
        known = match and self._days.month(match["month"] or match["month2"]) is not None
        return match if known else None

    def _day(self, date: re.Match[str]) -> dt.date | None:
        month = self._days.month(date["month"] or date["month2"])
        if not date["year"] or month is None:
            return None
        return calendar_day(int(date["year"]), month, int(date["day"] or date["day2"]))

    def _known(self, agency: str | None) -> bool:
        return agency is not None and (
            agency.lower() in self._agencies or (agency.isupper() and len(agency) < 8)
        )


def _name(agency: re.Match[str] | None) -> str | None:
    return (agency["agency"] or agency["wire"]).strip() if agency else None


def _compiled(pattern: str, field: str) -> re.Pattern[str]:
    return compile_pattern(pattern, file=_FILE, field=field)
