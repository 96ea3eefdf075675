"""Subjects of verbs in hand-made parses."""

from __future__ import annotations

import pytest
from describing import doc_of

from newsfacts.linking.lexicon import SubjectWords
from newsfacts.linking.subject import subject_of
from newsfacts.rules import RuleSet


@pytest.fixture(scope="module")
def words(rules: RuleSet) -> SubjectWords:
    return SubjectWords.from_rules(rules)


def subject(words: SubjectWords, verb: int, *rows: str, ents: str = "") -> str | None:
    found = subject_of(doc_of(*rows, ents=ents)[verb], words)
    return found.text if found is not None else None


def test_own_subject_is_the_one_next_to_the_verb(words: SubjectWords) -> None:
    rows = ("LIMA PROPN NNP nsubj 2", "prices NOUN NNS nsubj 2", "rose VERB VBD ROOT 2")
    assert subject(words, 2, *rows) == "prices"


def test_relative_clause_follows_number(words: SubjectWords) -> None:
    rows = (
        "firms NOUN NNS ROOT 0", "in ADP IN prep 0", "industry NOUN NN pobj 1", ", PUNCT , punct 0",
        "which PRON WDT nsubj 6", "have AUX VBP aux 6", "created VERB VBN relcl 2",
    )  # fmt: skip
    assert subject(words, 6, *rows) == "firms"


def test_relative_clause_takes_its_own_noun_where_it_fits(words: SubjectWords) -> None:
    rows = (
        "firm NOUN NN ROOT 0", "in ADP IN prep 0", "industries NOUN NNS pobj 1", "that PRON WDT nsubj 4",
        "hire VERB VBP relcl 2",
    )  # fmt: skip
    assert subject(words, 4, *rows) == "industries"


def test_relative_after_a_date_is_of_the_clause(words: SubjectWords) -> None:
    rows = (
        "Exports NOUN NNS nsubj 1", "jump VERB VBP ROOT 1", "in ADP IN prep 1", "2007 NUM CD pobj 2",
        ", PUNCT , punct 1", "which PRON WDT nsubj 6", "is AUX VBZ relcl 3",
    )  # fmt: skip
    assert subject(words, 6, *rows, ents="2007") == "Exports"


def test_object_control(words: SubjectWords) -> None:
    rows = (
        "Law NOUN NN nsubj 1", "allows VERB VBZ ROOT 1", "firms NOUN NNS dobj 1", "to PART TO aux 4",
        "hire VERB VB xcomp 1",
    )  # fmt: skip
    doc = list(rows)
    assert subject(words, 4, *doc) == "Law"  # the lemma is not known to the rules
    doc[1] = "allow VERB VBP ROOT 1"
    assert subject(words, 4, *doc) == "firms"


def test_infinitive_of_a_plan_belongs_to_its_owner(words: SubjectWords) -> None:
    rows = (
        "Town PROPN NNP poss 2", "'s PART POS case 0", "plan NOUN NN nsubj 5", "to PART TO aux 4",
        "spend VERB VB acl 2", "failed VERB VBD ROOT 5",
    )  # fmt: skip
    assert subject(words, 4, *rows) == "Town"


def test_coordinated_verb_shares_the_subject(words: SubjectWords) -> None:
    rows = (
        "Firms NOUN NNS nsubj 1", "grew VERB VBD ROOT 1", "and CCONJ CC cc 1", "hired VERB VBD conj 1",
    )  # fmt: skip
    assert subject(words, 3, *rows) == "Firms"


def test_participle_after_a_comma(words: SubjectWords) -> None:
    rows = (
        "City NOUN NN nsubj 1", "shook VERB VBD ROOT 1", "after ADP IN prep 1", "fraud NOUN NN pobj 2",
        ", PUNCT , punct 1", "involving VERB VBG advcl 1",
    )  # fmt: skip
    assert subject(words, 5, *rows) == "City"
    assert subject(words, 5, *rows[:5], "involve VERB VBG advcl 1") == "fraud"


def test_no_subject_at_all(words: SubjectWords) -> None:
    assert subject(words, 0, "Buy VERB VB ROOT 0", "bread NOUN NN dobj 0") is None


def test_cyclic_or_deep_parses_end(words: SubjectWords) -> None:
    rows = [f"go{i} VERB VB xcomp {max(0, i - 1)}" for i in range(200)]
    assert subject(words, 199, *rows) is None
