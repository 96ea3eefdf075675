"""Pronouns: the noun of the same sentence that one stands for, and those that stand for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.phrases import is_noun, is_time
from newsfacts.linking.subject import subject_of
from newsfacts.linking.syntax import child, climb, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.lexicon import ItemWords, SubjectWords

_PERSONS = frozenset({"he", "she", "we", "i", "you"})
_PRONOUNS = frozenset(
    {"it", "they", "this", "that", "these", "those", "which", "he", "she", "we", "i", "you"}
)


def antecedent(pronoun: Token, words: ItemWords) -> Token | None:
    """The noun in the same sentence that a pronoun stands for; any other token is returned as it is.

    The subject of a clause above is preferred, then the nearest earlier subject, then the nearest noun that
    agrees in number. A person's pronoun and one without such a noun give None.
    """
    if pronoun.lower_ not in _PRONOUNS:
        return pronoun
    if pronoun.lower_ in _PERSONS or is_expletive(pronoun, words.subjects):
        return None
    plural = pronoun.lower_ in {"they", "these", "those"}
    for token in climb(pronoun):
        subject = subject_of(token, words.subjects) if is_verb(token) else None
        if subject is not None and subject.i < pronoun.i and is_noun(subject):
            if speaks_of(pronoun, words.subjects):
                return None
            if _agrees(subject, plural=plural):
                return subject
            break
    return _nearest_noun(pronoun, plural=plural)


def speaks_of(pronoun: Token, words: SubjectWords) -> bool:
    """ "The firm says it costs 5 dollars": whether "it" is what a speaker names the price of."""
    verb = pronoun.head
    return pronoun.lower_ == "it" and verb.dep_ == "ccomp" and verb.lemma_ in words.priced


def is_expletive(pronoun: Token, words: SubjectWords) -> bool:
    """ "It would cost 5 million dollars to build": what "it" announces follows as an infinitive."""
    if pronoun.lower_ != "it" or pronoun.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    if pronoun.head.lemma_ not in words.impersonal:
        return False
    return any(c.dep_ in {"xcomp", "advcl", "csubj"} and c.tag_ == "VB" for c in pronoun.head.rights)


def _agrees(noun: Token, *, plural: bool) -> bool:
    if noun.ent_type_ == "PERSON":
        return False
    return (noun.tag_ in {"NNS", "NNPS"}) == plural or (plural and child(noun, "conj") is not None)


def _nearest_noun(pronoun: Token, *, plural: bool) -> Token | None:
    earlier = pronoun.doc[pronoun.sent.start : pronoun.i]
    nouns = [t for t in earlier if is_noun(t) and not is_time(t) and _agrees(t, plural=plural)]
    subjects = [t for t in nouns if t.dep_ in {"nsubj", "nsubjpass"}]
    objects = [t for t in nouns if t.dep_ in {"dobj", "attr"}]
    return next(reversed(subjects or objects), None)
