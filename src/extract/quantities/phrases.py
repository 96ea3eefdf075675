"""Look-up of phrases in a token stream: the longest one that starts (or ends) at a token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from newsfacts.quantities.lexer import Tokens, lex

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases of tokens with a value each. `exact` compares case; `backwards` looks to the left."""

    def __init__(self, entries: Mapping[str, T] | Iterable[tuple[str, T]], *, exact: bool = False) -> None:
        self._exact = exact
        forward: dict[str, dict[tuple[str, ...], T]] = {}
        backward: dict[str, dict[tuple[str, ...], T]] = {}
        pairs = entries.items() if isinstance(entries, Mapping) else entries
        for phrase, value in pairs:
            key = self._key(phrase)
            if key:
                forward.setdefault(key[0], {}).setdefault(key, value)
                backward.setdefault(key[-1], {}).setdefault(key, value)
        self._forward = {k: _longest_first(v) for k, v in forward.items()}
        self._backward = {k: _longest_first(v) for k, v in backward.items()}

    def _key(self, phrase: str) -> tuple[str, ...]:
        tokens = lex(phrase)
        return tuple(tokens.raw if self._exact else tokens.low)

    def at(self, tokens: Tokens, i: int) -> tuple[T, int] | None:
        """The longest phrase that starts at token i: its value and the token after it."""
        stream = tokens.raw if self._exact else tokens.low
        if not 0 <= i < len(stream):
            return None
        for key, value in self._forward.get(stream[i], ()):
            if tuple(stream[i : i + len(key)]) == key:
                return value, i + len(key)
        return None

    def get(self, phrase: str) -> T | None:
        """The value of a phrase of one token."""
        return next((value for key, value in self._forward.get(phrase, ()) if len(key) == 1), None)

    def before(self, tokens: Tokens, i: int) -> tuple[T, int] | None:
        """The longest phrase whose last token is i-1: its value and its first token."""
        stream = tokens.raw if self._exact else tokens.low
        if not 0 < i <= len(stream):
            return None
        for key, value in self._backward.get(stream[i - 1], ()):
            if i >= len(key) and tuple(stream[i - len(key) : i]) == key:
                return value, i - len(key)
        return None


def _longest_first(entries: dict[tuple[str, ...], T]) -> list[tuple[tuple[str, ...], T]]:
    return sorted(entries.items(), key=lambda item: -len(item[0]))
