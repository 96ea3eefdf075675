"""Writes predictions for NewsQuant (Almasian et al., EMNLP 2023) from the pipeline's facts.

usage: python bench/newsquant.py DATA.json PRED.jsonl [--compare QUANTULUM.jsonl]

Only convention happens here: NewsQuant names units otherwise, counts "one of the" and "5G", takes "from A to
B" as one range and lengths of time out of dates; the project's facts (FACTS.md) do not.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from newsfacts.language import Parsed
from newsfacts.linking.lexicon import ChangeWords, SubjectWords
from newsfacts.model import Document, QuantityFact, QuantityMention
from newsfacts.pipeline import Pipeline
from newsfacts.quantities import QuantityFinder
from newsfacts.rules import RuleSet
from newsquant_concepts import Concepts
from newsquant_names import noun_name, unit_name

SUBJECTS = SubjectWords.from_rules(RuleSet())
CHANGES = ChangeWords.from_rules(RuleSet())
TURNING = frozenset({*CHANGES.verbs, *CHANGES.guarded})
_PARTICLES = frozenset({"up", "down", "upward", "upwards", "downward", "downwards", "off"})
_BIG = "tens|hundreds|thousands|millions|billions"
_VAGUE = re.compile(rf"\b(?:({_BIG}) of )?({_BIG}|dozens) of\b", re.IGNORECASE)
_WIRELESS = re.compile(r"\b([2-6])G\b")
_TEN = {"tens": 10, "dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A prediction in NewsQuant's terms, with the span it comes from."""

    start: int
    end: int
    value: Any
    unit: str
    change: str = "="
    concept: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """The scorer's form."""
        concept = [w for c in self.concept for w in c.split()]
        return {"value": self.value, "unit": self.unit or "-", "change": self.change, "concept": concept}


def predict(pipeline: Pipeline, finder: QuantityFinder, text: str, index: int) -> list[dict[str, Any]]:
    """All quantities of one sentence as NewsQuant has them."""
    analysis = pipeline.analyse_document(Document(id=str(index), text=text))
    parsed = analysis.parsed
    facts = [f for f in analysis.facts if isinstance(f, QuantityFact)]
    concepts = Concepts(parsed, facts, SUBJECTS)
    found = [q for f in facts if (q := from_fact(f, parsed, concepts)) is not None]
    taken = [(f.start, f.end) for f in facts]
    found += [
        q for m in finder.find(parsed, ()) if not _hits(m, taken) and (q := _length(m, parsed, concepts))
    ]
    found += _frequencies(pipeline, finder, parsed)
    found += list(_extras(parsed, concepts, [(q.start, q.end) for q in found] + taken))
    return [q.record() for q in _changes(sorted(found, key=lambda q: q.start), text)]


def from_fact(fact: QuantityFact, parsed: Parsed, concepts: Concepts) -> Quantity | None:
    """A fact's value, unit, change and concept; None where NewsQuant does not annotate its kind."""
    if fact.rule in ("ratio-verb", "ratio-multiple") or (fact.type == "rank" and fact.rule != "rank-top"):
        return None
    if fact.type == "rank" and not fact.item:
        return None
    value: Any = fact.value if fact.value is not None else [fact.low, fact.high]
    unit, factor = unit_name(fact, parsed, concepts.counted(fact))
    if concepts.is_index_level(fact):
        unit = "point"
    value = [v * factor for v in value] if isinstance(value, list) else value * factor
    return Quantity(
        fact.start,
        fact.end,
        value,
        unit,
        _change(fact, parsed),
        concepts.of_fact(fact),
    )


def _change(fact: QuantityFact, parsed: Parsed) -> str:
    """One label; a counted number has none of "up" and "down", a sign is a direction."""
    before = parsed.text[max(0, fact.start - 20) : fact.start].rstrip()
    if before.endswith("+"):
        return "up"
    if before.endswith(" within"):
        return "<"
    if fact.text.lower().startswith("as "):
        return "="  # "as many as 14"
    if fact.type == "percent" and fact.value is not None and fact.value < 0:
        return "down"
    if fact.modifier != "=":
        return fact.modifier
    by = fact.change is not None and fact.change.role == "by" and fact.type != "count"
    if by and fact.change is not None and _is_turned(fact, parsed):
        return fact.change.direction
    return "="


def _is_turned(fact: QuantityFact, parsed: Parsed) -> bool:
    """Whether a verb, "up", "down" or "by" before the number says it, not a noun ("a 5 percent rise")."""
    words = [t.lower_ for t in parsed.tokens_in(max(fact.sentence_start, fact.start - 30), fact.start)]
    verb = (fact.predicate or "").split(" ")
    said = not (TURNING | _PARTICLES).isdisjoint(verb)
    return said or not _PARTICLES.isdisjoint(words[-4:]) or words[-1:] == ["by"]


@dataclass(frozen=True, slots=True)
class _Bare:
    """A mention without links, in the shape of a fact."""

    text: str
    type: str
    unit: str | None
    rule: str
    per: str | None = None


def _length(mention: QuantityMention, parsed: Parsed, concepts: Concepts) -> Quantity | None:
    """A length of time inside a date: "the last three months"."""
    text = parsed.text[mention.start : mention.end]
    if mention.type != "duration":
        return None
    unit, factor = unit_name(_Bare(text, "duration", mention.unit, mention.rule, mention.per), parsed)
    value: Any = mention.value * factor if mention.value is not None else [mention.low, mention.high]
    behind = concepts.behind(mention.start, mention.end)
    return Quantity(mention.start, mention.end, value, unit, mention.modifier, behind)


def _frequencies(pipeline: Pipeline, finder: QuantityFinder, parsed: Parsed) -> list[Quantity]:
    """ "Every 33 years": how often is no fact, but annotated as a length of time."""
    often = [r for r in finder.refused(parsed, ()) if r.filter == "frequency"]
    out: list[Quantity] = []
    for span in often:
        alone = Document(id="", text=parsed.text[span.start : span.end])
        inner = pipeline.analyse_document(alone).parsed
        lengths = [_length(m, inner, Concepts(inner, [], SUBJECTS)) for m in finder.find(inner, ())]
        out += [replace(q, start=span.start, end=span.end, concept=()) for q in lengths if q is not None]
    return out


def _hits(mention: Any, taken: list[tuple[int, int]]) -> bool:
    return any(mention.start < end and start < mention.end for start, end in taken)


def _extras(parsed: Parsed, concepts: Concepts, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    """What NewsQuant annotates and FACTS.md leaves out: "one of the", vague numbers, "5G"."""
    text = parsed.text
    for match in _WIRELESS.finditer(text):
        above = concepts.above(match.start(), match.end())
        yield Quantity(match.start(), match.end(), float(match[1]), "generation wireless", "=", above)
    for match in _VAGUE.finditer(text):
        low = _TEN[match[2].lower()] * (_TEN[match[1].lower()] if match[1] else 1)
        said = concepts.of_span(match.start(), match.end())
        unit = _following(parsed, match.end())
        yield Quantity(match.start(), match.end(), [low, low * 10], unit, "=", said)
    for block in parsed.blocks:
        for token in block.doc:
            start = block.offset + token.idx
            if token.lower_ != "one" or any(a <= start < b for a, b in taken):
                continue
            noun = _one(token)
            if noun is not None:
                yield Quantity(start, start + 3, 1, noun)


def _one(token: Any) -> str | None:
    of = next((c for c in token.children if c.lower_ == "of"), None)
    head = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if head is None and token.dep_ == "nummod":
        head = token.head
    if head is None or head.pos_ not in ("NOUN", "PROPN"):
        return None
    span = [t for t in head.lefts if t.dep_ in ("amod", "compound") and t.i > token.i] + [head]
    return noun_name(span)


def _following(parsed: Parsed, end: int) -> str:
    """The noun phrase after a vague number, or NewsQuant's name of the unit."""
    words = []
    for token in parsed.tokens_in(end + 1, min(end + 60, len(parsed.text))):
        if token.pos_ not in ("NOUN", "ADJ", "PROPN"):
            break
        words.append(token.text if token.pos_ == "PROPN" else token.lemma_.lower())
    name = " ".join(words[:3])
    return {"dollar": "dollar", "mile": "mile"}.get(words[0], name) if words else ""


def _changes(found: list[Quantity], text: str) -> list[Quantity]:
    """ "from A to B" is one range in NewsQuant, in the order of the text."""
    out: list[Quantity] = []
    for q in found:
        if out and _from_to(out[-1], q, text):
            left = out.pop()
            out.append(
                replace(
                    q,
                    start=left.start,
                    value=[left.value, q.value],
                    change="=",
                    unit=q.unit if q.unit != "-" else left.unit,
                )
            )
        else:
            out.append(q)
    return out


def _from_to(left: Quantity, right: Quantity, text: str) -> bool:
    if isinstance(left.value, list) or isinstance(right.value, list):
        return False
    opened = re.search(r"\bfrom$", text[: left.start].rstrip())
    link = text[left.end : right.start]
    plain = [unit.split(" per ")[0] for unit in (left.unit, right.unit)]
    same = plain[0] == plain[1] or any(unit in ("", "-") for unit in plain)
    return (
        bool(opened)
        and same
        and len(link) < 40
        and bool(re.search(r"\bto$", link.strip()))
        and "," not in link
    )


def quantulum(texts: Iterable[str]) -> Iterator[list[dict[str, Any]]]:
    """quantulum3's quantities of each text, with its own unit names."""
    from quantulum3 import parser

    for text in texts:
        found = parser.parse(text)
        yield [
            {"value": q.value, "unit": q.unit.name.replace("dimensionless", "-"), "change": "="}
            for q in found
        ]


def _write(path: Path, rows: Iterable[list[dict[str, Any]]]) -> None:
    lines = (json.dumps({"i": i, "quantities": row}, ensure_ascii=False) for i, row in enumerate(rows))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Write the predictions."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--compare", type=Path, help="also write quantulum3's predictions here")
    options = ap.parse_args(argv)
    texts = [row["text"] for row in json.loads(options.data.read_text(encoding="utf-8"))]
    pipeline, finder = Pipeline.load(), QuantityFinder.from_rules(RuleSet())
    _write(options.out, (predict(pipeline, finder, text, i) for i, text in enumerate(texts)))
    if options.compare:
        _write(options.compare, quantulum(texts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
