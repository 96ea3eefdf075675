"""The places of a sentence: where each stands, and the words that stand for one named before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from newsfacts.linking.paths import char_span, span_head
from newsfacts.model import PlaceKind, PlaceMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token


class PlaceCosts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each step of a path costs."""

    up: float
    down: float
    clause: float
    down_clause: float
    distance: float
    limit: float
    survey: float
    adjacent: float
    speaker: float
    sibling: float


class PlaceRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/place.yaml; the file says what each list means."""

    anaphors: dict[str, tuple[PlaceKind, ...]]
    containers: dict[str, tuple[PlaceKind, ...]]
    adjectives: dict[str, tuple[PlaceKind, ...]]
    adverbs: frozenset[str]
    definite: frozenset[str]
    elsewhere: frozenset[str]
    counted_places: frozenset[str]
    counterparts: frozenset[str]
    currencies: frozenset[str]
    actors: frozenset[str]
    reporting: frozenset[str]
    metonyms: frozenset[str]
    contests: frozenset[str]
    continental: frozenset[str]
    preposition_costs: dict[str, float]
    demonyms: dict[str, tuple[str, ...]]
    demonym_cost: float
    costs: PlaceCosts
    topic_reach: int


@dataclass(frozen=True, slots=True, eq=False)
class PlaceSite:
    """A place of the sentence: a mention, or a noun that stands for one named before (`inherited`)."""

    mention: PlaceMention
    lo: int
    hi: int
    head: Token
    inherited: bool = False


def place_site(mention: PlaceMention, doc: Doc, offset: int, rules: PlaceRules) -> PlaceSite | None:
    """Where a place stands, or None where no token carries it; "the city of X" stands where "city" does."""
    span = char_span(doc, mention.start - offset, mention.end - offset)
    if span is None:
        return None
    head, lo = span_head(doc, span.start, span.end), span.start
    generic = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head
    if generic.i == lo - 2 and generic.lemma_.lower() in rules.anaphors:
        head, lo = generic, generic.i
    return PlaceSite(mention, lo, span.end, head)


def is_nested(place: PlaceSite, places: Sequence[PlaceSite]) -> bool:
    """Whether the place only says where another place lies: "the city of X", "China's X", "X, China"."""
    token = place.head
    for _ in range(6):
        if token.dep_ not in {"poss", "pobj", "prep", "appos", "compound", "nmod", "amod"}:
            return False
        token = token.head
        if any(p.lo <= token.i < p.hi and p is not place and not p.inherited for p in places):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A word that stands for a place named before: of these kinds (none: whatever is spoken of).

    `members` are the kinds of the places that a plural stands for: it stands for what they lie in.
    """

    kinds: tuple[PlaceKind, ...] = ()
    members: tuple[PlaceKind, ...] = ()


def read_anaphor(token: Token, rules: PlaceRules) -> Anaphor | None:
    """What a token stands for ("the province", "provincial", "here", "both counties"); None: nothing."""
    lower, lemma = token.lower_, token.lemma_.lower()
    if lower in rules.adjectives:
        return Anaphor(rules.adjectives[lower])
    if lower in rules.adverbs and token.dep_ in {"advmod", "pcomp", "pobj"}:
        return Anaphor()
    if lemma not in rules.anaphors or not token.tag_.startswith("NN"):
        return None
    named = any(c.pos_ == "PROPN" for c in token.lefts) or any(c.lower_ == "of" for c in token.rights)
    if named or not any(c.lower_ in rules.definite for c in token.lefts):
        return None
    several = token.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "nummod" for c in token.lefts)
    if not several:
        return Anaphor(rules.anaphors[lemma])
    return Anaphor(rules.containers[lemma], rules.anaphors[lemma]) if lemma in rules.containers else None
