"""A quantity fact in the form in which facts are compared: its words, its place entity, its days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from newsfacts.consolidate.settings import Settings
from newsfacts.model import DateFact, Fact, PlaceFact, QuantityFact

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

#: The singular of a word, or the word itself.
Singular = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Statement:
    """`item` and `subject` hold content words in the singular; `head` is the item's last one, if telling.

    `place` is the id of the entity ("CN/Shanxi/..."), `group` the document or the original that it copies.
    """

    fact: QuantityFact
    group: str
    copy_of: str | None
    item: frozenset[str]
    head: str | None
    subject: frozenset[str]
    place: str | None
    place_name: str | None
    time: DateFact | None

    @property
    def edtf(self) -> str | None:
        """When it holds, where that is known."""
        return self.time.edtf if self.time else None

    @property
    def number(self) -> tuple[float | None, ...]:
        """What must be equal for two values to be equal."""
        fact = self.fact
        return (float(fact.value),) if fact.value is not None else (_float(fact.low), _float(fact.high))


def statements(
    facts: Sequence[Fact], copies: dict[str, str], settings: Settings, singular: Singular
) -> Iterable[Statement]:
    """The statements of facts (whole documents: dates and places are looked up among them)."""
    by_id = {fact.id: fact for fact in facts}
    for fact in facts:
        if isinstance(fact, QuantityFact) and fact.same_as is None:
            time, place = by_id.get(fact.time or ""), by_id.get(fact.place or "")
            yield Statement(
                fact=fact,
                group=copies.get(fact.doc_id, fact.doc_id),
                copy_of=copies.get(fact.doc_id),
                item=_content(fact.item, settings, singular),
                head=_head(fact.item, settings, singular),
                subject=_content(fact.subject, settings, singular),
                place=_entity(place) if isinstance(place, PlaceFact) else None,
                place_name=place.name if isinstance(place, PlaceFact) else None,
                time=time if isinstance(time, DateFact) else None,
            )


def significant_digits(value: float) -> int:
    """Digits that carry information: 3 for 10.9 billion, 1 for 500 million."""
    digits = f"{abs(value):.10g}".partition("e")[0].replace(".", "")
    return len(digits.strip("0")) or 1


def _words(phrase: str | None, settings: Settings, singular: Singular) -> list[str]:
    words = [singular(word) for word in _WORD.findall((phrase or "").casefold())]
    return [word for word in words if word not in settings.stop_words]


def _content(phrase: str | None, settings: Settings, singular: Singular) -> frozenset[str]:
    return frozenset(_words(phrase, settings, singular)) - settings.generic_nouns


def _head(phrase: str | None, settings: Settings, singular: Singular) -> str | None:
    before_of = re.split(r"\s(?:of|in|for|from|with|at|on)\s", phrase or "")[0]
    words = _words(before_of, settings, singular)
    return words[-1] if words and words[-1] not in settings.generic_nouns else None


def _entity(place: PlaceFact) -> str:
    known = place.cn_code or place.geonames_id
    return str(known) if known else "/".join((place.country or "", place.admin1 or "", place.name))


def _float(number: float | None) -> float | None:
    return None if number is None else float(number)
