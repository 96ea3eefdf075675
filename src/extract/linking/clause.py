"""What a quantity is about: item, subject, predicate, change and rate, each with the rule that said so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.linking.change import Finding, find_change, follows_level, level_beside
from extract.linking.item import (
    ITEM_RULES,
    antecedent,
    changed_thing,
    counted_noun,
    naming_noun,
    of_phrase,
    parallel_noun,
    premodified,
)
from extract.linking.lexicon import ChangeWords, ItemWords
from extract.linking.phrases import Phrase, is_noun, item_bounds, subject_bounds
from extract.linking.subject import find_subject
from extract.linking.syntax import Site, child, clause_range, is_verb, locate, verb_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from extract.language import Parsed
    from extract.model import Change, QuantityMention
    from extract.rules import RuleSet


#: Tokens at most between a level and the change that follows it.
_MAX_BESIDE = 14


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """What one quantity is about, and where it stands in the parse.

    `head` is the quantity's head token (for a count the counted noun), `verb` the verb that governs it,
    `clause` the token range [start, end) of that verb's clause in the head's Doc.
    """

    item: Phrase | None = None
    subject: Phrase | None = None
    predicate: str | None = None
    change: Change | None = None
    per: str | None = None
    head: Token | None = None
    verb: Token | None = None
    clause: tuple[int, int] = (0, 0)
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    site: Site
    node: Token
    verb: Token | None
    finding: Finding | None


class Describer:
    """Describes quantities; built once from rules, holds no state of a document."""

    def __init__(self, items: ItemWords, changes: ChangeWords) -> None:
        self._items = items
        self._changes = changes

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Describer:
        """Read rules/linking/item.yaml and change.yaml."""
        return cls(ItemWords.from_rules(rules), ChangeWords.from_rules(rules))

    def describe(
        self, parsed: Parsed, mention: QuantityMention, others: Sequence[QuantityMention]
    ) -> Description:
        """Describe one mention; `others` are the quantities of its sentence (itself may be among them)."""
        if mention.twin is not None:
            partner = next((o for o in others if o.start == mention.twin and o.twin is None), None)
            if partner is not None and partner.start != mention.start:
                return self._as_partner(parsed, mention, partner, others)
        site = locate(parsed, mention)
        if site is None:
            return Description(rules=("no-site",))
        reading = self._read(site, parsed, others)
        return self._described(reading, parsed, others)

    def _as_partner(
        self,
        parsed: Parsed,
        mention: QuantityMention,
        partner: QuantityMention,
        others: Sequence[QuantityMention],
    ) -> Description:
        shared = self.describe(parsed, partner, others)
        return replace(shared, rules=("twin", *shared.rules))

    def _read(self, site: Site, parsed: Parsed, others: Sequence[QuantityMention]) -> _Reading:
        node = _node(site)
        verb = node if is_verb(node) else verb_of(site, node, self._changes.fillers)
        finding = find_change(site, node, self._changes)
        if finding is None:
            finding = level_beside(site, verb, self._later(site, parsed, others), self._changes)
        return _Reading(site, node, verb, finding)

    def _later(
        self, site: Site, parsed: Parsed, others: Sequence[QuantityMention]
    ) -> list[tuple[Site, Finding]]:
        found = []
        for other in others:
            if other.start <= site.mention.start or other.twin is not None:
                continue
            there = locate(parsed, other)
            if there is None or there.floor != site.floor or there.doc is not site.doc:
                continue
            finding = find_change(there, _node(there), self._changes)
            if finding is not None:
                found.append((there, finding))
            else:
                break
        return found

    def _described(self, reading: _Reading, parsed: Parsed, others: Sequence[QuantityMention]) -> Description:
        site = reading.site
        item_head, item_rule = self._item(reading, parsed, others)
        subject_head, subject_rule = self._subject(reading, item_head, item_rule)
        item = self._item_phrase(site, item_head)
        subject = None
        if subject_head is not None:
            subject = _phrase(
                parsed, site, subject_bounds(subject_head, site.floor, _ceiling(site, subject_head))
            )
        rules = [item_rule, subject_rule]
        if reading.finding is not None:
            rules.append(reading.finding.rule)
        return Description(
            item=_phrase(parsed, site, item) if item else None,
            subject=subject,
            predicate=_predicate(reading.verb),
            change=reading.finding.change if reading.finding else None,
            per=self._per(reading, item_head, subject_rule),
            head=reading.node,
            verb=reading.verb,
            clause=clause_range(reading.verb, site.floor, site.ceiling),
            rules=tuple(rules),
        )

    def _item(
        self, reading: _Reading, parsed: Parsed, others: Sequence[QuantityMention]
    ) -> tuple[Token | None, str]:
        site = reading.site
        if reading.node is not site.head:
            return reading.node, "item-counted"
        partitive = of_phrase(site, self._items)
        if partitive is not None:
            return partitive, "item-of"
        finding = reading.finding
        if (finding is not None and finding.change.role != "to") or (finding and is_verb(finding.trigger)):
            changed = changed_thing(site, finding, self._items)
            if changed is not None:
                changed = self._beyond(site, antecedent(changed, self._items), parsed, others)
                return changed, "item-changed"
        if site.mention.type == "measure" and premodified(site) is not None:
            return None, "item-premodifier"
        for name, rule in ITEM_RULES:
            found = rule(site, self._items)
            if found is not None and not site.holds(found):
                return self._beyond(site, antecedent(found, self._items), parsed, others), name
        found = parallel_noun(site, self._earlier(site, parsed, others), self._items)
        return found, "item-parallel" if found is not None else "item-none"

    def _level_before(
        self, reading: _Reading, parsed: Parsed, others: Sequence[QuantityMention]
    ) -> Token | None:
        """ "A budget of 100 billion baht, up 25 percent": the item of the level that the change follows."""
        finding, site = reading.finding, reading.site
        if finding is None or finding.rule not in {"change-adverb", "change-comparative"}:
            return None
        for other in self._earlier(site, parsed, others)[:1]:
            between = site.doc[other.hi : min(site.lo, finding.trigger.i)]
            if len(between) and len(between) <= _MAX_BESIDE and follows_level(between):
                return self._item(self._read(other, parsed, others), parsed, others)[0]
        return None

    def _beyond(
        self, site: Site, noun: Token | None, parsed: Parsed, others: Sequence[QuantityMention]
    ) -> Token | None:
        """ "95 percent of the glaciers shrank by 4 metres": not the percentage shrank but the glaciers."""
        if noun is None:
            return None
        at = site.offset + noun.idx
        other = next((o for o in others if o.start <= at < o.end), None)
        there = locate(parsed, other) if other is not None else None
        return of_phrase(there, self._items) if there is not None else noun

    def _earlier(self, site: Site, parsed: Parsed, others: Sequence[QuantityMention]) -> list[Site]:
        """The sites before this one in its sentence, nearest first."""
        sites = [locate(parsed, o) for o in others if o.start < site.mention.start and o.twin is None]
        return [s for s in reversed(sites) if s is not None and s.doc is site.doc and s.floor == site.floor]

    def _item_phrase(self, site: Site, head: Token | None) -> tuple[int, int] | None:
        if head is None or (not is_noun(head) and head.pos_ not in {"VERB", "ADJ", "X"}):
            return None
        if head.i < site.lo:
            lo, hi = item_bounds(head, site.floor, site.lo)
        elif head.i >= site.hi:
            lo, hi = item_bounds(head, site.hi, site.ceiling)
        else:
            return None
        if hi - lo == 1 and head.lemma_ in self._items.thin and child(head, "poss") is not None:
            lo = (
                max(site.floor, min(lo, head.left_edge.i))
                if head.i < site.lo
                else max(site.hi, head.left_edge.i)
            )
        return lo, hi

    def _subject(self, reading: _Reading, item: Token | None, rule: str) -> tuple[Token | None, str]:
        site = reading.site
        if site.mention.type == "measure" and item is None:
            noun = premodified(site)
            if noun is not None:
                return noun, "subject-premodified"
        trigger = reading.finding.trigger if reading.finding is not None else None
        if item is not None and trigger is not None and not is_verb(trigger) and item.i == trigger.i - 1:
            return item, "subject-before-adverb"
        return find_subject(site, reading.node, reading.verb, self._items.subjects)

    def _per(self, reading: _Reading, item: Token | None, subject_rule: str) -> str | None:
        mention = reading.site.mention
        if mention.per is not None or mention.type not in {"money", "count", "measure"}:
            return None
        for noun in (item, naming_noun(reading.site, self._items)):
            if noun is not None and {noun.lemma_.lower(), noun.lower_} & self._items.rated:
                for token in noun.lefts:
                    if token.lower_ in self._items.rates:
                        return self._items.rates[token.lower_]
        if subject_rule == "subject-each":
            return "{each}"
        return self._per_following(reading.site) or self._per_adverb(reading)

    def _per_following(self, site: Site) -> str | None:
        """ "500 boxes a day", "less coal burnt each year": a rate a few words after the mention."""
        for i in range(site.hi, min(site.ceiling - 1, site.hi + 7)):
            token, following = site.doc[i], site.doc[i + 1]
            if token.lower_ in self._items.rates and token.pos_ == "ADV":
                return self._items.rates[token.lower_]
            if (
                token.lower_ in {"each", "every", "per", "a", "an"}
                and following.lemma_ in self._items.periods
            ):
                past = i + 2 < site.ceiling and site.doc[i + 2].lower_ in {
                    "ago",
                    "earlier",
                    "before",
                    "later",
                    "-",
                }
                return None if past else self._items.periods[following.lemma_]
            if token.text in {",", ";"} or (is_verb(token) and token.tag_ in {"VBD", "VBZ", "VBP"}):
                return None
        return None

    def _per_adverb(self, reading: _Reading) -> str | None:
        verb = reading.verb
        if verb is None:
            return None
        for token in verb.rights:
            if token.dep_ == "advmod" and token.lower_ in self._items.rates:
                return self._items.rates[token.lower_]
            every = any(c.lower_ in {"each", "every"} for c in token.lefts)
            if token.dep_ == "npadvmod" and every and token.lemma_ in self._items.periods:
                return self._items.periods[token.lemma_]
        return None


def _node(site: Site) -> Token:
    """The token that stands for the quantity: the counted noun of a count, else its own head."""
    if site.mention.type in {"count", "rank"}:
        counted = counted_noun(site)
        if counted is not None:
            return counted
    return site.head


def _ceiling(site: Site, head: Token) -> int:
    return site.lo if head.i < site.lo else site.ceiling


def _phrase(parsed: Parsed, site: Site, bounds: tuple[int, int]) -> Phrase:
    first, last = site.doc[bounds[0]], site.doc[bounds[1] - 1]
    start, end = site.offset + first.idx, site.offset + last.idx + len(last)
    return Phrase(parsed.text[start:end], start, end)


def _predicate(verb: Token | None) -> str | None:
    if verb is None:
        return None
    particle = next((c for c in verb.children if c.dep_ == "prt"), None)
    lemma = verb.lemma_.lower()
    return f"{lemma} {particle.lower_}" if particle is not None else lemma
