"""Amounts in two or more units: "one hour and 15 minutes", "three dollars and fifty cents", "3 kg 200 g"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.digits import whole
from newsfacts.quantities.lexer import Tokens

#: (larger unit, smaller unit): how many of the smaller make one of the larger, where that is exact.
_PARTS = {
    ("a", "mo"): 12,
    ("wk", "d"): 7,
    ("d", "h"): 24,
    ("h", "min"): 60,
    ("h", "s"): 3600,
    ("min", "s"): 60,
    ("[mi_i]", "[yd_i]"): 1760,
    ("[yd_i]", "[ft_i]"): 3,
    ("[ft_i]", "[in_i]"): 12,
    ("[lb_av]", "[oz_av]"): 16,
    ("km", "m"): 1000,
    ("m", "cm"): 100,
    ("cm", "mm"): 10,
    ("kg", "g"): 1000,
    ("g", "mg"): 1000,
    ("t", "kg"): 1000,
    ("L", "mL"): 1000,
}
_LINKS: tuple[list[str], ...] = ([], ["and"], [",", "and"])
#: Units of which a third part may follow: "two hours, 8 minutes and 31 seconds".
_CLOCK = frozenset({"h", "min"})
#: What makes the second length one of its own: "one hour, 20 minutes longer than planned".
_OWN = frozenset(
    {"longer", "shorter", "later", "earlier", "before", "after", "more", "less", "ago", "faster", "slower"}
)
#: Between their parts a comma or "and" may stand: "6 feet, 2 inches".
_IMPERIAL = frozenset({"[ft_i]", "[lb_av]"})
_SEVERAL = frozenset({"between", "respectively", "both", "either"})


def compound(tokens: Tokens, before: Amount | None, left: Amount, right: Amount) -> Amount | None:
    """Left and right as one amount in the smaller unit (money in the larger), else None.

    `before` is the amount ahead of left: of a chain whose units do not all convert, no part is joined.
    """
    if left.value is None or right.value is None or left.low is not None or not whole(left.value):
        return None
    link = tokens.words_between(left.last, right.first)
    if len(link) > 2 or tokens.word(left.first - 1) in _SEVERAL or right.value < 0 or left.number.scale > 1:
        return None
    if right.type == "money":
        return _with_hundredths(tokens, left, right, link)
    size = _PARTS.get((left.unit or "", right.unit or ""))
    timed = left.rule == right.rule == "duration"
    if size is None or right.value >= size or not (timed or left.type == right.type == "measure"):
        return None
    if not (
        _linked(tokens, left, right, link)
        if timed
        else link == [] or (left.unit in _IMPERIAL and link in ([","], ["and"]))
    ):
        return None
    if timed and before is not None and _goes_on(tokens, before, left):
        return None
    if tokens.word(right.last) in _OWN or tokens.word(right.last) == "-":
        return None
    return _joined(left, right, left.value * size + right.value)


def _linked(tokens: Tokens, left: Amount, right: Amount, link: list[str]) -> bool:
    """ "1 day, 3 hours, 20 minutes": a comma joins hours, and days where more parts follow."""
    further = (
        left.unit == "d" and tokens.word(right.last) in (",", "and") and tokens.is_number(right.last + 1)
    )
    return link in _LINKS or (link == [","] and (left.unit in _CLOCK or further))


def _goes_on(tokens: Tokens, before: Amount, left: Amount) -> bool:
    """ "5 months, 12 days and 7 hours": a longer part that does not convert stands before."""
    link = tokens.words_between(before.last, left.first)
    return (
        before.rule == "duration" and link in ([","], [], [",", "and"]) and before.unit in ("a", "mo", "wk")
    )


def _with_hundredths(tokens: Tokens, left: Amount, right: Amount, link: list[str]) -> Amount | None:
    """ "Three dollars and fifty cents", "two pounds and fifty pence"."""
    pounds = (
        left.unit == "[lb_av]" and right.unit == "GBP" and tokens.word(left.last - 1) in ("pound", "pounds")
    )
    same = left.type == "money" and left.unit == right.unit and left.factor == 1
    minor = right.factor < 1 and right.value is not None and right.value < 1 and not right.sign_before
    if not minor or not (pounds or same) or link not in ([], ["and"]) or left.value is None:
        return None
    return _joined(left, right, left.value + (right.value or Decimal(0)))


def _joined(left: Amount, right: Amount, value: Decimal) -> Amount:
    number = replace(right.number, first=left.number.first)
    return replace(right, first=left.first, number=number, value=value, factor=Decimal(1))
