"""The word lists that place recognition reads: generic nouns, heads of organisations, prepositions, titles."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from extract.model.mention import PlaceKind
from extract.places.curated import Countries
from extract.places.names import fold
from extract.rules import RuleSet


class Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A generic noun: which entries it goes with and what it makes of a name that no register lists."""

    fits: tuple[PlaceKind, ...]
    makes: PlaceKind | None = None
    units: tuple[str, ...] = ()
    lower: bool = False
    also: tuple[str, ...] = ()


class Generics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/places/generics.yaml."""

    nouns: dict[str, Noun]
    before: dict[str, str | None]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/places/words.yaml: closed classes of words around names; see the comments there."""

    connectors: frozenset[str]
    prepositions: frozenset[str]
    locators: frozenset[str]
    titles: frozenset[str]
    speech: frozenset[str]
    organisation_heads: frozenset[str]
    organisation_openers: frozenset[str]
    compass: frozenset[str]
    based: frozenset[str]
    common: frozenset[str]
    given_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that is read once from the rules; nouns are keyed by their folded forms."""

    words: Words
    nouns: dict[str, Noun]
    noun_names: dict[str, str]
    before: dict[str, Noun | None]
    adjectives: frozenset[str]

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Lexicon:
        """Read and index the lists. Raises RulesError where one is malformed."""
        generics = rules.read("places/generics.yaml", Generics)
        nouns, names = {}, {}
        for name, noun in generics.nouns.items():
            for form in (name, *noun.also):
                nouns[fold(form)], names[fold(form)] = noun, name
        countries = rules.read("places/countries.yaml", Countries).countries.values()
        adjectives = frozenset(fold(a) for country in countries for a in country.adjectives)
        before = {word: generics.nouns[noun] if noun else None for word, noun in generics.before.items()}
        return cls(rules.read("places/words.yaml", Words), nouns, names, before, adjectives)
