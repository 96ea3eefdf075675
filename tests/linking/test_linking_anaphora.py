"""Subjects that only point back, resolved across sentences, over the real parse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from linked_facts import Linked

pytestmark = pytest.mark.model

Link = Callable[..., Linked]

RESOLVED = [
    ("Norsk Papir Corp. opened a mill. The company sold 4 million rolls.", "4 million", "Norsk Papir Corp."),
    ("Norsk Papir Corp. opened a mill. The company grew. It sold 4 million rolls.", "4 million",
     "Norsk Papir Corp."),
    ("Two steel mills opened in May. They employ 3,000 workers.", "3,000", "Two steel mills"),
    ("Two steel mills opened in May. These mills paid 3 million yuan.", "3 million", "Two steel mills"),
    ("The Bank of Norway met on Monday. The bank bought 90 tons of gold.", "90 tons", "The Bank of Norway"),
    ("Anna Berg runs a bakery. She employs 30 people.", "30", "Anna Berg"),
    ("A coal power plant near Oslo will close. The plant employs 300 people.", "300",
     "A coal power plant near Oslo"),
    ("Growers in the valley said they planted 300 trees.", "300", "Growers in the valley"),
    ("The company said it has 300 customers on its books to supply.", "300", "The company"),
    ("Norsk Papir Corp. plans to hire more staff because it expects to open 40 mills.", "40",
     "Norsk Papir Corp."),
    ("Norsk Papir Corp. opened a mill. The company said it sold 4 million rolls.", "4 million",
     "Norsk Papir Corp."),
    ("A new season began well as Anna Berg returned and she won 12 prizes.", "12", "Anna Berg"),
    ("The machine is cheap, and workers say it won 12 prizes.", "12", "The machine"),
    ("Two steel mills opened in May. Their plan to hire 300 men failed.", "300", "Two steel mills"),
    ("The valley was mapped last year, but most has 300 trees.", "300", "The valley"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quantity", "antecedent"), RESOLVED)
def test_subject_is_resolved(linked: Link, text: str, quantity: str, antecedent: str) -> None:
    assert linked(text, {quantity: "count"})[quantity].subject_resolved == antecedent


def test_a_place_is_resolved_to_its_name(linked: Link) -> None:
    found = linked(
        "The governor of Shanxi spoke on Monday. The province has 40 mills.", {"40": "count"},
        places={"Shanxi": "admin1"},
    )  # fmt: skip
    assert (found["40"].subject, found["40"].subject_resolved) == ("The province", "Shanxi")


UNRESOLVED = [
    ("Prices of rice rose on Monday. It sold 40 mills.", "40"),
    ("Norsk Papir Corp. opened a mill. They sold 40 mills.", "40"),
    ("Norsk Papir Corp. opened a mill. The rain killed 40 people.", "40"),
    ("Norsk Papir Corp. opened a mill. The new company sold 40 rolls.", "40"),
    ("Anna Berg runs a bakery. It would cost 40 dollars to move.", "40"),
    ("Norsk Papir Corp. says it will cost 40 dollars.", "40"),
    ("The shipyard employs 40 people.", "40"),
    ("Norsk Bank Foundation met on Monday. The bank bought 40 euros.", "40"),
    ("A record fall against the crown shook banks. The crown bought 40 euros.", "40"),
]


@pytest.mark.parametrize(("text", "quantity"), UNRESOLVED)
def test_nothing_is_guessed(linked: Link, text: str, quantity: str) -> None:
    found = linked(text, {quantity: "count"})[quantity]
    assert found.subject is not None
    assert found.subject_resolved is None
