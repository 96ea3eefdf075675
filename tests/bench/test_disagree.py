"""Peers' readings aligned with ours, without a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsfacts.check.units import UnitNames
from newsfacts.rules import RuleSet

Row = dict[str, Any]


@pytest.fixture(scope="module")
def names() -> UnitNames:
    return UnitNames.from_rules(RuleSet())


def fact(start: int, end: int, value: float | None, unit: str | None = None, **more: Any) -> Row:
    kept = {"type": "measure", "low": None, "high": None, "per": None, "value": value, "unit": unit}
    return {"start": start, "end": end} | kept | more


def peer(start: int, end: int, low: float, unit: str | None = "-", high: float | None = None) -> Row:
    return {"start": start, "end": end, "low": low, "high": low if high is None else high, "unit": unit}


@pytest.mark.parametrize(
    ("ours", "theirs", "kind"),
    [
        (fact(0, 8, 5, "km"), peer(0, 8, 5, "kilometre"), "agree"),
        (fact(0, 8, 5, "km"), peer(0, 8, 6, "kilometre"), "value"),
        (fact(0, 8, 5, "km"), peer(0, 8, 5, "kilogram"), "unit"),
        (fact(0, 8, 5, "km"), peer(0, 8, 5), "unit"),
        (fact(0, 8, 5), peer(0, 8, 5, "trained visitor"), "agree"),
        (fact(0, 8, 42, "a"), peer(0, 8, 42, "year of age"), "agree"),
        (fact(0, 8, 12, "USD"), peer(0, 8, 12, "dollar per barrel"), "unit"),
        (fact(0, 8, 12, "USD", per="[bbl_us]"), peer(0, 8, 12, "dollar per barrel"), "agree"),
        (fact(0, 8, None, "km", low=5, modifier=">="), peer(0, 8, 5, "kilometre"), "agree"),
        (fact(0, 8, None, "km", low=5, high=7), peer(0, 8, 5, "kilometre", 7), "agree"),
        (fact(0, 8, None, "km", low=5, high=7), peer(0, 8, 5, "kilometre"), "value"),
    ],
)
def test_value_and_unit_decide(ours: Row, theirs: Row, kind: str, names: UnitNames) -> None:
    from peer.align import other, own, verdict

    assert verdict([own(ours)], [other(theirs, names)]) == kind


def test_quantities_that_share_characters_are_one_group(names: UnitNames) -> None:
    from peer.align import clusters, other, own, verdict

    mine = [own(fact(0, 10, 3, "km")), own(fact(20, 25, 4, "km"))]
    theirs = [other(peer(*span, 3), names) for span in ((0, 2), (5, 10), (30, 32))]
    groups = list(clusters(mine, theirs))
    assert [(len(ours), len(others)) for ours, others in groups] == [(1, 2), (1, 0), (0, 1)]
    assert [verdict(*group) for group in groups] == ["split", "ours only", "theirs only"]


def test_a_date_of_ours_is_no_difference(names: UnitNames) -> None:
    from disagree import _differences

    date = {"type": "date", "start": 3, "end": 7}
    rank = fact(20, 26, 2, type="rank")
    sentence = {"id": "doc:0", "text": "In 2003 the mill was second.", "ours": [date, rank]}
    rows = [{"id": "doc:0", **peer(3, 7, 2003)}]
    found = list(_differences("cqe", [sentence], rows, names, frozenset({"rank"})))
    assert [row["kind"] for row in found] == ["date", "not theirs"]
    assert found[0]["text"] == "In [[2003]] the mill was second."
    failed = [{"id": "doc:0", "failed": True}]
    assert not list(_differences("cqe", [sentence], failed, names, frozenset())), "the peer could not read it"


def test_texts_of_the_rounds_are_held_out(tmp_path: Path) -> None:
    from disagree import held_out

    sources = tmp_path / "sources.yaml"
    sources.write_text("rounds: {1: {a: {corpus: x, id_there: P1}, b: {package: p}}, 2: {c: {id_there: P2}}}")
    assert held_out(sources) == {"P1", "P2"}
    assert len(held_out()) == 32, "four agency articles and four abstracts of each round"


def test_as_many_of_each_kind_are_drawn_again_and_again() -> None:
    from disagree import _drawn

    rows = [{"peer": "cqe", "kind": kind, "id": i} for kind in ("unit", "value") for i in range(9)]
    drawn = list(_drawn(rows, 4))
    assert [row["kind"] for row in drawn] == ["unit"] * 4 + ["value"] * 4
    assert drawn == list(_drawn(rows, 4))


def test_cqe_quantities_are_the_characters_of_value_and_unit() -> None:
    from types import SimpleNamespace as Of

    from peer.cqe import quantities

    def one(value: Of, spans: dict[str, list[tuple[int, int]]]) -> Of:
        return Of(value=value, unit=Of(norm_unit="kilometre"), get_char_indices=lambda: spans)

    found = [
        one(Of(value=5), {"value": [(4, 5)], "unit": [(6, 8)]}),
        one(Of(lower=0, upper=2), {"value": [(10, 11), (13, 14)], "unit": []}),
        one(Of(value=9), {"value": [], "unit": []}),
    ]
    rows = list(quantities(found))
    assert [(row["start"], row["end"], row["low"], row["high"]) for row in rows] == [
        (4, 8, 5, 5),
        (10, 14, 0, 2),
    ]
