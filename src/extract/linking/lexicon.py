"""Shapes of rules/linking/*.yaml and the look-ups that are made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from newsfacts.rules.loader import compile_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsfacts.rules import RuleSet

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

    fillers: tuple[str, ...]
    verbs: UpDown
    guarded: UpDown
    carrying: tuple[str, ...]
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
    causative: tuple[str, ...]
    removing: tuple[str, ...]
    particle_verbs: tuple[str, ...]
    partitive: tuple[str, ...]
    lengths: tuple[str, ...]
    of_only: tuple[str, ...]
    numbers: tuple[str, ...]
    marks: tuple[str, ...]
    motions: tuple[str, ...]
    dated: tuple[str, ...]
    versus: tuple[str, ...]
    basis: BasisCues
    year: str


class ItemFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/item.yaml."""

    measuring: tuple[str, ...]
    assessing: tuple[str, ...]
    lasting: tuple[str, ...]
    showing: tuple[str, ...]
    dimensions: tuple[str, ...]
    naming: tuple[str, ...]
    trading: tuple[str, ...]
    selling: tuple[str, ...]
    vague: tuple[str, ...]
    nameless: tuple[str, ...]
    rates: dict[str, str]
    rated: tuple[str, ...]
    periods: dict[str, str]
    thin: tuple[str, ...]
    adverbial: tuple[str, ...]
    spending: tuple[str, ...]
    marks: tuple[str, ...]


class SubjectFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/subject.yaml."""

    object_control: tuple[str, ...]
    attaching: tuple[str, ...]
    eventive: tuple[str, ...]
    places: tuple[str, ...]
    directions: tuple[str, ...]
    organisations: tuple[str, ...]
    impersonal: tuple[str, ...]
    priced: tuple[str, ...]
    detached: tuple[str, ...]
    blaming: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """The verbs that decide whose subject a verb shares."""

    object_control: frozenset[str]
    attaching: frozenset[str]
    eventive: frozenset[str]
    places: frozenset[str]
    directions: frozenset[str]
    organisations: frozenset[str]
    impersonal: frozenset[str]
    priced: frozenset[str]
    detached: frozenset[str]
    blaming: frozenset[str]
    measuring: frozenset[str]

    @classmethod
    def from_rules(cls, rules: RuleSet) -> SubjectWords:
        """Read rules/linking/subject.yaml and the measuring verbs of item.yaml."""
        data = rules.read("linking/subject.yaml", SubjectFile)
        items = rules.read("linking/item.yaml", ItemFile)
        measuring = frozenset((*items.measuring, *items.assessing))
        return cls(
            frozenset(data.object_control),
            frozenset(data.attaching),
            frozenset(data.eventive),
            frozenset(data.places),
            frozenset(data.directions),
            frozenset(data.organisations),
            frozenset(data.impersonal),
            frozenset(data.priced),
            frozenset(data.detached),
            frozenset(data.blaming),
            measuring,
        )


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """Direction by lemma (verbs, nouns) or by word (adverbs, comparatives)."""

    fillers: frozenset[str]
    verbs: Mapping[str, Direction]
    guarded: Mapping[str, Direction]
    carrying: frozenset[str]
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
    causative: frozenset[str]
    removing: frozenset[str]
    particle_verbs: frozenset[str]
    partitive: frozenset[str]
    lengths: frozenset[str]
    of_only: frozenset[str]
    numbers: frozenset[str]
    marks: frozenset[str]
    motions: frozenset[str]
    dated: frozenset[str]
    versus: frozenset[str]
    basis: tuple[tuple[Basis, re.Pattern[str]], ...]
    years: re.Pattern[str]

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
            fillers=frozenset(data.fillers),
            verbs=data.verbs.directions(),
            guarded=data.guarded.directions(),
            carrying=frozenset(data.carrying),
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
            causative=frozenset(data.causative),
            removing=frozenset(data.removing),
            particle_verbs=frozenset(data.particle_verbs),
            partitive=frozenset(data.partitive),
            lengths=frozenset(data.lengths),
            of_only=frozenset(data.of_only),
            numbers=frozenset(data.numbers),
            marks=frozenset(data.marks),
            motions=frozenset(data.motions),
            dated=frozenset(data.dated),
            versus=frozenset(data.versus),
            basis=tuple((basis, _any_of(words)) for basis, words in cues),
            years=compile_pattern(data.year, file="linking/change.yaml", field="year"),
        )


@dataclass(frozen=True, slots=True)
class ItemWords:
    """The words that decide what names a quantity."""

    subjects: SubjectWords
    fillers: frozenset[str]
    measuring: frozenset[str]
    assessing: frozenset[str]
    lasting: frozenset[str]
    showing: frozenset[str]
    dimensions: frozenset[str]
    naming: frozenset[str]
    trading: frozenset[str]
    selling: frozenset[str]
    vague: frozenset[str]
    nameless: frozenset[str]
    rates: Mapping[str, str]
    rated: frozenset[str]
    periods: Mapping[str, str]
    thin: frozenset[str]
    adverbial: frozenset[str]
    spending: frozenset[str]
    marks: frozenset[str]

    @classmethod
    def from_rules(cls, rules: RuleSet) -> ItemWords:
        """Read rules/linking/item.yaml."""
        data = rules.read("linking/item.yaml", ItemFile)
        return cls(
            subjects=SubjectWords.from_rules(rules),
            fillers=frozenset(rules.read("linking/change.yaml", ChangeFile).fillers),
            measuring=frozenset(data.measuring),
            assessing=frozenset(data.assessing),
            lasting=frozenset(data.lasting),
            showing=frozenset(data.showing),
            dimensions=frozenset(data.dimensions),
            naming=frozenset(data.naming),
            trading=frozenset((*data.trading, *data.selling)),
            selling=frozenset(data.selling),
            vague=frozenset(data.vague),
            nameless=frozenset(data.nameless),
            rates=data.rates,
            rated=frozenset(data.rated),
            periods=data.periods,
            thin=frozenset(data.thin),
            adverbial=frozenset(data.adverbial),
            spending=frozenset(data.spending),
            marks=frozenset(data.marks),
        )


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)
