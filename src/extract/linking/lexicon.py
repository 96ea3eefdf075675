"""Shapes of rules/linking/*.yaml and the look-ups that are made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract.rules import RuleSet

Direction = Literal["up", "down"]
Basis = Literal["yoy", "mom", "qoq"]


class UpDown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for rising and words for falling."""

    up: tuple[str, ...]
    down: tuple[str, ...]

    def directions(self) -> dict[str, Direction]:
        """Direction by word."""
        rising: dict[str, Direction] = dict.fromkeys(self.up, "up")
        falling: dict[str, Direction] = dict.fromkeys(self.down, "down")
        return rising | falling


class BasisCues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Expressions that name what a change is compared with."""

    yoy: tuple[str, ...]
    qoq: tuple[str, ...]
    mom: tuple[str, ...]


class ChangeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/change.yaml."""

    verbs: UpDown
    guarded: UpDown
    neutral: tuple[str, ...]
    nouns: UpDown
    guarded_nouns: UpDown
    rates: tuple[str, ...]
    adverbs: UpDown
    adverb_verbs: tuple[str, ...]
    comparatives: UpDown
    plain_comparatives: tuple[str, ...]
    baselines: tuple[str, ...]
    levels: tuple[str, ...]
    basis: BasisCues


class ItemFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/item.yaml."""

    measuring: tuple[str, ...]
    paying: tuple[str, ...]
    naming: tuple[str, ...]
    vague: tuple[str, ...]
    rates: dict[str, str]
    rated: tuple[str, ...]
    periods: dict[str, str]
    thin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """Direction by lemma (verbs, nouns) or by word (adverbs, comparatives)."""

    verbs: Mapping[str, Direction]
    guarded: Mapping[str, Direction]
    neutral: frozenset[str]
    nouns: Mapping[str, Direction]
    guarded_nouns: Mapping[str, Direction]
    rates: frozenset[str]
    adverbs: Mapping[str, Direction]
    adverb_verbs: frozenset[str]
    comparatives: Mapping[str, Direction]
    plain_comparatives: frozenset[str]
    baselines: frozenset[str]
    levels: frozenset[str]
    basis: tuple[tuple[Basis, re.Pattern[str]], ...]

    @classmethod
    def from_rules(cls, rules: RuleSet) -> ChangeWords:
        """Read rules/linking/change.yaml."""
        data = rules.read("linking/change.yaml", ChangeFile)
        cues: tuple[tuple[Basis, tuple[str, ...]], ...] = (
            ("qoq", data.basis.qoq),
            ("mom", data.basis.mom),
            ("yoy", data.basis.yoy),
        )
        return cls(
            verbs=data.verbs.directions(),
            guarded=data.guarded.directions(),
            neutral=frozenset(data.neutral),
            nouns=data.nouns.directions(),
            guarded_nouns=data.guarded_nouns.directions(),
            rates=frozenset(data.rates),
            adverbs=data.adverbs.directions(),
            adverb_verbs=frozenset(data.adverb_verbs),
            comparatives=data.comparatives.directions(),
            plain_comparatives=frozenset(data.plain_comparatives),
            baselines=frozenset(data.baselines),
            levels=frozenset(data.levels),
            basis=tuple((basis, _any_of(words)) for basis, words in cues),
        )


@dataclass(frozen=True, slots=True)
class ItemWords:
    """The words that decide what names a quantity."""

    measuring: frozenset[str]
    paying: frozenset[str]
    naming: frozenset[str]
    vague: frozenset[str]
    rates: Mapping[str, str]
    rated: frozenset[str]
    periods: Mapping[str, str]
    thin: frozenset[str]

    @classmethod
    def from_rules(cls, rules: RuleSet) -> ItemWords:
        """Read rules/linking/item.yaml."""
        data = rules.read("linking/item.yaml", ItemFile)
        return cls(
            measuring=frozenset(data.measuring),
            paying=frozenset(data.paying),
            naming=frozenset(data.naming),
            vague=frozenset(data.vague),
            rates=data.rates,
            rated=frozenset(data.rated),
            periods=data.periods,
            thin=frozenset(data.thin),
        )


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)
