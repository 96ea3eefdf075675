"""Finds time expressions in a parsed document and says which day, month, year ... they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from newsfacts.dates import story
from newsfacts.dates.absolute import AbsoluteDates
from newsfacts.dates.clues import Clues
from newsfacts.dates.compose import compose
from newsfacts.dates.context import Context
from newsfacts.dates.filters import is_date
from newsfacts.dates.found import Found
from newsfacts.dates.grammar import Match, Matcher
from newsfacts.dates.holidays import HolidayCalendar
from newsfacts.dates.lexer import Lexer, Token
from newsfacts.dates.notation import PARTS_OF_DAY, bounds_of, edtf_of
from newsfacts.dates.periods import Interval
from newsfacts.dates.resolvers import RESOLVERS
from newsfacts.dates.shapes import Cues, Grammar, Holidays, Lexicon, LunarDays
from newsfacts.dates.story import has_own_year
from newsfacts.errors import RulesError
from newsfacts.language.parsed import Block, Parsed
from newsfacts.model import DateMention
from newsfacts.model.mention import Relation
from newsfacts.rules import RuleSet

#: Years in which a text can have been published; others are mistakes of the input, and taken as unknown.
_PRESS = range(1500, 9000)
#: Rules of days that name their month: without value where there is no such day.
_DAYS = ("month-day", "day-month", "day-name", "nth-weekday", "year-month-day")
RELATIONS: tuple[Relation, ...] = get_args(Relation)
#: Sections whose dates do not become the time that the narrative speaks of.
_OUTSIDE_NARRATIVE = frozenset({"dateline", "header", "title", "caption"})
_BUILT_IN = (
    "iso", "slashed", "dashed", "clock", "decade", "ordinal", "day", "year", "integer", "decimal", "qcode",
    "slash",
    "possessive", "break", "holiday", "halfa",
)  # fmt: skip


def facts_dates(mentions: Sequence[DateMention]) -> list[DateMention]:
    """The mentions that are date facts by FACTS.md: points, spans, vague references, no lengths or sets."""
    return [m for m in mentions if m.timex_type in ("DATE", "TIME")]


def impossible_days(text: str, mentions: Sequence[DateMention]) -> tuple[str, ...]:
    """One message for each day that is written in full but that no calendar has ("June 31, 2018")."""
    return tuple(
        f"no such day: {text[m.start : m.end]!r}"
        for m in mentions
        if m.timex3 is None and m.edtf is None and m.rule.startswith(_DAYS)
    )


class DateFinder:
    """Finds TIMEX3 expressions. Built once from the rules; `find` keeps no state between documents."""

    def __init__(self, lexicon: Lexicon, grammar: Grammar, holidays: HolidayCalendar, cues: Cues) -> None:
        self._holidays = holidays
        self._lexer = Lexer(lexicon, self._holidays.names())
        self._matcher = Matcher(grammar, [*dict.fromkeys((*lexicon.classes, *_BUILT_IN))])
        self._relations = _relation_index(lexicon)
        self._edges = lexicon.edges
        self._ahead = {
            tuple(w.split()): (_known(a), _known(b)) for w, (a, b) in lexicon.relations_ahead.items()
        }
        self._modifiers = {tuple(words.split()): kind for words, kind in lexicon.modifiers.items()}
        self._absolute = AbsoluteDates()
        self._cues = cues
        unknown = sorted({r.resolve for r in grammar.rules} - set(RESOLVERS))
        if unknown:
            raise RulesError(f"no such resolver: {', '.join(unknown)}", file="dates/grammar.yaml")

    @classmethod
    def from_rules(cls, rules: RuleSet) -> DateFinder:
        """Read rules/dates/*.yaml. Raises RulesError for a malformed file."""
        return cls(
            rules.read("dates/lexicon.yaml", Lexicon),
            rules.read("dates/grammar.yaml", Grammar),
            HolidayCalendar(
                rules.read("dates/holidays.yaml", Holidays), rules.read("dates/lunar.yaml", LunarDays)
            ),
            rules.read("dates/cues.yaml", Cues),
        )

    def find(self, parsed: Parsed) -> list[DateMention]:
        """All time expressions in text order, of all four TIMEX3 types, none inside another.

        What depends on `document.published` is left open (`edtf` None) where that is None.
        """
        published = parsed.document.published
        plausible = published is not None and published.year in _PRESS
        known = published if plausible else None
        tokens = [self._lexer.tokens(parsed.text, b.section.start, b.section.end) for b in parsed.blocks]
        narrative = [t for t, b in zip(tokens, parsed.blocks, strict=True) if _is_narrative(b)]
        context = Context(known, self._absolute, self._holidays, self._cues, story.read(narrative, known))
        mentions: list[DateMention] = []
        for block, here in zip(parsed.blocks, tokens, strict=True):
            mentions += self._find_in_block(parsed, block, here, context)
        return mentions

    def _find_in_block(
        self, parsed: Parsed, block: Block, tokens: list[Token], context: Context
    ) -> list[DateMention]:
        context.clues = Clues(block, self._cues)
        context.story.enter_block()
        narrative = _is_narrative(block)
        found = self._scan(parsed, tokens, context, narrative)
        return [self._mention(one, tokens) for one in compose(found, tokens, self._modifiers, self._edges)]

    def _scan(self, parsed: Parsed, tokens: list[Token], context: Context, narrative: bool) -> list[Found]:
        classes = self._matcher.classes(tokens)
        found: list[Found] = []
        sentence, done = -1, 0
        for i in self._matcher.starts(classes):
            if i < done:
                continue
            candidates = self._matcher.candidates(classes, tokens, i)
            if not candidates:
                continue
            here = parsed.sentence_at(tokens[i].start)
            if here is not None and here.index != sentence:
                sentence = here.index
                context.enter_sentence(sentence)
            accepted = self._first_accepted(candidates, parsed.text, context)
            if accepted is None:
                continue
            match, one = accepted
            found.append(one)
            done = one.last
            basis = context.clues.is_basis(match) and context.measured_here is not None
            if (
                one.value.when is not None
                and not basis
                and _is_owner(match)
                and context.clues.is_basis(match)
            ):
                context.pass_by(one.value.when)
                continue
            if one.value.anchors and one.value.when is not None and not basis:
                context.speak_of(one.value.when, narrative)
                if narrative:
                    context.story.mention(match, one.value.when, has_own_year(match), context.clues)
        return found

    def _first_accepted(
        self, candidates: list[Match], text: str, context: Context
    ) -> tuple[Match, Found] | None:
        for match in candidates:
            if not is_date(match, context.clues, text, self._cues):
                continue
            value = RESOLVERS[match.rule.resolve](match, context)
            if value is not None:
                return match, Found(match.first, match.last, value, match.rule.name, context.published)
        return None

    def _mention(self, one: Found, tokens: Sequence[Token]) -> DateMention:
        value = one.value
        bounds = bounds_of(value.when) if value.when is not None else (None, None)
        return DateMention(
            start=tokens[one.first].start,
            end=tokens[one.last - 1].end,
            timex_type=value.type,
            timex3=value.timex3,
            edtf=edtf_of(value.when) if value.when is not None else value.edtf,
            date_start=bounds[0],
            date_end=bounds[1],
            part=value.part,
            part_of_day=PARTS_OF_DAY.get(value.part_of_day or ""),
            relation=self._relation(one, tokens) if value.type in ("DATE", "TIME") else None,
            rule=one.rule,
        )

    def _relation(self, one: Found, tokens: Sequence[Token]) -> Relation | None:
        """The relation that the words before the expression state, read from the longest that fits."""
        last = one.first
        if last and tokens[last - 1].kind == "the":
            last -= 1
        for size in range(min(4, last), 0, -1):
            words = tuple(token.text for token in tokens[last - size : last])
            if words in self._ahead and not isinstance(one.value.when, Interval):
                ahead, otherwise = self._ahead[words]
                return ahead if _is_ahead(one) else otherwise
            if words in self._relations:
                return None if _of_event(one, tokens) else self._relations[words]
        return None


def _is_owner(match: Match) -> bool:
    """ "up from Thursday's quotes"."""
    after = match.after()
    return after is not None and after.kind == "apos"


def _is_narrative(block: Block) -> bool:
    return block.section.kind not in _OUTSIDE_NARRATIVE


def _is_ahead(one: Found) -> bool:
    return one.now is not None and one.value.when is not None and one.value.when.start > one.now


def _of_event(one: Found, tokens: Sequence[Token]) -> bool:
    """ "after Tuesday's raid": the raid is what it comes after."""
    after = tokens[one.last] if one.last < len(tokens) else None
    before = tokens[one.first - 1].kind
    return after is not None and after.kind == "apos" and before in ("before", "after", "following")


def _relation_index(lexicon: Lexicon) -> dict[tuple[str, ...], Relation]:
    return {
        tuple(words.split()): relation
        for name, phrases in lexicon.relations.items()
        for words in phrases
        if (relation := _known(name))
    }


def _known(name: str) -> Relation | None:
    """The relation of that name; None for "none"."""
    return next((relation for relation in RELATIONS if relation == name), None)
