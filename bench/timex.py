"""Writes TIMEX3 predictions for a TimeML benchmark: python bench/timex.py DATA.json PRED.jsonl.

DATA.json is a list of {"doc", "text", "dct"}; PRED.jsonl gets {"doc", "spans"} lines for score_timex.py. Only
notation is done here: where TimeML's extents and values are written otherwise than FACTS.md writes them.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from newsfacts.dates import DateFinder, duration_timex3
from newsfacts.dates.absolute import AbsoluteDates
from newsfacts.dates.notation import edtf_to_timex3
from newsfacts.language import Annotator, load_model, parse_batch
from newsfacts.model import DateMention, Document
from newsfacts.rules import RuleSet

#: Rules that facts read as PAST_REF or FUTURE_REF and TimeML as a length of unknown number.
VAGUE_SPANS = ("past-vague", "future-vague", "units-that-followed")
#: Rules whose spans hold two dates, of which TimeML marks each.
RANGES = ("interval", "year-range", "month-range", "month-day-range", "day-month-range", "years-of-era")
#: TimeML counts these words to the extent of a duration (its attribute mod).
COMPARATIVE = re.compile(r"\b(?:more than|less than|at least|over)\s+$", re.IGNORECASE)


def main(data: str, predictions: str) -> None:
    """Read the documents of `data`, write their TIMEX3 spans to `predictions`."""
    records = json.loads(Path(data).read_text(encoding="utf-8"))
    finder = DateFinder.from_rules(RuleSet())
    documents = [_document(record) for record in records]
    with Path(predictions).open("w", encoding="utf-8") as out:
        for parsed in parse_batch(Annotator.of(load_model()), documents):
            spans = [s for m in finder.find(parsed) for s in timeml(m, parsed.text)]
            out.write(json.dumps({"doc": parsed.document.id, "spans": spans}) + "\n")


def _document(record: dict[str, str]) -> Document:
    return Document(id=record["doc"], text=record["text"], published=day_of_creation(record.get("dct") or ""))


def day_of_creation(written: str) -> dt.date | None:
    """The document's day of creation as benchmarks write it: 1998-08-07T10:00, 19980807, 10/27/89.

    None where it is no whole day ("1998", "1998-W32").

    >>> day_of_creation("19980807"), day_of_creation("10/27/89"), day_of_creation("1998-W32")
    (datetime.date(1998, 8, 7), datetime.date(1989, 10, 27), None)
    """
    if found := re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", written.strip()):
        try:
            return dt.date(*map(int, found.groups()))
        except ValueError:
            return None
    return AbsoluteDates().written(written.strip()) or AbsoluteDates().in_words(written.strip())


def timeml(mention: DateMention, text: str) -> Iterator[dict[str, object]]:
    """The TIMEX3 spans of one mention: an interval between two dates is two."""
    if mention.rule in ("months-to", "weeks-to"):
        yield from _length_and_end(mention, text)
        return
    if mention.rule in RANGES and mention.edtf and "/" in mention.edtf:
        yield from _bounds(mention, text)
        return
    value = mention.timex3 or ""
    if mention.rule in VAGUE_SPANS and (unit := _unit_of(text[mention.start : mention.end])):
        value = unit
    kind = "DURATION" if re.match(r"P[TX\d]", value) and mention.timex_type == "DATE" else mention.timex_type
    start = _without_part(mention, text)
    if mention.timex_type == "DURATION" and (found := COMPARATIVE.search(text[max(start - 15, 0) : start])):
        start -= len(found[0])
    if mention.edtf and mention.part_of_day and re.search(r"\bof\s", text[mention.start : start]):
        value, kind = mention.edtf, "DATE"  # "the night of [Friday]" is the Friday
    yield {"start": start, "end": mention.end, "type": kind, "value": _years(value)}


def _bounds(mention: DateMention, text: str) -> Iterator[dict[str, object]]:
    """TimeML marks both ends of "between 1994 and 1997"; the edtf interval holds their values."""
    words = text[mention.start : mention.end]
    halves = re.fullmatch(
        r"(?:between\s+)?(.+?)(\s+(?:and|to|through|until|till)\s+|\s*[-–—]\s*)(.+)",
        words,
        re.IGNORECASE | re.DOTALL,
    )
    if halves is None:
        yield {"start": mention.start, "end": mention.end, "type": "DATE", "value": mention.timex3}
        return
    for group, value in ((1, 0), (3, 1)):
        edtf = (mention.edtf or "").split("/")[value]
        start, end = mention.start + halves.start(group), mention.start + halves.end(group)
        yield {"start": start, "end": end, "type": "DATE", "value": _years(edtf_to_timex3(edtf) or edtf)}


def _length_and_end(mention: DateMention, text: str) -> Iterator[dict[str, object]]:
    """TimeML marks "the nine months" and "Sept. 30" of "the nine months ended Sept. 30"."""
    words = text[mention.start : mention.end]
    parts = re.fullmatch(
        r"(.+?)\s+(?:to|through|until|till|ended|ending)\s+(?:in\s+|on\s+)?(.+)", words, re.DOTALL
    )
    if parts is None:
        return
    start, value = mention.start, mention.timex3 or ""
    yield {"start": start, "end": start + parts.end(1), "type": "DURATION", "value": value}
    day = re.search(r"[A-Za-z.]\s+(\d{1,2})\b(?!\d)", parts[2])
    end = (mention.edtf or "").split("/")[-1]
    end += f"-{int(day[1]):02d}" if day and len(end) == 7 else ""
    yield {"start": start + parts.start(2), "end": mention.end, "type": "DATE", "value": end}


def _without_part(mention: DateMention, text: str) -> int:
    """TimeML leaves "early", "late" out before a day: early [Friday], the night of [Friday]."""
    words = text[mention.start : mention.end]
    if found := re.match(r"(?:the\s+)?[a-z]+\s+of\s+(?=\S*[A-Z\d])", words) if mention.part_of_day else None:
        return mention.start + found.end()
    found = re.match(r"(?:early|late)\s+", words, re.IGNORECASE)
    return (
        mention.start + found.end()
        if found and mention.rule.startswith(("weekday", "today"))
        else mention.start
    )


def _unit_of(words: str) -> str | None:
    """An unknown number of the unit that ends a vague span: "recent days" is PXD."""
    return duration_timex3(None, words.split()[-1].lower().removesuffix("s"))


def _years(value: str) -> str:
    """Decades and centuries: as lengths in years (P4DE is P40Y, PXDE is PXY), as times cut off (199, 19)."""
    if re.fullmatch(r"(?:BC)?\d\d(?:\d|X)?X", value):
        return value.rstrip("X")
    value = re.sub(r"^P(\d+)(DE|CE)$", lambda m: f"P{int(m[1]) * (10 if m[2] == 'DE' else 100)}Y", value)
    return re.sub(r"^PX(DE|CE)$", "PXY", value)


if __name__ == "__main__":
    main(*sys.argv[1:3])
