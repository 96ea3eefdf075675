"""The word lists that place recognition reads: generic nouns, organisations, prepositions, titles."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from newsfacts.model.mention import PlaceKind
from newsfacts.places.curated import Countries, Divisions
from newsfacts.places.names import fold
from newsfacts.rules import RuleSet


class Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True, eq=False):
    """A generic noun: which entries it goes with and what it makes of a name that no register lists."""

    fits: tuple[PlaceKind, ...]
    makes: PlaceKind | None = None
    units: tuple[str, ...] = ()
    lower: bool = False
    also: tuple[str, ...] = ()
    keep: bool = False
    plain: bool = False
    alone: bool = False
    canonical: dict[str, str] = {}


class Generics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/places/generics.yaml."""

    nouns: dict[str, Noun]
    before: dict[str, str]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/places/words.yaml: closed classes of words around names; see the comments there."""

    connectors: frozenset[str]
    prepositions: frozenset[str]
    locators: frozenset[str]
    row_heads: frozenset[str]
    titles: frozenset[str]
    speech: frozenset[str]
    organisation_heads: frozenset[str]
    organisation_openers: frozenset[str]
    compass: frozenset[str]
    based: frozenset[str]
    currencies: frozenset[str]
    adjectives: frozenset[str]
    institutions: frozenset[str]
    eponyms: frozenset[str]
    organisation_prefixes: frozenset[str]
    stop: frozenset[str]


class Evidence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/places/evidence.yaml."""

    threshold: float
    weights: dict[str, float]


class _Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    common: frozenset[str]


class _GivenNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    given_names: frozenset[str]


class _Surnames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    surnames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that is read once from the rules; nouns are keyed by their folded forms."""

    words: Words
    nouns: dict[str, Noun]
    noun_names: dict[str, str]
    noun_starts: frozenset[str]
    before: dict[str, str]
    adjectives: frozenset[str]
    abbreviations: frozenset[str]
    common: frozenset[str]
    given_names: frozenset[str]
    surnames: frozenset[str]
    evidence: Evidence

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Lexicon:
        """Read and index the lists. Raises RulesError where one is malformed."""
        generics = rules.read("places/generics.yaml", Generics)
        nouns, names = {}, {}
        for name, noun in generics.nouns.items():
            for form in (name, *noun.also):
                nouns[fold(form)], names[fold(form)] = noun, name
        countries = rules.read("places/countries.yaml", Countries).countries.values()
        divisions = rules.read("places/curated/admin1.yaml", Divisions).divisions.values()
        words = rules.read("places/words.yaml", Words)
        return cls(
            words=words,
            nouns=nouns,
            noun_names=names,
            noun_starts=frozenset(form.split()[0] for form in nouns),
            before=generics.before,
            adjectives=words.adjectives | {fold(a) for country in countries for a in country.adjectives},
            abbreviations=frozenset(
                [a for country in countries for a in country.abbreviations]
                + [a for division in divisions for a in division.abbreviations]
            ),
            common=rules.read("places/common_words.yaml", _Common).common,
            given_names=rules.read("places/given_names.yaml", _GivenNames).given_names,
            surnames=rules.read("places/surnames.yaml", _Surnames).surnames,
            evidence=rules.read("places/evidence.yaml", Evidence),
        )
