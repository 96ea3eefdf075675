"""The base of a share: what a percentage or ratio is a part or multiple of ("3.5 percent of GDP": GDP)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from newsfacts.linking.item import of_phrase
from newsfacts.linking.phrases import Phrase, is_noun, item_bounds
from newsfacts.linking.syntax import child, climb, is_verb

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

    from newsfacts.linking.lexicon import ItemWords
    from newsfacts.linking.syntax import Site
    from newsfacts.model import QuantityMention
    from newsfacts.rules import RuleSet

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DETERMINERS = frozenset({"DET", "PRON"})
#: Rules whose item is what an earlier share or count of the sentence is taken of.
_TAKEN_BEFORE = frozenset({"item-of-them", "item-of-which", "item-parallel"})


class ShareFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/share.yaml."""

    yardsticks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """Tells bases, and those that are mere yardsticks."""

    items: ItemWords
    yardsticks: tuple[str, ...]

    @classmethod
    def from_rules(cls, rules: RuleSet, items: ItemWords) -> Shares:
        """Read rules/linking/share.yaml."""
        words = rules.read("linking/share.yaml", ShareFile).yardsticks
        return cls(items, tuple(word.lower() for word in words))

    def base(self, site: Site) -> tuple[int, int] | None:
        """The base that stands behind a share, as token bounds [lo, hi) with its determiner or owner.

        "40 percent of the loans", "half the loans"; not "doubled the loans".
        """
        noun = self._noun(site)
        if noun is None:
            return None
        behind = site.doc[site.hi : noun.i]
        marks = [t for t in behind if t.lower_ == "of"] or [t for t in behind if t.pos_ in _DETERMINERS]
        first = marks[0].i + (marks[0].lower_ == "of") if marks else noun.i
        return first, item_bounds(noun, first, site.ceiling)[1]

    def shared_base(self, site: Site, neighbours: Iterable[Site]) -> tuple[int, int] | None:
        """ "54 percent of exports, up from 26 percent": the base of the level that a change starts from.

        `neighbours` are the quantities on both sides, the nearest first.
        """
        kin = (s for s in neighbours if s.mention.unit == site.mention.unit and is_share(s.mention))
        return next((base for s in kin if (base := self.base(s)) is not None), None)

    def is_measured(self, site: Site) -> bool:
        """ "A deficit of 3.5 percent of GDP": the base only measures something else, which has the share."""
        noun = self._noun(site)
        if noun is None:
            return False
        words = " ".join(token.lower_ for token in site.doc[site.hi : noun.i + 1])
        return any(words.endswith(f" {word}") for word in self.yardsticks)

    def _noun(self, site: Site) -> Token | None:
        if not is_share(site.mention) or is_verb(site.head):
            return None
        noun = of_phrase(site, self.items)
        return noun if noun is not None and noun.i >= site.hi else None


def is_share(mention: QuantityMention) -> bool:
    """Whether a quantity can be a share of something."""
    return mention.type in {"percent", "ratio"}


def has_share(site: Site, noun: Token) -> Token:
    """ "They ran up deficits in excess of 3 percent of GDP": the object between subject and share, if any."""
    verb = next((t for t in climb(site.head) if is_verb(t)), None) if noun.dep_ in _SUBJECTS else None
    held = child(verb, "dobj") if verb is not None else None
    return held if held is not None and is_noun(held) and noun.i < held.i < site.lo else noun


def inherited(item: Phrase | None, rule: str) -> Phrase | None:
    """ "12 models, half of them new": the base that was named before, which then is the item."""
    return item if rule in _TAKEN_BEFORE else None
