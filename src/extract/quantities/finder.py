"""Finds the quantities of a document: one lexer pass, then named rules (FACTS.md sections 2 and 3)."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsfacts.language import Parsed
from newsfacts.language.parsed import Block
from newsfacts.model import QuantityMention
from newsfacts.model.mention import Span
from newsfacts.quantities.amounts import Amount, AmountReader
from newsfacts.quantities.digits import plain
from newsfacts.quantities.filters import FilterFile, Filters
from newsfacts.quantities.governors import GovernorFile, Governors
from newsfacts.quantities.lengths import compound
from newsfacts.quantities.lexer import NUMBER, Tokens, lex
from newsfacts.quantities.modifiers import ModifierFile, Modifiers, bounds
from newsfacts.quantities.money import Currencies, CurrencyFile, Evidence
from newsfacts.quantities.names import NameFile, Names
from newsfacts.quantities.numbers import NumberReader, NumberWords
from newsfacts.quantities.ranges import RangeFile, Ranges
from newsfacts.quantities.ranks import RankFile, Ranks
from newsfacts.quantities.rates import RateFile, Rates
from newsfacts.quantities.ratios import RatioFile, Ratios
from newsfacts.quantities.senses import SenseFile, Senses, below_zero
from newsfacts.quantities.statistics import StatisticFile, Statistics
from newsfacts.quantities.twins import localised, paired
from newsfacts.quantities.units import UnitFile, UnitTable
from newsfacts.rules import RuleSet

#: Every name that a mention's `rule` may carry.
RULES = frozenset(
    {
        "money-symbol-before",
        "money-word-after",
        "percent",
        "measure-unit",
        "index-level",
        "duration",
        "age",
        "count",
    }
    | {f"range-{kind}" for kind in ("money", "percent", "measure", "duration", "count", "ratio")}
    | {f"ratio-{kind}" for kind in ("fraction", "share", "times", "fold", "verb", "multiple")}
    | {f"rank-{kind}" for kind in ("top", "number", "ordinal", "superlative")}
)


#: Sections whose capitals are a matter of style.
HEADED = frozenset({"title", "header", "heading"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A number that is no quantity, and the name of the filter that says so."""

    start: int
    end: int
    filter: str


class Blocked:
    """Spans in which no quantity may start."""

    def __init__(self, spans: Sequence[Span]) -> None:
        pairs = sorted((s.start, s.end) for s in spans)
        self._starts = [start for start, _ in pairs]
        self._ends: list[int] = []
        furthest = 0
        for _, end in pairs:
            furthest = max(furthest, end)
            self._ends.append(furthest)

    def holds(self, char: int) -> bool:
        """Whether the character lies in one of the spans."""
        i = bisect_right(self._starts, char) - 1
        return i >= 0 and char < self._ends[i]


class QuantityFinder:
    """Built once from rules, called once per document."""

    def __init__(
        self, numbers: NumberReader, amounts: AmountReader, ratios: Ratios, ranks: Ranks, ranges: Ranges,
        modifiers: Modifiers, governors: Governors, rates: Rates, filters: Filters, senses: Senses,
        currencies: Currencies, statistics: Statistics,
    ) -> None:  # fmt: skip
        self._numbers = numbers
        self._amounts = amounts
        self._ratios = ratios
        self._ranks = ranks
        self._ranges = ranges
        self._modifiers = modifiers
        self._governors = governors
        self._rates = rates
        self._filters = filters
        self._senses = senses
        self._currencies = currencies
        self._statistics = statistics
        self.rules = RULES
        self._starters = numbers.starters | ratios.starters | ranks.starters

    @classmethod
    def from_rules(cls, rules: RuleSet) -> QuantityFinder:
        """Read rules/quantities/*.yaml. Raises RulesError that names file, line and field of a mistake."""
        words = rules.read("quantities/numbers.yaml", NumberWords)
        numbers = NumberReader(words)
        common = rules.read("quantities/units.yaml", UnitFile)
        units = UnitTable(common, rules.read("quantities/units_catalogue.yaml", UnitFile))
        currencies = Currencies(rules.read("quantities/currencies.yaml", CurrencyFile))
        return cls(
            numbers,
            AmountReader(numbers, units, currencies, common.adjectives),
            Ratios(rules.read("quantities/ratios.yaml", RatioFile)),
            Ranks(rules.read("quantities/ranks.yaml", RankFile), words.ordinals, numbers),
            Ranges(rules.read("quantities/ranges.yaml", RangeFile)),
            Modifiers(rules.read("quantities/modifiers.yaml", ModifierFile)),
            Governors(rules.read("quantities/governors.yaml", GovernorFile)),
            Rates(rules.read("quantities/rates.yaml", RateFile), units, currencies, numbers),
            Filters(
                rules.read("quantities/filters.yaml", FilterFile),
                Names(rules.read("quantities/names.yaml", NameFile)),
            ),
            Senses(rules.read("quantities/senses.yaml", SenseFile)),
            currencies,
            Statistics(rules.read("quantities/statistics.yaml", StatisticFile)),
        )

    def find(self, parsed: Parsed, blocked: Sequence[Span]) -> list[QuantityMention]:
        """The quantities, sorted, without overlaps. None starts inside a span of `blocked`."""
        shut = Blocked(blocked)
        blocks, evidence = self._lexed(parsed)
        found: list[QuantityMention] = []
        for block, tokens in blocks:
            title = block.section.kind in HEADED
            amounts = self._amounts_of(tokens, block.offset, shut, evidence, title=title)
            found.extend(_mention(tokens, amount, block.offset, amounts) for amount in amounts)
        return found

    def read(self, text: str) -> list[QuantityMention]:
        """The quantities of a short text by itself: a table's cell, a unit as "1 million dollars"."""
        tokens = lex(text)
        amounts = self._amounts_of(tokens, 0, Blocked(()), self._evidence([tokens]), title=False)
        return [_mention(tokens, amount, 0, amounts) for amount in amounts]

    def refused(self, parsed: Parsed, blocked: Sequence[Span]) -> list[Refusal]:
        """What almost became a quantity: candidates outside `blocked`, with the filter that refused each."""
        shut = Blocked(blocked)
        blocks, evidence = self._lexed(parsed)
        return [
            Refusal(b.offset + tokens.start[amount.first], b.offset + tokens.end[amount.last - 1], refusal)
            for b, tokens in blocks
            for amount, refusal in self._judged(
                tokens, b.offset, shut, evidence, title=b.section.kind in HEADED
            )
            if refusal is not None
        ]

    def _lexed(self, parsed: Parsed) -> tuple[list[tuple[Block, Tokens]], Evidence]:
        """The tokens of every block, and what all of them together say of ambiguous currencies."""
        blocks = [(b, lex(parsed.text[b.section.start : b.section.end])) for b in parsed.blocks]
        return blocks, self._evidence([tokens for _, tokens in blocks])

    def _evidence(self, blocks: list[Tokens]) -> Evidence:
        counts: Counter[str] = Counter()
        explicit: Counter[str] = Counter()
        for tokens in blocks:
            counts.update(self._currencies.evidence(tokens))
            explicit.update(self._currencies.explicit(tokens))
        return Evidence(counts, explicit)

    def _amounts_of(
        self, tokens: Tokens, offset: int, shut: Blocked, evidence: Evidence, *, title: bool
    ) -> list[Amount]:
        judged = self._judged(tokens, offset, shut, evidence, title=title)
        kept = [self._senses.level(tokens, amount) for amount, refusal in judged if refusal is None]
        kept = self._governors.govern(tokens, kept)
        kept = self._rates.exchanged(tokens, kept, evidence)
        rated = [replace(a, per=a.per or self._rates.find(tokens, a, evidence)) for a in kept]
        rated = self._rates.absorb(tokens, rated)
        local = evidence.converted(self._currencies.dollars)
        return paired(tokens, localised(tokens, rated, local), self._ranges, self._modifiers)

    def _judged(
        self, tokens: Tokens, offset: int, shut: Blocked, evidence: Evidence, *, title: bool
    ) -> Iterator[tuple[Amount, str | None]]:
        """Every candidate with the name of the filter that refuses it; None where it is a quantity."""
        end = 0  # of the span that was last accepted
        accepted: Amount | None = None
        for amount in self._joined(tokens, self._scan(tokens, offset, shut, evidence)):
            if amount.first < end:
                continue
            candidate = self._modified(tokens, below_zero(tokens, amount), end)
            candidate = self._senses.age(tokens, self._senses.scale(tokens, candidate))
            candidate = self._senses.aged(tokens, accepted, candidate)
            refusal = self._refusal(tokens, candidate, title=title)
            if refusal is None:
                end, accepted = candidate.span_last, candidate
            yield candidate, refusal

    def _refusal(self, tokens: Tokens, amount: Amount, *, title: bool) -> str | None:
        if self._statistics.is_statistic(tokens, amount):
            return "statistic"
        sample = self._statistics.is_sample(tokens, amount)
        refusal = None if sample else self._filters.reason(tokens, amount, title=title)
        if refusal is None and amount.rule == "ratio-fraction":
            return None if self._ratios.fraction_is_meant(tokens, amount) else "fraction-of-nothing"
        return refusal

    def _scan(self, tokens: Tokens, offset: int, shut: Blocked, evidence: Evidence) -> list[Amount]:
        """Every number, rank and multiple, left to right."""
        out: list[Amount] = []
        i, n = 0, len(tokens)
        kind, low, starters = tokens.kind, tokens.low, self._starters
        while i < n:
            if (kind[i] == NUMBER or low[i] in starters) and not shut.holds(offset + tokens.start[i]):
                amount = self._at(tokens, i, evidence)
                if amount is not None and not shut.holds(offset + tokens.start[amount.number.first]):
                    if out and amount.first < out[-1].last:
                        amount = replace(amount, first=out[-1].last)
                    out.append(amount)
                    i = max(amount.last, i + 1)
                    continue
            i += 1
        return out

    def _at(self, tokens: Tokens, i: int, evidence: Evidence) -> Amount | None:
        if tokens.kind[i] == NUMBER or tokens.low[i] in self._ranks.starters:
            rank = self._ranks.read(tokens, i)
            if rank is not None:
                return rank
        if tokens.low[i] in self._ratios.starters:
            return self._ratios.word(tokens, i)
        number = self._numbers.read(tokens, i)
        if number is None:
            return None
        return self._ratios.around(tokens, self._amounts.read(tokens, number, evidence))

    def _joined(self, tokens: Tokens, amounts: list[Amount]) -> list[Amount]:
        out: list[Amount] = []
        for amount in amounts:
            whole = self._completed(tokens, out, amount) if out else None
            if whole is not None:
                out[-1] = whole
                continue
            share = self._ratios.share(tokens, out[-1], amount) if out else None
            if share is not None:
                out[-1] = share
            else:
                out.append(amount)
        return self._statistics.spread(tokens, self._ranges.join(tokens, out))

    def _completed(self, tokens: Tokens, done: list[Amount], right: Amount) -> Amount | None:
        """One amount of the last two, where the second only goes on with the first."""
        left, before = done[-1], done[-2] if len(done) > 1 else None
        return (
            self._senses.slipped(tokens, left, right)
            or compound(tokens, before, left, right)
            or self._statistics.tolerance(tokens, left, right)
        )

    def _modified(self, tokens: Tokens, amount: Amount, floor: int) -> Amount:
        """Add the modifiers beside the number; the span grows over them."""
        if amount.type == "rank":
            return replace(amount, span_first=amount.first, span_last=amount.last)
        before = self._modifiers.before(tokens, amount.first)
        if before is not None and self._modifiers.doubtful(tokens, before, amount):
            before = None
        after = self._modifiers.after(tokens, amount.last)
        first = before.edge if before is not None and before.edge >= floor else amount.first
        last = after.edge if after is not None else amount.last
        if before is not None and first == before.edge:
            modifier = before.modifier
        else:
            modifier = after.modifier if after is not None else amount.modifier
        return replace(amount, modifier=modifier, modified=modifier != "=", span_first=first, span_last=last)


def _mention(tokens: Tokens, amount: Amount, offset: int, amounts: list[Amount]) -> QuantityMention:
    value = plain(amount.value) if amount.value is not None else None
    if value is None or amount.low is not None:
        low = plain(amount.low) if amount.low is not None else None
        high = plain(amount.high) if amount.high is not None else None
    else:
        low, high = bounds(amount.modifier, value)
    twin = amounts[amount.twin] if amount.twin is not None else None
    return QuantityMention(
        start=offset + tokens.start[amount.span_first],
        end=offset + tokens.end[amount.span_last - 1],
        type=amount.type,
        value=value,
        low=low,
        high=high,
        modifier=amount.modifier,
        unit=amount.unit,
        per=amount.per,
        number_start=offset + tokens.start[amount.first],
        number_end=offset + tokens.end[amount.last - 1],
        twin=offset + tokens.start[twin.span_first] if twin is not None else None,
        rule=amount.rule,
    )
