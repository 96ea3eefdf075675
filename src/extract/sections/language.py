"""Whether a text is English and decoded well: cheap, deterministic checks by word lists."""

from __future__ import annotations

import re

import msgspec

from newsfacts.rules import RuleSet

_WORD = re.compile(r"[^\W\d_]+")
_LATIN_END = 0x250
_LATIN_EXTRA = range(0x1E00, 0x1F00)


class LanguageRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/sections/language.yaml."""

    fewest_words: int
    foreign_letters: float
    least_english: float
    least_other: float
    times_english: float
    sample: int
    languages: dict[str, frozenset[str]]
    mojibake: tuple[str, ...]


class LanguageCheck:
    """Names the language of a text that is not English, and finds wrongly decoded characters."""

    def __init__(self, rules: LanguageRules) -> None:
        self._rules = rules
        self._mojibake = re.compile("|".join(map(re.escape, rules.mojibake)))

    @classmethod
    def from_rules(cls, rules: RuleSet) -> LanguageCheck:
        """Read rules/sections/language.yaml."""
        return cls(rules.read("sections/language.yaml", LanguageRules))

    def foreign(self, text: str) -> str | None:
        """What a text is instead of English ("French", "a non-Latin script"), or None."""
        sample = text[: self._rules.sample]
        letters = [c for c in sample if c.isalpha()]
        if len(letters) >= self._rules.fewest_words and self._is_other_script(letters):
            return "a non-Latin script"
        words = [w.lower() for w in _WORD.findall(sample)]
        if len(words) < self._rules.fewest_words:
            return None
        return self._other_language(words)

    def _is_other_script(self, letters: list[str]) -> bool:
        foreign = sum(ord(c) >= _LATIN_END and ord(c) not in _LATIN_EXTRA for c in letters)
        return foreign > self._rules.foreign_letters * len(letters)

    def _other_language(self, words: list[str]) -> str | None:
        shares = self._shares(words)
        english = shares.pop("english", 0.0)
        name, share = max(shares.items(), key=lambda item: item[1], default=("", 0.0))
        if share >= self._rules.least_other and share > self._rules.times_english * english:
            return name.title()
        return "no English words" if english < self._rules.least_english else None

    def _shares(self, words: list[str]) -> dict[str, float]:
        lists = self._rules.languages.items()
        return {name: sum(w in known for w in words) / len(words) for name, known in lists}

    def mojibake(self, text: str) -> str | None:
        """A warning about characters that look wrongly decoded, or None. The text stays as it is."""
        first = self._mojibake.search(text)
        if first is None:
            return None
        count = sum(1 for _ in self._mojibake.finditer(text))
        return f"mojibake: {count} wrongly decoded places, the first {first.group()!r} at {first.start()}"
