"""The facts gained, lost and changed between two sets of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from newsfacts.diff.pairing import by_document, pair, paired_documents
from newsfacts.evaluation import Judgement
from newsfacts.model import Change, Fact
from newsfacts.model.fields import REFERENCES, SHAPES, fields_of

Kind = Literal["lost", "gained", "changed"]
Effect = Literal["better", "worse", "same"]
KINDS: tuple[Kind, ...] = ("lost", "gained", "changed")
EFFECTS: tuple[Effect, ...] = ("worse", "better", "same")
#: Judgements of one document's facts by their ids; None where there is no gold for the document.
Judge = Callable[[str, Sequence[Fact]], Mapping[str, Judgement] | None]

#: What a fact of each class says, which is what is compared.
_FIELDS: Mapping[type[Fact], tuple[str, ...]] = MappingProxyType(
    {shape: tuple(f.name for f in fields_of(family) if f.says) for family, shape in SHAPES.items()}
)
#: Fields -> the attribute of the evaluation that judges them, where the names differ.
_ATTRIBUTES = MappingProxyType(
    {"edtf": "date.edtf", "relation": "date.relation", "name": "place.entity", "lat": "place.entity"}
)
_MERIT = MappingProxyType({"wrong": 0, "borderline": 1, "right": 2})
#: A fact that is not there costs more than a wrong one and less than a right one.
_ABSENT = 1


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs, ready to be shown ("-" for null); with gold, which of the two is right."""

    field: str
    old: str
    new: str
    old_right: bool | None = None
    new_right: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A fact lost (`new` is None), gained (`old` is None) or changed; judgements are None without gold."""

    doc_id: str
    old: Fact | None
    new: Fact | None
    differences: tuple[Difference, ...] = ()
    old_judgement: Judgement | None = None
    new_judgement: Judgement | None = None

    @property
    def kind(self) -> Kind:
        """What happened to the fact."""
        if self.old is None:
            return "gained"
        return "lost" if self.new is None else "changed"

    @property
    def fact(self) -> Fact:
        """The fact as it is now, or as it was."""
        fact = self.new if self.new is not None else self.old
        if fact is None:
            raise ValueError("an entry has at least one fact")
        return fact

    @property
    def effect(self) -> Effect | None:
        """Whether the gold likes the change; None where it was not asked."""
        if self.old_judgement is None and self.new_judgement is None:
            return None
        before, after = _merit(self.old_judgement), _merit(self.new_judgement)
        return "same" if before == after else "better" if after > before else "worse"

    @property
    def no_longer_right(self) -> bool:
        """Whether a fact that was right in the strict sense is lost or wrong now."""
        was = self.old_judgement is not None and self.old_judgement.verdict == "right"
        return was and (self.new_judgement is None or self.new_judgement.verdict == "wrong")


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs, in text order. `old`, `new` and `unchanged` are numbers of facts."""

    old: int
    new: int
    unchanged: int
    entries: tuple[Entry, ...] = field(default=())

    def of_kind(self, kind: Kind) -> tuple[Entry, ...]:
        """The facts lost, gained or changed."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def of_effect(self, effect: Effect) -> tuple[Entry, ...]:
        """The facts that changed for better or worse, or without effect."""
        return tuple(entry for entry in self.entries if entry.effect == effect)

    @property
    def judged(self) -> bool:
        """Whether gold was asked about any of it."""
        return any(entry.effect for entry in self.entries)

    @property
    def no_longer_right(self) -> tuple[Entry, ...]:
        """The facts that were right and are lost or wrong now."""
        return tuple(entry for entry in self.entries if entry.no_longer_right)


def diff_facts(old: Iterable[Fact], new: Iterable[Fact], judge: Judge = lambda _doc, _facts: None) -> Diff:
    """Compare two sets of facts document by document. `judge` says what is right (see `read_judge`)."""
    old_facts, new_facts = by_document(old), by_document(new)
    entries: list[Entry] = []
    unchanged = 0
    for doc_id, before, after in paired_documents(old_facts, new_facts):
        found = list(_Document(doc_id, before, after, judge).entries())
        unchanged += len(after) - sum(entry.new is not None for entry in found)
        entries += sorted(found, key=_text_order)
    return Diff(
        sum(map(len, old_facts.values())), sum(map(len, new_facts.values())), unchanged, tuple(entries)
    )


class _Document:
    """One document's facts of both sides, paired and judged."""

    def __init__(self, doc_id: str, old: Sequence[Fact], new: Sequence[Fact], judge: Judge) -> None:
        self.doc_id, self.old, self.new = doc_id, old, new
        self.pairs = pair(old, new)
        self.became = {before.id: after.id for before, after in self.pairs}
        self.old_texts = {fact.id: fact.text for fact in old}
        self.new_texts = {fact.id: fact.text for fact in new}
        self.old_judgements = judge(doc_id, old) or {}
        self.new_judgements = judge(doc_id, new) or {}

    def entries(self) -> Iterator[Entry]:
        """What differs, in no particular order."""
        kept = set(self.became.values())
        yield from (self._entry(fact, None) for fact in self.old if fact.id not in self.became)
        yield from (self._entry(None, fact) for fact in self.new if fact.id not in kept)
        for before, after in self.pairs:
            entry = self._entry(before, after, tuple(self._differences(before, after)))
            # A fact can go wrong with what it refers to, though it says the same.
            if entry.differences or _verdict(entry.old_judgement) != _verdict(entry.new_judgement):
                yield entry

    def _entry(self, old: Fact | None, new: Fact | None, differences: tuple[Difference, ...] = ()) -> Entry:
        return Entry(
            doc_id=self.doc_id,
            old=old,
            new=new,
            differences=differences,
            old_judgement=self.old_judgements.get(old.id) if old else None,
            new_judgement=self.new_judgements.get(new.id) if new else None,
        )

    def _differences(self, old: Fact, new: Fact) -> Iterator[Difference]:
        if (old.start, old.end) != (new.start, new.end):
            yield Difference("text", _spanned(old, new), _spanned(new, old))
        for name in _FIELDS[type(new)]:
            before, after = getattr(old, name), getattr(new, name)
            if not self._same(name, before, after):
                yield Difference(
                    name,
                    self._shown(name, before, self.old_texts),
                    self._shown(name, after, self.new_texts),
                    _right(name, self.old_judgements.get(old.id)),
                    _right(name, self.new_judgements.get(new.id)),
                )

    def _same(self, name: str, before: Any, after: Any) -> bool:
        # Ids hold the span: what a fact refers to may be the same under another id.
        return bool((self.became.get(before, before) if name in REFERENCES else before) == after)

    @staticmethod
    def _shown(name: str, value: Any, texts: Mapping[str, str]) -> str:
        if value is None:
            return "-"
        return texts.get(value, value) if name in REFERENCES else shown(value)


def shown(value: Any) -> str:
    """A field's value for a reader."""
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case Change():
            return "/".join(part for part in (value.direction, value.role, value.basis) if part)
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)


def _spanned(fact: Fact, other: Fact) -> str:
    return fact.text if fact.text != other.text else f"{fact.text} ({fact.start}-{fact.end})"


def _right(name: str, judgement: Judgement | None) -> bool | None:
    return judgement.attributes.get(_ATTRIBUTES.get(name, name)) if judgement else None


def _verdict(judgement: Judgement | None) -> str | None:
    return judgement.verdict if judgement else None


def _merit(judgement: Judgement | None) -> tuple[int, int]:
    """The verdict counts first, then how many attributes are right."""
    if judgement is None:
        return _ABSENT, 0
    if judgement.verdict == "borderline":
        return _MERIT["borderline"], 0
    right = sum(judgement.attributes.values())
    return _MERIT[judgement.verdict], 2 * right - len(judgement.attributes)


def _text_order(entry: Entry) -> tuple[int, int, str]:
    return entry.fact.start, entry.fact.end, entry.fact.type
