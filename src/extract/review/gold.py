"""Reviewed facts as gold: accepted and corrected ones, in the form of docs/FACTS.md, section Gold files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import msgspec

from newsfacts.evaluation.records import GoldRecord
from newsfacts.model import Fact, QuantityFact
from newsfacts.model.fields import PHRASES, REFERENCES
from newsfacts.report import Content
from newsfacts.review.log import Correction
from newsfacts.review.session import added_fact, corrected

#: Of a fact's fields those that a gold record has.
KEPT = frozenset(GoldRecord.__struct_fields__)
#: What follows the head of an English noun phrase.
_AFTER_HEAD = re.compile(r"\s+(?:of|in|for|from|to|on|at|by|with|between|that|which|who)\s|,|\s\(")
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Export:
    """Gold lines; how many documents they hold, how many were left out or open, and lost decisions.

    `stale` counts decisions about facts that the output no longer has.
    """

    lines: tuple[bytes, ...]
    complete: int
    partial: int
    stale: int


def export_gold(content: Content, decisions: Mapping[str, Correction], *, partial: bool = False) -> Export:
    """Gold of the documents whose facts are all decided; with `partial` also of those in part decided."""
    facts = {fact.id: fact for fact in content.facts}
    texts = {d.id: text for d, text in zip(content.documents, content.texts, strict=True)}
    documents: dict[str, list[Fact]] = defaultdict(list)
    for fact in content.facts:
        documents[fact.doc_id].append(fact)
    added = _added(content, decisions, facts)
    begun = [d.id for d in content.documents if _begun(documents[d.id], added[d.id], decisions)]
    whole = {name for name in begun if all(fact.id in decisions for fact in documents[name])}
    lines = [
        line
        for name in begun
        if partial or name in whole
        for line in _document([*_kept(documents[name], decisions, facts, texts[name]), *added[name]])
    ]
    stale = sum(name not in facts and line.action in ("accept", "fix") for name, line in decisions.items())
    return Export(tuple(lines), len(whole), len(begun) - len(whole), stale)


def _added(
    content: Content, decisions: Mapping[str, Correction], facts: Mapping[str, Fact]
) -> dict[str, list[Fact]]:
    published = {document.id: document.published for document in content.documents}
    found: dict[str, list[Fact]] = defaultdict(list)
    for line in decisions.values():
        if line.action == "add":
            fact = added_fact(line, facts)
            found[line.doc_id].append(replace(fact, published=published.get(line.doc_id)))
    return found


def _begun(found: list[Fact], added: list[Fact], decisions: Mapping[str, Correction]) -> bool:
    return bool(added) or any(fact.id in decisions for fact in found)


def _kept(
    found: list[Fact], decisions: Mapping[str, Correction], facts: Mapping[str, Fact], text: str | None
) -> list[Fact]:
    return [
        corrected(fact, decision.fields, text, facts)
        for fact in found
        if (decision := decisions.get(fact.id)) and decision.action != "reject"
    ]


def _document(kept: list[Fact]) -> list[bytes]:
    ids = {fact.id for fact in kept}
    ordered = sorted(kept, key=lambda fact: (fact.start, -fact.end))
    return [msgspec.json.encode(gold_record(_without_lost(fact, ids))) + b"\n" for fact in ordered]


def _without_lost(fact: Fact, ids: set[str]) -> Fact:
    """A fact that names a rejected one names none."""
    if not isinstance(fact, QuantityFact):
        return fact
    lost = {name: None for name in REFERENCES if getattr(fact, name) not in ids}
    return replace(fact, **lost)  # type: ignore[arg-type]


def gold_record(fact: Fact) -> dict[str, Any]:
    """The fields of a gold record that say something."""
    said = {name: value for name, value in asdict(fact).items() if value is not None and value is not False}
    record = {name: value for name, value in said.items() if name in KEPT}
    for phrase in PHRASES:
        if phrase in record:
            record[f"{phrase}_heads"] = [head(record[phrase])]
    return {"doc_id": record.pop("doc_id"), "published": fact.published, **record}


def head(phrase: str) -> str:
    """The head noun of an English noun phrase, in lower case: the last word before any complement."""
    core = _AFTER_HEAD.split(phrase, maxsplit=1)[0]
    words = _WORD.findall(core) or _WORD.findall(phrase)
    return words[-1].lower() if words else phrase.lower()
