"""Topics: the places that a document, a paragraph and a sentence are about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsfacts.linking.elsewhere import is_team
from newsfacts.linking.place_sites import Anaphor, PlaceRules, PlaceSite, is_nested, read_anaphor

if TYPE_CHECKING:
    from newsfacts.language import Sentence
    from newsfacts.model import PlaceKind, PlaceMention

_TITLES = frozenset({"title", "header", "heading"})
_LOCATIVE = frozenset({"in", "at", "across"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(slots=True)
class Topics:
    """The places named so far, filled sentence by sentence as the document is read."""

    rules: PlaceRules
    say_verbs: frozenset[str] = frozenset()
    nations: Mapping[str, str] = field(default_factory=dict)
    #: The countries of the whole text: an adjective may belong to one that is named below, unless in a title.
    named: Sequence[PlaceMention] = ()
    document: PlaceMention | None = None
    _focus: PlaceMention | None = None
    _focus_paragraph: int = -1
    _aside: PlaceMention | None = None
    _aside_paragraph: int = -1
    _body_seen: bool = False
    _titled: bool = False
    _paragraph: int = 0
    _last: dict[PlaceKind, PlaceMention] = field(default_factory=dict)
    _provinces: dict[str, PlaceMention] = field(default_factory=dict)
    _countries: dict[str, PlaceMention] = field(default_factory=dict)

    def enter(self, sentence: Sentence) -> None:
        """Begin a sentence."""
        self._paragraph = sentence.block.section.paragraph or sentence.block.index
        self._titled = sentence.block.section.kind in _TITLES

    def leave(self, sentence: Sentence, places: Sequence[PlaceSite]) -> None:
        """End a sentence: what it was about is the topic of what follows."""
        kind = sentence.block.section.kind
        if kind == "dateline":
            return
        settings = [p for p in places if not is_team(p, self.rules.contests)]
        focus = focus_of(settings, self.say_verbs | self.rules.reporting, self.say_verbs)
        own = [p for p in places if not p.inherited]
        self._remember([p.mention for p in own])
        if focus is not None:
            self._speak_of(focus)
        if self.document is None and (kind in _TITLES or not self._body_seen):
            self.document = focus or _only(own)
        if kind not in _TITLES:
            self._body_seen = True

    def _speak_of(self, focus: PlaceMention) -> None:
        """A sentence was about a place; a market or government ("Wall Street") is for its paragraph only."""
        if focus.name.lower() in self.rules.metonyms:
            self._aside, self._aside_paragraph = focus, self._paragraph
        else:
            self._focus, self._focus_paragraph = focus, self._paragraph
            self._aside = None

    def _remember(self, named: Sequence[PlaceMention]) -> None:
        for mention in named:
            self._last[mention.kind] = mention
            if mention.kind == "admin1":
                self._provinces[mention.name] = mention
            elif mention.kind == "country":
                self._countries[mention.name] = mention

    def _latest(self, kinds: tuple[PlaceKind, ...]) -> PlaceMention | None:
        known = [self._last[kind] for kind in kinds if kind in self._last]
        return max(known, key=lambda p: p.start) if known else None

    def anaphors(self, sentence: Sentence, places: Sequence[PlaceSite]) -> list[PlaceSite]:
        """The nouns and adverbs of a sentence that stand for a place named before."""
        outer = [p for p in places if not is_nested(p, places)]
        found = []
        for token in sentence.span:
            anaphor = read_anaphor(token, self.rules)
            if anaphor is None:
                continue
            before = [p.mention for p in outer if p.hi <= token.i and not p.head.is_ancestor(token)]
            mention = self.resolve(anaphor, before)
            if mention is not None:
                found.append(PlaceSite(mention, token.i, token.i + 1, token, inherited=True))
        return found

    def resolve(self, anaphor: Anaphor, before: Sequence[PlaceMention] = ()) -> PlaceMention | None:
        """The place that an anaphor stands for: of the sentence itself (`before` it), then what is
        spoken of, then what was named last.
        """
        if not anaphor.kinds:
            return before[-1] if before else self._focus
        if (own := next((p for p in before if p.kind in anaphor.kinds), None)) is not None:
            return own
        if anaphor.members and (container := self._container(anaphor)) is not None:
            return container
        if self._focus is not None and self._focus.kind in anaphor.kinds:
            return self._focus
        return self._latest(anaphor.kinds)

    def _container(self, anaphor: Anaphor) -> PlaceMention | None:
        """The province that the places of these kinds named last lie in, where it was named."""
        member = self._latest(anaphor.members)
        return self._provinces.get(member.admin1) if member is not None and member.admin1 else None

    def inherited(self) -> PlaceMention | None:
        """The place that the paragraph, or else the document, is plainly about."""
        if self._aside is not None and self._aside_paragraph == self._paragraph:
            return self._aside
        near = self._paragraph - self._focus_paragraph <= self.rules.topic_reach
        return self._focus if near and self._focus is not None else self.document

    def nation(self, people: str) -> PlaceMention | None:
        """The country named last that an adjective or a people belongs to ("japanese", "americans")."""
        singular = people.removesuffix("s")
        names = self.rules.demonyms.get(singular, ())
        code = self.nations.get(people)

        def fits(place: PlaceMention) -> bool:
            return (code is not None and place.country == code) or _fits(singular, place.name, names)

        return self._nearest(fits)

    def _nearest(self, fits: Callable[[PlaceMention], bool]) -> PlaceMention | None:
        """The fitting country that was named last, else the first that will be."""
        before = [p for p in self._countries.values() if fits(p)]
        if before:
            return max(before, key=lambda p: p.start)
        return None if self._titled else next((p for p in self.named if fits(p)), None)

    def country(self, codes: Collection[str]) -> PlaceMention | None:
        """The country of one of these codes that was named last."""
        return self._nearest(lambda place: place.country in codes)


def _fits(adjective: str, name: str, names: Sequence[str]) -> bool:
    if names:
        return name in names
    return adjective.startswith(name.lower()[: max(4, len(name) - 2)])


def _only(places: Sequence[PlaceSite]) -> PlaceMention | None:
    """The one place that a sentence names, apart from what it lies in."""
    outer = [p for p in places if not is_nested(p, places)]
    return outer[0].mention if outer and len({p.mention.name for p in outer}) == 1 else None


def focus_of(
    places: Sequence[PlaceSite], reporting: frozenset[str], say_verbs: frozenset[str]
) -> PlaceMention | None:
    """The place that a sentence is about: its subject's, then where its clause is set; None otherwise.

    Where something was said or published is no topic.
    """
    ranked = [(rank, p.lo, p) for p in places if (rank := _rank(p, reporting, say_verbs)) is not None]
    return min(ranked, key=lambda r: r[:2])[2].mention if ranked else None


def _rank(place: PlaceSite, reporting: frozenset[str], say_verbs: frozenset[str]) -> int | None:
    """How much of a topic a place is: 0 the subject or its owner, 1 the scene set first, 2 later, 3 else."""
    token, prepositions = place.head, 0
    for _ in range(12):
        if token.dep_ in _SUBJECTS and token.head.dep_ in {"ROOT", "ccomp", "conj"}:
            speaks = prepositions > 0 and token.head.lemma_.lower() in say_verbs
            return None if speaks else prepositions
        if token.head.i == token.i:
            return 3
        if token.dep_ == "prep":
            if token.head.dep_ in {"ROOT", "ccomp"} and token.lower_ in _LOCATIVE:
                if token.i > token.head.i and token.head.lemma_.lower() in reporting:
                    return None
                return 1 if token.i < token.head.i else 2
            prepositions += 1
            if prepositions > 1 or token.lower_ not in _LOCATIVE | {"of"}:
                return None
        if token.dep_ in {"acl", "relcl", "advcl", "pcomp"}:
            return None
        token = token.head
    return None
