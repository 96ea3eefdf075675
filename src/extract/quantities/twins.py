"""Conversions in brackets: "15,000 yuan (about 2,180 U.S. dollars)"."""

from __future__ import annotations

from dataclasses import replace

from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.modifiers import Modifiers
from newsfacts.quantities.ranges import Ranges

_LIST_LINKS: tuple[list[str], ...] = ([","], ["and"], ["or"], [",", "and"])


def paired(tokens: Tokens, amounts: list[Amount], ranges: Ranges, modifiers: Modifiers) -> list[Amount]:
    """Mark each amount that restates the one before its bracket; the two share modifier and denominator.

    "15 grams (0.5 ounces) or more": what follows the bracket says it of both.
    """
    amounts = _merged_bounds(tokens, amounts, ranges)
    amounts, listed = _listed(tokens, amounts)
    out: list[Amount] = []
    for i, amount in enumerate(amounts):
        if i in listed:
            amount = replace(amount, twin=listed[i])
        elif i and _restates(tokens, out[-1], amount):
            first = out[-1]
            per = amount.per or first.per
            if first.per is None and amount.per is not None:
                out[-1] = replace(first, per=amount.per)
            behind = modifiers.after(tokens, amount.span_last + 1) if first.modifier == "=" else None
            if behind is not None:
                out[-1] = first = replace(out[-1], modifier=behind.modifier)
            modifier = amount.modifier if amount.modified else first.modifier
            root = first.twin if first.twin is not None else i - 1
            amount = replace(amount, twin=root, per=per, modifier=modifier)
        out.append(amount)
    return out


def _listed(tokens: Tokens, amounts: list[Amount]) -> tuple[list[Amount], dict[int, int]]:
    """ "5, 8 and 9 yuan (60 cents, 1 dollar and 1.1 dollars) each": the index of the first for each.

    All of such lists have one denominator.
    """
    out, pairs = list(amounts), dict[int, int]()
    for j in range(2, len(amounts)):
        if tokens.words_between(amounts[j - 1].span_last, amounts[j].span_first) != ["("]:
            continue
        end = j + 1
        while end < len(amounts) and _in_list(tokens, amounts[end - 1], amounts[end]):
            end += 1
        size = end - j
        first = [k for k in range(max(1, j - size + 1), j) if _in_list(tokens, amounts[k - 1], amounts[k])]
        other = amounts[j].type == amounts[j - 1].type and amounts[j].unit != amounts[j - 1].unit
        if size > 1 and other and len(first) == size - 1 and tokens.word(amounts[end - 1].span_last) == ")":
            pairs |= {j + k: j - size + k for k in range(size)}
            rate = next((a.per for a in amounts[j - size : end] if a.per), None)
            out[j - size : end] = [replace(a, per=rate) for a in amounts[j - size : end]]
    return out, pairs


def _in_list(tokens: Tokens, left: Amount, right: Amount) -> bool:
    link = tokens.words_between(left.span_last, right.span_first)
    return link in _LIST_LINKS and left.unit == right.unit and left.type == right.type


def localised(tokens: Tokens, amounts: list[Amount], local: str | None) -> list[Amount]:
    """ "11 billion dollars (8.6 billion US dollars)": the first are no U.S. dollars, but `local` ones."""
    if local is None:
        return amounts
    out = list(amounts)
    for i in range(len(out) - 1):
        first, second = out[i], out[i + 1]
        dollars = first.unit == "USD" and second.unit == "USD" and first.value != second.value
        if dollars and _converts(tokens, first, second):
            out[i] = replace(first, unit=local)
    return out


def _converts(tokens: Tokens, first: Amount, second: Amount) -> bool:
    opens = tokens.words_between(first.span_last, second.span_first)[:1] == ["("]
    named = {"us", "american"} & set(tokens.low[second.first : second.last])
    plain = not {"us", "american"} & set(tokens.low[first.first : first.last])
    return opens and bool(named) and plain


def _merged_bounds(tokens: Tokens, amounts: list[Amount], ranges: Ranges) -> list[Amount]:
    """ "2,000 yuan (250 dollars) to 10,000 yuan (1,250 dollars)": a range per currency, at the lower."""
    out: list[Amount] = []
    i = 0
    while i < len(amounts):
        four = amounts[i : i + 4]
        if len(four) == 4 and _is_double_range(tokens, four) and not ranges.changes(tokens, four[0]):
            out += [_bounded(four[0], four[2]), _bounded(four[1], four[3])]
            i += 4
        else:
            out.append(amounts[i])
            i += 1
    return out


def _is_double_range(tokens: Tokens, four: list[Amount]) -> bool:
    low, low_twin, high, high_twin = four
    link = tokens.words_between(low_twin.span_last, high.span_first)
    same = low.unit == high.unit and low_twin.unit == high_twin.unit and low.type == high.type
    bounds = low.value is not None and high.value is not None and low.value < high.value
    between = "between" in tokens.words_between(low.span_first - 2, low.span_first)
    linked = link in ([")", "to"], [")", "-"]) or (link == [")", "and"] and between)
    return (
        same and bounds and linked and _restates(tokens, low, low_twin) and _restates(tokens, high, high_twin)
    )


def _bounded(low: Amount, high: Amount) -> Amount:
    return replace(low, value=None, low=low.value, high=high.value, rule=f"range-{low.type}")


def _restates(tokens: Tokens, first: Amount, second: Amount) -> bool:
    link = tokens.words_between(first.span_last, second.span_first)
    again = first.twin is not None and link and link[0] in ("/", ",", "or", ";") and len(link) <= 2
    if not again and (not link or link[0] not in ("(", "[") or len(link) > 3):
        return False
    if tokens.word(second.span_last) not in (")", "]", ",", ";", "/", "or"):
        return False
    same_kind = first.type == second.type and first.unit != second.unit
    return same_kind and first.type in ("money", "measure") and second.unit is not None
