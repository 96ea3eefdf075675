"""Executed examples of linking: what the complete pipeline says of the quantities of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from extract.model import QuantityFact

if TYPE_CHECKING:
    from extract.language import Parsed
    from extract.linking.clause import Describer
    from extract.model import Change, QuantityMention
    from extract.pipeline import Pipeline
    from extract.rules import RuleSet


@dataclass(frozen=True, slots=True)
class LinkedQuantity:
    """A quantity fact as an example names it: `rule` found its change or, where it has none, its item.

    `change` is direction and role ("up/by"), `time` the words of the date, `place` its name.
    """

    start: int
    end: int
    rule: str
    item: str | None
    subject: str | None
    subject_resolved: str | None
    predicate: str | None
    change: str | None
    per: str | None
    status: str
    source: str | None
    time: str | None
    place: str | None


class LinkingExamples:
    """Runs examples of linking; what they need is built when the first is run."""

    def __init__(self, rules: RuleSet) -> None:
        from extract.linking import Linker

        Linker.from_rules(rules)  # raises where a file is malformed
        self._rules = rules

    @cached_property
    def _pipeline(self) -> Pipeline:
        import spacy

        from extract.pipeline import Pipeline

        return Pipeline(spacy.blank("en"), self._rules)

    @cached_property
    def _describer(self) -> Describer:
        from extract.linking.clause import Describer

        return Describer.from_rules(self._rules)

    def find(self, parsed: Parsed) -> list[LinkedQuantity]:
        """The quantities of a parsed example, in text order."""
        analysis = self._pipeline.analyse(parsed)
        names = {f.id: f.name if f.type == "place" else f.text for f in analysis.facts if f.type in _NAMED}
        facts = [f for f in analysis.facts if isinstance(f, QuantityFact)]
        mentions = sorted(analysis.quantities, key=lambda m: (m.start, m.end))
        rules = {(m.start, m.end): self._rule(parsed, m, mentions) for m in mentions}
        return [_linked(fact, rules[fact.start, fact.end], names) for fact in facts]

    def _rule(self, parsed: Parsed, mention: QuantityMention, mentions: list[QuantityMention]) -> str:
        fired = self._describer.describe(parsed, mention, mentions).rules
        return next((rule for rule in fired if rule.startswith("change-")), fired[0])


_NAMED = frozenset({"date", "place"})


def _linked(fact: QuantityFact, rule: str, names: dict[str, str]) -> LinkedQuantity:
    return LinkedQuantity(
        start=fact.start,
        end=fact.end,
        rule=rule,
        item=fact.item,
        subject=fact.subject,
        subject_resolved=fact.subject_resolved,
        predicate=fact.predicate,
        change=_change(fact.change),
        per=fact.per,
        status=fact.status,
        source=fact.source,
        time=names[fact.time] if fact.time is not None else None,
        place=names[fact.place] if fact.place is not None else None,
    )


def _change(change: Change | None) -> str | None:
    return f"{change.direction}/{change.role}" if change is not None else None
