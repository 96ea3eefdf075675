"""Status: whether a quantity is so, is to be, may be or is not, scoped by the clauses above it.

The judge climbs from the number to the top of its sentence and takes the first cue that scopes over it:
modals, negation, infinitives and their governors, planning verbs and nouns. A finite clause of its own
tense ends the climb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from newsfacts.linking.syntax import Site, after_brackets, child

if TYPE_CHECKING:
    from spacy.tokens import Token

Status = Literal["actual", "planned", "possible", "negated"]
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "oprd", "conj", "npadvmod", "dep", "dative"})
_CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "pcomp", "acl"})
_PLAN_PREPOSITIONS = frozenset({"of", "for", "at", "to"})
_ABLE = frozenset({"can", "ca"})
_LASTING = frozenset({"measure", "duration", "money", "percent"})
_HYPHENATED = re.compile(r"\w-[a-zA-Z]")
_ADJECTIVAL = frozenset({"JJ", "VBN"})
_LENGTHS = frozenset({"km", "m", "cm", "mm", "[mi_i]", "[ft_i]", "[yd_i]", "[in_i]", "[nmi_i]"})
_MAX_FILLERS = 3
_MAX_CLIMB = 25


class StatusRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules/linking/status.yaml; the file says what each list means."""

    modals: dict[str, Status]
    ability_verbs: frozenset[str]
    planned_verbs: frozenset[str]
    planned_complements_only: frozenset[str]
    planned_nouns: frozenset[str]
    planned_modifiers: frozenset[str]
    factual_governors: frozenset[str]
    outcome_verbs: frozenset[str]
    result_verbs: frozenset[str]
    marks: frozenset[str]
    crossing: frozenset[str]
    negative_governors: frozenset[str]
    negations: frozenset[str]
    negation_limits: frozenset[str]
    doubt_adverbs: frozenset[str]
    doubt_governors: frozenset[str]
    conditions: frozenset[str]
    restating_verbs: frozenset[str]
    bounding_verbs: frozenset[str]
    excluding_verbs: frozenset[str]
    factual_prepositions: frozenset[str]
    definite_words: frozenset[str]
    definite_fillers: frozenset[str]
    extents: frozenset[str]
    set_off: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and the cue that gave it (None: nothing spoke against plain fact)."""

    status: Status
    cue: str | None = None


ACTUAL = Verdict("actual")


def is_definite(site: Site, rules: StatusRules) -> bool:
    """Whether the number counts something already known: "the 10 towns", "these three", "all 92"."""
    steps = 1
    while (token := site.before(steps)) is not None and (
        token.lower_ in rules.definite_fillers or (steps < _MAX_FILLERS and token.tag_ in _ADJECTIVAL)
    ):
        steps += 1
    return token is not None and token.lower_ in rules.definite_words and token.tag_ != "IN"


def is_finite(verb: Token) -> bool:
    """Whether the verb or one of its auxiliaries carries tense."""
    return verb.tag_ in _FINITE or any(
        c.tag_ in _FINITE or c.tag_ == "MD" for c in verb.children if c.dep_ in {"aux", "auxpass"}
    )


def is_past(verb: Token) -> bool:
    """Whether the clause of the verb tells of the past."""
    return verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in verb.children if c.dep_ in {"aux", "auxpass"})


def is_infinitive(verb: Token) -> bool:
    """Whether "to" stands before the verb."""
    return any(c.tag_ == "TO" for c in verb.lefts)


def is_verbal(token: Token) -> bool:
    """Whether the token can head a clause."""
    return token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "amod", "compound"}


def restates(verb: Token, rules: StatusRules) -> bool:
    """Whether a "which" clause says its main clause again: "..., which is 3 points more"."""
    which = child(verb, "nsubj", "nsubjpass")
    return (
        which is not None
        and which.lower_ == "which"
        and verb.lemma_.lower() in rules.restating_verbs
        and all(c.tag_ != "MD" for c in verb.lefts)
    )


def is_attributive(site: Site) -> bool:
    """Whether the quantity is a hyphenated modifier, a lasting property: "a 300-km road", "57-year-old"."""
    text = "".join(t.text_with_ws for t in site.doc[site.lo : min(site.hi + 1, site.ceiling)])
    return site.mention.type in _LASTING and _HYPHENATED.search(text) is not None


def noun_of_number(site: Site) -> Token:
    """The noun that the number counts, or else the head of the quantity itself."""
    return site.head.head if site.head.dep_ == "nummod" else site.head


def holds_unit(site: Site, token: Token) -> bool:
    """Whether a token is part of an amount, whatever its tag: the "won" of "50 billion won" is no verb."""
    return site.mention.type != "ratio" and site.holds(token)


def is_extent(site: Site, rules: StatusRules) -> bool:
    """Whether a length tells how far or how long something is: "300 km (190 miles) away"."""
    at = after_brackets(site, site.hi)
    at += at < site.ceiling and site.doc[at].text == ")"
    far = at < site.ceiling and site.doc[at].lower_ in rules.extents
    return far and site.mention.unit in _LENGTHS


def _is_remark(site: Site, rules: StatusRules) -> bool:
    """Whether a distance only says where something is: "expected in Alta, 3 km from the border"."""
    before = site.before()
    return before is not None and before.lower_ in rules.set_off and is_extent(site, rules)


def is_age(site: Site) -> bool:
    """Whether the quantity is an age: "57-year-old", "Li Na, 52,"."""
    if site.mention.rule == "age":
        return True
    following = [t.lower_ for t in (site.after(0), site.after(1)) if t is not None]
    return "old" in following[: 2 if following[:1] == ["-"] else 1]


class StatusJudge:
    """Judges the status of quantities by rules/linking/status.yaml."""

    def __init__(self, rules: StatusRules) -> None:
        self.rules = rules

    def judge(self, site: Site) -> Verdict:
        """The status of the quantity at `site`."""
        token = site.head
        if is_age(site) or _is_remark(site, self.rules):
            return ACTUAL
        if is_definite(site, self.rules) and not (_is_predicate(token) or self._is_mark(site)):
            return ACTUAL
        below: Token | None = None
        in_noun = False  # whether a modifier of a noun was left behind on the way
        for _ in range(_MAX_CLIMB):
            if holds_unit(site, token):
                verdict = None
            elif is_verbal(token):
                verdict = self._at_verb(token, below)
                if verdict is not None:
                    return verdict
            elif (verdict := self._at_noun(token, below)) is not None:
                return verdict
            in_noun = in_noun or token.dep_ in {"acl", "relcl"} or token.lower_ == "with"
            in_noun = in_noun or (token.dep_ == "appos" and token.head.pos_ == "PROPN")
            if token.dep_ == "prep" and token.lower_ in self.rules.factual_prepositions:
                return ACTUAL
            if token.head.i == token.i or (in_noun and token.dep_ in _SUBJECTS):
                return ACTUAL
            if is_verbal(token) and is_finite(token) and not (holds_unit(site, token) or self._passes(token)):
                return self._reported(token)
            below, token = token, token.head
        return ACTUAL

    def _is_mark(self, site: Site) -> bool:
        """ "Might climb past the 900 kg limit": a mark that is reached or not."""
        noun, prep = site.after(), site.before(2)
        crossed = prep is not None and prep.lower_ in self.rules.crossing
        return crossed and noun is not None and noun.lemma_.lower() in self.rules.marks

    def _at_noun(self, noun: Token, below: Token | None) -> Verdict | None:
        modifier = next(
            (
                c
                for c in noun.children
                if c.lower_ in self.rules.planned_modifiers and c.dep_ in {"amod", "acl"}
            ),
            None,
        )
        if modifier is not None:
            return Verdict("planned", modifier.lower_)
        if below is None:
            return None
        through = below.lower_ in _PLAN_PREPOSITIONS and below.dep_ == "prep"
        if (
            through or below.dep_ in {"acl", "relcl", "appos"}
        ) and noun.lemma_.lower() in self.rules.planned_nouns:
            return Verdict("planned", noun.lower_)
        if (
            below.dep_ in {"acl", "prep", "ccomp", "xcomp"}
            and noun.lemma_.lower() in self.rules.doubt_governors
        ):
            return Verdict("possible", noun.lower_)
        return None

    def _at_verb(self, verb: Token, below: Token | None) -> Verdict | None:
        rules = self.rules
        for word in verb.lefts:
            if word.tag_ == "MD" and not (below is not None and below.dep_ == "conj" and is_finite(below)):
                return self._modal(word, verb, below)
            if word.lower_ in rules.doubt_adverbs:
                return Verdict("possible", word.lower_)
        counted = (
            below is not None and below.dep_ in _SUBJECTS
        )  # "45 percent did not vote": they are 45 percent
        if not counted and (verdict := self._denied(verb)) is not None:
            return verdict
        mark = child(verb, "mark")
        if mark is not None and mark.lower_ in rules.conditions and verb.dep_ == "advcl":
            return Verdict("possible", mark.lower_)
        if (verdict := self._governed(verb, below)) is not None:
            return verdict
        if counted and _is_arranged(verb):
            return Verdict("planned", "to")
        return self._infinitive(verb) if is_infinitive(verb) else None

    def _modal(self, modal: Token, verb: Token, below: Token | None) -> Verdict:
        status = self.rules.modals.get(modal.lower_, "planned")
        subject = below is not None and below.dep_ in _SUBJECTS
        if subject and (
            modal.lower_ in _ABLE or (modal.lower_ == "could" and self._denied(verb) is not None)
        ):
            status = "actual"
        if modal.lower_ in {"can", "ca"} and verb.lemma_ in self.rules.ability_verbs:
            status = "actual"  # "one in ten can read", "we can earn 5,000 yuan" tell what is so
        if modal.lower_ == "would" and any(c.lower_ == "have" for c in verb.children if c.dep_ == "aux"):
            status = "possible"
        if not subject and status != "planned" and (denied := self._denied(verb)) is not None:
            return denied
        return Verdict(status, modal.lower_)

    def _denied(self, verb: Token) -> Verdict | None:
        for word in verb.children:
            if word.dep_ != "neg" or word.lower_ not in self.rules.negations:
                continue
            if verb.lemma_.lower() in self.rules.bounding_verbs:
                return None  # "does not exceed 40 percent" sets a bound
            after = word.nbor(1).lower_ if word.i + 1 < len(word.doc) else ""
            if after not in self.rules.negation_limits:
                open_still = verb.lemma_.lower() in self.rules.excluding_verbs
                return Verdict("possible" if open_still else "negated", word.lower_)
        return None

    def _governed(self, verb: Token, below: Token | None) -> Verdict | None:
        """What the verb makes of the part of its clause that the climb came from."""
        if below is None or (below.i < verb.i and below.dep_ not in _SUBJECTS):
            return None
        rules, lemma = self.rules, verb.lemma_.lower()
        clausal = is_verbal(below) and below.dep_ in _CLAUSAL
        if lemma in rules.negative_governors and below.dep_ in {"xcomp", "ccomp", "pcomp", "dobj"}:
            return Verdict("negated", verb.lower_)
        if lemma in rules.doubt_governors and (clausal or below.dep_ == "prep"):
            return Verdict("possible", verb.lower_)
        if lemma in rules.planned_verbs and self._is_planned(lemma, below, clausal):
            return Verdict("planned", verb.lower_)
        changed = (
            child(verb, "dobj")
            if below.dep_ == "prep" and below.lower_ in {"to", "from", "by", "at"} and child(below, "pobj")
            else None
        )
        if changed is not None and self._names_plan(changed):
            return Verdict("planned", changed.lower_)  # "cut its forecast to 5 percent"
        subject = child(verb, "nsubj") if lemma == "be" else None
        if subject is not None and below.i != subject.i and self._names_plan(subject):
            return Verdict("planned", subject.lower_)
        return None

    def _is_planned(self, lemma: str, below: Token, clausal: bool) -> bool:
        """Whether a planning verb makes a plan of this clause or object of it."""
        if clausal:
            return below.dep_ != "advcl" and not is_past(below)
        if below.dep_ == "prep":
            return below.lower_ in {"for", "at"}
        return below.dep_ in _OBJECTS and lemma not in self.rules.planned_complements_only

    def _names_plan(self, noun: Token) -> bool:
        """Whether a noun names a plan: "the target", "the target population", "planned output"."""
        rules = self.rules
        return noun.lemma_.lower() in rules.planned_nouns or any(
            c.lower_ in rules.planned_modifiers
            or (c.dep_ == "compound" and c.lemma_.lower() in rules.planned_nouns)
            for c in noun.lefts
        )

    def _infinitive(self, verb: Token) -> Verdict | None:
        """What an infinitive stands for: a fact where its governor says so, else something to come."""
        governor = verb.head
        if any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.lefts):
            return None  # "the first to have won four": over and done
        if governor.i == verb.i:
            return Verdict("planned", "to")
        lemma = governor.lemma_.lower()
        if verb.dep_ == "conj" and is_verbal(governor):
            return None
        said = child(governor, "acomp") if lemma == "be" else None
        if said is not None and said.i < verb.i and said.lower_ in self.rules.factual_governors:
            return None  # "it is surprising to have five"
        if lemma in self.rules.negative_governors:
            return Verdict("negated", governor.lower_)
        if lemma in self.rules.doubt_governors:
            return Verdict("possible", governor.lower_)
        if lemma in self.rules.factual_governors or (lemma == "have" and is_past(governor)):
            return None
        if lemma not in self.rules.planned_verbs and self._is_outcome(verb, governor):
            return None
        if is_past(governor) and verb.lemma_.lower() in self.rules.result_verbs and _is_set_off(verb):
            return None  # "lost 2 percent, to fall to 7,400"
        return Verdict("planned", "to")

    def _is_outcome(self, verb: Token, governor: Token) -> bool:
        return (
            verb.lemma_.lower() in self.rules.outcome_verbs
            and is_verbal(governor)
            and governor.lemma_ != "be"
        )

    def _passes(self, verb: Token) -> bool:
        """Whether a finite clause leaves its status to the clause above it."""
        return verb.dep_ != "conj" and verb.tag_ == "VBZ" and restates(verb, self.rules)

    def _reported(self, verb: Token) -> Verdict:
        """A finite clause is as real as its tense says, save that what is expected is yet to come."""
        governor = verb.head
        if verb.dep_ in {"acl", "ccomp"} and governor.dep_ == "dobj":
            governor = governor.head  # "denied reports that it had lost 2 billion"
        content = verb.dep_ == "ccomp" or (verb.dep_ == "acl" and child(verb, "mark") is not None)
        if content and governor.lemma_.lower() in self.rules.negative_governors:
            return Verdict("negated", governor.lower_)
        if verb.dep_ == "ccomp" and not is_past(verb) and governor.lemma_.lower() in self.rules.planned_verbs:
            return Verdict("planned", governor.lower_)
        return ACTUAL


def _is_set_off(verb: Token) -> bool:
    """Whether a comma stands before the infinitive."""
    to = next((c for c in verb.lefts if c.tag_ == "TO"), None)
    return to is not None and to.i > 0 and to.nbor(-1).text == ","


def _is_arranged(verb: Token) -> bool:
    """ "Two agreements are to be signed": an arrangement, if the verb is said of nothing else."""
    done = child(verb, "xcomp")
    arranged = verb.lemma_.lower() == "be" and done is not None and is_infinitive(done)
    return arranged and child(verb, "attr", "acomp", "prep") is None


def _is_predicate(token: Token) -> bool:
    """Whether the quantity is what its clause says of its subject: "are to be the three pillars"."""
    noun = token.head if token.dep_ == "nummod" else token
    return noun.dep_ in {"attr", "oprd", "acomp"}
