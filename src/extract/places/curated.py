"""Definitions that both the gazetteer's builder and the finder read."""

from __future__ import annotations

import msgspec


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country: the middle of its land, names in the news, and the adjectives of its people."""

    at: tuple[float, float]
    adjectives: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    historic: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()


class Countries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/places/countries.yaml, keyed by ISO 3166-1 alpha-2 code."""

    countries: dict[str, Country]


class Division(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A first-level division: a point, and what the news calls it.

    `name` is the canonical English one, where the source has a local form. `weaker` names are in the first
    place those of another entry ("Washington": the city).
    """

    at: tuple[float, float] | None = None
    name: str | None = None
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    weaker: tuple[str, ...] = ()


class Divisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/places/curated/admin1.yaml, keyed by ISO 3166-2 code."""

    divisions: dict[str, Division]
