"""Levels and their changes: "reached 9.72 billion dollars, up 40.7 percent", "went from 500 to 800"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsfacts.linking.finding import Finding, Role, found_change
from newsfacts.linking.phrases import is_noun, is_time
from newsfacts.linking.syntax import is_verb, preceding
from newsfacts.model import Change, QuantityMention

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from newsfacts.linking.lexicon import ChangeWords
    from newsfacts.linking.syntax import Site

_OPENERS = frozenset({",", "(", "[", "--", "—", ")", "]"})
_BRACKETS = frozenset({"(", "["})
_BESIDE = frozenset(
    {"change-adverb", "change-comparative", "change-adverb-level", "change-noun-of", "change-noun-after"}
)
#: Tokens at most between a level and the change that follows it.
_MAX_BESIDE = 14
#: Tokens between a level and its change where no verb of reaching says so.
_MAX_TIGHT = 6


def neutral_pair(site: Site, other: Site, verb: Token | None, words: ChangeWords) -> Finding | None:
    """ "The wage went from 500 yuan to 800 yuan": the two values tell the direction."""
    first, second = (site, other) if site.lo < other.lo else (other, site)
    before = preceding(first, words.fillers)
    if before is None or before.lower_ != "from" or site.mention.type != other.mention.type:
        return None
    if site.doc[first.hi : second.lo].text.strip().lower() != "to" or verb is None:
        return None
    old, new = _middle(first.mention), _middle(second.mention)
    if verb.lemma_ not in words.neutral or old is None or new is None or old == new:
        return None
    role: Role = "from" if site is first else "to"
    return found_change(site, verb, "up" if new > old else "down", role, "change-values", words)


def _middle(mention: QuantityMention) -> float | None:
    """The value, of a range the middle."""
    if mention.value is not None:
        return mention.value
    bounds = (mention.low, mention.high)
    return None if bounds[0] is None or bounds[1] is None else (bounds[0] + bounds[1]) / 2


def level_beside(
    site: Site, verb: Token | None, following: tuple[Site, Finding] | None, words: ChangeWords
) -> Finding | None:
    """ "Reached 9.72 billion dollars, up 40.7 percent": the level carries up/to."""
    if following is None or site.mention.type in {"duration", "rank", "ratio"}:
        return None
    other, found = following
    if found.change.role == "to" or found.rule not in _BESIDE:
        return None
    between = site.doc[site.hi : min(other.lo, found.trigger.i)]
    level = verb is not None and verb.lemma_ in words.levels
    near = level or (len(between) <= _MAX_TIGHT and not any(is_verb(t) for t in between))
    if not near or not follows_level(between):
        return None
    return Finding(Change(found.change.direction, "to", found.change.basis), found.trigger, "change-level")


def follows_level(between: Span) -> bool:
    """Whether only a comma or bracket, a date and the like stand between a level and its change."""
    if not 0 < len(between) <= _MAX_BESIDE:
        return False
    if any(is_verb(t) and t.tag_ in {"VBD", "VBZ", "VBP"} for t in between):
        return False
    last = between[-1]
    if is_noun(last) and not is_time(last):
        return False
    commas = [t.i for t in between if t.text in _OPENERS]
    return bool(commas) and not _names_another(between, commas[0])


def _names_another(between: Span, comma: int) -> bool:
    """Whether a noun phrase of its own follows the comma: "5 billion dollars, imports up 20 percent"."""
    covered = False
    for token in between:
        if token.i <= comma:
            covered = token.text in _BRACKETS
        elif token.text in _OPENERS or token.pos_ == "ADP":
            covered = token.text in _BRACKETS or token.pos_ == "ADP"
        elif is_noun(token) and not is_time(token) and not covered:
            return True
    return False
