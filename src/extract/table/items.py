"""The item to group by: head and modifiers in lower case and singular, one word for synonyms."""

from __future__ import annotations

import re
import unicodedata

from newsfacts.table.words import ItemWords

_BLANKS = re.compile(r"\s+")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"})
_EDGES = " \t\n\"'`,;:()[]"
_ABBREVIATED = re.compile(r"(?:[a-z]\.)+[a-z]?\.?")
_SIBILANTS = ("sses", "shes", "ches", "xes", "zzes")


def item_key(item: str | None, words: ItemWords) -> str | None:
    """The key of an item; None where there is none, or it only points to another ("others").

    >>> from newsfacts.table.words import shipped_words
    >>> words = shipped_words().items
    >>> item_key("the paper mills in Shanxi", words), item_key("policemen", words), item_key("others", words)
    ('paper mill', 'police officer', None)
    """
    if not item:
        return None
    inner = _contained(item, words)
    if inner is not None:
        return item_key(inner, words)
    tokens = _tokens(_without_names(item, words))
    while len(tokens) > 1 and (tokens[0] in words.dropped or tokens[0].endswith(("'s", "s'"))):
        del tokens[0]
    tokens = tokens[: _first(tokens, words.circumstances)]
    head = _first(tokens, words.complements)
    key = " ".join([*_singular(tokens[:head], words), *_complement(tokens[head:], words)])
    key = words.synonyms.get(key, key)
    return None if not key or key in words.vague else key


def _contained(item: str, words: ItemWords) -> str | None:
    """What a container holds: of "the number of students" the students."""
    outer, of, inner = item.partition(" of ")
    tokens = _tokens(outer)
    while len(tokens) > 1 and tokens[0] in words.dropped and " ".join(tokens) not in words.containers:
        del tokens[0]
    return inner if of and " ".join(tokens) in words.containers else None


def _without_names(item: str, words: ItemWords) -> str:
    """The item up to a complement that names somebody or a place: "members of the Revolutionary Guards".

    Such a name says whose or where it is, not what kind of thing. A word in capitals only may be either
    ("demand for LNG") and stays.
    """
    tokens = item.split()
    for i, token in enumerate(tokens[1:], 1):
        if token in words.complements and _is_name(tokens[-1]):
            return " ".join(tokens[:i])
    return item


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word[1:2].islower()


def _tokens(item: str) -> list[str]:
    text = unicodedata.normalize("NFKC", item).translate(_PLAIN).casefold()
    found = (_bare(token) for token in _BLANKS.split(text))
    return [token for token in found if token]


def _bare(token: str) -> str:
    """A word without signs at its edges; an abbreviation of letters without its points ("u.s.": us)."""
    token = token.strip(_EDGES)
    return token.replace(".", "") if _ABBREVIATED.fullmatch(token) else token.rstrip(".")


def _first(tokens: list[str], among: frozenset[str]) -> int:
    """Where the first of these words stands behind the head; the length where none does."""
    return next((i for i, token in enumerate(tokens) if i and token in among), len(tokens))


def _complement(tokens: list[str], words: ItemWords) -> list[str]:
    """A preposition and its noun: "of the students" is "of student"."""
    if not tokens:
        return []
    rest = [token for token in tokens[1:] if token not in words.dropped]
    return [tokens[0], *_singular(rest, words)]


def _singular(tokens: list[str], words: ItemWords) -> list[str]:
    """The words with the last one in the singular."""
    if not tokens or " ".join(tokens) in words.kept or " ".join(tokens[-2:]) in words.kept:
        return tokens
    return [*tokens[:-1], singular(tokens[-1], words)]


def singular(word: str, words: ItemWords) -> str:
    """An English noun in lower case in the singular."""
    if word in words.kept:
        return word
    if word in words.irregular:
        return words.irregular[word]
    if word.endswith(_SIBILANTS):
        return word[:-2]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "ics")) and len(word) > 3:
        return word[:-1]
    return word
