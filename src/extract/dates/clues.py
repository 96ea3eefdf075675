"""What the words around an expression say: the direction of its clause, comparisons, "today" as nowadays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from newsfacts.dates.grammar import Match
from newsfacts.dates.lexer import Token
from newsfacts.dates.shapes import Cues
from newsfacts.language.parsed import Block

if TYPE_CHECKING:
    from spacy.tokens import Token as SpacyToken

#: planned: announced, so future unless that day has just been; open: a modal or infinitive, so the nearest.
Direction = Literal["past", "present", "future", "planned", "open"]

_STEPS = 10
_REACH = 14
_SPORT_REACH = 30
_NEAR = 5
_COMPARED_REACH = 24
_NUMBERS = frozenset({"day", "integer", "decimal", "numword", "year"})
_QUOTES = "\"'`“‘«"


class Clues:
    """Reads the neighbourhood of expressions in a block: spaCy's tags where there are any, else cue words."""

    def __init__(self, block: Block, cues: Cues) -> None:
        self._cues = cues
        self._sports = frozenset(cues.sports)
        self._block = block
        self._tagged = block.doc.has_annotation("TAG")
        self._starts: list[int] | None = None

    def direction(self, match: Match) -> Direction | None:
        """Whether the clause speaks of the past, present or future; None where nothing tells."""
        before, after = match.before(), match.after()
        if self._announced(match):
            return "future"
        if self._looks_ahead(match) or (after is not None and after.text in self._cues.traded_ahead):
            return "planned"
        if before is not None and before.text == "since":
            return "past"
        if before is not None and before.text == "from" and _is_unit(match.before(2)):
            return "future"  # "a week from Tuesday"
        direction = self._of_clause(match)
        if before is not None and before.text in ("until", "till") and direction not in ("future", "planned"):
            return "open"
        if after is not None and after.start == match.end and after.kind == "apos":
            return self._of_attribute(match, direction)
        return direction

    def _of_clause(self, match: Match) -> Direction | None:
        token = self.token_at(match.start) if self._tagged else None
        verb = self._verb_of(token)
        if verb is not None and verb.dep_ == "relcl" and _after_comma(match):
            verb = self._verb_of(verb.head) or verb  # the comma closes the relative clause
        if token is None or verb is None or self._is_parted(token, verb):
            return self._by_words(match)
        verb = _reported(verb, token)
        return "planned" if self._of_announced_noun(token) else self._direction_of_verb(verb, token)

    def _is_parted(self, token: SpacyToken, verb: SpacyToken) -> bool:
        """Whether a semicolon stands between a date and its verb: then the parser has gone astray."""
        first, last = sorted((token.i, verb.i))
        return any(between.text == ";" for between in token.doc[first:last])

    def _of_attribute(self, match: Match, direction: Direction | None) -> Direction | None:
        """ "Wednesday's ruling": the verb says little about such a day; "Sunday's final" may lie ahead."""
        if direction not in ("future", "planned"):
            return direction
        noun = match.after(2)
        return direction if noun is not None and noun.text in self._cues.coming else "open"

    def _announced(self, match: Match) -> bool:
        """ "as soon as Tuesday"."""
        words = [token.text for token in match.tokens[max(match.first - 3, 0) : match.first]]
        return words in (["as", "soon", "as"], ["as", "early", "as"])

    def _looks_ahead(self, match: Match) -> bool:
        """ "payable Dec. 1", "a fare valid from Dec. 1"."""
        before = match.tokens[max(match.first - 2, 0) : match.first]
        words = [token for token in before if token.kind not in ("on", "in", "at", "the", "from")]
        return (
            bool(words)
            and words[-1].text in self._cues.looking_ahead
            and (before[-1] is words[-1] or before[-1].kind != "word")
        )

    def token_at(self, char: int) -> SpacyToken | None:
        """spaCy's token at an offset of the document."""
        if self._starts is None:
            self._starts = [token.idx for token in self._block.doc]
        i = bisect_right(self._starts, char - self._block.offset) - 1
        return self._block.doc[i] if i >= 0 else None

    def entity_at(self, char: int) -> str:
        """spaCy's entity label at an offset, "" where there is none."""
        token = self.token_at(char) if self._tagged else None
        return str(token.ent_type_) if token is not None else ""

    def tag_at(self, char: int) -> str:
        """spaCy's tag at an offset, "" where the text is not tagged."""
        token = self.token_at(char) if self._tagged else None
        return str(token.tag_) if token is not None else ""

    def is_compared(self, match: Match) -> bool:
        """ "higher than a year ago": the expression names what something is compared with."""
        before = match.before()
        return before is not None and before.text in self._cues.comparison

    def compares_amount(self, match: Match) -> bool:
        """ "compared with 4 million dollars a year ago": an amount stands before, and a comparison."""
        seen = False
        for i in range(match.first - 1, max(match.first - _COMPARED_REACH, -1), -1):
            token = match.tokens[i]
            if token.text in ".!?" or token.kind == "break":
                return False
            if token.text in self._cues.compared_with or token.text == "compared":
                return seen
            seen = seen or token.kind in _NUMBERS
            if seen and token.kind in ("month", "weekday") and match.rule.resolve == "ago":
                return False  # "from 5 dollars in June to ... a year ago"
        return False

    def is_basis(self, match: Match) -> bool:
        """ "rose in August from July": July is only what August is compared with."""
        before, earlier = match.before(), match.before(2)
        if before is None:
            return False
        with_ = before.text in ("with", "to") and earlier is not None and earlier.text == "compared"
        return with_ or before.text in self._cues.compared_with

    def is_told(self, match: Match) -> bool:
        """Whether the clause is told of in the past: "it was to open in May", not "it is due in May"."""
        token = self.token_at(match.start) if self._tagged else None
        verb = self._verb_of(token)
        while verb is not None:
            finite = [c.tag_ for c in (verb, *verb.children) if c.tag_ in ("VBD", "VBZ", "VBP", "MD")]
            if finite:
                return finite[0] == "VBD" or "VBD" in finite
            verb = self._verb_of(verb.head) if verb.head is not verb else None
        return True

    def is_birth(self, match: Match) -> bool:
        """ "born in 1921"."""
        verb = self._verb_of(self.token_at(match.start)) if self._tagged else None
        return verb is not None and verb.lemma_ in self._cues.of_birth

    def is_background(self, match: Match) -> bool:
        """Whether a date stands in a clause beside the main one, or in a name ("the May 1998 flood")."""
        if not self._tagged:
            return False
        token, before = self.token_at(match.start), match.before()
        if before is None or before.kind not in ("in", "on", "break"):
            return True
        verb = self._verb_of(token)
        return verb is None or verb.dep_ not in ("ROOT", "conj", "parataxis")

    def shares_story(self, earlier: Match, later: Match, *, strict: bool) -> bool:
        """Whether a date's clause goes on from the clause of an earlier one, rather than around it.

        "It was built in 1998 and burnt in July" does, "the mill, built in 1998, burnt in July" does not.
        `strict`: a clause before the main one ("after it was sold in 1998, ...") does not either.
        """
        if not self._tagged:
            return True
        one, other = (self._verb_of(self.token_at(match.start)) for match in (earlier, later))
        if one is None or other is None or one.i == other.i or one.is_ancestor(other):
            return True
        if any(token.text == ";" for token in earlier.tokens[earlier.last : later.first]):
            return True  # as from one sentence to the next
        while one.head is not one and not one.is_ancestor(other):
            finite = one.tag_ in ("VBD", "VBN") and any(
                c.dep_ in ("nsubj", "nsubjpass") for c in one.children
            )
            joined = one.dep_ in ("conj", "parataxis", "aux", "auxpass")
            if not joined and (strict or one.dep_ != "advcl" or not finite):
                return False
            one = one.head
            if one.i == other.i:
                return True
        return one.is_ancestor(other)

    def is_sport(self, match: Match) -> bool:
        """Whether words of sport stand near: "the first half" is then one of a match."""
        near = match.tokens[max(match.first - _SPORT_REACH, 0) : match.last + _SPORT_REACH]
        return any(token.text in self._sports for token in near)

    def means_nowadays(self, match: Match) -> bool:
        """ "Today, the firm exports ...": at the head of a sentence in the present."""
        before, after = match.before(), match.after()
        if after is not None and after.kind == "apos":
            return self._of_these_times(match)
        joined = before is not None and before.text in ("and", "but", "of")
        earlier = match.before(2) if joined else before
        opens = earlier is None or earlier.kind == "break" or earlier.text in ".!?"
        opens = opens and (before is None or before.text != "of")
        if before is not None and before.text == ";" and _has_old_year(match):
            return any(t.text in self._cues.present for t in match.tokens[match.last : match.last + _NEAR])
        if before is not None and before.text == "of" and earlier is not None:
            return earlier.text in self._cues.of_these_times
        if not opens or after is None:
            return False
        return after.kind == "comma" and self.direction(match) not in ("past", "future", "planned", "open")

    def _of_these_times(self, match: Match) -> bool:
        """ "today's world", "most of today's computers", not "today's meeting"."""
        noun = match.after(2)
        if noun is not None and noun.text in self._cues.of_these_times:
            return True
        before, earlier = match.before(), match.before(2)
        if before is None or before.text not in ("of", "in") or earlier is None:
            return False
        return earlier.text in ("most", "many", "all", "some", "much")

    def _verb_of(self, token: SpacyToken | None) -> SpacyToken | None:
        for _ in range(_STEPS):
            if token is None:
                return None
            if token.tag_ == "MD" or (token.tag_.startswith("VB") and not self._bare_participle(token)):
                return token
            if token.tag_ == "VBG" and self._is_timetable(token):
                return token
            if token.head is token:
                return None
            token = token.head
        return None

    def _of_announced_noun(self, token: SpacyToken | None) -> bool:
        """ "the planned visit in September", "a summit set for April" (but a record is set in it)."""
        for _ in range(3):
            if token is None or token.head is token or token.tag_.startswith("VB"):
                return token is not None and _is_set_for(token)
            token = token.head
            if any(c.dep_ == "amod" and c.lemma_ in self._cues.planning for c in token.children):
                return True
        return False

    def _bare_participle(self, token: SpacyToken) -> bool:
        """An -ing form without auxiliary: its tense is that of the verb above it."""
        return token.tag_ == "VBG" and not any(c.dep_ in ("aux", "auxpass") for c in token.children)

    def _put_off(self, verb: SpacyToken, date: SpacyToken | None) -> bool:
        """ "adjourned until Friday", "extended to May 3"; without such a word the verb's tense counts."""
        if verb.lemma_ not in self._cues.putting_off or date is None:
            return False
        chain = (date, date.head, date.head.head)
        return any(token.lower_ in ("until", "till", "to", "for", "through") for token in chain)

    def _direction_of_verb(self, verb: SpacyToken, date: SpacyToken | None = None) -> Direction | None:
        helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
        if _of_past_plan(verb, self._cues.planning):
            return "past"
        words = {c.lower_ for c in helpers}
        if words & set(self._cues.future) or verb.lower_ in self._cues.future:
            return "future"
        if verb.lemma_ in self._cues.planning or self._put_off(verb, date):
            return "planned"
        if verb.tag_ == "MD" or words & set(self._cues.modals):
            return "open"
        if "to" in words:
            return self._of_infinitive(verb)
        if any(c.lemma_ == "have" and c.tag_ in ("VBZ", "VBP") for c in helpers):
            return None  # "has told of a cut in September": the perfect does not go with a day gone by
        if verb.tag_ == "VBD" or any(c.tag_ == "VBD" or c.lemma_ == "have" for c in helpers):
            return "past"
        if verb.tag_ in ("VBZ", "VBP", "VBG") or any(c.tag_ in ("VBZ", "VBP") for c in helpers):
            return self._of_present(verb)
        return "past" if verb.tag_ == "VBN" else None

    def _of_present(self, verb: SpacyToken) -> Direction | None:
        """ "is due", "when it meets" beside "will", "reconvenes Monday"; a headline's present is past."""
        if any(c.lemma_ in self._cues.planning for c in verb.children):
            return "planned"
        head = verb.head
        if verb.dep_ == "advcl" and head is not verb and head.tag_.startswith("VB"):
            above = self._direction_of_verb(head)
            return above if above in ("future", "planned", "open") else "present"
        if self._is_timetable(verb) and self._block.section.kind != "title":
            return "open" if verb.tag_ == "VBG" else "planned"
        return "present"

    def _is_timetable(self, verb: SpacyToken) -> bool:
        """ "meets", "takes effect"."""
        objects = [f"{verb.lemma_} {c.lower_}" for c in verb.children if c.dep_ == "dobj"]
        return any(words in self._cues.timetable for words in (verb.lemma_, *objects))

    def _of_infinitive(self, verb: SpacyToken) -> Direction:
        """ "plans to open", "is to open" look ahead; other infinitives tell nothing."""
        head = verb.head
        if _of_past_plan(head, self._cues.planning):
            return "past"
        if head.lower_ == "going" and any(c.lemma_ == "be" for c in head.children):
            return "future"
        if head.lemma_ in self._cues.planning or (head.lemma_ == "be" and head is not verb):
            return "planned"
        return "future" if head.tag_ in ("VBZ", "VBP") else "open"

    def _by_words(self, match: Match) -> Direction | None:
        tokens = match.tokens
        for i in range(match.first - 1, max(match.first - _REACH, -1), -1):
            if tokens[i].text in ".!?;" or tokens[i].kind == "break":
                break
            if found := self._cue(tokens, i):
                return found
        for i in range(match.last, min(match.last + _REACH, len(tokens))):
            if tokens[i].text in ".!?;" or tokens[i].kind == "break":
                break
            if found := self._cue(tokens, i):
                return found
        return None

    def _cue(self, tokens: Sequence[Token], i: int) -> Direction | None:
        token = tokens[i]
        if token.text == "to":
            after = tokens[i + 1] if i + 1 < len(tokens) else None
            plain = (
                after is not None
                and after.kind == "word"
                and after.text in ("be", "have", "meet", "open", "start")
            )
            return "open" if plain else None
        if token.text in self._cues.future:
            return "future"
        if token.kind == "word" and any(token.text.startswith(c) for c in self._cues.planning):
            return "planned"
        if token.text in self._cues.modals:
            return "open"
        if token.text in self._cues.past or (
            token.kind == "word" and len(token.text) > 4 and token.text.endswith("ed")
        ):
            return "past"
        return None


def _is_set_for(verb: SpacyToken) -> bool:
    if verb.tag_ != "VBN" or verb.lemma_ != "set":
        return False
    return any(c.lower_ in ("for", "to") for c in verb.children)


def _of_past_plan(verb: SpacyToken, planning: Sequence[str]) -> bool:
    """ "had been due to expire Friday", "the ferry, expected on Friday, never came": the plan is over."""
    words = [verb, *(c for c in verb.children if c.dep_ in ("acomp", "xcomp"))]
    if not any(word.lemma_ in planning for word in words):
        return False
    if _has_had(verb) or (verb.head.lemma_ == "be" and _has_had(verb.head)):
        return True
    if verb.dep_ != "acl":
        return False
    clause = verb.head.head
    return clause.tag_ == "VBD" and any(c.dep_ == "neg" for c in clause.children)


def _has_had(verb: SpacyToken) -> bool:
    return any(c.lower_ == "had" for c in verb.children)


def _has_old_year(match: Match) -> bool:
    """ "Twenty mills ran here in 1950; today only two are left"."""
    return any(token.kind == "year" for token in match.tokens[max(match.first - _REACH, 0) : match.first])


def _reported(verb: SpacyToken, date: SpacyToken) -> SpacyToken:
    """ "The dam will open on Friday, officials said": a day before the speaker is of what was said."""
    speakers = [c for c in verb.children if c.dep_ == "nsubj" and date.i < c.i < verb.i]
    reports = [c for c in verb.children if c.dep_ == "ccomp" and c.i < date.i]
    if any(token.text == ";" for token in verb.children):
        return verb
    return reports[0] if speakers and reports else verb


def _after_comma(match: Match) -> bool:
    """ "..., on Saturday, ...": set off from the words before it."""
    before, earlier = match.before(), match.before(2)
    return before is not None and before.kind == "on" and earlier is not None and earlier.kind == "comma"


def _is_unit(token: Token | None) -> bool:
    return token is not None and token.kind in ("unit", "units")
