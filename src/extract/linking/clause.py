"""What a quantity is about: item, subject, predicate, change and rate, each with the rule that said so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsfacts.linking.beside import is_distance
from newsfacts.linking.change import find_change
from newsfacts.linking.changed import changed_of_noun, changed_thing
from newsfacts.linking.counted import counted_noun
from newsfacts.linking.finding import is_relative
from newsfacts.linking.gapping import (
    bracketed_share,
    compared_with,
    coordinates,
    gapped_noun,
    listed_with,
    opens_list,
    restates,
    told_with,
)
from newsfacts.linking.item import (
    ITEM_RULES,
    after_tail,
    is_age,
    is_of_which,
    of_phrase,
    of_them,
    parallel_noun,
    premodified,
)
from newsfacts.linking.levels import follows_level, level_beside, neutral_pair
from newsfacts.linking.lexicon import ChangeWords, ItemWords, SubjectWords
from newsfacts.linking.phrases import Phrase, is_noun, item_bounds, subject_bounds, without_blanks
from newsfacts.linking.pronouns import antecedent
from newsfacts.linking.rate import find_rate
from newsfacts.linking.respective import end_of_member, member_of, rank_in_list
from newsfacts.linking.scene import Reading, Scene, bracketed_noun, partner_of, scene_of
from newsfacts.linking.share import Shares, has_share, inherited
from newsfacts.linking.subject import find_subject, subject_of
from newsfacts.linking.syntax import Site, child, clause_range, is_verb, locate, verb_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from newsfacts.language import Parsed
    from newsfacts.linking.finding import Finding
    from newsfacts.model import Change, QuantityMention
    from newsfacts.rules import RuleSet

_COUNTED = frozenset({"count", "rank"})
_FURTHER = frozenset({"another", "further", "additional"})
_NOMINAL = frozenset({"change-noun-of", "change-noun-after"})
#: Rules that read the clause; what stands in brackets after a noun is no part of it.
_CLAUSAL = frozenset({"item-measured-subject", "item-object", "item-participle"})
_BESIDE = frozenset({"change-adverb", "change-comparative", "change-adverb-level"}) | _NOMINAL


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """What one quantity is about, and where it stands in the parse.

    `head` is the quantity's head token (for a count the counted noun), `verb` the verb that governs it,
    `clause` the token range [start, end) of that verb's clause in the head's Doc. `rules` names the item,
    subject and change rules that fired.
    """

    item: Phrase | None = None
    of: Phrase | None = None
    subject: Phrase | None = None
    predicate: str | None = None
    change: Change | None = None
    per: str | None = None
    head: Token | None = None
    verb: Token | None = None
    clause: tuple[int, int] = (0, 0)
    rules: tuple[str, ...] = ()


class Describer:
    """Describes quantities; built once from rules, holds no state of a document."""

    def __init__(self, items: ItemWords, changes: ChangeWords, shares: Shares) -> None:
        self._items = items
        self._changes = changes
        self._shares = shares

    @property
    def subjects(self) -> SubjectWords:
        """The words that decide about subjects."""
        return self._items.subjects

    @classmethod
    def from_rules(cls, rules: RuleSet) -> Describer:
        """Read rules/linking/item.yaml, subject.yaml, change.yaml and share.yaml."""
        items = ItemWords.from_rules(rules)
        return cls(items, ChangeWords.from_rules(rules), Shares.from_rules(rules, items))

    def describe(
        self, parsed: Parsed, mention: QuantityMention, others: Sequence[QuantityMention]
    ) -> Description:
        """Describe one mention; `others` are quantities by rising start, among them those of its sentence.

        A bracketed twin ("15,000 yuan (about 2,180 dollars)") has its partner's description.
        """
        partner = partner_of(mention, others)
        if partner is not None:
            shared = self.describe(parsed, partner, others)
            return replace(shared, rules=("twin", *shared.rules))
        site = locate(parsed, mention)
        if site is None:
            return Description(rules=("no-site",))
        scene = scene_of(parsed, site, others)
        base = self._shares.base(site)
        found = self._description(site, scene)
        return found if base is None else replace(found, of=_phrase(parsed, site, base))

    def _description(self, site: Site, scene: Scene) -> Description:
        """What is said of a quantity by itself or together with those before it."""
        before = next(iter(scene.before(site)), None)
        if before is None:
            return self._described(self._read(site, scene), scene)
        known = self._shared(site, before, scene)
        if known is not None:
            return known
        own = self._described(self._read(site, scene), scene)
        if own.item is None and own.change is None:
            return self._coordinated(own, scene)
        opening = opens_list(site, scene.before(site)) if own.subject is None else None
        if opening is None:
            return own
        return replace(own, subject=self._described(self._read(opening, scene), scene).subject)

    def _coordinated(self, own: Description, scene: Scene) -> Description:
        """ "Rose by 5 percent in Asia and 3 percent in Europe": item and change of the quantity before."""
        shared = None
        for before in _chain(scene):
            read = self._described(self._read(before, scene), scene)
            said = read.item is not None or read.change is not None
            shared = read if said else shared or read
            if said:
                break
        if shared is None:
            return own
        rules = ("coordinated", *shared.rules)
        return replace(shared, head=own.head, verb=own.verb, clause=own.clause, per=own.per, rules=rules)

    def _shared(self, site: Site, before: Site, scene: Scene) -> Description | None:
        """The description of the quantity before, where this one says it again or leaves its verb out."""
        if restates(site, before):
            shared = self._described(self._read(before, scene), scene)
            return replace(shared, rules=("restated", *shared.rules))
        if bracketed_share(site, before):
            shared = self._described(self._read(before, scene), scene)
            if shared.change is not None and shared.change.role == "by":
                return replace(shared, rules=("restated", *shared.rules))
        told = told_with(site, scene.before(site))
        if told is not None:
            shared = self._described(self._read(told, scene), scene)
            return replace(shared, rules=("coordinated", *shared.rules))
        listed = listed_with(site, scene.before(site))
        if listed is not None and site.mention.type == "count":
            return self._of_owner(site, *listed, scene)
        noun = gapped_noun(site, before)
        own = find_change(site, _node(site), self._changes) if noun is not None else None
        if noun is None or (own is not None and own.trigger.i >= before.lo):
            return None
        shared = self._described(self._read(before, scene), scene)
        if shared.change is None:
            return self._of_owner(site, *listed, scene) if listed is not None else None
        item, subject = self._item_bounds(site, noun, scene), _subject_bounds(site, noun)
        return replace(
            shared,
            item=_phrase(scene.parsed, site, item) if item is not None else None,
            subject=_phrase(scene.parsed, site, subject),
            rules=("gapped", *shared.rules[2:]),
        )

    def _of_owner(self, site: Site, owner: Token, before: Site, scene: Scene) -> Description | None:
        """What the quantity before says, of another subject."""
        shared = self._described(self._read(before, scene), scene)
        if shared.item is None and shared.subject is None:
            return None
        subject = _phrase(scene.parsed, site, _subject_bounds(site, owner))
        return replace(shared, subject=subject, rules=("gapped", *shared.rules))

    def _read(self, site: Site, scene: Scene) -> Reading:
        node = _node(site)
        itself = is_verb(node) and site.mention.type == "ratio"
        verb = node if itself else verb_of(site, node, self._changes.fillers)
        finding = find_change(site, node, self._changes)
        if finding is None:
            finding = level_beside(site, verb, self._next_change(site, scene), self._changes)
        if finding is None:
            finding = self._pair_change(site, verb, scene)
        return Reading(site, node, verb, finding)

    def _pair_change(self, site: Site, verb: Token | None, scene: Scene) -> Finding | None:
        """The change that a from-to pair shows by its values."""
        for other in (*scene.after(site)[:1], *scene.before(site)[:1]):
            found = neutral_pair(site, other, verb, self._changes)
            if found is not None:
                return found
        return None

    def _next_change(self, site: Site, scene: Scene) -> tuple[Site, Finding] | None:
        """The quantity that follows, where it is the size of a change."""
        other = next(iter(scene.after(site)), None)
        finding = find_change(other, _node(other), self._changes) if other is not None else None
        return (other, finding) if other is not None and finding is not None else None

    def _described(self, reading: Reading, scene: Scene) -> Description:
        site = reading.site
        item, item_rule = self._item(reading, scene)
        subject, subject_rule = self._subject(reading, item, scene)
        rank = rank_in_list(scene.own, scene.sites)
        item, one_item = member_of(item, rank)
        subject, one_subject = member_of(subject, rank)
        one_subject |= subject_rule == "subject-aged" and subject is not None and subject.i < site.lo
        item_at = self._item_bounds(site, item, scene, alone=one_item) if item is not None else None
        subject_at = _subject_bounds(site, subject, alone=one_subject) if subject is not None else None
        rate = "{each}" if subject_rule == "subject-each" and site.mention.per is None else None
        change_rules = (reading.finding.rule,) if reading.finding is not None else ()
        named = _phrase(scene.parsed, site, item_at) if item_at is not None else None
        base = self._shares.base(site)
        if base is None and reading.finding is not None and reading.finding.change.role == "from":
            base = self._shares.shared_base(site, (*scene.before(site)[:1], *scene.after(site)[:1]))
        return Description(
            item=named,
            of=_phrase(scene.parsed, site, base) if base is not None else inherited(named, item_rule),
            subject=_phrase(scene.parsed, site, subject_at) if subject_at is not None else None,
            predicate=_predicate(reading.verb),
            change=reading.finding.change if reading.finding is not None else None,
            per=rate or find_rate(site, item, reading.verb, next(iter(scene.after(site)), None), self._items),
            head=reading.node,
            verb=reading.verb,
            clause=clause_range(reading.verb, site.floor, site.ceiling),
            rules=(item_rule, subject_rule, *change_rules),
        )

    def _item(self, reading: Reading, scene: Scene) -> tuple[Token | None, str]:
        site = reading.site
        if reading.node is not site.head:
            return reading.node, "item-counted"
        several = of_them(site, scene.before(site), self._items)
        if several is not None:
            return several, "item-of-them"
        whole = next(iter(scene.before(site)), None) if is_of_which(site) else None
        if whole is not None:
            return self._item(self._read(whole, scene), scene)[0], "item-of-which"
        partitive = of_phrase(site, self._items)
        if partitive is not None and not self._shares.is_measured(site):
            return partitive, "item-of"
        found, rule = self._changed_item(reading, scene)
        if found is None:
            found, rule = self._named_item(reading, scene)
        if partitive is None:
            return found, rule
        return (has_share(site, found), rule) if found is not None else (partitive, "item-of")

    def _changed_item(self, reading: Reading, scene: Scene) -> tuple[Token | None, str]:
        finding = reading.finding
        if finding is None or finding.rule == "change-level":
            return None, ""
        added = self._added_to(reading, scene)
        if added is not None:
            return self._item(added, scene)[0], "item-added"
        named = changed_of_noun(reading.site, finding.trigger) if finding.rule in _NOMINAL else None
        level = self._level_before(reading, scene) if named is None else None
        if level is not None:
            return self._item(level, scene)[0], "item-level"
        changed = changed_thing(reading.site, finding, self._items)
        found = self._resolved(changed, scene) if changed is not None else None
        if (
            found is None
            and changed is not None
            and scene.at(changed) is not None
            and is_verb(finding.trigger)
        ):
            found = subject_of(finding.trigger, self._items.subjects)
        return (found, "item-changed") if found is not None else (None, "")

    def _added_to(self, reading: Reading, scene: Scene) -> Reading | None:
        """ "Mark up the price 50 percent and retailers add another 10": the change that is added to."""
        site, before = reading.site, reading.site.before()
        other = next(iter(scene.before(site)), None)
        if other is None or reading.verb is None or reading.verb.lemma_ != "add" or not is_relative(site):
            return None
        if {before.lower_ if before is not None else "", site.doc[site.lo].lower_}.isdisjoint(_FURTHER):
            return None
        read = self._read(other, scene) if other.mention.type == site.mention.type else None
        return read if read is not None and read.finding is not None else None

    def _named_item(self, reading: Reading, scene: Scene) -> tuple[Token | None, str]:
        site = reading.site
        barred = self._premodified(site) is not None
        bracketed = bracketed_noun(site, scene) is not None
        for name, rule in ITEM_RULES:
            if (barred and name != "item-premodified") or (bracketed and name in _CLAUSAL):
                continue
            found = rule(site, self._items)
            if found is not None and not site.holds(found) and found.lemma_ not in self._items.nameless:
                return self._resolved(found, scene), name
        if barred:
            return None, "item-premodifier"
        other = compared_with(site, scene.before(site), self._items.fillers)
        if other is not None:
            return self._item(self._read(other, scene), scene)[0], "item-compared"
        found = parallel_noun(site, scene.before(site), self._items)
        return found, "item-parallel" if found is not None else "item-none"

    def _level_before(self, reading: Reading, scene: Scene) -> Reading | None:
        """ "A budget of 100 billion baht, up 25 percent": the level that the change follows."""
        finding, site = reading.finding, reading.site
        other = next(iter(scene.before(site)), None)
        if other is not None and finding is not None and self._grows(finding.trigger, other):
            return self._read(other, scene)
        if finding is None or finding.rule not in _BESIDE:
            return None
        if other is None or not follows_level(site.doc[other.hi : min(site.lo, finding.trigger.i)]):
            return None
        return self._read(other, scene)

    def _grows(self, trigger: Token, level: Site) -> bool:
        """ "Imported 80,000 tons of sugar, growing 5 percent": a participle that speaks of the amount."""
        verb = trigger.head
        if trigger.tag_ != "VBG" or trigger.dep_ != "advcl" or child(trigger, "dobj", "nsubj") is not None:
            return False
        made = verb.lemma_ in self._changes.levels and verb.i < level.lo < trigger.i
        return made and level.head.dep_ in {"dobj", "nummod"} and trigger.nbor(-1).text == ","

    def _resolved(self, noun: Token, scene: Scene) -> Token | None:
        """A pronoun's noun; for a share ("95 percent of the glaciers shrank by ...") what it shares."""
        found = antecedent(noun, self._items)
        other = scene.at(found) if found is not None else None
        return of_phrase(other, self._items) if other is not None else found

    def _item_bounds(
        self, site: Site, head: Token, scene: Scene, *, alone: bool = False
    ) -> tuple[int, int] | None:
        if not is_noun(head) and head.pos_ not in {"VERB", "ADJ", "X"}:
            return None
        if site.holds(head):
            return None
        floor, ceiling = (site.floor, site.lo) if head.i < site.lo else (after_tail(site), site.ceiling)
        floor = max([floor, *(s.hi for s in scene.sites if s.hi <= head.i)])
        lo, hi = item_bounds(head, floor, end_of_member(head, ceiling) if alone else ceiling)
        if hi - lo == 1 and head.lemma_ in self._items.thin and child(head, "poss") is not None:
            lo = max(floor, head.left_edge.i)
        return lo, hi

    def _premodified(self, site: Site) -> Token | None:
        """ "The six-million-kilowatt station": what a measure describes; a distance describes nothing."""
        if is_distance(site, self._items.subjects):
            return None
        noun = premodified(site) if site.mention.type == "measure" else None
        return noun if noun is None or noun.lemma_.lower() not in self._items.marks else None

    def _subject(self, reading: Reading, item: Token | None, scene: Scene) -> tuple[Token | None, str]:
        site, finding = reading.site, reading.finding
        named = bracketed_noun(site, scene)
        if named is not None:
            return named, "subject-bracketed"
        noun = self._premodified(site) if item is None else None
        if noun is not None:
            return noun, "subject-premodified"
        if item is not None and site.mention.type == "duration" and item.i >= site.hi and is_age(site):
            return item, "subject-aged"
        trigger = finding.trigger if finding is not None else None
        if item is not None and trigger is not None and not is_verb(trigger) and item.i == trigger.i - 1:
            return item, "subject-before-adverb"
        return find_subject(site, reading.node, reading.verb, self._items.subjects)


def _chain(scene: Scene) -> list[Site]:
    """The quantities that "and" and commas join to this one on its left, nearest first."""
    chain = [scene.own]
    for before in scene.before(scene.own):
        if not coordinates(chain[-1], before):
            break
        chain.append(before)
    return chain[1:]


def _node(site: Site) -> Token:
    """The token that stands for the quantity: the counted noun of a count, else its own head."""
    counted = counted_noun(site) if site.mention.type in _COUNTED else None
    return counted if counted is not None else site.head


def _subject_bounds(site: Site, head: Token, *, alone: bool = False) -> tuple[int, int]:
    ceiling = site.lo if head.i < site.lo else site.ceiling
    return subject_bounds(head, site.floor, end_of_member(head, ceiling) if alone else ceiling)


def _phrase(parsed: Parsed, site: Site, bounds: tuple[int, int]) -> Phrase:
    lo, hi = without_blanks(site.doc, *bounds)
    first, last = site.doc[lo], site.doc[hi - 1]
    start, end = site.offset + first.idx, site.offset + last.idx + len(last)
    return Phrase(parsed.text[start:end], start, end)


def _predicate(verb: Token | None) -> str | None:
    if verb is None:
        return None
    particle = next((c for c in verb.children if c.dep_ == "prt"), None)
    lemma = verb.lemma_.lower()
    return f"{lemma} {particle.lower_}" if particle is not None else lemma
