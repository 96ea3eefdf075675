"""What the rest of the text says about a candidate: persons of that name, lists, containers, repetitions."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from newsfacts.language import Parsed
from newsfacts.places.candidates import Candidate
from newsfacts.places.evidence import BlockView
from newsfacts.places.gazetteer import Entry
from newsfacts.places.lexicon import Lexicon
from newsfacts.places.names import fold

_LOCATED = (
    "generic-noun",
    "new-name",
    "dateline",
    "container",
    "locator",
    "hyphen",
    "apposition",
    "holder-before",
)
_BLOCKED = ("adjective", "organisation", "organisation-of", "given-name-before", "title-before", "currency")
_SURE = 1.5
_LIST_GAPS = (", ", " and ", ", and ", " or ", " & ", "/", "-", " to ")


def persons(parsed: Parsed, lexicon: Lexicon) -> set[str]:
    """Folded words of persons' names: of entities of two words and more, and what follows a title."""
    found: set[str] = set()
    for block in parsed.blocks:
        for ent in block.doc.ents:
            if ent.label_ == "PERSON" and len(ent) > 1:
                parts = [fold(t.text) for t in ent if t.is_alpha]
                if len(parts) > 1:
                    found.update(p for p in parts if p not in lexicon.words.titles)
    return found


def titled(views: list[BlockView], lexicon: Lexicon) -> set[str]:
    """Folded words that stand after a title or a given name."""
    found: set[str] = set()
    for view in views:
        for one, other in pairwise(view.words):
            if not (one.capital and other.capital) or other.gap not in (" ", ". "):
                continue
            given = one.key in lexicon.given_names and not one.possessive
            if one.key in lexicon.words.titles or given:
                found.add(other.key)
            if given and other.key in lexicon.surnames:
                found.add(one.key)
    return found


def weigh_document(candidates: list[Candidate], people: set[str], text: str, lexicon: Lexicon) -> None:
    """Add the evidence of the whole text to candidates that are in text order."""
    weights, threshold = lexicon.evidence.weights, lexicon.evidence.threshold
    for one, other in pairwise(candidates):
        if one.block == other.block:
            _weigh_pair(one, other, text, weights)
    located = {c.key for c in candidates if any(c.has(r) for r in _LOCATED) and c.score >= threshold}
    for c in candidates:
        if c.key in people and c.key not in located and c.noun is None:
            _weigh_person(c, weights, lexicon)
    for one, other in pairwise(candidates):
        if one.block == other.block and text[one.end : other.start] in _LIST_GAPS:
            _weigh_list(one, other, weights["list"], threshold)
            _weigh_list(other, one, weights["list"], threshold)
    sure = {c.key for c in candidates if c.score >= threshold + _SURE or (c.key in located and c.named)}
    for c in candidates:
        if c.score < threshold and c.key in sure and not any(c.has(r) for r in _BLOCKED):
            c.add("repeated", weights["repeated"])


def _weigh_person(c: Candidate, weights: dict[str, float], lexicon: Lexicon) -> None:
    if not any(e.kind in ("country", "admin1") and e.population > 1_000_000 for e in c.entries):
        c.add("person-here", weights["person-here"])
    elif c.key in lexicon.given_names:
        c.add("namesake", weights["namesake"])


def _weigh_pair(one: Candidate, other: Candidate, text: str, weights: dict[str, float]) -> None:
    """ "Springfield, Illinois": the second may hold the first."""
    gap = text[one.end : other.start]
    if gap in ("'s ", "’s ") and any(_may_hold(e, h) for e in other.entries for h in one.entries):
        other.add("holder-before", weights["holder-before"])
    elif gap.strip(" ,") == "in" and any(_may_hold(e, h) for e in one.entries for h in other.entries):
        one.add("holder-after", weights["holder-after"])
    if gap.strip() not in (",", "(") or len(gap) > 3:
        return
    if any(_may_hold(e, h) for e in one.entries for h in other.entries) or (one.noun and not one.named):
        one.add("container", weights["container"])
        other.add("contains", weights["contains"])


def short_forms(accepted: list[Candidate], views: list[BlockView], lexicon: Lexicon) -> list[Candidate]:
    """Add mentions of an unlisted place by its own name alone ("Mamize" beside "Mamize Nature Reserve")."""
    names = {
        c.key: c
        for c in accepted
        if c.noun and not c.named and " " not in c.key and c.key not in lexicon.common
    }
    if not names:
        return accepted
    found = list(accepted)
    by_block: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for c in accepted:
        by_block[c.block].append((c.first, c.last))
    for index, view in enumerate(views):
        taken = by_block[index]
        for i, word in enumerate(view.words):
            full = names.get(word.key)
            if full is None or not word.capital or any(first <= i <= last for first, last in taken):
                continue
            short = Candidate(
                word.start, word.end, i, i, full.key, [], full.name, full.noun, full.makes, index
            )
            short.add("repeated", lexicon.evidence.weights["repeated"])
            found.append(short)
    return sorted(found, key=lambda c: c.start)


def _may_hold(entry: Entry, holder: Entry) -> bool:
    if entry.id == holder.id or holder.country is None:
        return False
    if holder.kind == "country":
        return entry.country == holder.country and entry.kind != "country"
    return holder.id in (entry.admin1, entry.admin2, entry.parent)


def _weigh_list(one: Candidate, other: Candidate, weight: float, threshold: float) -> None:
    if (
        one.score < threshold <= other.score - 1.0
        and not one.has("list")
        and not any(one.has(r) for r in _BLOCKED)
    ):
        one.add("list", weight)
