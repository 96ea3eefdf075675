"""The time of the story: the year that a date without one belongs to, where a text tells of the past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsfacts.dates.clues import Clues
from newsfacts.dates.grammar import Match
from newsfacts.dates.lexer import Token
from newsfacts.dates.periods import Interval, Period, When, containing, day_of, month_of, part_of_year

#: A history has so many old years for each date that is counted from its publication.
_OLD_PER_FRESH = 6
#: It has so many of them at least, or one in so many words.
_MANY_OLD = 5
_WORDS_PER_OLD = 100
#: A year is old where it lies so far before publication.
_OLD = 2
#: A month so many months before the last one told of is the next year's: a story runs forward.
_FORWARD = 5
_FORWARD_IN_SENTENCE = 3
#: Classes of words that count from the day of publication; the second ones before a unit, month or season.
_FRESH = frozenset({"today", "tonight"})
_DEICTIC = frozenset({"this", "last", "next", "past", "coming"})
_CALENDAR = frozenset({"unit", "month", "season", "weekday"})
_WITH_DAY = frozenset({"month", "day", "ordinal", "year", "comma", "iso"})
#: Classes before and words around a year that make it one of a date rather than a number.
_BEFORE_YEAR = frozenset(
    {"in", "of", "month", "day", "ordinal", "comma", "to", "and", "early", "late", "mid"}
)
_DETERMINERS = frozenset({"the", "a", "apos"})
#: Units that give a later date its year.
_TELLING = frozenset({"day", "month", "quarter", "season", "half", "year", "week", "weekend"})


@dataclass(frozen=True, slots=True)
class Told:
    """A date with a year of its own, the match that named it and the number of its sentence."""

    when: When
    match: Match
    sentence: int
    #: In a clause beside the main one, which the next sentence does not go on from.
    background: bool = False


@dataclass(slots=True)
class Story:
    """What has been told of so far: in the sentence, and in the paragraph (or the whole of a history)."""

    published: dt.date | None
    is_history: bool = False
    has_fresh: bool = False
    _here: Told | None = None
    _before: Told | None = None
    _sentence: int = -1

    def enter_block(self) -> None:
        """A new paragraph: only a history goes on."""
        self.enter_sentence(self._sentence + 1)
        if not self.is_history:
            self._before = None

    def enter_sentence(self, index: int) -> None:
        """What the last sentence told of is the time before this one."""
        self._before = self._here or self._before
        self._here, self._sentence = None, index

    def mention(self, match: Match, when: When, own_year: bool, clues: Clues) -> None:
        """A date has been resolved; one that is counted from publication ends the story of a paragraph."""
        told = when.last if isinstance(when, Interval) and when.unit in ("day", "month") else when
        if not own_year and not self._goes_on(told):
            if not self.is_history:
                self._here = self._before = None
            return
        if told.unit not in _TELLING or isinstance(told, Interval) or not self._is_told(match):
            return
        if clues.is_birth(match):
            return
        news = self.has_fresh and not self.is_history
        self._here = Told(told, match, self._sentence, news and clues.is_background(match))

    def time_for(self, match: Match, clues: Clues) -> tuple[When, bool] | None:
        """The time told of that gives this date its year, and whether its own sentence does."""
        if self._here is not None:
            if not clues.shares_story(self._here.match, match, strict=self.has_fresh and not self.is_history):
                return None
            found, in_sentence = self._here, True
        elif self._before is not None and (self.is_history or self._is_near(self._before)):
            found, in_sentence = self._before, False
        else:
            return None
        return (found.when, in_sentence) if self._looks_back(match, clues) else None

    def _looks_back(self, match: Match, clues: Clues) -> bool:
        """Whether the clause can be one of the story: not ahead, and in news not in the present."""
        direction = clues.direction(match)
        if direction == "future" or (direction == "planned" and not clues.is_told(match)):
            return False
        return self.is_history or direction in ("past", None, "planned")

    def _is_near(self, told: Told) -> bool:
        """In news only the sentence before counts, where it gave more than a year that is long over."""
        day_or_month = told.when.unit in ("day", "month")
        if told.background or not self._is_old(told.when):
            return False
        return day_or_month and self._sentence - told.sentence <= 1

    def _is_old(self, when: When) -> bool:
        return self.published is None or when.year <= self.published.year - _OLD

    def _goes_on(self, when: When) -> bool:
        """Whether a date without year lies in the story: near what was told, long before publication."""
        last = self._here or self._before
        if last is None or abs(when.year - last.when.year) > 1:
            return False
        return self._is_old(when) or self.published is None

    def _is_told(self, match: Match) -> bool:
        """ "since 1998" and "a 1998 law" are background; "the 1998 law" is where the text is news."""
        before, after = match.before(), match.after()
        if any(token.text == "since" for token in match.tokens[max(match.first - 4, 0) : match.first]):
            return False
        adjectival = match.rule.name == "year" and before is not None and before.kind in _DETERMINERS
        if adjectival and after is not None and after.kind == "word":
            return before is not None and before.kind == "the" and not self.has_fresh
        return True


def has_own_year(match: Match) -> bool:
    """Whether the year is written in the expression."""
    written = ("year", "iso", "slashed", "dashed")
    return any(token.kind in written for token in match.tokens[match.first : match.last])


def read(blocks: Iterable[Sequence[Token]], published: dt.date | None) -> Story:
    """The story of a text, judged by its own dates: a history has old years and hardly a fresh day."""
    years: list[int] = []
    fresh = words = 0
    for tokens in blocks:
        words += len(tokens)
        for i, token in enumerate(tokens):
            if token.kind == "year" and _is_year(tokens, i):
                years.append(int(token.value))
            elif _is_fresh(tokens, i):
                fresh += 1
    latest = published.year if published else max(years, default=0)
    old = sum(year <= latest - _OLD for year in years)
    dense = old >= _MANY_OLD or old * _WORDS_PER_OLD >= words
    return Story(
        published, is_history=old > 0 and fresh * _OLD_PER_FRESH <= old and dense, has_fresh=fresh > 0
    )


def _is_fresh(tokens: Sequence[Token], i: int) -> bool:
    """ "Friday", "yesterday", "last week"; but "the last week of the war" is a history's, too."""
    kind = tokens[i].kind
    if kind in _FRESH:
        return True
    if kind == "weekday":
        return not _is_dated(tokens, i)
    if kind not in _DEICTIC or i + 1 == len(tokens) or tokens[i + 1].kind not in _CALENDAR:
        return False
    return i == 0 or tokens[i - 1].kind not in _DETERMINERS


def _is_year(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1] if i else None
    return before is None or before.kind in _BEFORE_YEAR or before.kind in _DETERMINERS


def _is_dated(tokens: Sequence[Token], i: int) -> bool:
    """ "Sunday, December 7, 1941" is not counted from publication."""
    near = tokens[i + 1 : i + 6]
    return any(token.kind in ("year", "month") for token in near[:3]) and near[0].kind in _WITH_DAY


def month_in(told: When, in_sentence: bool, month: int, latest: dt.date | None) -> Period | None:
    """The month of that number in the year told of or, where the story has passed it, the next."""
    found = month_of(_year_in(told, in_sentence, month), month)
    return _before(found, latest)


def day_in(
    told: When, in_sentence: bool, month: int, day: int, weekday: int | None, latest: dt.date | None
) -> Period | None:
    """The day of that month, likewise; a weekday beside it may pick a neighbouring year."""
    year = _year_in(told, in_sentence, month)
    years = (year, told.year, year - 1, year + 1) if weekday is not None else (year,)
    days = [found for y in years if (found := day_of(y, month, day))]
    fitting = [found for found in days if found.start.weekday() == weekday]
    return _before((fitting or days)[0], latest) if days else None


def season_in(told: When, season: int, latest: dt.date | None) -> Period | None:
    """The season of the year told of; early in a year "that winter" is the one that began before it."""
    early = told.unit != "year" and told.start.month <= 2 and season == 4
    return _before(part_of_year(told.year - early, "season", season), latest)


def year_of_story(told: When) -> Period:
    """The year told of."""
    return containing("year", told.start)


def _year_in(told: When, in_sentence: bool, month: int) -> int:
    if told.unit == "year":
        return told.year
    back = told.start.month - month
    return told.year + (back >= (_FORWARD_IN_SENTENCE if in_sentence else _FORWARD))


def _before(found: Period, latest: dt.date | None) -> Period | None:
    return found if latest is None or found.start <= latest else None
