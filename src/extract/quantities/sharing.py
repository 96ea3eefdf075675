"""Units and scales that are written once for several neighbouring numbers: "5, 10 and 20 percent"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.lexer import Tokens

_LINKS = frozenset(
    tuple(link.split())
    for link in (
        "and", "or", ",", ", and", ", or", "to", "-", "–", "- to -", "up to", "- and", "- or", "- ,", "to -",
        "- to", "×", "x",
    )
)  # fmt: skip
#: Links over which the left number also shares the right one's scale ("2 to 3 million").
_SCALED = frozenset({("to",), ("-",), ("–",), ("or",), ("-", "to", "-"), ("to", "-")})
#: The last word before the earlier level of a comparison.
_VERSUS = frozenset({"from", "with", "against", "versus", "to"})
_MAX_MOVED = 14
#: How many times as large one of two levels may be: nearly equal rates, and amounts of one scale.
_ORDER = 10
_NEARLY, _MANIFOLD = Decimal("1.2"), 5
_ENDS = frozenset({".", ";", "("})
_UNSHARED = frozenset({"rank", "ratio", "count"})
_TEMPERATURES = frozenset({"Cel", "[degF]"})
_BESIDE_NORMAL = frozenset(
    {"above", "below", "warmer", "colder", "cooler", "hotter", "higher", "lower", "over", "under"}
)
_BEING = frozenset({"is", "was", "were", "are", "at", "of", "being", "about"})
_AFTER_COUNT = frozenset({"in", "on", "at", "and", "but", "by", "last", "this", "from", "to", "or", "as"})
_POINTS = frozenset({"{point}", "{basis_point}"})
#: Two amounts of billions in one sentence are of one currency, if no more tokens stand between.
_BILLION, _MAX_ALIKE, _MAX_BEFORE = 1_000_000_000, 24, 6
#: Whether the words before an amount tell of a rise or fall.
Changes = Callable[[Tokens, Amount], bool]
_STOPS = frozenset({".", ";", ",", "(", "to"})
#: Most tokens between a level and the earlier level that it is compared with.
_MAX_BESIDE = 5


class Sharing:
    """Gives bare numbers the unit of their neighbour."""

    def __init__(self, softeners: frozenset[str], beside: frozenset[str], closers: frozenset[str]) -> None:
        self._softeners = softeners
        self._beside = beside
        self._closers = closers

    def share(self, tokens: Tokens, amounts: list[Amount], changes: Changes) -> list[Amount]:
        """The amounts with shared units: from left to right, then from right to left.

        `changes` says whether the words before an amount tell of a rise or fall.
        """
        out = list(amounts)
        for i in range(1, len(out)):
            left, right = out[i - 1], out[i]
            if right.unit == "deg" and (unit := _temperature(tokens, out[max(0, i - 3) : i], right)):
                out[i] = right = replace(right, unit=unit)
            if lettered(tokens, left, right):
                scale = left.number.scale
                out[i] = replace(
                    right, type="count", rule="count", unit=None, bare=True, factor=Decimal(1),
                    value=right.number.value * scale, number=right.number.times(scale, right.last),
                )  # fmt: skip
                continue
            if right.bare and (again := self._again(tokens, out, i)) is not None:
                out[i] = _like(again, right, again.factor)
                continue
            if right.bare and not left.bare:
                compared = self._compared(tokens, left, right) or self._moved(tokens, left, right)
                if compared or self._continues(tokens, left, right):
                    out[i] = _like(left, right, left.factor)
                    continue
            if right.bare:
                out[i] = self._of_change(tokens, out[max(0, i - _MAX_BEFORE) : i], right, changes)
        for i in range(len(out) - 2, -1, -1):
            left, right = out[i], out[i + 1]
            if left.bare and (_lends(right) or right.sign_before):
                link = self._link(tokens, left, right)
                if link is not None and right.sign_before and not _signed(left, right, link):
                    link = None
                if link is not None:
                    out[i] = _with_unit(left, right, link)
        return out

    def _again(self, tokens: Tokens, amounts: list[Amount], i: int) -> Amount | None:
        """The amount whose unit goes on in a later clause, if one does.

        "The top bid was 62 cents, while the lowest was 48", "310,000 yen ($2,150) for one and 355,000
        ($2,460) for the other", "180 g, up from last year's 172".
        """
        left, right = amounts[i - 1], amounts[i]
        link = tokens.words_between(left.last, right.first)
        if not left.bare and left.type not in _UNSHARED and len(link) <= _MAX_MOVED and not _ENDS & set(link):
            extreme = link[-2:-1] and link[-2].endswith("est") and link[-1] in _BEING
            owned = link[-2:] == ["'", "s"] and link[-3:-2] in (["year"], ["month"], ["week"], ["quarter"])
            if (extreme or (owned and "from" in link)) and self._closes(tokens, right):
                return left
        if i > 1 and link == [")", "and"] and tokens.word(right.last + 1) == "respectively":
            named = tokens.word(amounts[i - 2].last) == "(" and amounts[i - 2].type == left.type
            return amounts[i - 2] if named else None
        if i < 2 or tokens.word(right.last) != "(" or i + 1 >= len(amounts) or left.type != "money":
            return None
        first, twin = amounts[i - 2], amounts[i + 1]
        opened = tokens.word(first.last) == "(" and left.first - first.last <= 2
        alike = twin.unit == left.unit and twin.type == "money" and twin.first - right.last <= 2
        return first if opened and alike and first.type == "money" and not first.bare else None

    def _of_change(self, tokens: Tokens, before: list[Amount], right: Amount, changes: Changes) -> Amount:
        """The level that a change ends at, in the unit of the change or of a level beside it."""
        factor = self._risen(tokens, before[-1], right, changes)
        if factor is not None:
            return _like(before[-1], right, factor)
        if self._alike(tokens, before, right, changes):
            money = next(a for a in reversed(before) if a.type == "money")
            return _like(money, right, Decimal(1))
        return right

    def _link(self, tokens: Tokens, left: Amount, right: Amount) -> tuple[str, ...] | None:
        """The words over which the right amount lends its unit to the left one, if it does."""
        link = tuple(tokens.words_between(left.last, right.first))
        if apart(left, right):
            return None
        if right.type == "percent" and _complete(left, right, link):
            return None
        if link in _LINKS and (right.type != "ratio" or link in {("to",), ("or",)}):
            return link
        before = tokens.words_between(left.first - 4, left.first)
        if link == ("from",) and before[-1:] == ["to"]:
            return link  # "cut to 15 from 17 percent"
        softened = link[:1] == ("to",) and self._softeners.issuperset(link[1:])
        return ("to",) if softened and "from" in before else None

    def _continues(self, tokens: Tokens, left: Amount, right: Amount) -> bool:
        """ "from 21 mpg combined to 23": the unit of the first holds for the second."""
        link = tokens.words_between(left.last, right.first)
        if not link or link[-1] != "to" or len(link) > 3 or "," in link:
            return False
        opened = "from" in tokens.words_between(left.first - 3, left.first)
        return opened and left.type not in ("rank", "ratio", "count") and self._closes(tokens, right)

    def _compared(self, tokens: Tokens, left: Amount, right: Amount) -> bool:
        """ "to 5.2 million yuan from 4.1 million", "at 1.29 dollars, down from 1.31"."""
        link = tokens.words_between(left.last, right.first)
        if not 0 < len(link) <= _MAX_BESIDE or left.type not in ("money", "percent", "measure"):
            return False
        while link[-1:] and link[-1] in self._softeners - self._beside:
            link.pop()
        if not link or link[-1] not in _VERSUS or not self._beside.issuperset(link):
            return False
        level = {"to", "at"} & set(tokens.words_between(left.first - 3, left.first))
        sized = (
            right.number.decimal or right.number.scale > 1 or (right.number.grouped and left.number.grouped)
        )
        return bool(level) and sized and self._closes(tokens, right)

    def _moved(self, tokens: Tokens, left: Amount, right: Amount) -> bool:
        """ "To 49.40 pesos on Tuesday from 49.36", "to 12.4 million pounds in May, from 18.9 million"."""
        link = tokens.words_between(left.last, right.first)
        if left.type != "money" or not 0 < len(link) <= _MAX_MOVED or link[-1] != "from":
            return False
        if not left.value or not right.value or left.number.scale != right.number.scale:
            return False
        change = max(left.value / right.value, right.value / left.value)
        if left.number.scale > 1:
            return change < _MANIFOLD and not _ENDS & set(link) and self._closes(tokens, right)
        rates = left.number.decimal and right.number.decimal and change < _NEARLY
        return rates and not _STOPS & set(link) and self._closes(tokens, right)

    def _risen(self, tokens: Tokens, left: Amount, right: Amount, changes: Changes) -> Decimal | None:
        """ "Fell eight cents to 39.89", "by 2 million tonnes a year to 9 million": the level's factor."""
        link = tokens.words_between(left.last, right.first)
        rated = len(link) in (3, 4) and link[0] in ("per", "a", "an")
        if (
            link[-1:] not in (["to"], ["at"])
            or not (len(link) == 1 or rated)
            or not self._closes(tokens, right)
        ):
            return None
        if left.type not in ("money", "measure") or left.unit in _POINTS or not changes(tokens, left):
            return None
        if right.number.scale > 1:
            return left.factor if right.number.scale == left.number.scale else None
        return Decimal(1) if left.type == "money" and right.number.decimal else None

    def _alike(self, tokens: Tokens, before: list[Amount], right: Amount, changes: Changes) -> bool:
        """ "Imports rose to 68 billion dollars and exports by 15 percent to 77 billion": money as well."""
        money = next((a for a in reversed(before) if a.type == "money"), None)
        if money is None or right.number.scale < _BILLION or money.number.scale != right.number.scale:
            return False
        near = right.first - money.last <= _MAX_ALIKE and not _ENDS & set(
            tokens.words_between(money.last, right.first)
        )
        level = tokens.word(right.first - 1) == "to" and changes(tokens, right)
        return near and level and self._closes(tokens, right)

    def _closes(self, tokens: Tokens, amount: Amount) -> bool:
        """Whether nothing follows that the number could count."""
        return not tokens.is_word(amount.last) or tokens.word(amount.last) in self._closers


def _complete(left: Amount, right: Amount, link: tuple[str, ...]) -> bool:
    """ "At 18,250, 12 percent above", "by 3,100 or 1.4 percent": the first number is no percentage."""
    written = right.last > right.number.last
    share = right.value if right.value is not None else right.high
    large = left.number.grouped or (
        left.value is not None and share is not None and left.value > _ORDER * abs(share)
    )
    return (link == (",",) and written) or (link == ("or",) and large)


def _signed(left: Amount, right: Amount, link: tuple[str, ...]) -> bool:
    """ "4 or $5", "8 to £9": the sign before the second number holds for the first."""
    if link not in {("or",), ("to",), ("-",), ("–",)} or left.value is None or right.value is None:
        return False
    return left.number.scale == 1 and 0 < left.value < right.value / right.number.scale <= 3 * left.value


def _temperature(tokens: Tokens, before: list[Amount], right: Amount) -> str | None:
    """ "Highs of 33C, 6 degrees above normal": the scale of the temperature named before."""
    named = [a for a in before if a.unit in _TEMPERATURES and right.first - a.last <= _MAX_ALIKE]
    beside = tokens.word(right.last) in _BESIDE_NORMAL
    return named[-1].unit if named and beside else None


def lettered(tokens: Tokens, left: Amount, right: Amount) -> bool:
    """ "11m followers and its rival 8m": the letter is the scale that it was before."""
    if not left.bare or left.number.scale <= 1 or right.unit != "m" or right.last != right.number.last + 1:
        return False
    letters = tokens.raw[left.number.last - 1] == "m" and tokens.raw[right.last - 1] == "m"
    apart = tokens.words_between(left.last, right.first)
    closed = not tokens.is_word(right.last) or tokens.word(right.last) in _AFTER_COUNT
    return (
        letters and tokens.glued(right.last - 1) and closed and len(apart) <= _MAX_MOVED and "." not in apart
    )


def _lends(amount: Amount) -> bool:
    named = not amount.bare and not amount.sign_before
    return named and amount.type != "rank" and amount.rule != "ratio-fraction"


def _like(left: Amount, right: Amount, factor: Decimal) -> Amount:
    return replace(
        right.multiplied(factor), type=left.type, unit=left.unit, rule=left.rule, factor=factor, bare=False
    )


def _with_unit(left: Amount, right: Amount, link: tuple[str, ...]) -> Amount:
    shared = replace(
        left.multiplied(right.factor), type=right.type, unit=right.unit, rule=right.rule, factor=right.factor,
        bare=False,
    )  # fmt: skip
    if link in _SCALED and shares_scale(left, right):
        shared = shared.scaled(right.number.scale)
    return shared


def apart(left: Amount, right: Amount) -> bool:
    """ "in 2010 to 5.6 billion yuan": a year shares neither scale nor unit with an amount; nor does zero."""
    year = left.number.digits and not left.number.grouped and 1900 <= left.number.value <= 2049
    return (left.value == 0 and not left.number.digits) or (year and right.number.scale > 1)


def shares_scale(left: Amount, right: Amount) -> bool:
    """ "2 to 3 million", but not "200 to 4 million"."""
    if right.number.scale == 1 or left.number.scale > 1 or left.number.grouped:
        return False
    return left.number.value < right.number.value / right.number.scale
