"""Goods and prices, clauses without their verb, and subjects that the parser hides, over the real parse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from describing import item_of, subject_of
from linked_facts import Linked

from newsfacts.linking.clause import Description
from newsfacts.model import Change

pytestmark = pytest.mark.model

Describe = Callable[[str], dict[str, Description]]

TRADED = [
    ("The farm sold pigs for [300 dollars|money||{each}] each.", "pigs"),
    ("The group sold its stake in the brewery for [120 million euros|money].", "stake"),
    ("A painting was sold for [2 million yuan|money] at the fair.", "painting"),
    ("The ship went for [90,000 euros|money].", "ship"),
    ("They bought the mill in 2004 for [2 million yuan|money].", "mill"),
    ("The county paid them for [three|count] days.", "days"),
    ("The firm was fined for a delay of [2 million yuan|money].", "delay"),
    ("The company set aside [2 million yuan|money] for repairs.", None),
    ("The bank sued them for [2 million yuan|money].", None),
]


@pytest.mark.parametrize(("sentence", "item"), TRADED)
def test_goods_of_a_price(describe: Describe, sentence: str, item: str | None) -> None:
    assert item_of(next(iter(describe(sentence).values()))) == item


def test_each_of_several_goods_has_its_price(describe: Describe) -> None:
    found = describe(
        "Diners can buy soup for [20 yuan|money||{bowl}] a bowl, noodles for [35 yuan|money||{bowl}] a bowl "
        "and tea for [8 yuan|money]."
    )
    assert [item_of(d) for d in found.values()] == ["soup", "noodles", "tea"]


@pytest.mark.parametrize("prep", ["at", "by"])
def test_gapped_clauses_have_their_own_noun(describe: Describe, prep: str) -> None:
    found = describe(
        f"Steel shares moved up {prep} [0.9 percent|percent], bank stocks {prep} [0.7 percent|percent], "
        f"and paper stocks {prep} [0.2 percent|percent]."
    )
    assert [item_of(d) for d in found.values()] == ["Steel shares", "bank stocks", "paper stocks"]
    assert {d.change for d in found.values()} == {Change("up", "by")}


def test_a_long_object_behind_its_number(describe: Describe) -> None:
    found = describe("The arrest brought to [nine|count] the number of people in custody.")["nine"]
    assert (item_of(found), found.change) == ("number of people", Change("up", "to"))


def test_a_running_total_is_taken_up(describe: Describe) -> None:
    found = describe("Ten men drowned, taking the toll of the storm to [60|count].")["60"]
    assert (item_of(found), found.change) == ("toll of the storm", Change("up", "to"))


def test_what_is_taken_elsewhere_is_no_total(describe: Describe) -> None:
    assert describe("The bus takes the children to [60|count] schools.")["60"].change is None


def test_a_particle_away_from_its_number(describe: Describe) -> None:
    found = describe("Shops mark up the price of shoes [80 percent|percent].")["80 percent"]
    assert (item_of(found), found.change) == ("price of shoes", Change("up", "by"))


def test_what_is_added_to_a_change_is_of_the_same_thing(describe: Describe) -> None:
    found = describe(
        "Mills mark up the price of flour [30 percent|percent] and bakers add another [10 percent|percent]."
    )
    assert item_of(found["10 percent"]) == "price of flour"


def test_a_rate_behind_another_quantity_is_not_shared(describe: Describe) -> None:
    found = describe("The [80|count] dunes have moved by [2 meters|measure|m] each year.")
    assert (found["80"].per, found["2 meters"].per) == (None, "a")


def test_a_rate_is_shared_by_like_amounts(describe: Describe) -> None:
    found = describe("The plant makes [500|count] cars and [300|count] trucks every day.")
    assert {d.per for d in found.values()} == {"d"}


HIDDEN = [
    ("She appealed for calm after a fight between fans and police left [20|count] people hurt.", "a fight"),
    ("In 2019 sales of the mill rose by [5 percent|percent], Jo Park said.", "sales of the mill"),
]


@pytest.mark.parametrize(("sentence", "subject"), HIDDEN)
def test_subject_hung_on_a_preposition(describe: Describe, sentence: str, subject: str) -> None:
    said = subject_of(next(iter(describe(sentence).values())))
    assert said is not None
    assert said.startswith(subject)


def test_a_share_in_brackets_is_the_same_change(describe: Describe) -> None:
    found = describe("The index rose [31 points|measure|{point}] ([0.4 percent|percent]) to [7,900|measure].")
    assert {item_of(d) for d in found.values()} == {"index"}
    assert [d.change.role for d in found.values() if d.change] == ["by", "by", "to"]


def test_an_amount_in_brackets_after_no_change_is_none(describe: Describe) -> None:
    found = describe("The firm holds [31 plots|count] ([40 percent|percent]) in the valley.")
    assert found["40 percent"].change is None


def test_a_level_after_up_and_its_size(describe: Describe) -> None:
    found = describe(
        "The market did well, with gold up [2 percent|percent] to [88 euros|money] and copper down "
        "[1 percent|percent] at [12 euros|money]."
    )
    assert [item_of(d) for d in found.values()] == ["gold", "gold", "copper", "copper"]
    assert [d.change and (d.change.direction, d.change.role) for d in found.values()] == [
        ("up", "by"), ("up", "to"), ("down", "by"), ("down", "to"),
    ]  # fmt: skip


def test_a_participle_speaks_of_the_amount_before(describe: Describe) -> None:
    found = describe("Peru exported [80,000 tons|measure|t] of rice in 2004, growing [7 percent|percent].")
    assert item_of(found["7 percent"]) == "rice"


NAMES = [
    ("The approval rating hit a new low of [35 percent|percent].", "approval rating"),
    ("The slump can be corrected by growth of [2 percent|percent].", "growth"),
    ("The growth rate for the whole of 2006 was [2 percent|percent].", "growth rate"),
    ("The mines suffer losses as high as [2 billion dollars|money].", "losses"),
    ("It would cost [2 billion dollars|money] to rebuild the port.", None),
    ("The bank foresaw a deficit ratio of “[2 percent|percent]”.", "deficit ratio"),
    ("Now Oslo pays Statoil [46 dollars|money] a barrel.", None),
]


@pytest.mark.parametrize(("sentence", "item"), NAMES)
def test_what_names_an_amount(describe: Describe, sentence: str, item: str | None) -> None:
    assert item_of(next(iter(describe(sentence).values()))) == item


def test_each_name_of_a_list_has_its_fall(describe: Describe) -> None:
    found = describe(
        "The losers were Nordic Group, down [68 pence|money] at [1,112 pence|money], and Port Plc, "
        "down [2 pence|money] at [125 pence|money]."
    )
    assert [item_of(d) for d in found.values()] == ["Nordic Group"] * 2 + ["Port Plc"] * 2


WHOSE = [
    ("The charge was [2.5 F|measure|F] and the voltage across it was [5 volts|measure|V].", "the voltage"),
    ("Steel lost [1 percent|percent], while paper, a weak sector, fell [2 percent|percent].", "paper"),
    ("The mill sold paper and the yard built ships and closed [2|count] docks.", "the yard"),
    ("A bonus for the director, Anna Berg, which was worth [5 million euros|money], was cut.", "A bonus"),
    ("The rifle was discovered April 8 buried [one foot|measure|[ft_i]] below the ground.", "The rifle"),
    ("Blasts at hotels in Oslo, which have killed [250|count] people, shook the country.", "Blasts"),
    ("They talked the bank into paying [5 million euros|money].", "the bank"),
    ("The firm will bring a plant to Norway creating [400|count] jobs.", "The firm"),
    ("The tour links the Oslo mill ([5 MW|measure|MW]) with the Bergen mill ([3 MW|measure|MW]).",
     "the Bergen mill"),
    ("The chef needs four fillets ([1 lb|measure|[lb_av]).", "four fillets"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "subject"), WHOSE)
def test_whose_quantity_it_is(describe: Describe, sentence: str, subject: str) -> None:
    said = subject_of(list(describe(sentence).values())[-1])
    assert said is not None
    assert said.startswith(subject)


def test_what_a_price_is_based_on_is_said_of_nobody(describe: Describe) -> None:
    found = describe("In the valley, based on [37|count] sales, the price was [5 million euros|money].")
    assert [subject_of(d) for d in found.values()] == [None, "the price"]


def test_a_number_can_be_part_of_a_name(describe: Describe) -> None:
    assert item_of(describe("The Nikkei 225 fell [2 percent|percent].")["2 percent"]) == "Nikkei 225"


def test_a_plural_that_begins_a_sentence_is_no_verb(describe: Describe) -> None:
    assert item_of(describe("wavelengths [at least 3 um|measure|um].")["at least 3 um"]) == "wavelengths"


def test_compared_over_a_date(describe: Describe) -> None:
    found = describe("The list price is [300 euros|money] versus last year's [280 euros|money].")
    assert {item_of(d) for d in found.values()} == {"list price"}


def test_clauses_without_verb_and_counted_noun(describe: Describe) -> None:
    found = describe("Peru has promised up to [700|count] troops; Chile, [500|count]; Bolivia, [400|count].")
    assert [(subject_of(d), item_of(d)) for d in found.values()] == [
        ("Peru", "troops"), ("Chile", "troops"), ("Bolivia", "troops"),
    ]  # fmt: skip


@pytest.mark.parametrize("rest", ["in Norway, [90|count] of them new", "and lost [90|count]"])
def test_a_number_with_its_own_phrase_is_not_gapped(describe: Describe, rest: str) -> None:
    found = describe(f"Peru has [700|count] ships {rest}.")
    assert subject_of(found["90"]) in {None, "Peru"}


def test_sizes_behind_a_comma(describe: Describe) -> None:
    found = describe(
        "The ship, [400 m|measure|m] long, [56 m|measure|m] wide and [60 m|measure|m] high, sailed."
    )
    assert {subject_of(d) for d in found.values()} == {"The ship"}


def test_a_part_of_what_was_said(describe: Describe) -> None:
    found = describe("Exports were [7 billion dollars|money], [57 percent|percent] of which are ours.")
    assert item_of(found["57 percent"]) == "Exports"


def test_strong_counts_nothing(describe: Describe) -> None:
    assert item_of(describe("The mayor met the [6,000|count]-strong force.")["6,000"]) == "force"


def test_ages_of_a_list_of_names(linked: Callable[..., Linked]) -> None:
    age = {"type": "duration", "unit": "a", "rule": "age"}
    found = linked("The winners are Anna Berg, 25, of Oslo and Olaf Lund, 19.", {"25": age, "19": age})
    assert [(f.subject, f.item) for f in found.facts] == [("Anna Berg", None), ("Olaf Lund", None)]


def test_what_someone_measures(describe: Describe) -> None:
    found = describe("The agency measured the quake at magnitude [6.4|measure].")["6.4"]
    assert (item_of(found), subject_of(found)) == ("quake", "The agency")


def test_what_there_is_has_no_subject_of_another_clause(describe: Describe) -> None:
    found = describe("The mayor opened the fair and there were more than [70,000|count] guests.")["70,000"]
    assert subject_of(found) is None


def test_leaders_of_known_sides_have_no_sides(describe: Describe) -> None:
    found = describe("The envoy held talks with leaders of the [three|count] sides.")["three"]
    assert subject_of(found) == "The envoy"


def test_the_subject_of_an_age_before_a_name(describe: Describe) -> None:
    found = describe("For [57-year|duration|a]-old Anna Berg it was the first prize.")["57-year"]
    assert subject_of(found) == "57-year-old Anna Berg"


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("The fair showed [15|count] models, [half|ratio] of them foreign.", "models"),
        ("Police held [20|count] fans, [five|count] of whom were hurt.", "fans"),
        ("The plums were washed, and [30 percent|percent] of them are dried.", "plums"),
        ("[Five|count] of us left.", None),
    ],
)
def test_what_them_counts(describe: Describe, sentence: str, item: str | None) -> None:
    assert item_of(list(describe(sentence).values())[-1]) == item
