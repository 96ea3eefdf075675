"""The text of docs/dates.md: expressions and their values, from the executed examples of the dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsfacts.rules import Example, ExampleFile, RuleSet

HEAD = """# Time expressions

Where FACTS.md is silent, this is decided:

* A date without a year, a weekday or a month is placed by the tense of the verb that governs it (spaCy's
  tags; cue words where the text is not tagged). Past: the nearest on or before publication. Will, must,
  "as soon as": on or after. Announced ("expected", "scheduled for", "due to"): ahead, unless that day has
  only just been. Other modals, bare infinitives, possessives ("Wednesday's ruling"), "until": the
  nearest. A weekday beside the date decides its year. A day that a past clause would put back by 300 days
  or more, but that lies at most 30 ahead, is ahead.
* A month, day, season or "the year" without a year belongs to the year that its sentence tells of, where its
  clause goes on from that of the year ("built in 1998, it burnt in July" does not); else, in news, to that
  of a day or month in the main clause of the sentence before, if it is over for two years; else, in a
  history, to that of the last date before. A story runs forward: a month three (from another sentence five)
  before the last one is the next year's. Never after publication.
* A text is a history by its own dates: six years that are over for two or more for each weekday, "yesterday",
  "last week" and the like, at least five or one in 100 words. Without day of publication years count from
  the latest in the text.
* What a figure is compared with ("from 4 million a year ago", "a year earlier") does not become the time told
  of. "AMOUNT a year ago" moves the month, quarter or half that the text reports on.
* "The quarter" is the last one that figures were given for, else the present one; "for the quarter", told in
  the past in its first 45 days, the last. "For the year", told in the past in January or February, is the
  last year.
* "Christmas trees", "Easter eggs" name goods, no day.
* Of several dates the year, month or week stands once, behind the last ("July and August of 2008").
* "This Monday" in a clause that looks ahead is not gone by. Present-tense verbs of timetables look ahead.
* A day that the calendar lacks ("June 31, 2018") is one date without value, and a warning of the document.
* "Friday night" is a date, "Friday nights" a habit.
* "The following month", "a year earlier", "the same day" start from the last date of the narrative;
  datelines, headers, titles and captions do not move it. "The same period of last year", "the previous
  quarter" start from the last month, quarter or interval that figures were given for, not from the day of
  a report; "than a year ago" moves the month or quarter of its own sentence.
* "The past N units" and "the coming N units" touch publication, in the unit; weeks in days; decades in
  years; hours only where they are whole days. Of "the next three to five years" the longer.
* "Between 2006 and 2010", "May 28 to June 2" are one interval; the text of the former keeps "between".
* "Less than a year ago" is the interval from then to now; "more than", "nearly" and the like leave the
  value.
* A fiscal year or quarter is given under its own number, as its months depend on the firm.
* "The first week of November" is days 1 to 7, "the last week" the last seven.
* A fortnight is no unit of the calendar: "the past fortnight" is the two weeks that touch publication.
* Of "mid-to-late March" `part` is the one that the stretch begins in.
* A clock time belongs to the day beside it, else to the day spoken of. Midnight is the end of its day.
* "2,000 years ago" names no year: PAST_REF.
* Winter runs from December to the last of February (the `edtf` library lets it end on December 31). The
  library wants seconds in a clock time; FACTS.md prints none.
* "As of", "from" with a date ahead is `since`; "as of" a past date is `by`.
* Without day of publication TIMEX3 keeps what is said: `XXXX-09-14`, `XXXX-WXX-4TNI`.

## Examples

Generated from `rules/dates/examples.yaml` by `make docs`; the tests execute every line.
An EDTF of `-` is left open: the expression is vague, or depends on a day of publication that is unknown.

| expression | published | EDTF | start | end | TIMEX3 | further |
|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page: one line for every date (no durations, no sets) of the examples."""
    examples = RuleSet().read("dates/examples.yaml", ExampleFile).examples
    return HEAD + "".join(dict.fromkeys(line for example in examples for line in _lines(example)))


def _lines(example: Example) -> Iterator[str]:
    for find in example.finds:
        if find.get("timex_type") in ("DATE", "TIME"):
            yield _line(example, find)


def _line(example: Example, find: dict[str, Any]) -> str:
    further = [f"{key} {find[key]}" for key in ("part", "part_of_day", "relation") if find.get(key)]
    edtf, timex3 = find.get("edtf"), find.get("timex3")
    cells = (
        find["text"],
        example.published or "unknown",
        f"`{edtf}`" if edtf else "-",
        find.get("date_start") or "-",
        find.get("date_end") or "-",
        f"`{timex3}`" if timex3 else "-",
        ", ".join(further),
    )
    return "| " + " | ".join(cells) + " |\n"
