"""Relative pronouns: the noun that "which", "that" and "who" stand for, by parse, order and agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.phrases import is_noun, is_time
from newsfacts.linking.syntax import child

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.lexicon import SubjectWords

RELATIVES = frozenset({"which", "that", "who", "whom", "whose"})
_TIMES = frozenset({"DATE", "TIME"})
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_MAX_DEPTH = 8


def noun_of_relative(pronoun: Token, verb: Token, head: Token, words: SubjectWords) -> Token | None:
    """The noun that a relative pronoun, the subject of `verb` in a clause on `head`, stands for."""
    eventive = pronoun.lower_ == "that" or verb.lemma_ in words.eventive
    start = head if is_noun(head) and not is_time(head) else _noun_left_of(pronoun)
    if start is not None and pronoun.lower_ == "which" and _is_person(start):
        start = start.head.head if start.dep_ == "pobj" else None
    noun = _agreeing(start, verb, places=not eventive) if start is not None else None
    if noun is None and start is not None and start.ent_type_ in _PLACES:
        noun = _before_place(start, verb)
    while noun is not None and verb.lemma_ in words.eventive and noun.lemma_.lower() in words.places:
        noun = _place_of(noun, verb)
    return noun


def _before_place(place: Token, verb: Token) -> Token | None:
    """ "The blasts in Alta, Norway that killed 12 people": what "Alta" belongs to."""
    if place.i < 2 or place.nbor(-1).text != "," or not is_noun(place.nbor(-2)):
        return None
    return _agreeing(place.nbor(-2), verb, places=False)


def _place_of(place: Token, verb: Token) -> Token | None:
    """ "Blasts at two schools that killed 12 people": what happened at the place, by parse or by order."""
    if place.dep_ != "pobj":
        return None
    prep = place.head
    left = prep.nbor(-1) if prep.i else prep
    return _agreeing(prep, verb, places=False) or (
        _agreeing(left, verb, places=False) if is_noun(left) else None
    )


def _noun_left_of(pronoun: Token) -> Token | None:
    """The noun that "that" follows, over a date between them; after a comma only the noun itself."""
    doc, i = pronoun.doc, pronoun.i - 1
    if i > 0 and doc[i].text == ",":
        return doc[i - 1] if is_noun(doc[i - 1]) else None
    while i > 0 and (is_time(doc[i]) or (doc[i].pos_ == "ADP" and is_time(doc[i + 1]))):
        i -= 1
    return doc[i] if i >= 0 and is_noun(doc[i]) else None


def _agreeing(noun: Token, verb: Token, *, places: bool) -> Token | None:
    """The noun at or above `noun` in its phrase that agrees with the verb in number and is no date."""
    plural = _verb_number(verb)
    unfit = _TIMES if places else _TIMES | _PLACES
    for _ in range(_MAX_DEPTH):
        if is_noun(noun) and noun.ent_type_ not in unfit and plural in {None, _is_plural(noun)}:
            return noun
        if not (noun.dep_ in {"pobj", "prep", "conj", "appos"} and noun.head.i != noun.i):
            return None
        noun = noun.head
    return None


def _is_person(noun: Token) -> bool:
    """Whether a name says so, the noun's own or that of its apposition: "the director, Anna Berg"."""
    name = child(noun, "appos")
    return noun.ent_type_ == "PERSON" or (name is not None and name.ent_type_ == "PERSON")


def _is_plural(noun: Token) -> bool:
    return noun.tag_ in _PLURAL_TAGS or child(noun, "conj") is not None


def _verb_number(verb: Token) -> bool | None:
    """True for a plural verb form, False for a singular one, None where the form does not tell."""
    finite = child(verb, "aux", "auxpass") or verb
    if finite.tag_ == "VBZ" or finite.lower_ == "was":
        return False
    if finite.tag_ == "VBP" or finite.lower_ == "were":
        return True
    return None
