"""Shapes of the definition files under rules/dates."""

from __future__ import annotations

import msgspec


class WordClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one class with the value each stands for."""

    words: dict[str, str | int | float]
    capital: bool = False
    #: Words of a class with capitals that are unmistakable without one.
    any_case: tuple[str, ...] = ()


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"kind": "class"}):
    """Several words that are one token of a class."""

    words: str
    kind: str
    value: str | int | float


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/dates/lexicon.yaml."""

    classes: dict[str, WordClass]
    phrases: tuple[Phrase, ...]
    abbreviations: tuple[str, ...]
    edges: dict[str, str]
    modifiers: dict[str, str]
    relations: dict[str, tuple[str, ...]]
    relations_ahead: dict[str, tuple[str, str]]


class GrammarRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern over token classes; `resolve` names the function that computes its value."""

    name: str
    match: str
    resolve: str


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/dates/grammar.yaml: macros are abbreviations usable in every pattern."""

    macros: dict[str, str]
    rules: tuple[GrammarRule, ...]


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A holiday: a fixed month-day, a weekday from it on, or a day that moves (easter, a lunar day)."""

    names: tuple[str, ...]
    fixed: str | None = None
    moving: str | None = None
    offset: int = 0
    weekday: int | None = None
    unit: str = "day"


class KnownDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day of history that is named without its year, by words beside it; `slashed`: "9/11" too."""

    day: str
    beside: tuple[str, ...]
    slashed: bool = False


class Holidays(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/dates/holidays.yaml."""

    holidays: tuple[Holiday, ...]
    known_days: tuple[KnownDay, ...] = ()


class LunarDays(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/dates/lunar.yaml: month-days by name, one for each year from `first` on."""

    first: int
    days: dict[str, str]


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/dates/cues.yaml: words that tell whether a sentence speaks of the past or of the future."""

    future: tuple[str, ...]
    planning: tuple[str, ...]
    putting_off: tuple[str, ...]
    looking_ahead: tuple[str, ...]
    traded_ahead: tuple[str, ...]
    of_birth: tuple[str, ...]
    timetable: tuple[str, ...]
    coming: tuple[str, ...]
    named_days: tuple[str, ...]
    named_months: tuple[str, ...]
    past: tuple[str, ...]
    modals: tuple[str, ...]
    comparison: tuple[str, ...]
    compared_with: tuple[str, ...]
    sports: tuple[str, ...]
    year_prepositions: tuple[str, ...]
    month_cues: tuple[str, ...]
    newspapers: tuple[str, ...]
    before_verb_last: tuple[str, ...]
    before_year_end: tuple[str, ...]
    before_unit: tuple[str, ...]
    before_bare_units: tuple[str, ...]
    before_clock: tuple[str, ...]
    before_known_day: tuple[str, ...]
    of_these_times: tuple[str, ...]
    day_over: tuple[str, ...]
    placing_week: tuple[str, ...]
    before_day: tuple[str, ...]
    present: tuple[str, ...]
    goods: tuple[str, ...]
    reigns: tuple[str, ...]
    counted: tuple[str, ...]
    not_years_after: tuple[str, ...]
    not_years_before: tuple[str, ...]
    year_nouns: tuple[str, ...]
    year_prepositions_sure: tuple[str, ...]
    amounts_before: tuple[str, ...]
