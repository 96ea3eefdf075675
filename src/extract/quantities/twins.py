"""Conversions in brackets: "15,000 yuan (about 2,180 U.S. dollars)"."""

from __future__ import annotations

from dataclasses import replace

from extract.quantities.amounts import Amount
from extract.quantities.lexer import Tokens


def paired(tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
    """Mark each amount that restates the one before its bracket; the two share modifier and denominator."""
    out: list[Amount] = []
    for i, amount in enumerate(amounts):
        if i and _restates(tokens, out[-1], amount):
            first = out[-1]
            per = amount.per or first.per
            if first.per is None and amount.per is not None:
                out[-1] = replace(first, per=amount.per)
            modifier = amount.modifier if amount.modified else first.modifier
            amount = replace(amount, twin=i - 1, per=per, modifier=modifier)
        out.append(amount)
    return out


def _restates(tokens: Tokens, first: Amount, second: Amount) -> bool:
    link = tokens.words_between(first.span_last, second.span_first)
    if not link or link[0] not in ("(", "[") or len(link) > 3:
        return False
    if tokens.word(second.span_last) not in (")", "]", ",", ";"):
        return False
    same_kind = first.type == second.type and first.unit != second.unit
    return same_kind and first.type in ("money", "measure") and second.unit is not None
