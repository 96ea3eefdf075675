"""Hostile and half natural texts: sentences of the rules' examples and of the corpus, mutated.

Every text is a function of the seed and its number alone, so that one can be made again without the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeAlias

from tools.fuzz.scraps import CHARACTERS, SCRAPS

from newsfacts.rules import RuleSet

ROOT = Path(__file__).resolve().parents[2]
#: Days of publication, with the ends of the calendar.
_DAYS = (
    None, None, dt.date(2023, 7, 28), dt.date(2006, 11, 2), dt.date(2024, 2, 29), dt.date(1500, 1, 1),
    dt.date(8999, 12, 31), dt.date.min, dt.date.max,
)  # fmt: skip
_BREAKS = (" ", " ", " ", "\n", "\n\n", "\r\n", "\r", "", "\t", "\u2028", "\u00a0", " \n ", "\n\n\n\n")
_LONGEST = 6_000

Mutation: TypeAlias = Callable[[Random, str], str]


@dataclass(frozen=True, slots=True)
class Case:
    """What is given to the pipeline as one document."""

    number: int
    text: str
    published: dt.date | None = None
    title: str | None = None


class Maker:
    """Makes case after case from a seed."""

    def __init__(self, seed: int, sentences: Sequence[str]) -> None:
        self._seed = seed
        self._sentences = sentences

    def case(self, number: int) -> Case:
        """The case of that number."""
        rng = Random(f"{self._seed}:{number}")
        text = self._noise(rng) if rng.random() < 0.05 else self._text(rng)
        title = rng.choice(self._sentences) if rng.random() < 0.2 else None
        return Case(number, text[:_LONGEST], rng.choice(_DAYS), title)

    def _text(self, rng: Random) -> str:
        """A few sentences, most of them mutated, one now and then very often."""
        parts = []
        for _ in range(rng.choice((1, 1, 2, 3, 5, 8, 13))):
            sentence = rng.choice(self._sentences)
            for _ in range(rng.choice((0, 1, 1, 2, 3, 6))):
                sentence = rng.choice(MUTATIONS)(rng, sentence)
            parts += [sentence, rng.choice(_BREAKS)]
        text = "".join(parts)
        return rng.choice(MUTATIONS)(rng, text) if rng.random() < 0.3 else text

    def _noise(self, rng: Random) -> str:
        """No language at all: any characters, or scraps only."""
        if rng.random() < 0.5:
            return "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randrange(200)))
        return rng.choice(("", " ", "-", "\n")).join(rng.choices(SCRAPS, k=rng.randrange(1, 60)))


def sentences_at_hand() -> list[str]:
    """The sentences of the rules' examples and the paragraphs of the corpus, sorted."""
    rules = RuleSet()
    examples = {text for name in rules.examples_files() for text in _texts(rules, name)}
    corpus = {
        line.strip()
        for path in sorted((ROOT / "corpus" / "articles").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    }
    return sorted(examples | corpus)


def _texts(rules: RuleSet, name: str) -> list[str]:
    from newsfacts.rules import ExampleFile

    return [example.text for example in rules.read(name, ExampleFile).examples]


def _splice(rng: Random, text: str) -> str:
    """A scrap between two words."""
    words = text.split(" ")
    words.insert(rng.randrange(len(words) + 1), rng.choice(SCRAPS))
    return " ".join(words)


def _inject(rng: Random, text: str) -> str:
    """A scrap or an odd character anywhere, also in the middle of a word."""
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(rng.choice((SCRAPS, CHARACTERS))) + text[at:]


def _sprinkle(rng: Random, text: str) -> str:
    """One odd character at many places."""
    odd = rng.choice(CHARACTERS)
    return "".join(char + odd if rng.random() < 0.15 else char for char in text)


def _replace_number(rng: Random, text: str) -> str:
    """Another number, unit or date in place of a word with a digit in it."""
    words = text.split(" ")
    numbers = [i for i, word in enumerate(words) if any(char.isdigit() for char in word)]
    if numbers:
        words[rng.choice(numbers)] = rng.choice(SCRAPS)
    return " ".join(words)


def _digits(rng: Random, text: str) -> str:
    """Other digits in place of the digits."""
    return "".join(rng.choice("0123456789") if char.isdigit() else char for char in text)


def _odd_digits(rng: Random, text: str) -> str:
    """Digits of another script, which are digits to Unicode, in place of ours."""
    zero = rng.choice("٠०０𝟎𞥐")
    return "".join(chr(ord(zero) + int(char)) if char in "0123456789" else char for char in text)


def _shuffle(rng: Random, text: str) -> str:
    words = text.split(" ")
    rng.shuffle(words)
    return " ".join(words)


def _drop(rng: Random, text: str) -> str:
    """Some words fewer."""
    return " ".join(word for word in text.split(" ") if rng.random() > 0.2)


def _glue(rng: Random, text: str) -> str:
    """Some blanks fewer, or breaks in place of them."""
    return "".join(rng.choice(_BREAKS) if char == " " and rng.random() < 0.2 else char for char in text)


def _cut(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] if rng.random() < 0.5 else text[at:]


def _repeat(rng: Random, text: str) -> str:
    """A stretch of it again and again."""
    at = rng.randrange(len(text) + 1)
    stretch = text[at : at + rng.choice((1, 2, 5, 20, 80))]
    return text[:at] + stretch * rng.choice((2, 3, 10, 40)) + text[at:]


def _change_case(rng: Random, text: str) -> str:
    return rng.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _nest(rng: Random, text: str) -> str:
    """Inside many brackets, quotes or tags."""
    opening, closing = rng.choice(
        (("(", ")"), ("[", "]"), ('"', '"'), ("“", "”"), ("<b>", "</b>"), ("*", "*"))
    )
    depth = rng.choice((1, 3, 30))
    return opening * depth + text + closing * depth


def _stop(rng: Random, text: str) -> str:
    """Full stops and other ends of sentences where there are none."""
    ends = (".", ". ", "; ", "? ", "...", "\n", ".\n\n", ":", " -- ", " — ")
    return "".join(rng.choice(ends) if char == " " and rng.random() < 0.1 else char for char in text)


MUTATIONS: tuple[Mutation, ...] = (
    _splice, _splice, _splice, _inject, _inject, _sprinkle, _replace_number, _replace_number, _digits,
    _odd_digits, _shuffle, _drop, _glue, _cut, _repeat, _change_case, _nest, _stop,
)  # fmt: skip
