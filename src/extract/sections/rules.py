"""The data under rules/sections, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import msgspec

from newsfacts.model import SectionKind
from newsfacts.rules import RuleSet
from newsfacts.rules.loader import compile_pattern


class LineRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line known by its wording; the pattern must match the whole line."""

    rule: str
    kind: SectionKind
    pattern: str
    where: Literal["any", "top", "bottom", "edge"] = "any"
    case: bool = False
    extends: bool = False
    longest: int = 160


class LineRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/sections/lines.yaml."""

    rules: tuple[LineRule, ...]


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/sections/vocabulary.yaml: word lists, all lower case."""

    navigation_words: frozenset[str]
    navigation_core: frozenset[str]
    agencies: frozenset[str]
    header_words: frozenset[str]
    published_labels: frozenset[str]
    updated_labels: frozenset[str]
    reference_headings: frozenset[str]
    not_datelines: frozenset[str]
    caption_openings: tuple[str, ...]


class DatelineRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/sections/dateline.yaml: one pattern for each part."""

    place_capitals: str
    place_mixed: str
    region: str
    date: str
    agency: str
    separator: str
    colon: str
    lone_dash: str
    date_first: str
    bracketed: str
    longest: int


class DatePattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to write a day."""

    rule: str
    pattern: str


class DateRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/sections/dates.yaml."""

    patterns: tuple[DatePattern, ...]
    compact: str
    months: dict[str, int]


class CreditRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/sections/credits.yaml."""

    brackets: str
    photo: str
    open: str
    capitals: str
    reach: int


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/sections/limits.yaml."""

    title_longest: int
    heading_words: int
    heading_longest: int
    sentence_words: int
    long_words: int
    wrap_narrowest: int
    wrap_widest: int
    wrap_share: float
    labelled_lines: int
    header_sentences: int
    reference_entry: str
    loose_reference: str
    numbered_reference: str
    list_marker: str


@dataclass(frozen=True, slots=True)
class CompiledLine:
    """A line rule with its pattern."""

    rule: LineRule
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Compiled:
    """Every rule of this family, ready to use."""

    lines: tuple[CompiledLine, ...]
    words: Vocabulary
    dateline: DatelineRules
    dates: DateRules
    credits: CreditRules
    limits: Limits

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Compiled:
        """Read rules/sections. Raises RulesError that names file, line and field of a mistake."""
        lines = rules.read("sections/lines.yaml", LineRules)
        return cls(
            lines=tuple(CompiledLine(r, _line_pattern(r)) for r in lines.rules),
            words=rules.read("sections/vocabulary.yaml", Vocabulary),
            dateline=rules.read("sections/dateline.yaml", DatelineRules),
            dates=rules.read("sections/dates.yaml", DateRules),
            credits=rules.read("sections/credits.yaml", CreditRules),
            limits=rules.read("sections/limits.yaml", Limits),
        )


def _line_pattern(rule: LineRule) -> re.Pattern[str]:
    flags = re.NOFLAG if rule.case else re.IGNORECASE
    return compile_pattern(rule.pattern, file="sections/lines.yaml", field=rule.rule, flags=flags)
