"""Paths through the parse between a quantity and what may scope over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsfacts.linking.status import is_verbal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_MAX_CLIMB = 40


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """From one token up to the lowest common ancestor `top`, then down to another.

    `ups` are the tokens left behind on the way up, nearest first (the start included, `top` not); `downs`
    are the tokens on the way down seen from the target (the target included, `top` not).
    """

    ups: tuple[Token, ...]
    top: Token
    downs: tuple[Token, ...]


def ancestry(token: Token) -> list[Token]:
    """The token and its ancestors, nearest first."""
    found = [token]
    for _ in range(_MAX_CLIMB):
        if token.head.i == token.i:
            break
        token = token.head
        found.append(token)
    return found


def path_between(start: Token, target: Token) -> Path | None:
    """The path between two tokens of one sentence; None where they share no ancestor."""
    ups, downs = ancestry(start), ancestry(target)
    depth = {token.i: n for n, token in enumerate(ups)}
    for n, token in enumerate(downs):
        if token.i in depth:
            return Path(tuple(ups[: depth[token.i]]), token, tuple(downs[:n]))
    return None


def char_span(doc: Doc, start: int, end: int) -> Span | None:
    """The tokens that hold the characters [start, end) of a Doc; None where there are none."""
    if not len(doc) or start < 0:
        return None
    last = doc[len(doc) - 1]
    span = doc.char_span(start, min(end, last.idx + len(last)), alignment_mode="expand")
    return span if span is not None and len(span) else None


def span_head(doc: Doc, lo: int, hi: int) -> Token:
    """The token of [lo, hi) that the others hang on: the first whose head lies outside."""
    for token in doc[lo:hi]:
        if not lo <= token.head.i < hi or token.head.i == token.i:
            return token
    return doc[lo]


def opens_clause(token: Token) -> bool:
    """Whether the edge above the token crosses into another clause."""
    return is_verbal(token) and token.dep_ in {
        "ccomp",
        "advcl",
        "relcl",
        "acl",
        "parataxis",
        "pcomp",
        "csubj",
        "xcomp",
    }
