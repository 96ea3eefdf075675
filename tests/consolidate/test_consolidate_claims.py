"""Facts of several articles into claims, on facts made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsfacts.consolidate import consolidate, find_copies
from newsfacts.consolidate.statement import significant_digits
from newsfacts.errors import ConfigurationError
from newsfacts.model import Change, DateFact, Fact, PlaceFact, QuantityFact
from newsfacts.model.claim import Claim
from newsfacts.rules import RuleSet
from newsfacts.sinks.jsonl import encode

COMMON: dict[str, Any] = {
    "sentence_start": 0,
    "sentence_end": 9,
    "section": "body",
    "rule": "r",
    "confidence": 0.9,
}


def told(doc: str, *, place: str | None = "Kerala", time: str | None = "2024", **fields: Any) -> list[Fact]:
    """One document with a quantity, its place and its date."""
    base = {"doc_id": doc, "start": 0, "end": 3, "text": "x", **COMMON}
    facts: list[Fact] = []
    if place:
        facts.append(PlaceFact(id=f"{doc}-p", name=place, kind="admin1", country="IN", **base))
    if time:
        days = {"date_start": f"{time[:4]}-01-01", "date_end": f"{time[:4]}-12-31"} if len(time) == 4 else {}
        facts.append(DateFact(id=f"{doc}-d", edtf=time, **days, **base))
    facts.append(
        QuantityFact(
            id=f"{doc}-q", **base,
            **{"type": "count", "value": 4200, "item": "rice mills", "time": f"{doc}-d" if time else None,
               "place": f"{doc}-p" if place else None, **fields},
        )
    )  # fmt: skip
    return facts


def merge(tmp_path: Path, *documents: list[Fact], texts: list[tuple[str, str]] | None = None) -> list[Claim]:
    path = tmp_path / "facts.jsonl"
    path.write_bytes(b"".join(encode(fact) for document in documents for fact in document))
    return list(consolidate(path, RuleSet(), texts).claims)


def test_two_articles_with_the_same_quantity_agree(tmp_path: Path) -> None:
    (claim,) = merge(tmp_path, told("a"), told("b", item="the rice mill"))
    assert (claim.verdict, claim.documents, claim.place, claim.time) == ("agreeing", 2, "Kerala", "2024")
    assert [s.standing for s in claim.sources] == ["agrees", "agrees"]


def test_one_article_alone_is_single_even_when_it_repeats_itself(tmp_path: Path) -> None:
    (claim,) = merge(tmp_path, told("a"))
    assert (claim.verdict, claim.documents) == ("single", 1)


def test_a_rate_or_a_modifier_refines(tmp_path: Path) -> None:
    (rate,) = merge(
        tmp_path, told("a", type="money", unit="INR"), told("b", type="money", unit="INR", per="a")
    )
    (modifier,) = merge(tmp_path, told("a"), told("b", modifier=">", low=4200))
    assert rate.verdict == modifier.verdict == "refining"
    assert rate.per == "a"


def test_other_values_for_the_same_question_conflict(tmp_path: Path) -> None:
    (claim,) = merge(tmp_path, told("a"), told("b"), told("c", value=5100))
    assert (claim.verdict, claim.value, claim.documents) == ("conflicting", 4200, 3)
    assert [s.standing for s in claim.sources] == ["agrees", "agrees", "conflicts"]


def test_rounded_and_bounded_values_do_not_conflict(tmp_path: Path) -> None:
    assert len(merge(tmp_path, told("a"), told("b", value=4000, modifier="~"))) == 2
    assert {c.verdict for c in merge(tmp_path, told("a"), told("b", value=4000, low=4000, modifier=">"))} == {
        "single"
    }


@pytest.mark.parametrize(
    "other",
    [
        {"place": "Punjab"},
        {"time": "2019"},
        {"item": "schools"},
        {"type": "money", "unit": "INR"},
        {"change": Change("down", "by")},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_another_place_time_item_unit_or_direction_is_another_claim(
    tmp_path: Path, other: dict[str, Any]
) -> None:
    rising = {"change": Change("up", "by")} if "change" in other else {}
    assert [c.verdict for c in merge(tmp_path, told("a", **rising), told("b", **other))] == [
        "single",
        "single",
    ]


def test_an_unresolved_time_or_an_unnamed_item_still_finds_its_claim(tmp_path: Path) -> None:
    (claim,) = merge(
        tmp_path,
        told("a", time=None, item=None, predicate="allocate", value=5e8, type="money", unit="CNY"),
        told("b", item="special fund", predicate="allocate", value=5e8, type="money", unit="CNY"),
    )
    assert claim.item == "special fund"
    assert claim.verdict == "refining"


def test_small_numbers_of_unlike_things_are_not_merged(tmp_path: Path) -> None:
    facts = [told("a", value=2, item="bridges", time=None), told("b", value=2, item="people", time=None)]
    assert len(merge(tmp_path, *facts)) == 2


def test_two_of_the_same_thing_need_the_same_time(tmp_path: Path) -> None:
    def two(doc: str, time: str | None, item: str = "border bridges") -> list[Fact]:
        return told(doc, value=2, item=item, time=time)

    assert len(merge(tmp_path, two("a", None), two("b", None))) == 2
    assert len(merge(tmp_path, two("a", "2024"), two("b", None))) == 2
    assert len(merge(tmp_path, two("a", "2024"), two("b", "2024"))) == 1
    nine = [told(doc, value=9, item="border bridges", time=None) for doc in ("a", "b")]
    assert len(merge(tmp_path, *nine)) == 1


STORY = (
    "The state opened new rice mills this spring and plans to open many more before the next harvest begins. "
)


def test_a_syndicated_copy_confirms_nothing(tmp_path: Path) -> None:
    texts = [
        ("a", STORY * 3),
        ("b", STORY * 3 + "Editing by A. Sub."),
        ("c", "Quite another story of mills and men."),
    ]
    (claim,) = merge(tmp_path, told("a"), told("b"), texts=texts)
    assert (claim.verdict, claim.documents) == ("single", 1)
    assert [s.copy_of for s in claim.sources] == [None, "a"]
    assert find_copies(texts, 0.6) == {"b": "a"}


def test_empty_texts_copy_nothing() -> None:
    assert find_copies([("a", ""), ("b", " \n"), ("c", "short"), ("d", "short")], 0.6) == {"d": "c"}


def test_restated_amounts_are_not_counted_twice(tmp_path: Path) -> None:
    facts = told("a", type="money", unit="INR")
    twin = QuantityFact(
        id="t",
        doc_id="a",
        start=9,
        end=12,
        text="y",
        type="money",
        value=50,
        unit="USD",
        same_as="a-q",
        **COMMON,
    )
    assert len(merge(tmp_path, [*facts, twin])) == 1


def test_claims_do_not_depend_on_the_run(tmp_path: Path) -> None:
    facts = [told("a"), told("b"), told("c", value=9)]
    assert merge(tmp_path, *facts) == merge(tmp_path, *facts)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"facts\.jsonl"):
        consolidate(tmp_path, RuleSet())


@pytest.mark.parametrize(("value", "digits"), [(5e8, 1), (10.9e9, 3), (4200, 2), (0.46, 2), (7, 1), (0, 1)])
def test_significant_digits(value: float, digits: int) -> None:
    assert significant_digits(value) == digits
