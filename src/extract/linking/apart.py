"""Quantities that stand apart from the clause around them: its subject is not whom they are said of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.phrases import is_noun
from newsfacts.linking.syntax import child, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.syntax import Site

#: What follows a noun that is said of it: "left", "waiting", "unchanged", "down".
_PREDICATIVE = frozenset({"VBN", "VBG", "JJ", "RP", "RB"})
_ORDERING = frozenset({"after", "before", "since", "later", "earlier", "ago"})


def stands_apart(site: Site, node: Token) -> bool:
    """Whether nobody in the clause is what the quantity is said of; `node` stands for the quantity."""
    return _is_absolute(node) or _is_interval(site) or _is_stray(node)


def _is_absolute(node: Token) -> bool:
    """ "The index fell, with 84 stocks down": a with-phrase that has a predicate of its own."""
    prep = node.head
    if node.dep_ == "nsubj" and prep.dep_ == "pcomp" and prep.head.lower_ == "with":
        return True
    if node.dep_ != "pobj" or prep.lower_ != "with" or not is_verb(prep.head) or node.i + 1 == len(node.doc):
        return False
    told = (c for c in node.rights if c.dep_ == "acl" or c.i == node.i + 1)
    return any(c.tag_ in _PREDICATIVE for c in told) or node.nbor(1).tag_ in _PREDICATIVE


def _is_interval(site: Site) -> bool:
    """ "Two days after the bank closed": how long before or after, which is said of nobody."""
    before, after = site.before(), site.after()
    if site.mention.type != "duration" or after is None or after.lower_ not in _ORDERING:
        return False
    return before is None or before.tag_ != "IN"  # but "ran it for four years before ..."


def _is_stray(node: Token) -> bool:
    """ "And 40 drug tests", "the five towns where ..., he said": a noun that stands for a whole clause."""
    if not is_noun(node) or not is_verb(node.head):
        return False
    passive = child(node.head, "nsubjpass") is not None and child(node.head, "dobj", "attr") is None
    return node.dep_ == "ccomp" or (node.dep_ == "conj" and passive)
