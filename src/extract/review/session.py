"""A review of one output folder: the facts, and the decisions about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from threading import Lock
from typing import Any

import msgspec

from extract.errors import ValidationError
from extract.model import QUANTITY_TYPES, Fact, QuantityFact
from extract.report import Content
from extract.review.log import Action, Correction, CorrectionLog

#: What a correction may not touch.
FIXED = frozenset({"id", "doc_id", "published", "text", "rule", "confidence", "section"})
#: Field -> the types of the facts that it may name.
REFERENCES = {"time": ("date",), "place": ("place",), "same_as": QUANTITY_TYPES}


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision as the page sends it."""

    fact_id: str
    action: Action
    fields: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Undone:
    """A fact whose last decision was taken back, and the one that stands now."""

    fact_id: str
    decision: Correction | None


class ReviewSession:
    """Checks decisions and hands them to the log, one request at a time."""

    def __init__(self, content: Content, log: CorrectionLog) -> None:
        self.content = content
        self.log = log
        self._facts = {fact.id: fact for fact in content.facts}
        self._texts = {d.id: text for d, text in zip(content.documents, content.texts, strict=True)}
        self._lock = Lock()

    def decide(self, decisions: Iterable[Decision]) -> int:
        """Store decisions as one batch; return how many. Raises ValidationError, and then stores none."""
        with self._lock:
            batch = self.log.next_batch
            corrections = [self._correction(decision, batch) for decision in decisions]
            self.log.decide(corrections)
        return len(corrections)

    def undo(self) -> list[Undone]:
        """Take back the last batch."""
        with self._lock:
            undone = self.log.undo()
            standing = self.log.decisions()
        return [Undone(line.fact_id, standing.get(line.fact_id)) for line in undone]

    def _correction(self, decision: Decision, batch: int) -> Correction:
        fact = self._facts.get(decision.fact_id)
        if fact is None:
            raise ValidationError(f"there is no fact {decision.fact_id}", remedy="Load the page again.")
        changed = decision.fields if decision.action == "fix" else {}
        corrected(fact, changed, self._texts.get(fact.doc_id), self._facts)
        return Correction(
            batch, decision.action, fact.id, fact.doc_id, fact.type, fact.start, fact.end, fact.text, changed
        )


def corrected(fact: Fact, changed: Mapping[str, Any], text: str | None, facts: Mapping[str, Fact]) -> Fact:
    """The fact with the changed fields. Raises ValidationError that names the field that cannot be so."""
    known = {field.name for field in fields(fact)}
    for name in changed:
        if name in FIXED or name not in known:
            raise ValidationError(f"{name}: a {fact.type} has no such field that can be corrected")
    record: dict[str, Any] = {**asdict(fact), **changed}
    _check_span(record, text)
    if text is not None:
        record["text"] = text[record["start"] : record["end"]]
    _check_references(fact, changed, facts)
    try:
        found: Fact = msgspec.convert(record, type(fact))
    except msgspec.ValidationError as error:
        raise ValidationError(str(error)) from error
    if isinstance(found, QuantityFact) and found.value is None and found.low is None and found.high is None:
        raise ValidationError("value: a quantity has a value or bounds")
    return found


def _check_span(record: Mapping[str, Any], text: str | None) -> None:
    start, end = record["start"], record["end"]
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        raise ValidationError("start: comes before end")
    if text is None and end - start != len(record["text"]):
        raise ValidationError("start: the article is not here, so the span cannot change")
    if text is not None and end > len(text):
        raise ValidationError(f"end: the text has {len(text)} characters")


def _check_references(fact: Fact, changed: Mapping[str, Any], facts: Mapping[str, Fact]) -> None:
    for name, types in REFERENCES.items():
        target = changed.get(name)
        if target is None:
            continue
        other = facts.get(str(target))
        if other is None or other.doc_id != fact.doc_id or other.type not in types or other.id == fact.id:
            raise ValidationError(f"{name}: {target} is no {types[0]} of this document")
