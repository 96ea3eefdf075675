"""Each scoring rule on the smallest gold that shows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gold_builders import Row, date, place, predicted, quantity, write

from newsfacts.evaluation import Report, evaluate
from newsfacts.evaluation.report import detection_f1, precision, recall, span_accuracy, strict_f1


@pytest.fixture
def score(tmp_path: Path) -> Any:
    def run(gold: list[Row], pred: list[Row]) -> Report:
        files = write(tmp_path / "gold.jsonl", gold), write(tmp_path / "pred.jsonl", pred)
        return evaluate(*files, resamples=20)

    return run


def counts(report: Report, group: str = "all") -> tuple[int, int, int]:
    """Matched, extra, missed."""
    found = report.groups[group].counts
    return found.matched, found.extra, found.missed


def verdict(report: Report, attribute: str) -> float:
    return report.attributes[attribute].share


# --- matching ---


def test_quantity_matches_on_overlap_and_value(score: Any) -> None:
    gold = quantity()
    assert counts(score([gold], [predicted(gold, start=12, end=30)])) == (1, 0, 0)
    assert counts(score([gold], [predicted(gold, value=21)])) == (0, 1, 1)
    assert counts(score([gold], [predicted(gold, start=100, end=108)])) == (0, 1, 1)


def test_spans_that_only_touch_do_not_match(score: Any) -> None:
    gold = quantity(start=10, text="20 mills")
    assert counts(score([gold], [predicted(gold, start=18, end=20)])) == (0, 1, 1)


def test_value_agrees_within_a_millionth(score: Any) -> None:
    gold = quantity(value=1_000_000)
    assert counts(score([gold], [predicted(gold, value=1_000_000.5)])) == (1, 0, 0)
    assert counts(score([gold], [predicted(gold, value=1_000_010)])) == (0, 1, 1)


def test_type_must_agree(score: Any) -> None:
    gold = quantity()
    report = score([gold], [predicted(gold, type="measure")])
    assert counts(report, "count") == (0, 0, 1)
    assert counts(report, "measure") == (0, 1, 0)


@pytest.mark.parametrize(
    ("fields", "matches"),
    [
        ({"low": 30, "high": 40}, True),
        ({"low": 30, "high": 41}, False),
        ({"low": 30, "high": None}, False),
        ({"value": 35, "low": 30, "high": 40}, False),
    ],
)
def test_range_matches_on_both_bounds(score: Any, fields: Row, matches: bool) -> None:
    gold = quantity(text="30 to 40 mills", value=None, low=30, high=40)
    pred = predicted(gold) | fields
    assert counts(score([gold], [pred])) == ((1, 0, 0) if matches else (0, 1, 1))


def test_bounds_beside_a_value_are_not_compared(score: Any) -> None:
    gold = quantity(value=20, low=20, modifier=">")
    assert strict_f1(score([gold], [predicted(gold, low=None)]).groups["all"].counts) == 1


def test_dates_and_places_match_on_overlap_alone(score: Any) -> None:
    gold = [date(), place()]
    wrong = [predicted(gold[0], edtf="1999"), predicted(gold[1], name="Elsewhere", lat=0.0)]
    report = score(gold, wrong)
    assert counts(report) == (2, 0, 0)
    assert strict_f1(report.groups["all"].counts) == 0


def test_one_prediction_matches_one_gold_fact(score: Any) -> None:
    gold = [quantity("q1", start=10, text="20"), quantity("q2", start=13, text="20")]
    wide = predicted(gold[0], end=20)
    assert counts(score(gold, [wide])) == (1, 0, 1)
    assert counts(score(gold[:1], [predicted(gold[0]), wide | {"id": "w"}])) == (1, 1, 0)


def test_overlapping_spans_are_paired_so_that_most_match(score: Any) -> None:
    # "left" overlaps both gold facts, "right" only the first: taking the closest first would lose one.
    gold = [date("d1", start=10, text="x" * 10), date("d2", start=22, text="x" * 10)]
    left = predicted(gold[0], id="left", start=11, end=23)
    right = predicted(gold[0], id="right", start=5, end=11)
    assert counts(score(gold, [left, right])) == (2, 0, 0)


def test_closest_span_is_preferred(score: Any) -> None:
    gold = date(start=10, text="x" * 10)
    near, far = predicted(gold, id="near", edtf="2021-05"), predicted(gold, id="far", end=40, edtf="1999")
    for pred in ([far, near], [near, far]):
        report = score([gold], pred)
        assert verdict(report, "date.edtf") == 1
        assert span_accuracy(report.groups["all"].counts) == 1


def test_documents_are_compared_by_file_stem(score: Any) -> None:
    gold = quantity()
    assert counts(score([gold], [predicted(gold, doc_id="news/2021/doc.txt")])) == (1, 0, 0)


def test_documents_on_one_side_only_are_named(score: Any) -> None:
    gold = [quantity(), quantity("q2") | {"doc_id": "silent"}]
    report = score(gold, [predicted(gold[0]), predicted(gold[0], doc_id="stray")])
    assert report.missing_documents == ("silent",)
    assert report.unknown_documents == ("stray",)
    assert counts(report) == (1, 0, 1)


# --- optional facts ---


def test_optional_fact_neither_gains_nor_costs(score: Any) -> None:
    must, may = quantity("q1"), quantity("q2", start=30, optional=True)
    missing = score([must, may], [predicted(must)])
    found = score([must, may], [predicted(must), predicted(may)])
    wrong = score([must, may], [predicted(must), predicted(may, value=99)])
    assert counts(missing) == counts(found) == counts(wrong) == (1, 0, 0)


def test_any_prediction_on_an_optional_fact_is_excused(score: Any) -> None:
    gold = [quantity("q1"), date("d1", optional=True)]
    stray = quantity("s1", start=gold[1]["start"], text="2021", value=2021)
    assert counts(score(gold, [predicted(gold[0]), stray])) == (1, 0, 0)


def test_optional_fact_does_not_take_the_match_of_a_required_one(score: Any) -> None:
    may = date("d1", start=10, text="x" * 10, optional=True)
    must = date("d2", start=12, text="x" * 20)
    exact_for_optional = predicted(may, id="p")
    assert counts(score([may, must], [exact_for_optional])) == (1, 0, 0)


# --- attributes of quantities ---


@pytest.mark.parametrize(
    ("attribute", "gold_value", "right", "wrong"),
    [
        ("modifier", ">", ">", ">="),
        ("modifier", None, "=", "~"),
        ("unit", "km", "km", "m"),
        ("unit", None, None, "t"),
        ("per", "mo", "mo", None),
        ("per", None, None, "a"),
        ("status", "planned", "planned", "actual"),
        ("status", None, "actual", "negated"),
    ],
)
def test_codes_are_compared_as_they_are(
    score: Any, attribute: str, gold_value: str | None, right: str | None, wrong: str | None
) -> None:
    gold = quantity(**{attribute: gold_value})
    for value, expected in ((right, 1), (wrong, 0)):
        report = score([gold], [predicted(gold, **{attribute: value})])
        assert verdict(report, attribute) == expected
        assert strict_f1(report.groups["all"].counts) == expected


@pytest.mark.parametrize("attribute", ["modifier", "unit", "per", "status"])
def test_alternatives_are_right_too(score: Any, attribute: str) -> None:
    main, other = {
        "modifier": (">", ">="),
        "unit": ("t", "{ton}"),
        "per": ("a", None),
        "status": ("actual", "possible"),
    }[attribute]
    gold = quantity(**{attribute: main, f"{attribute}_alt": [other]})
    assert verdict(score([gold], [predicted(gold, **{attribute: other})]), attribute) == 1
    assert verdict(score([gold], [predicted(gold, **{attribute: "negated"})]), attribute) == 0


@pytest.mark.parametrize(
    ("heads", "phrase", "right"),
    [
        (["mill"], "new paper mills", True),
        (["entity"], "business entities", True),
        (["box"], "boxes", True),
        (["person"], "young people", True),
        (["man"], "two men", True),
        (["businessman"], "local businessmen", True),
        (["revenue", "tax"], "Tax receipts", True),
        (["mill"], "millers", False),
        (["mill"], "", False),
        (["mill"], None, False),
        (["output value"], "the value of annual output", True),  # every word of a multiword head
        (["output value"], "annual output", False),
        (["output value", "output"], "annual output", True),
    ],
)
def test_item_is_right_when_it_holds_a_head(
    score: Any, heads: list[str], phrase: str | None, right: bool
) -> None:
    gold = quantity(item="x", item_heads=heads)
    report = score([gold], [predicted(gold, item=phrase)])
    assert verdict(report, "item") == right
    assert strict_f1(report.groups["all"].counts) == right


def test_item_without_heads_must_stay_empty(score: Any) -> None:
    gold = quantity()
    assert verdict(score([gold], [predicted(gold)]), "item") == 1
    assert verdict(score([gold], [predicted(gold, item="mills")]), "item") == 0


def test_optional_item_may_be_empty_but_not_wrong(score: Any) -> None:
    gold = quantity(item="funds", item_heads=["fund"], item_optional=True)
    assert verdict(score([gold], [predicted(gold, item=None)]), "item") == 1
    assert verdict(score([gold], [predicted(gold, item="mills")]), "item") == 0


@pytest.mark.parametrize("name", ["subject", "source"])
def test_optional_phrase_may_be_empty_but_not_wrong(score: Any, name: str) -> None:
    gold = quantity(**{name: "officials", f"{name}_heads": ["official"], f"{name}_optional": True})
    assert name not in score([gold], [predicted(gold, **{name: None})]).attributes, "unjudged"
    assert verdict(score([gold], [predicted(gold, **{name: "officials"})]), name) == 1
    assert verdict(score([gold], [predicted(gold, **{name: "mills"})]), name) == 0


@pytest.mark.parametrize(("name", "value", "other"), [("per", "a", "d"), ("unit", "t", "kg")])
def test_optional_code_may_be_empty_but_not_wrong(score: Any, name: str, value: str, other: str) -> None:
    gold = quantity(**{name: value, f"{name}_optional": True})
    assert verdict(score([gold], [predicted(gold, **{name: None})]), name) == 1
    assert verdict(score([gold], [predicted(gold, **{name: other})]), name) == 0


def test_an_empty_alternative_is_none(score: Any) -> None:
    gold = quantity(per="a", per_alt=[""])
    assert verdict(score([gold], [predicted(gold, per=None)]), "per") == 1


def test_subject_is_scored_only_where_gold_has_one(score: Any) -> None:
    assert "subject" not in score([quantity()], [predicted(quantity(), subject="The town")]).attributes
    gold = quantity(subject="The town", subject_heads=["town"])
    wrong = score([gold], [predicted(gold, subject="The river")])
    assert verdict(wrong, "subject") == 0
    assert strict_f1(wrong.groups["all"].counts) == 1, "the subject is no part of strict F1"


def test_source_is_scored_where_either_has_one(score: Any) -> None:
    assert "source" not in score([quantity()], [predicted(quantity())]).attributes
    assert verdict(score([quantity()], [predicted(quantity(), source="he")]), "source") == 0
    gold = quantity(source="officials", source_heads=["official"])
    assert verdict(score([gold], [predicted(gold)]), "source") == 1
    assert verdict(score([gold], [predicted(gold, source=None)]), "source") == 0


UP, DOWN = {"direction": "up", "role": "by"}, {"direction": "down", "role": "by"}


@pytest.mark.parametrize(
    ("gold_change", "change", "right", "role_right"),
    [
        (UP, UP, 1, 1),
        (UP, UP | {"basis": "yoy"}, 1, 1),
        (UP, UP | {"role": "to"}, 1, 0),
        (UP, DOWN, 0, 1),
        (UP, None, 0, 0),
        (None, UP, 0, None),
    ],
)
def test_change_direction_counts_and_role_is_reported(
    score: Any, gold_change: Row | None, change: Row | None, right: int, role_right: int | None
) -> None:
    gold = quantity(change=gold_change)
    report = score([gold], [predicted(gold, change=change)])
    assert verdict(report, "change") == right
    assert strict_f1(report.groups["all"].counts) == right
    assert ("change_role" in report.attributes) == (role_right is not None)
    if role_right is not None:
        assert verdict(report, "change_role") == role_right


def test_change_is_not_scored_where_neither_has_one_or_it_is_optional(score: Any) -> None:
    assert "change" not in score([quantity()], [predicted(quantity())]).attributes
    gold = quantity(change=UP, change_optional=True)
    for change in (UP, DOWN, None):
        report = score([gold], [predicted(gold, change=change)])
        assert "change" not in report.attributes
        assert strict_f1(report.groups["all"].counts) == 1


@pytest.mark.parametrize(
    ("change", "right", "role_right"),
    [(UP, 1, 1), (DOWN | {"role": "to"}, 1, 1), (DOWN, 0, 1), (None, 1, None), (UP | {"role": "from"}, 1, 0)],
)
def test_change_alternatives_are_right_as_a_whole(
    score: Any, change: Row | None, right: int, role_right: int | None
) -> None:
    gold = quantity(change=UP, change_alt=[DOWN | {"role": "to"}, None])
    report = score([gold], [predicted(gold, change=change)])
    assert verdict(report, "change") == right
    assert ("change_role" in report.attributes) == (role_right is not None)
    if role_right is not None:
        assert verdict(report, "change_role") == role_right


# --- references ---


def linked(score: Any, gold: Row, pred: Row, *, optional_date: bool = False) -> Report:
    facts = [
        date("d1", start=40, optional=optional_date),
        date("d2", start=50, text="1999", edtf="1999"),
        place("p1", start=60),
        place("p2", start=70, text="Maarby", lat=10.0),
    ]
    return score([gold, *facts], [pred, *map(predicted, facts)])


@pytest.mark.parametrize(
    ("gold_time", "time", "right"),
    [("d1", "d1", 1), ("d1", "d2", 0), ("d1", None, 0), (None, "d1", 0), (None, None, 1), ("d1", "gone", 0)],
)
def test_time_is_right_when_the_dates_overlap(
    score: Any, gold_time: str | None, time: str | None, right: int
) -> None:
    gold = quantity(time=gold_time)
    assert verdict(linked(score, gold, predicted(gold, time=time)), "time") == right


def test_time_alternatives_and_empty_time(score: Any) -> None:
    either = quantity(time="d1", time_alt=["d2"])
    assert verdict(linked(score, either, predicted(either, time="d2")), "time") == 1
    may_be_empty = quantity(time="d1", time_optional=True)
    assert verdict(linked(score, may_be_empty, predicted(may_be_empty, time=None)), "time") == 1
    assert verdict(linked(score, may_be_empty, predicted(may_be_empty, time="d2")), "time") == 0


@pytest.mark.parametrize(
    ("gold_time", "right"),
    [(None, 1), ("d1", 0), ("d2", 1)],  # d2 is where the vague one stands
)
def test_a_link_to_a_vague_date_counts_as_none(score: Any, gold_time: str | None, right: int) -> None:
    gold = quantity(time=gold_time)
    facts = [date("d1", start=40), date("d2", start=50, text="recent years", edtf=None, timex3="PAST_REF")]
    report = score([gold, *facts], [predicted(gold, time="d2"), *map(predicted, facts)])
    assert verdict(report, "time") == right


@pytest.mark.parametrize(("name", "main"), [("time", "d1"), ("place", "p1"), ("same_as", "p1")])
def test_none_may_be_among_the_alternatives_of_a_link(score: Any, name: str, main: str) -> None:
    gold = quantity(**{name: main, f"{name}_alt": [None]})
    assert verdict(linked(score, gold, predicted(gold, **{name: None})), name) == 1


def test_another_twin_may_be_right(score: Any) -> None:
    gold = quantity(same_as="p1", same_as_alt=["p2"])
    for found, right in (("p1", 1), ("p2", 1), ("d1", 0)):
        assert verdict(linked(score, gold, predicted(gold, same_as=found)), "same_as") == right


@pytest.mark.parametrize(
    ("fields", "near"),
    [
        ({}, 1),
        ({"name": "Maarby", "lat": 10.0}, 1),  # the same division
        ({"name": "Maarby", "lat": 10.0, "admin1": "Oslo"}, 0),
        ({"name": "Norway", "kind": "country", "admin1": None, "lat": 64.0}, 1),
        ({"name": "Sweden", "kind": "country", "country": "SE", "admin1": None}, 0),
    ],
)
def test_container_or_neighbour_in_the_division_is_near(score: Any, fields: Row, near: int) -> None:
    gold, there = quantity(place="p1"), place("p1")
    report = score([gold, there], [predicted(gold), predicted(there, **fields)])
    assert verdict(report, "place_near") == near
    assert strict_f1(report.groups["quantities"].counts) == (fields == {}), "no part of strict F1"
    assert all(d.attribute != "place_near" for m in report.mistakes for d in m.differences)


def test_optional_date_need_not_be_linked(score: Any) -> None:
    gold = quantity(time="d1")
    assert verdict(linked(score, gold, predicted(gold, time=None), optional_date=True), "time") == 1
    assert verdict(linked(score, gold, predicted(gold, time="d2"), optional_date=True), "time") == 0


@pytest.mark.parametrize(
    ("gold_place", "found", "right"), [("p1", "p1", 1), ("p1", "p2", 0), ("p1", None, 0), (None, "p1", 0)]
)
def test_place_is_right_when_it_is_the_same_entity(
    score: Any, gold_place: str | None, found: str | None, right: int
) -> None:
    gold = quantity(place=gold_place)
    assert verdict(linked(score, gold, predicted(gold, place=found)), "place") == right


def test_place_may_be_another_mention_of_the_entity(score: Any) -> None:
    gold = [quantity(place="p1"), place("p1"), place("p9", start=90)]
    pred = [predicted(gold[0], place="p9"), *map(predicted, gold[1:])]
    assert verdict(score(gold, pred), "place") == 1


def test_place_alternatives_and_empty_place(score: Any) -> None:
    either = quantity(place="p1", place_alt=["p2"])
    assert verdict(linked(score, either, predicted(either, place="p2")), "place") == 1
    may_be_empty = quantity(place="p1", place_optional=True)
    assert verdict(linked(score, may_be_empty, predicted(may_be_empty, place=None)), "place") == 1
    assert verdict(linked(score, may_be_empty, predicted(may_be_empty, place="p2")), "place") == 0


@pytest.mark.parametrize(("same_as", "right"), [("x1", 1), ("x3", 0), (None, 0), ("gone", 0)])
def test_twin_is_the_prediction_that_matched_the_gold_twin(
    score: Any, same_as: str | None, right: int
) -> None:
    first, third = quantity("q1", start=10), quantity("q3", start=90, value=3)
    second = quantity("q2", start=30, value=7, same_as="q1")
    pred = [
        predicted(first, id="x1"),
        predicted(second, id="x2", same_as=same_as),
        predicted(third, id="x3"),
    ]
    assert verdict(score([first, second, third], pred), "same_as") == right


def test_optional_twin_may_be_empty_but_not_wrong(score: Any) -> None:
    gold = [quantity("q1", start=10), quantity("q2", start=30, same_as="q1", same_as_optional=True)]
    for same_as, right in ((None, 1), ("q1", 1), ("q2", 0)):
        pred = [predicted(gold[0]), predicted(gold[1], same_as=same_as)]
        assert verdict(score(gold, pred), "same_as") == right


# --- dates and places ---


@pytest.mark.parametrize(
    ("fields", "edtf", "right"),
    [
        ({"edtf": "2021-05"}, "2021-05", 1),
        ({"edtf": "2021-05"}, "2021", 0),
        ({"edtf": "2021-05"}, "2021-05~", 1),
        ({"edtf": "199X?"}, "199X", 1),
        ({"edtf": None}, None, 1),
        ({"edtf": None}, "", 1),
        ({"edtf": None}, "2021", 0),
        ({"edtf": "2021", "edtf_alt": ["2021-05", None]}, "2021-05", 1),
        ({"edtf": "2021", "edtf_alt": ["2021-05", None]}, None, 1),
        ({"edtf": "2021", "edtf_alt": ["2021-05"]}, None, 0),
    ],
)
def test_date_value(score: Any, fields: Row, edtf: str | None, right: int) -> None:
    gold = date(**fields)
    report = score([gold], [predicted(gold, edtf=edtf)])
    assert verdict(report, "date.edtf") == right
    assert strict_f1(report.groups["dates"].counts) == right


def test_date_relation_is_reported_but_not_strict(score: Any) -> None:
    gold = date(relation="by")
    report = score([gold], [predicted(gold, relation="since")])
    assert verdict(report, "date.relation") == 0
    assert strict_f1(report.groups["dates"].counts) == 1


@pytest.mark.parametrize(
    ("gold_fields", "fields", "right"),
    [
        ({}, {"name": "Other", "lat": 60.2}, 1),  # 22 km: two gazetteers' points of one town
        ({}, {"name": "Other", "lat": 60.5}, 0),  # 56 km
        ({}, {"name": "Lorvik City", "lat": 60.5}, 1),  # 56 km, but the name agrees
        ({}, {"lat": 61.0}, 0),  # 111 km: another Lorvik
        ({}, {"country": "SE"}, 0),
        ({}, {"country": None}, 0),
        ({}, {"lat": None}, 1),  # without coordinates the name decides
        ({}, {"lat": None, "name": "Other"}, 0),
        ({"name_alt": ["Larvik Port"]}, {"name": "Larvik Port", "country": None, "lat": 0.0}, 1),
        ({"country": None}, {"country": "SE"}, 1),
        ({"kind": "country", "name": "Norway"}, {"name": "norway", "lat": 0.0}, 1),
        ({"kind": "country", "name": "Norway"}, {"name": "Norge"}, 0),
        ({"kind": "admin1", "name": "Vestlandet", "admin1": "Vestland"}, {"name": "Vestland"}, 1),
        ({"kind": "admin1", "name": "Vestlandet", "admin1": "Vestland"}, {"name": "Agder"}, 0),
        ({"kind": "region", "name": "the Lor Region"}, {"name": "Lor", "lat": 0.0}, 1),
        ({"kind": "water", "name": "Qi'an River"}, {"name": "Qian"}, 1),
        ({"kind": "region", "name": "The Island"}, {"name": "the island"}, 1),  # nothing but generic nouns
        ({"kind": "region", "name": "The Island"}, {"name": "The Lake"}, 0),
    ],
)
def test_place_entity(score: Any, gold_fields: Row, fields: Row, right: int) -> None:
    gold = place(**gold_fields)
    report = score([gold], [predicted(gold, **fields)])
    assert verdict(report, "place.entity") == right
    assert strict_f1(report.groups["places"].counts) == right


@pytest.mark.parametrize("fields", [{"name": "Maarby"}, {"admin1": "Agder"}, {"country": "SE"}])
def test_place_names_are_right_together(score: Any, fields: Row) -> None:
    gold = place()
    assert verdict(score([gold], [predicted(gold, name="Lorvik Town")]), "place.names") == 1
    assert verdict(score([gold], [predicted(gold, **fields)]), "place.names") == 0


def test_place_names_and_distance_are_reported_beside_the_entity(score: Any) -> None:
    gold = place()
    report = score([gold], [predicted(gold, admin1="Agder", lat=60.5)])
    assert verdict(report, "place.names") == 0
    assert verdict(report, "place.distance") == 0
    assert verdict(report, "place.entity") == 1
    country = place(kind="country")
    assert "place.distance" not in score([country], [predicted(country)]).attributes


# --- figures ---


def test_figures_of_a_mixed_outcome(score: Any) -> None:
    gold = [quantity(f"q{i}", start=20 * i, value=i) for i in range(1, 5)]
    pred = [
        predicted(gold[0]),
        predicted(gold[1], unit="t"),
        predicted(gold[2], end=gold[2]["end"] + 1),
        predicted(gold[3], value=99),
        quantity("stray", start=500),
    ]
    found = score(gold, pred).groups["count"].counts
    assert precision(found) == pytest.approx(3 / 5)
    assert recall(found) == pytest.approx(3 / 4)
    assert detection_f1(found) == pytest.approx(2 / 3)
    assert span_accuracy(found) == pytest.approx(2 / 3)
    assert strict_f1(found) == pytest.approx(2 * (2 / 5) * (2 / 4) / (2 / 5 + 2 / 4))


def test_groups_without_facts_are_left_out(score: Any) -> None:
    assert score([quantity()], []).groups.keys() == {"all", "quantities", "count"}


def test_figure_names(score: Any) -> None:
    gold = [quantity(), date()]
    figures = score(gold, [predicted(gold[0])]).figures()
    assert figures["recall"] == 0.5
    assert figures["strict_f1.count"] == figures["detection.quantities"] == 1
    assert figures["precision.dates"] == 0
    assert figures["attribute.unit"] == 1
