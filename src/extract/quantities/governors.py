"""Verbs that say how exact an amount is though they stand outside its span: "surpasses 200 billion yuan"."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from newsfacts.model.mention import Modifier
from newsfacts.quantities.amounts import Amount
from newsfacts.quantities.lexer import Tokens
from newsfacts.quantities.modifiers import OPPOSITE
from newsfacts.quantities.phrases import Phrases

#: Before a cap that is a noun: "raises the limit to 100 dollars".
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "this", "that", "'", "s", "age", "speed"})


class GovernorFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/quantities/governors.yaml."""

    direct: dict[str, tuple[str, ...]]
    caps: frozenset[str]
    cap_prepositions: frozenset[str]
    crossing: frozenset[str]
    marks: frozenset[str]
    negations: frozenset[str]


class Governors:
    """Sets the modifier of amounts from the verb that governs them."""

    def __init__(self, words: GovernorFile) -> None:
        signs: dict[str, Modifier] = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "~": "~"}
        self._direct = Phrases([(p, signs[s]) for s, phrases in words.direct.items() for p in phrases])
        self._caps = words.caps
        self._prepositions = words.cap_prepositions
        self._crossing = words.crossing
        self._marks = words.marks
        self._negations = words.negations

    def govern(self, tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
        """The amounts with modifiers of verbs; an amount joined by "and" to a governed one follows it."""
        out: list[Amount] = []
        governed = False
        for amount in amounts:
            modifier = self._modifier(tokens, amount) if _open(amount) else None
            if modifier is None and governed and _open(amount) and _conjoined(tokens, out[-1], amount):
                modifier = out[-1].modifier
            governed = modifier is not None
            out.append(replace(amount, modifier=modifier) if modifier is not None else amount)
        return out

    def _modifier(self, tokens: Tokens, amount: Amount) -> Modifier | None:
        i = amount.span_first
        i = i - 1 if tokens.word(i - 1) in ("the", "a", "an", "rmb") else i
        direct = self._direct.before(tokens, i)
        if direct is not None:
            denied = self._negations & set(tokens.words_between(direct[1] - 3, direct[1]))
            return OPPOSITE.get(direct[0], direct[0]) if denied else direct[0]
        if self._crosses(tokens, i, amount.span_last):
            return ">"
        if tokens.word(i - 1) in self._prepositions:
            for k in range(i - 2, max(-1, i - 9), -1):
                if tokens.low[k] in (".", ";", ","):
                    break
                if (
                    tokens.low[k] in self._caps
                    and tokens.word(k + 1) != "of"
                    and tokens.word(k - 1) not in _DETERMINERS
                ):
                    return "<="
        return None

    def _crosses(self, tokens: Tokens, i: int, last: int) -> bool:
        """ "Broke the 10-billion-dollar mark", "passed the mark of 10 billion dollars"."""
        if tokens.word(i - 1) == "of" and tokens.word(i - 2) in self._marks:
            return bool(self._crossing & set(tokens.words_between(i - 6, i - 2)))
        k = last + 1 if tokens.word(last) == "-" else last
        marked = tokens.word(k) in self._marks
        return marked and bool(self._crossing & set(tokens.words_between(i - 2, i)))


def _open(amount: Amount) -> bool:
    return not amount.modified and amount.value is not None and amount.type not in ("rank", "ratio")


def _conjoined(tokens: Tokens, left: Amount, right: Amount) -> bool:
    link = tokens.words_between(left.span_last, right.span_first)
    return left.type == right.type and 0 < len(link) <= 4 and "and" in link and "," not in link[1:]
