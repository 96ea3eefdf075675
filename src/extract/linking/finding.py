"""A change that was found: its direction, what the number is of it, and the word that says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from newsfacts.linking.phrases import is_noun
from newsfacts.linking.syntax import Site
from newsfacts.model import Change

if TYPE_CHECKING:
    from spacy.tokens import Token

    from newsfacts.linking.lexicon import Basis, ChangeWords, Direction

Role = Literal["by", "to", "from"]

#: Tokens on either side of a mention among which the basis of its change is looked for.
_BASIS_WINDOW = 40
#: Characters from the last token of a percentage to a date right behind it.
_BESIDE = 16
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """A change with the word that says it and the rule that found it."""

    change: Change
    trigger: Token
    rule: str


def found_change(
    site: Site, trigger: Token, direction: Direction, role: Role, rule: str, words: ChangeWords
) -> Finding:
    """A finding with its basis."""
    return Finding(Change(direction, role, find_basis(site, words)), trigger, rule)


def find_basis(site: Site, words: ChangeWords) -> Basis | None:
    """What the change is compared with, by the cue nearest to the mention in its sentence."""
    window = site.doc[max(site.floor, site.lo - _BASIS_WINDOW) : min(site.ceiling, site.hi + _BASIS_WINDOW)]
    text, offset = window.text, window.start_char
    last = site.doc[site.hi - 1]
    at, stop = site.doc[site.lo].idx - offset, last.idx - offset
    best: tuple[int, Basis] | None = None
    for basis, pattern in words.basis:
        for match in pattern.finditer(text):
            if match[0].lower() in words.dated and not _is_compared(site, text, match, stop, words):
                continue
            distance = match.start() - stop if match.start() >= at else 2 * (at - match.end())
            if best is None or distance < best[0]:
                best = (distance, basis)
    if best is None and words.years.search(text) and _one_year(text):
        return "yoy"
    return best[1] if best else None


def _one_year(text: str) -> bool:
    """Whether no years but one, or one and the year before it, are named."""
    years = {int(year) for year in _YEAR.findall(text)}
    return not years or max(years) - min(years) <= 1


def _is_compared(site: Site, text: str, cue: re.Match[str], stop: int, words: ChangeWords) -> bool:
    """ "From the previous month", "rose 0.3 percent last month"; not "a strike held the previous month"."""
    before = text[max(0, cue.start() - 24) : cue.start()].lower().split()
    beside = 0 <= cue.start() - stop <= _BESIDE and is_relative(site)
    return beside or not words.versus.isdisjoint(before[-3:])


def direction_of(token: Token, words: ChangeWords) -> Direction | None:
    """The direction that a verb or noun gives by itself, or a verb with "up" or "down"."""
    lemma = token.lemma_.lower()
    if is_noun(token):
        return words.nouns.get(lemma) or words.verbs.get(lemma) or words.guarded_nouns.get(lemma)
    if lemma in words.particle_verbs and (particle := particle_of(token)) is not None:
        return particle
    return words.verbs.get(lemma) or words.guarded.get(lemma)


def particle_of(verb: Token) -> Direction | None:
    """The direction of an adverb right behind a verb: "shot up", "moved down"."""
    following = verb.nbor(1).lower_ if verb.i + 1 < len(verb.doc) else ""
    return "up" if following == "up" else ("down" if following == "down" else None)


def is_change_verb(token: Token, words: ChangeWords) -> bool:
    """Whether the lemma is a verb of change, guarded or not."""
    lemma = token.lemma_.lower()
    return lemma in words.verbs or lemma in words.guarded


def is_relative(site: Site) -> bool:
    """Whether the mention is itself a measure of change: a percentage, points, a multiple."""
    return site.mention.type in {"percent", "ratio"} or site.mention.unit in {"{point}", "[pt]"}
