"""Goods and their prices: "sold pigs for 300 dollars", "the house went for 2 million yuan"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.phrases import is_noun, is_time
from newsfacts.linking.subject import subject_of
from newsfacts.linking.syntax import child, climb, is_passive, is_verb, preceding

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.lexicon import ItemWords
    from newsfacts.linking.syntax import Site


def traded_goods(site: Site, words: ItemWords) -> Token | None:
    """What an amount after "for" buys: the noun before "for", else the object of the trading verb."""
    prep = preceding(site, words.fillers)
    if site.mention.type != "money" or prep is None or prep.lower_ != "for" or prep.i == site.floor:
        return None
    verb = next((t for t in climb(prep) if is_verb(t) and t.lemma_ in words.trading), None)
    if verb is None or verb.i > prep.i:
        return None
    near = _goods_before(prep, verb)
    if near is not None:
        return near
    held = child(verb, "dobj")
    if held is not None:
        return held if is_noun(held) and held.i < prep.i else None
    subject = subject_of(verb, words.subjects) if is_passive(verb) or verb.lemma_ in words.selling else None
    return subject if subject is not None and not site.holds(subject) else None


def _goods_before(prep: Token, verb: Token) -> Token | None:
    """ "Its stake in the brewery for", "pigs for ... and goats for": the head of the noun phrase there."""
    noun = prep.nbor(-1)
    while noun.dep_ == "pobj" and noun.head.head.i < noun.i and is_noun(noun.head.head):
        noun = noun.head.head
    # a plural that is read as a verb: "lychees for 68 yuan and oranges for 12"
    misread = noun.tag_ == "VBZ" and noun.dep_ == "conj" and is_noun(noun.head)
    fit = (is_noun(noun) or misread) and noun.i > verb.i and noun.dep_ != "pobj" and not is_time(noun)
    return noun if fit else None
