"""A review of one output folder: the facts, and the decisions about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from threading import Lock
from typing import Any

import msgspec

from newsfacts.errors import ValidationError
from newsfacts.model import QUANTITY_TYPES, Fact, QuantityFact, fact_id
from newsfacts.model.fact import Family
from newsfacts.model.fields import REFERENCES
from newsfacts.report import Content
from newsfacts.review.log import Action, Correction, CorrectionLog
from newsfacts.sinks.tables import fact_class

#: What a correction may not touch.
FIXED = frozenset({"id", "doc_id", "published", "text", "rule", "confidence", "section"})
ADDABLE = frozenset({*QUANTITY_TYPES, "date", "place"})
_TYPES: Mapping[Family, tuple[str, ...]] = {
    "quantity": QUANTITY_TYPES,
    "date": ("date",),
    "place": ("place",),
}


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision as the page sends it: `fact_id` says about which fact; an `add` has document and type."""

    action: Action
    fact_id: str = ""
    fields: dict[str, Any] = {}
    doc_id: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Undone:
    """A fact whose last decision was taken back, and the one that stands now."""

    fact_id: str
    decision: Correction | None


class ReviewSession:
    """Checks decisions and hands them to the log, one request at a time.

    `notes` (fact id -> words) are shown beside the facts that they doubt, and can be filtered by.
    """

    def __init__(self, content: Content, log: CorrectionLog, notes: Mapping[str, str] | None = None) -> None:
        self.content = content
        self.log = log
        self.notes = dict(notes or {})
        self._facts = {fact.id: fact for fact in content.facts}
        self._texts = {d.id: text for d, text in zip(content.documents, content.texts, strict=True)}
        self._lock = Lock()

    def decide(self, decisions: Iterable[Decision]) -> list[Correction]:
        """Store decisions as one batch and return them. Raises ValidationError, and then stores none."""
        with self._lock:
            batch = self.log.next_batch
            corrections = [self._correction(decision, batch) for decision in decisions]
            self.log.decide(corrections)
        return corrections

    def undo(self) -> list[Undone]:
        """Take back the last batch."""
        with self._lock:
            undone = self.log.undo()
            standing = self.log.decisions()
        return [Undone(line.fact_id, standing.get(line.fact_id)) for line in undone]

    def _correction(self, decision: Decision, batch: int) -> Correction:
        if decision.action == "add":
            return self._addition(decision, batch)
        standing = self.log.decisions().get(decision.fact_id)
        if standing is not None and standing.type and decision.fact_id not in self._facts:
            return _taken_out(standing, decision, batch)
        fact = self._facts.get(decision.fact_id)
        if fact is None:
            raise ValidationError(f"there is no fact {decision.fact_id}", remedy="Load the page again.")
        changed = decision.fields if decision.action == "fix" else {}
        corrected(fact, changed, self._texts.get(fact.doc_id), self._facts)
        return Correction(
            batch, decision.action, fact.id, fact.doc_id, fact.type, fact.start, fact.end, fact.text, changed
        )

    def _addition(self, decision: Decision, batch: int) -> Correction:
        text = self._texts.get(decision.doc_id)
        start, end = decision.fields.get("start"), decision.fields.get("end")
        if text is None:
            raise ValidationError("start: the article is not here, so nothing can be added")
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
            raise ValidationError(f"start: comes before end, and the text has {len(text)} characters")
        name = fact_id(decision.doc_id, decision.type, start, end)
        if name in self._facts:
            raise ValidationError(f"start: there is a {decision.type} of these words; correct that one")
        fields = {key: value for key, value in decision.fields.items() if key not in ("start", "end")}
        found = Correction(
            batch, "add", name, decision.doc_id, decision.type, start, end, text[start:end], fields
        )
        added_fact(found, self._facts)
        return found


def _taken_out(standing: Correction, decision: Decision, batch: int) -> Correction:
    """The rejection of an added fact."""
    if decision.action != "reject":
        raise ValidationError("an added fact can be removed and added anew")
    return msgspec.structs.replace(standing, batch=batch, action="reject", fields={})


def added_fact(line: Correction, facts: Mapping[str, Fact]) -> Fact:
    """The fact that an `add` stands for. Raises ValidationError that names the field that cannot be so."""
    if line.type not in ADDABLE:
        raise ValidationError(f"type: there is no type {line.type}")
    shape = fact_class(line.type)
    _check_names(line.fields, line.type, {field.name for field in fields(shape)})
    record = {
        "id": line.fact_id, "doc_id": line.doc_id, "type": line.type, "text": line.text,
        "start": line.start, "end": line.end, "sentence_start": line.start, "sentence_end": line.end,
        "section": "body", "rule": "review", "confidence": 1.0, **line.fields,
    }  # fmt: skip
    _check_references(line.doc_id, line.fact_id, line.fields, facts)
    return _converted(record, shape)


def corrected(fact: Fact, changed: Mapping[str, Any], text: str | None, facts: Mapping[str, Fact]) -> Fact:
    """The fact with the changed fields. Raises ValidationError that names the field that cannot be so."""
    _check_names(changed, fact.type, {field.name for field in fields(fact)})
    record: dict[str, Any] = {**asdict(fact), **changed}
    _check_span(record, text)
    if text is not None:
        record["text"] = text[record["start"] : record["end"]]
    _check_references(fact.doc_id, fact.id, changed, facts)
    return _converted(record, type(fact))


def _check_names(changed: Iterable[str], fact_type: str, known: set[str]) -> None:
    for name in changed:
        if name in FIXED or name not in known:
            raise ValidationError(f"{name}: a {fact_type} has no such field that can be corrected")


def _converted(record: Mapping[str, Any], shape: type[Fact]) -> Fact:
    try:
        found: Fact = msgspec.convert(record, shape)
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


def _check_references(document: str, own: str, changed: Mapping[str, Any], facts: Mapping[str, Fact]) -> None:
    for name, family in REFERENCES.items():
        target, types = changed.get(name), _TYPES[family]
        if target is None:
            continue
        other = facts.get(str(target))
        if other is None or other.doc_id != document or other.type not in types or other.id == own:
            raise ValidationError(f"{name}: {target} is no {types[0]} of this document")
