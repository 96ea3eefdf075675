"""Quantities that the clause around them says of nobody, or not of its subject, over the real parse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from describing import item_of, subject_of

from newsfacts.linking.clause import Description

pytestmark = pytest.mark.model

Describe = Callable[[str], dict[str, Description]]

NOBODY = [
    "Police confirmed [three|count] people died at the mill.",
    "They held talks, during which [three|count] rivals were jailed.",
    "The index fell, with [84|count] shares down.",
    "The winger came on with [nine minutes|duration|min] left.",
    "The mill burned down [two days|duration|d] after the owner sold it.",
    "Since Monday [300|count] road tests had been conducted and [40|count] drug tests.",
]

SOMEBODY = [
    ("Berg coached the side for [four years|duration|a] before moving home.", "Berg"),
    ("The firm, with [84|count] mills, fell behind.", "The firm"),
    ("They accused the firm of hiding [5 million dollars|money].", "the firm"),
    ("Users accused the firm of bribing officials, spending [5 million dollars|money] on it.", "the firm"),
    ("Users sued the firm, seeking [5 million dollars|money].", "Users"),
    ("Rules stopped the bank from lending [5 million dollars|money].", "the bank"),
    ("The flood left [10|count] people dead and [30|count] injured.", "The flood"),
    (
        "Police asked about the blasts at two schools in Oslo last year that killed [12|count] people.",
        "the blasts",
    ),
    ("They jailed him for the blasts in Alta, Norway that killed [12|count] people.", "the blasts in Alta"),
    ("The port handled 60,000 cars, [one tenth|ratio] of the country's cars.", "60,000 cars"),
    ("Trading ended with shares [5 percent|percent] below their peak.", "shares"),
    ("Oslo won again, with Bergen now [six points|measure|{point}] behind.", "Bergen"),
    (
        "The state opened a [900 kilometer|measure|km] high-speed railway.",
        "a 900 kilometer high-speed railway",
    ),
]


@pytest.mark.parametrize("sentence", NOBODY)
def test_of_nobody(describe: Describe, sentence: str) -> None:
    assert subject_of(list(describe(sentence).values())[-1]) is None


@pytest.mark.parametrize(("sentence", "subject"), SOMEBODY)
def test_of_whom(describe: Describe, sentence: str, subject: str) -> None:
    assert subject_of(list(describe(sentence).values())[-1]) == subject


def test_counts_told_with_another_share_its_noun(describe: Describe) -> None:
    found = describe("Turnover was high, with [84|count] shares up, [57|count] down and [3|count] unchanged.")
    assert {item_of(d) for d in found.values()} == {"shares"}
    assert {subject_of(d) for d in found.values()} == {None}


def test_a_count_with_its_own_verb_shares_nothing(describe: Describe) -> None:
    found = describe("The fund had [84|count] shares, and the value was [57|count] before.")
    assert item_of(found["57"]) == "value"


def test_a_hyphenated_count_lends_no_noun(describe: Describe) -> None:
    found = describe("Berg won the [72|count]-hole event, followed by Lund at [272|count].")
    assert item_of(found["272"]) is None


def test_a_list_of_nouns_is_of_one_subject(describe: Describe) -> None:
    found = describe(
        "Berg led the side with [19 points|measure|{point}], [seven|count] assists, [two|count] steals."
    )
    assert {subject_of(d) for d in found.values()} == {"Berg"}


LISTS = [
    "Lenders are Egypt with [60 euros|money|EUR], Chile [50 euros|money|EUR] and Kenya [40 euros|money|EUR].",
    "Egypt won [31 percent|percent] of the vote, Chile [12 percent|percent] and Kenya [9 percent|percent].",
    "Egypt sold [3,000|count] cars, Chile [2,000|count] and Kenya [1,000|count].",
]


@pytest.mark.parametrize("sentence", LISTS)
def test_each_name_of_a_list_has_its_number(describe: Describe, sentence: str) -> None:
    first, *others = describe(sentence).values()
    assert [subject_of(d) for d in others] == ["Chile", "Kenya"]
    assert {item_of(d) for d in others} == {item_of(first)}


def test_more_of_the_same_is_no_adjective(describe: Describe) -> None:
    found = describe("The blast killed [11|count] people and hurt [30|count] more, local officials said.")
    assert item_of(found["30"]) == "people"


def test_what_is_joined_ends_before_a_verb(describe: Describe) -> None:
    found = describe("Oslo won [three|count] medals and Bergen won five.")
    assert item_of(found["three"]) == "medals"
