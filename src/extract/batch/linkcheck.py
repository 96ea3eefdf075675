"""Executed examples of linking: what the complete pipeline says of the quantities of a sentence."""

from __future__ import annotations

from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING

from newsfacts.model import QuantityFact
from newsfacts.model.fields import fields_of

if TYPE_CHECKING:
    from newsfacts.language import Parsed
    from newsfacts.linking.clause import Describer
    from newsfacts.model import Change, QuantityMention
    from newsfacts.pipeline import Pipeline
    from newsfacts.rules import RuleSet


class LinkingExamples:
    """Runs examples of linking; what they need is built when the first is run."""

    def __init__(self, rules: RuleSet) -> None:
        from newsfacts.linking import Linker

        Linker.from_rules(rules)  # raises where a file is malformed
        self._rules = rules

    @cached_property
    def _pipeline(self) -> Pipeline:
        import spacy

        from newsfacts.pipeline import Pipeline

        return Pipeline(spacy.blank("en"), self._rules)

    @cached_property
    def _describer(self) -> Describer:
        from newsfacts.linking.clause import Describer

        return Describer.from_rules(self._rules)

    def find(self, parsed: Parsed) -> list[SimpleNamespace]:
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


def _linked(fact: QuantityFact, rule: str, names: dict[str, str]) -> SimpleNamespace:
    """A quantity fact as an example names it: `rule` found its change or, where it has none, its item.

    It has the fields of the fact; `change` is direction and role ("up/by"), `time` and `place` are words.
    """
    said = {field.name: field.of(fact) for field in fields_of("quantity")}
    words = {name: names[said[name]] for name in ("time", "place") if said[name] is not None}
    return SimpleNamespace(**{**said, **words, "rule": rule, "change": _change(fact.change)})


def _change(change: Change | None) -> str | None:
    return f"{change.direction}/{change.role}" if change is not None else None
