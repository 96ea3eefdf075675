"""The day that a figure is to be put at in a series, where its sentence states none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from newsfacts.table.columns import AsOfFrom

Record = Mapping[str, Any]

#: Characters between two sentences of one paragraph, at most: a blank. Paragraphs are two line ends apart.
_GAP: Final = 1
#: Days around the publication that are news of that day: what happened this week is told as of it.
_NEWS: Final = 7


@dataclass(frozen=True, slots=True)
class AsOf:
    """First and last day, and where they are from; nothing where no day is sure."""

    start: str | None = None
    end: str | None = None
    origin: AsOfFrom | None = None


@dataclass(slots=True)
class _Sentence:
    start: int
    end: int
    section: str
    dates: list[Record] = field(default_factory=list)
    #: Ids of the dates that quantities of the sentence hold for.
    linked: set[str] = field(default_factory=set)


class Days:
    """The days of the quantities of one document. `facts` are all of its facts, of all families."""

    def __init__(self, facts: Sequence[Record]) -> None:
        self._dates = {fact["id"]: fact for fact in facts if fact["type"] == "date"}
        self._sentences = _sentences(facts)
        self._in_order = list(self._sentences.values())
        self._places = {sentence.start: place for place, sentence in enumerate(self._in_order)}

    def of(self, quantity: Record) -> AsOf:
        """The date stated with a quantity; else the plain one of its paragraph; else the day of publication.

        Nothing where the stated date has no place on the calendar, or where the sentence speaks of another
        time than the news does, without saying that the figure is of it.
        """
        stated = self._dates.get(quantity.get("time") or "")
        published = quantity.get("published")
        if stated is not None:
            return _stated(stated, published)
        own = self._sentences[quantity["sentence_start"]]
        if not own.dates and quantity.get("status") == "actual":
            plain = self._before(own)
            if plain is not None:
                return _from(plain, "paragraph")
        if published is None or any(_is_elsewhere(date, published) for date in own.dates):
            return AsOf()
        return AsOf(published, published, "published")

    def _before(self, own: _Sentence) -> Record | None:
        """The only date of the paragraph so far, where a figure was stated with it."""
        found: list[_Sentence] = []
        for place in range(self._places[own.start] - 1, -1, -1):
            sentence = self._in_order[place]
            following = found[-1] if found else own
            if following.start - sentence.end > _GAP or sentence.section != own.section:
                break
            found.append(sentence)
        dates = [(date, sentence) for sentence in found for date in sentence.dates]
        if len(dates) != 1:
            return None
        date, sentence = dates[0]
        # "Since 2003" opens a time and is none.
        plain = date["id"] in sentence.linked and date.get("relation") is None and date.get("date_start")
        return date if plain else None


def _sentences(facts: Iterable[Record]) -> dict[int, _Sentence]:
    """The sentences that have facts, in text order, by their start."""
    found: dict[int, _Sentence] = {}
    for fact in sorted(facts, key=lambda fact: (fact["sentence_start"], fact["start"])):
        start = fact["sentence_start"]
        sentence = found.setdefault(start, _Sentence(start, fact["sentence_end"], fact["section"]))
        if fact["type"] == "date":
            sentence.dates.append(fact)
        elif fact.get("time"):
            sentence.linked.add(fact["time"])
    return found


def _stated(date: Record, published: str | None) -> AsOf:
    """A stated date; "since 2003" lasts until the day of publication."""
    found = _from(date, "stated")
    if date.get("relation") != "since" or found.start is None or published is None:
        return found
    return AsOf(found.start, max(found.start, published), "stated")


def _from(date: Record, origin: AsOfFrom) -> AsOf:
    start, end = date.get("date_start"), date.get("date_end")
    return AsOf(start, end, origin) if start or end else AsOf()


def _is_elsewhere(date: Record, published: str) -> bool:
    """Whether a date lies wholly outside the days around the publication."""
    start, end = date.get("date_start"), date.get("date_end")
    day = _day(published)
    if day is None or not (start or end):
        return False
    first, last = _day(start or end or ""), _day(end or start or "")
    if first is None or last is None:
        return True  # before the year 1
    return (first - day).days > _NEWS or (day - last).days > _NEWS


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
