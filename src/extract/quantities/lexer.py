"""One fast pass over a text: numbers, words and symbols with offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBER, WORD, SYMBOL, BLOB = 1, 2, 3, 4

# Repetitions are bounded, so that no text takes more than linear time. A stretch of 200 characters
# without a letter is a table or noise, never prose: it is one token that no rule reads.
_TOKEN = re.compile(
    # "4, 000" and "1. 38 billion": a blank that has slipped in behind the separator
    r"(?P<number>\d{1,3}(?:,\d{3}){0,3}, 000(?!\d)"
    r"|\d{1,3}\. \d{1,3}(?= (?:million|billion|trillion)\b)"
    # "14,671. 02 points"
    r"|\d{1,3}(?:,\d{3}){1,3}\. \d{1,2}"
    r"(?= (?:points?|in|on|at|from|to|during|after|by|and|yuan|dollars|yen)\b|[,.;)])"
    # "to 34. 60 dollars"
    r"|(?<= (?:to|at|of|by) )\d{1,3}\. \d{1,2}"
    r"(?= (?:U\.S\. )?(?:dollars|yuan|yen|euros|pounds|percent|cents|points)\b)"
    # "14,4 million": a decimal comma
    r"|\d{1,3},\d{1,2}(?= (?:million|billion|trillion|percent|per cent)\b|%| ?€)"
    r"|\d{1,3}(?:,\d{2,3}){0,9},\d{3}(?![\d])(?:\.\d+)?"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,9}(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?: \d{3}){2,9}(?![\d,])(?:\.\d+)?|(?<!\d )\d{1,3} \d{3}(?= (?:[a-z%€£$¥₹₩₽]|[A-Z]{3}\b)|$)"
    # "25 000 Norwegians": before a capital, only round ones
    r"|(?<!\d )\d{1,3} [05]00(?= [A-Z][a-z])"
    r"|\d+(?:\.\d+)*|(?<![\w.])\.\d+)"
    r"|(?P<word>[A-Za-z]\.(?:[A-Za-z]\.){1,4}|[A-Z]\.[A-Z](?![^\W\d_])|[^\W\d_]+)"
    r"|(?P<symbol>([^\w\s])\4*|_+)"
)
_BLOB = re.compile(r"[\W\d_]{200,}")


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Parallel lists: raw text, lower-case text (dots of "U.S." removed), kind, start and end of each token.

    Offsets are those of the string that was lexed.
    """

    text: str
    raw: list[str]
    low: list[str]
    kind: list[int]
    start: list[int]
    end: list[int]

    def __len__(self) -> int:
        return len(self.raw)

    def word(self, i: int) -> str:
        """The lower-case token at i; "" outside the text."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def glued(self, i: int) -> bool:
        """Whether nothing stands between token i-1 and token i."""
        return 0 < i < len(self.raw) and self.start[i] == self.end[i - 1]

    def joined(self, first: int, last: int) -> bool:
        """Whether tokens first..last (inclusive) follow each other without any gap."""
        return all(self.start[k] == self.end[k - 1] for k in range(first + 1, last + 1))

    def is_word(self, i: int) -> bool:
        """Whether token i is made of letters."""
        return 0 <= i < len(self.kind) and self.kind[i] == WORD

    def is_number(self, i: int) -> bool:
        """Whether token i is made of digits."""
        return 0 <= i < len(self.kind) and self.kind[i] == NUMBER

    def near(self, i: int) -> bool:
        """Whether at most a blank, or one line break, stands between token i-1 and token i."""
        return 0 < i < len(self.raw) and self.start[i] - self.end[i - 1] <= 1

    def words_between(self, i: int, j: int) -> list[str]:
        """Lower-case tokens i..j-1."""
        return self.low[max(0, i) : max(0, j)]


def lex(text: str) -> Tokens:
    """Split a text into tokens. Linear in the length of the text."""
    tokens = Tokens(text, [], [], [], [], [])
    position = 0
    for blob in _BLOB.finditer(text):
        _scan(text, position, blob.start(), tokens)
        _append(tokens, "\0", "\0", BLOB, blob.start(), blob.end())
        position = blob.end()
    _scan(text, position, len(text), tokens)
    return tokens


def _scan(text: str, start: int, end: int, tokens: Tokens) -> None:
    raw, low, kind, starts, ends = tokens.raw, tokens.low, tokens.kind, tokens.start, tokens.end
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        which = match.lastgroup
        raw.append(word)
        starts.append(match.start())
        ends.append(match.end())
        if which == "word":
            kind.append(WORD)
            low.append(word.lower().replace(".", "") if "." in word else word.lower())
        else:
            kind.append(NUMBER if which == "number" else SYMBOL)
            low.append(_SAME.get(word, word))


def _append(tokens: Tokens, raw: str, low: str, kind: int, start: int, end: int) -> None:
    tokens.raw.append(raw)
    tokens.low.append(low)
    tokens.kind.append(kind)
    tokens.start.append(start)
    tokens.end.append(end)


#: Hyphens and signs that mean the same.
_SAME = {"‐": "-", "‑": "-", "−": "-", "⁄": "/", "’": "'", "‘": "'", "∕": "/", "﹣": "-"}
