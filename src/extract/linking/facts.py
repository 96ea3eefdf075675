"""From mentions to records: the plain conversions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsfacts.dates import duration_timex3
from newsfacts.language import Parsed, Sentence
from newsfacts.linking.clause import Description
from newsfacts.linking.phrases import Phrase
from newsfacts.linking.place import PlaceLink
from newsfacts.linking.share import is_share
from newsfacts.linking.status import Status
from newsfacts.model import (
    DateFact,
    DateMention,
    PlaceFact,
    PlaceMention,
    QuantityFact,
    QuantityMention,
    fact_id,
    overlaps,
)

#: TIMEX3 types that can be put on a calendar; DURATION and SET become durations and rates.
CALENDAR_TYPES = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True)
class Home:
    """What every fact of a sentence shares."""

    doc_id: str
    published: str | None
    sentence: Sentence

    @property
    def section(self) -> str:
        """The kind of section that the fact stands in."""
        return self.sentence.block.section.kind


@dataclass(frozen=True, slots=True)
class Reading:
    """What the sentence says about a quantity: what of, whether, when, where and by whose word."""

    description: Description
    per: str | None = None
    status: Status = "actual"
    source: Phrase | None = None
    time: DateMention | None = None
    place: PlaceLink | None = None
    timex3: str | None = None
    subject_resolved: str | None = None
    confidence: float = 0.1


def home_of(parsed: Parsed, sentence: Sentence) -> Home:
    """The shared fields of the facts of one sentence."""
    published = parsed.document.published
    return Home(parsed.document.id, published.isoformat() if published else None, sentence)


def calendar_dates(dates: Iterable[DateMention]) -> list[DateMention]:
    """The mentions that become date facts."""
    return [d for d in dates if d.timex_type in CALENDAR_TYPES]


def date_fact(mention: DateMention, text: str, home: Home, confidence: float) -> DateFact:
    """A date mention as a record."""
    return DateFact(
        id=fact_id(home.doc_id, "date", mention.start, mention.end),
        doc_id=home.doc_id,
        published=home.published,
        start=mention.start,
        end=mention.end,
        text=text[mention.start : mention.end],
        sentence_start=home.sentence.start,
        sentence_end=home.sentence.end,
        sentence=text[home.sentence.start : home.sentence.end],
        section=home.section,
        rule=mention.rule,
        confidence=confidence,
        edtf=mention.edtf,
        date_start=mention.date_start,
        date_end=mention.date_end,
        timex3=mention.timex3,
        part=mention.part,
        part_of_day=mention.part_of_day,
        relation=mention.relation,
    )


def place_fact(mention: PlaceMention, text: str, home: Home, confidence: float) -> PlaceFact:
    """A place mention as a record."""
    return PlaceFact(
        id=fact_id(home.doc_id, "place", mention.start, mention.end),
        doc_id=home.doc_id,
        published=home.published,
        start=mention.start,
        end=mention.end,
        text=text[mention.start : mention.end],
        sentence_start=home.sentence.start,
        sentence_end=home.sentence.end,
        sentence=text[home.sentence.start : home.sentence.end],
        section=home.section,
        rule=mention.rule,
        confidence=confidence,
        name=mention.name,
        kind=mention.kind,
        country=mention.country,
        admin1=mention.admin1,
        admin2=mention.admin2,
        geonames_id=mention.geonames_id,
        cn_code=mention.cn_code,
        lat=mention.lat,
        lon=mention.lon,
    )


def quantity_id(doc_id: str, mention: QuantityMention) -> str:
    """The id of a quantity's fact."""
    return fact_id(doc_id, mention.type, mention.start, mention.end)


def length_timex3(mention: QuantityMention, dates: Iterable[DateMention]) -> str | None:
    """The TIMEX3 value of a length: as the text words it ("six decades", P6DE), else from its unit.

    A length in two units ("two hours and 17 minutes") is one value (PT137M).
    """
    if mention.type != "duration":
        return None
    inside = (d.timex3 for d in dates if d.timex_type == "DURATION" and overlaps(d, mention))
    worded = [value for value in inside if value is not None]
    found = worded[0] if worded else None
    if len(worded) == 1 or mention.value is None or mention.unit is None:
        return found
    return duration_timex3(mention.value, mention.unit)


def quantity_fact(
    mention: QuantityMention, text: str, home: Home, reading: Reading, same_as: str | None
) -> QuantityFact:
    """A quantity mention and its reading as a record."""
    item, subject = reading.description.item, reading.description.subject
    base = reading.description.of if is_share(mention) else None
    source, time, place = reading.source, reading.time, reading.place
    return QuantityFact(
        id=quantity_id(home.doc_id, mention),
        doc_id=home.doc_id,
        published=home.published,
        start=mention.start,
        end=mention.end,
        text=text[mention.start : mention.end],
        sentence_start=home.sentence.start,
        sentence_end=home.sentence.end,
        sentence=text[home.sentence.start : home.sentence.end],
        section=home.section,
        rule=mention.rule,
        confidence=reading.confidence,
        type=mention.type,
        value=mention.value,
        low=mention.low,
        high=mention.high,
        modifier=mention.modifier,
        unit=mention.unit,
        per=reading.per,
        item=item.text if item else None,
        item_start=item.start if item else None,
        item_end=item.end if item else None,
        of=base.text if base else None,
        of_start=base.start if base else None,
        of_end=base.end if base else None,
        subject=subject.text if subject else None,
        subject_start=subject.start if subject else None,
        subject_end=subject.end if subject else None,
        subject_resolved=reading.subject_resolved,
        predicate=reading.description.predicate,
        change=reading.description.change,
        status=reading.status,
        source=text[source.start : source.end] if source else None,
        source_start=source.start if source else None,
        source_end=source.end if source else None,
        time=fact_id(home.doc_id, "date", time.start, time.end) if time else None,
        place=fact_id(home.doc_id, "place", place.mention.start, place.mention.end) if place else None,
        place_inherited=place.inherited if place else False,
        same_as=same_as,
        timex3=reading.timex3,
    )
