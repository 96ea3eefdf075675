"""Lists told apart by "respectively", shared hyphens and chains of shared changes, over the real parse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from describing import item_of, subject_of

from newsfacts.linking.clause import Description

pytestmark = pytest.mark.model

Describe = Callable[[str], dict[str, Description]]

SUBJECTS = [
    ("Norway and Sweden sold [50|count] ships and [60|count] boats respectively.", ["Norway", "Sweden"]),
    ("A farm in Oslo and the mill near Bergen hire [50|count] men and [60|count] clerks respectively.",
     ["A farm in Oslo", "the mill near Bergen"]),
    ("Norway and Sweden sold [50|count] ships and [60|count] boats.", ["Norway and Sweden"] * 2),
    ("Norway, Sweden and Peru sold [50|count] ships and [60|count] boats, respectively.",
     ["Norway, Sweden and Peru"] * 2),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "subjects"), SUBJECTS)
def test_each_number_has_its_own_subject(describe: Describe, sentence: str, subjects: list[str]) -> None:
    assert [subject_of(d) for d in describe(sentence).values()] == subjects


def test_each_number_has_its_own_item(describe: Describe) -> None:
    found = describe(
        "Imports, exports and the deficit rose [3 percent|percent], [4 percent|percent] and "
        "[5 percent|percent], respectively."
    )
    assert [item_of(d) for d in found.values()] == ["Imports", "exports", "deficit"]
    assert all(d.change is not None for d in found.values())


def test_a_list_of_many_numbers_is_told_apart(describe: Describe) -> None:
    names = ["Apples", "pears", "plums", "figs", "dates", "limes"]
    prices = ", ".join(f"[{n} euros|money|EUR]" for n in range(2, 7))
    found = describe(
        f"{', '.join(names[:-1])} and {names[-1]} cost {prices} and [7 euros|money|EUR] respectively."
    )
    assert len(found) == len(names)


def test_a_noun_behind_the_last_hyphen_is_shared(describe: Describe) -> None:
    found = describe("The yard builds [four|count]-, [five|count]- and [six|count]-deck ferries.")
    assert {item_of(d) for d in found.values()} == {"deck"}


def test_a_hyphen_with_its_own_noun_shares_nothing(describe: Describe) -> None:
    found = describe("The yard builds [four|count]-deck ferries and [six|count]-berth boats.")
    assert [item_of(d) for d in found.values()] == ["deck", "berth"]


def test_a_noun_before_or_two(describe: Describe) -> None:
    assert item_of(describe("They may add another shop or [two|count].")["two"]) == "shop"


def test_a_gapped_clause_is_no_member_of_the_item(describe: Describe) -> None:
    found = describe("The left holds [51|count] seats and liberals [49|count].")
    assert item_of(found["51"]) == "seats"


def test_conversions_do_not_part_a_list(describe: Describe) -> None:
    found = describe(
        "Sales and profit were [467 litas|money|LTL] ([162 euros|money=|EUR]) and [13 litas|money|LTL] "
        "([4 euros|money=|EUR]) respectively."
    )
    assert [item_of(d) for d in found.values()] == ["Sales", "Sales", "profit", "profit"]


def test_each_firm_of_a_list_has_its_rise(describe: Describe) -> None:
    found = describe(
        "Shops did well, with Alpha Land up [3 percent|percent] to [46 euros|money] and Beta Steel up "
        "[2 percent|percent] to [91 euros|money]."
    )
    assert [item_of(d) for d in found.values()] == ["Alpha Land", "Alpha Land", "Beta Steel", "Beta Steel"]
