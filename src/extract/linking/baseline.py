"""Baselines: what a change starts from or a figure is compared with ("from 3 million in 2003")."""

from __future__ import annotations

from collections.abc import Sequence

from newsfacts.linking.clause import Description
from newsfacts.linking.comparison import DateSite, TimeRules
from newsfacts.linking.syntax import Site

_MAX_GAP = 5
_MAX_BACK = 4
_SKIPPED = frozenset({"DET", "ADJ", "ADV", "PRON"})
_PASSIVE_LINKS = frozenset({"with", "to"})


def is_baseline(site: Site, description: Description, first: bool, rules: TimeRules) -> bool:
    """Whether the quantity is the value of another time that this one is measured by.

    `first` says that no quantity stands before it in its sentence: then nothing is compared with it.
    """
    if description.change is not None and description.change.role == "from":
        return True
    if first:
        return False
    for steps in range(1, _MAX_BACK + 1):
        token = site.before(steps)
        if token is None:
            return False
        if token.lower_ in rules.comparison_words:
            return True
        if token.pos_ not in _SKIPPED and token.lower_ not in _PASSIVE_LINKS:
            return _is_reference(site, steps, rules)
    return False


def _is_reference(site: Site, steps: int, rules: TimeRules) -> bool:
    """ "... from the current level of eight percent"."""
    words = [t for n in range(steps, steps + 5) if (t := site.before(n)) is not None]
    if not words or words[0].lower_ not in {"of", "at"} or len(words) < 3:
        return False
    named = words[1].lemma_.lower() in rules.reference_nouns
    return named and any(w.lower_ in rules.comparison_words | {"from"} for w in words[2:])


def date_of(site: Site, dates: Sequence[DateSite]) -> DateSite | None:
    """The date that directly follows a baseline: "from 3 million in 2003"."""
    for date in dates:
        gap = site.doc[site.hi : date.lo] if 0 <= date.lo - site.hi <= _MAX_GAP else None
        if gap is not None and all(
            t.pos_ in {"ADP", "DET", "NOUN", "PROPN"} or t.lower_ == "recorded" for t in gap
        ):
            return date
    return None
