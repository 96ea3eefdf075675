"""Subject: whom or what a quantity is said of, found from its verb through control, relatives and participles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.linking.phrases import is_noun
from extract.linking.syntax import child, governing_verb, is_verb, own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

    from extract.linking.syntax import Site

_RELATIVES = frozenset({"which", "that", "who", "whom", "whose"})
_WITH = frozenset({"with", "having", "within"})
_OBJECT_CONTROL = frozenset(
    "allow enable help require force ask order urge encourage permit cause get lead tell invite oblige expect "
    "forecast see let make want need".split()
)
_MAX_DEPTH = 8


def find_subject(site: Site, node: Token, verb: Token | None) -> tuple[Token | None, str]:
    """The head of the subject phrase and the rule that found it; `node` stands for the quantity."""
    noun, rule = _noun_above(site, node)
    if noun is not None:
        return noun, rule
    if verb is None:
        return None, "subject-none"
    subject = subject_of(verb)
    if subject is None or site.holds(subject) or subject.i == node.i:
        return None, "subject-none"
    if _is_ancestor(subject, node) and subject.i != node.i:
        return subject, "subject-contains"
    return subject, "subject-of-verb"


def _is_ancestor(upper: Token, lower: Token) -> bool:
    return upper.is_ancestor(lower)


def _noun_above(site: Site, node: Token) -> tuple[Token | None, str]:
    """ "A data centre with 15,000 servers": the noun that a with-phrase describes."""
    current = node
    for _ in range(_MAX_DEPTH):
        above = current.head
        if above.i == current.i or is_verb(above):
            break
        if current.dep_ == "pobj" and above.lower_ in _WITH and is_noun(above.head) and not site.holds(above.head):
            return above.head, "subject-with"
        if current.dep_ == "pobj" and above.lower_ in {"at", "in"} and above.head.i == above.i:
            break
        current = above
    return None, ""


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """The head of the verb's subject: its own, or the one that it shares by structure."""
    if depth > _MAX_DEPTH:
        return None
    own = own_subject(verb)
    if own is not None:
        return _antecedent(own, verb, depth)
    return _shared_subject(verb, depth)


def _antecedent(subject: Token, verb: Token, depth: int) -> Token | None:
    """A relative pronoun stands for the noun of its clause; for a date, for the clause's subject."""
    if subject.lower_ not in _RELATIVES or subject.tag_ == "DT":
        return subject
    top = verb
    while top.dep_ in {"conj", "aux"} and top.head.i != top.i:
        top = top.head
    head = top.head
    if head.i == top.i:
        return subject
    if is_noun(head) and head.ent_type_ not in {"DATE", "TIME"}:
        return head
    outer = head if is_verb(head) else governing_verb(head)
    return subject_of(outer, depth + 1) if outer is not None else subject


def _shared_subject(verb: Token, depth: int) -> Token | None:
    head = verb.head
    if head.i == verb.i:
        return None
    if verb.dep_ in {"acl", "relcl"} and is_noun(head):
        return _of_participle(verb, head, depth)
    if verb.dep_ == "xcomp" and is_verb(head):
        held = child(head, "dobj")
        if held is not None and head.lemma_ in _OBJECT_CONTROL:
            return held
    outer = head if is_verb(head) else governing_verb(verb)
    return subject_of(outer, depth + 1) if outer is not None else None


def _of_participle(verb: Token, noun: Token, depth: int) -> Token | None:
    """ "Funds totaling ..." -> funds; "a plan to spend ..." -> whoever has the plan."""
    infinitive = any(c.tag_ == "TO" for c in verb.lefts)
    if not infinitive and noun.ent_type_ not in {"DATE", "TIME"}:
        return noun
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    outer = governing_verb(noun)
    return subject_of(outer, depth + 1) if outer is not None else noun
