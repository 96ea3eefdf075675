"""Restatements: amounts that say again in another unit what the amount before them says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from newsfacts.model import QuantityMention

_MAX_GAP = 40
_MAX_RATE = 3  # words of a rate: "a square meter"


class RestateRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/restate.yaml; the file says what each list means."""

    connectives: frozenset[str]
    plain: frozenset[str]


def partners(
    text: str, mentions: Sequence[QuantityMention], rules: RestateRules
) -> dict[int, QuantityMention]:
    """For each mention that restates another (key: its start), the mention that it restates.

    `mentions` are those of one sentence by start. Bracket twins come with the mentions; what "or" and
    "equivalent to" join is found here.
    """
    by_start = {m.start: m for m in mentions}
    found: dict[int, QuantityMention] = {}
    for before, mention in zip([None, *mentions], mentions, strict=False):
        partner = by_start.get(mention.twin) if mention.twin is not None else None
        if partner is None and before is not None and _restates(text, before, mention, rules):
            partner = found.get(before.start, before)
        if partner is not None and partner.start != mention.start:
            found[mention.start] = partner
    return found


def _restates(text: str, one: QuantityMention, other: QuantityMention, rules: RestateRules) -> bool:
    if one.type != other.type or one.type not in {"money", "measure"} or one.unit == other.unit:
        return False
    if one.unit is None or other.unit is None or not 0 < other.start - one.end <= _MAX_GAP:
        return False
    between = _past_rate(text[one.end : other.start]).strip()
    words = between.strip(",()[]–— ").lower()
    if between[:1] in {",", "(", "["}:
        return words in rules.connectives and (words != "" or between[:1] != ",")
    return words in rules.plain


def _past_rate(between: str) -> str:
    """What stands between two amounts without the rate of the first: " each (about " -> "(about "."""
    rate, bracket, rest = between.partition("(")
    short = len(rate.split()) <= _MAX_RATE and all(c.isalpha() or c in " -/" for c in rate)
    return bracket + rest if bracket and short else between


def shared_modifier(mention: QuantityMention, partner: QuantityMention) -> QuantityMention:
    """The restating mention with the modifier that a verb gave to its partner, where it has none itself."""
    by_verb = partner.modifier != "=" and partner.start == partner.number_start
    if not by_verb or mention.modifier != "=" or mention.value is None:
        return mention
    value = mention.value
    bounds = {">": (value, None), ">=": (value, None), "<": (None, value), "<=": (None, value)}
    low, high = bounds.get(partner.modifier, (None, None))
    return replace(mention, modifier=partner.modifier, low=low, high=high)
