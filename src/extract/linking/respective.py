"""Lists told apart by "respectively": "A and B rose 3 percent and 5 percent, respectively"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.phrases import is_noun
from newsfacts.linking.syntax import after_brackets, is_verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from newsfacts.linking.syntax import Site

_MARK = "respectively"
_JOINTS = frozenset({",", "and", "or"})
#: Tokens at most between two members of the list of numbers, or between its last and "respectively".
_MAX_BETWEEN = 5


def rank_in_list(site: Site, others: Sequence[Site]) -> tuple[int, int] | None:
    """Which number of how many the mention is, where "respectively" closes its list; else None."""
    if not any(t.lower_ == _MARK for t in site.doc[site.hi : site.ceiling]):
        return None
    listed = (s for s in others if s.mention.type == site.mention.type and s.mention.twin is None)
    alike = sorted((site, *listed), key=lambda s: s.lo)
    at = next(k for k, s in enumerate(alike) if s is site)
    first = last = at
    while first > 0 and _joined(alike[first - 1], alike[first]):
        first -= 1
    while last + 1 < len(alike) and _joined(alike[last], alike[last + 1]):
        last += 1
    closed = last > first and _closes(alike[last])
    return (at - first, last - first + 1) if closed else None


def _joined(left: Site, right: Site) -> bool:
    between = left.doc[after_brackets(left, left.hi) : right.lo]
    near = 0 < len(between) <= _MAX_BETWEEN and not any(is_verb(t) for t in between)
    return near and any(t.lower_ in _JOINTS for t in between)


def _closes(last: Site) -> bool:
    start = after_brackets(last, last.hi)
    after = last.doc[start : min(last.ceiling, start + _MAX_BETWEEN)]
    mark = next((k for k, t in enumerate(after) if t.lower_ == _MARK), None)
    return mark is not None and not any(is_verb(t) for t in after[:mark])


def members(head: Token) -> list[Token]:
    """The nouns of the coordination that `head` begins, in order; `head` alone where it begins none."""
    found = [head]
    while True:
        joined = next((c for c in found[-1].rights if c.dep_ == "conj" and is_noun(c)), None)
        if joined is None:
            return found
        found.append(joined)


def _is_age(prep: Token) -> bool:
    return prep.dep_ == "prep" and any(t.lower_ in {"age", "ages"} or t.like_num for t in prep.children)


def member_of(noun: Token | None, rank: tuple[int, int] | None) -> tuple[Token | None, bool]:
    """The member of a coordination that a number of a list goes with, and whether there is one.

    `rank` is which number of how many; a noun that begins no coordination of as many is kept.
    """
    found = members(noun) if noun is not None and rank is not None else []
    fits = rank is not None and len(found) == rank[1]
    return (found[rank[0]], True) if rank is not None and fits else (noun, False)


def end_of_member(noun: Token, ceiling: int) -> int:
    """The token index at which a member of a coordination ends, or a noun before its age."""
    cuts = (c.i for c in noun.rights if c.dep_ in {"cc", "conj"} or c.text == "," or _is_age(c))
    return min([ceiling, *cuts])
