"""Rates that a noun or adverb makes of a quantity: "annual output of ...", "allocated annually"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.item import naming_noun
from newsfacts.linking.syntax import after_brackets, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.lexicon import ItemWords
    from newsfacts.linking.syntax import Site

_RATED_TYPES = frozenset({"money", "count", "measure"})
_EVERY = frozenset({"each", "every"})
_PER = frozenset({"each", "every", "per", "a", "an"})
#: What makes "a year" a point in time instead of a denominator.
_POINTS = frozenset({"ago", "earlier", "before", "later", "after", "-", "old"})
_REACH = 7


def find_rate(
    site: Site, item: Token | None, verb: Token | None, following: Site | None, words: ItemWords
) -> str | None:
    """The denominator in UCUM that noun, adverb or "each year" give to a mention without its own `per`.

    What stands behind the quantity that follows is that one's, unless the two are of one type.
    """
    if site.mention.per is not None or site.mention.type not in _RATED_TYPES:
        return None
    if site.mention.type == "measure" and site.lo > 0 and site.doc[site.lo - 1].pos_ == "NUM":
        return None  # "40,000 2 litre bottles a week": the bottles are sold weekly
    if item is not None and _is_per_head(item):
        return "{person}"
    for noun in (item, naming_noun(site, words)):
        rate = _of_noun(noun, words) if noun is not None else None
        if rate is not None:
            return rate
    apart = following is not None and following.mention.type != site.mention.type
    limit = following.lo if following is not None and apart else site.ceiling
    return _following(site, limit, words) or _of_verb(verb, limit, words)


def _is_per_head(noun: Token) -> bool:
    """ "Per capita income", "income per capita"."""
    around = noun.doc[max(noun.left_edge.i, noun.i - _REACH) : noun.i + 3]
    return any(t.lower_ in {"capita", "per-capita"} for t in around)


def _of_noun(noun: Token, words: ItemWords) -> str | None:
    if not {noun.lemma_.lower(), noun.lower_} & words.rated:
        return None
    return next((words.rates[t.lower_] for t in noun.lefts if t.lower_ in words.rates), None)


def _following(site: Site, limit: int, words: ItemWords) -> str | None:
    """ "500 boxes a day", "less coal burnt each year": a few words after the mention."""
    start = after_brackets(site, site.hi)
    for i in range(start, min(limit - 1, start + _REACH)):
        token, following = site.doc[i], site.doc[i + 1]
        if token.lower_ in words.rates and token.pos_ == "ADV":
            return words.rates[token.lower_]
        if token.lower_ in _PER and following.lemma_ in words.periods:
            past = i + 2 < site.ceiling and site.doc[i + 2].lower_ in _POINTS
            return None if past else words.periods[following.lemma_]
        if token.text in {",", ";"} or (is_verb(token) and token.tag_ in {"VBD", "VBZ", "VBP"}):
            return None
    return None


def _of_verb(verb: Token | None, limit: int, words: ItemWords) -> str | None:
    """ "Is allocated annually", "are made every day"."""
    for token in verb.rights if verb is not None else ():
        if token.i >= limit:
            return None
        if token.dep_ == "advmod" and token.lower_ in words.rates:
            return words.rates[token.lower_]
        every = any(c.lower_ in _EVERY for c in token.lefts)
        if token.dep_ == "npadvmod" and every and token.lemma_ in words.periods:
            return words.periods[token.lemma_]
    return None
