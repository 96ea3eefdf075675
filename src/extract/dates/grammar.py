"""Compiles the token patterns of grammar.yaml and matches them against the classes of a text's tokens.

Every class is one character, so that the classes of a text are a string and a pattern is a regular expression
over that string: matching costs nothing where no class of a time expression stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsfacts.dates.lexer import Token, Value
from newsfacts.dates.shapes import Grammar, GrammarRule
from newsfacts.errors import RulesError

_ITEM = re.compile(r"\s*(?:(?P<slot>[a-z]\w*)=)?(?P<atom>@?[a-z]\w*|[()|?])")
#: Stands for every class that no pattern names.
_OTHER = "."
#: How deep macros may name one another.
_MACRO_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits the tokens [first, last); its slots hold tokens."""

    rule: GrammarRule
    tokens: Sequence[Token]
    first: int
    last: int
    slots: dict[str, Token]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.tokens[self.first].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.tokens[self.last - 1].end

    def value(self, slot: str) -> Value | None:
        """The value of a slot's token; None where the slot is empty."""
        token = self.slots.get(slot)
        return None if token is None else token.value

    def number(self, slot: str) -> int | None:
        """The value of a slot's token as a whole number."""
        value = self.value(slot)
        return None if value is None else int(value)

    def before(self, distance: int = 1) -> Token | None:
        """The token before the match."""
        i = self.first - distance
        return self.tokens[i] if i >= 0 else None

    def after(self, distance: int = 1) -> Token | None:
        """The token after the match."""
        i = self.last + distance - 1
        return self.tokens[i] if i < len(self.tokens) else None


@dataclass(frozen=True, slots=True)
class _Compiled:
    rule: GrammarRule
    regex: re.Pattern[str]
    #: Group name of the regular expression -> slot name of the pattern.
    slots: tuple[tuple[str, str], ...]


class Matcher:
    """All rules, found by the class of their first token."""

    def __init__(self, grammar: Grammar, kinds: Sequence[str]) -> None:
        self._chars = {kind: chr(0x4E00 + i) for i, kind in enumerate(kinds)}
        self._by_first: dict[str, list[_Compiled]] = {}
        for rule in grammar.rules:
            reader = _PatternReader(rule.name, _expand(rule, grammar.macros), self._chars)
            node = reader.whole()
            compiled = _Compiled(rule, re.compile(node.source), tuple(reader.slots))
            for char in sorted(node.first):
                self._by_first.setdefault(char, []).append(compiled)

    def classes(self, tokens: Sequence[Token]) -> str:
        """The classes of the tokens, one character each."""
        chars = self._chars
        return "".join([chars.get(token.kind, _OTHER) for token in tokens])

    def candidates(self, classes: str, tokens: Sequence[Token], i: int) -> list[Match]:
        """The rules that fit at token i, longest first."""
        found: list[Match] = []
        for compiled in self._by_first.get(classes[i], ()):
            if match := compiled.regex.match(classes, i):
                slots = {s: tokens[match.start(g)] for g, s in compiled.slots if match.start(g) >= 0}
                found.append(Match(compiled.rule, tokens, i, match.end(), slots))
        found.sort(key=lambda m: -m.last)
        return found

    def starts(self, classes: str) -> Iterator[int]:
        """Where a rule can start."""
        first = self._by_first
        return (i for i, char in enumerate(classes) if char in first)


@dataclass(frozen=True, slots=True)
class _Node:
    """A piece of a pattern: its regular expression, the classes it starts with, whether it can be empty."""

    source: str
    first: frozenset[str]
    empty: bool


class _PatternReader:
    """Recursive descent over one pattern."""

    def __init__(self, name: str, pattern: str, chars: dict[str, str]) -> None:
        self._name = name
        self._chars = chars
        self._items = [(m["slot"], m["atom"]) for m in _ITEM.finditer(pattern)]
        self._at = 0
        self.slots: list[tuple[str, str]] = []

    def whole(self) -> _Node:
        """The whole pattern. Raises RulesError for an unknown class or parentheses that do not pair."""
        node = self.alternatives()
        if self._at != len(self._items):
            raise _mistake(self._name, "closes a parenthesis that was not opened")
        return node

    def alternatives(self) -> _Node:
        """One or more sequences with | between."""
        nodes = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            nodes.append(self._sequence())
        source = "|".join(n.source for n in nodes)
        return _Node(source, frozenset().union(*(n.first for n in nodes)), any(n.empty for n in nodes))

    def _sequence(self) -> _Node:
        source, first, empty = "", frozenset[str](), True
        while self._peek() not in (None, "|", ")"):
            node = self._atom()
            source += node.source
            first = first | node.first if empty else first
            empty = empty and node.empty
        return _Node(source, first, empty)

    def _atom(self) -> _Node:
        slot, atom = self._items[self._at]
        self._at += 1
        group = self._open(slot)
        if atom == "(":
            inner = self.alternatives()
            if self._peek() != ")":
                raise _mistake(self._name, "does not close a parenthesis")
            self._at += 1
            node = _Node(f"{group or '(?:'}{inner.source})", inner.first, inner.empty)
        elif atom in self._chars:
            char = self._chars[atom]
            node = _Node(f"{group}{char})" if group else char, frozenset(char), empty=False)
        else:
            raise _mistake(self._name, f"names no class: {atom!r}")
        if self._peek() == "?":
            self._at += 1
            return _Node(f"{node.source}?", node.first, empty=True)
        return node

    def _open(self, slot: str | None) -> str:
        if not slot:
            return ""
        group = f"{slot}__{len(self.slots)}"
        self.slots.append((group, slot))
        return f"(?P<{group}>"

    def _peek(self) -> str | None:
        return self._items[self._at][1] if self._at < len(self._items) else None


def _expand(rule: GrammarRule, macros: dict[str, str]) -> str:
    """Replace @name in a rule's pattern by the macro's text, macros inside macros too."""
    pattern = rule.match
    for _ in range(_MACRO_DEPTH):
        names = re.findall(r"@(\w+)", pattern)
        if unknown := [name for name in names if name not in macros]:
            raise _mistake(rule.name, f"names no macro: {unknown[0]!r}")
        pattern = re.sub(r"@(\w+)", lambda found: macros[found[1]], pattern)
    return pattern


def _mistake(rule: str, problem: str) -> RulesError:
    return RulesError(f"pattern of rule {rule!r} {problem}", file="dates/grammar.yaml", field="match")
