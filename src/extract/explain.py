"""Why a text gave the facts it gave: the rule behind each fact, and the numbers that gave none."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from newsfacts.analysis import Analysis
from newsfacts.model import Document, Fact, Section
from newsfacts.rules import Example, ExampleFile, RuleSet

#: The family of a fact's rules by the fact's type; all other types are quantities.
_FAMILIES = {"date": "dates", "place": "places"}
_NUMBER = re.compile(r"(?<![\w.,])[^\W\d_]{0,3}[$€£¥]?\d[\d.,]*\d|(?<![\w.,])\d")


@dataclass(frozen=True, slots=True)
class Unused:
    """A number in the text that is no quantity fact, and what stood in the way."""

    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Why:
    """A fact, the examples that define its rule, and the rules that linked it."""

    fact: Fact
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that is known about how a text's facts came about."""

    document: Document
    whys: tuple[Why, ...]
    unused: tuple[Unused, ...]


def explain(analysis: Analysis, rules: RuleSet) -> Explanation:
    """Explain an analysis: which rule fired for each fact, and which numbers almost became one."""
    by_rule = _examples_by_rule(rules, {_FAMILIES.get(fact.type, "quantities") for fact in analysis.facts})
    whys = tuple(Why(fact, tuple(by_rule.get(fact.rule, ())[:2])) for fact in analysis.facts)
    return Explanation(analysis.parsed.document, whys, tuple(_unused(analysis)))


def _examples_by_rule(rules: RuleSet, families: Collection[str]) -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for name in rules.examples_files():
        if name.partition("/")[0] not in families:
            continue
        for example in rules.read(name, ExampleFile).examples:
            if example.finds:
                found.setdefault(example.rule, []).append(example)
    return found


def _unused(analysis: Analysis) -> list[Unused]:
    document = analysis.parsed.document
    used = [(f.start, f.end) for f in analysis.facts if f.type not in _FAMILIES]
    return [
        Unused(m.start(), m.end(), m.group(), _reason(m.start(), m.end(), analysis))
        for m in _NUMBER.finditer(document.text)
        if not _hits(m.start(), m.end(), used)
    ]


def _reason(start: int, end: int, analysis: Analysis) -> str:
    if _hits(start, end, [(d.start, d.end) for d in analysis.dates]):
        return "inside a date"
    if _hits(start, end, [(p.start, p.end) for p in analysis.places]):
        return "inside a place"
    refusal = next((r for r in analysis.refused if r.start < end and start < r.end), None)
    if refusal is not None:
        return f"refused by filter {refusal.filter}"
    aside = next((a for a in analysis.parsed.document.asides if a.start < end and start < a.end), None)
    if aside is not None:
        return f"no figure of the article: {aside.rule}"
    silent = [s for s in analysis.parsed.document.sections if s.silent]
    return "section is not the article" if _within(start, silent) else "no rule accepts it"


def _hits(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(s < end and start < e for s, e in spans)


def _within(start: int, sections: Sequence[Section]) -> bool:
    return any(s.start <= start < s.end for s in sections)
