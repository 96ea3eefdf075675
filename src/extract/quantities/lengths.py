"""Lengths of time in two units: "one hour and 15 minutes", "two years and six months"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.digits import whole
from newsfacts.quantities.lexer import Tokens

#: (longer unit, shorter unit): how many of the shorter make one of the longer, where that is exact.
_PARTS = {
    ("a", "mo"): 12,
    ("wk", "d"): 7,
    ("d", "h"): 24,
    ("h", "min"): 60,
    ("h", "s"): 3600,
    ("min", "s"): 60,
}
_LINKS: tuple[list[str], ...] = ([], ["and"], [",", "and"])
#: Units of which a third part may follow: "two hours, 8 minutes and 31 seconds".
_CLOCK = frozenset({"h", "min"})
#: What makes the second length one of its own: "one hour, 20 minutes longer than planned".
_OWN = frozenset(
    {"longer", "shorter", "later", "earlier", "before", "after", "more", "less", "ago", "faster", "slower"}
)


def compound(tokens: Tokens, left: Amount, right: Amount) -> Amount | None:
    """Both lengths as one in the shorter unit, else None."""
    size = _PARTS.get((left.unit or "", right.unit or ""))
    if size is None or left.rule != "duration" or right.rule != "duration":
        return None
    if left.value is None or right.value is None or not whole(left.value) or right.value >= size:
        return None
    link = tokens.words_between(left.last, right.first)
    if link not in _LINKS and not (link == [","] and left.unit in _CLOCK):
        return None
    if tokens.word(right.last) in _OWN or tokens.word(right.last) == "-" or left.number.scale > 1:
        return None
    value = left.value * size + right.value
    number = replace(right.number, first=left.number.first)
    return replace(right, first=left.first, number=number, value=value, factor=Decimal(1))
