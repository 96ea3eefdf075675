"""What quantities are about, over the real parse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from describing import item_of, marked, subject_of

from newsfacts.linking.clause import Description
from newsfacts.model import Change

pytestmark = pytest.mark.model

Describe = Callable[[str], dict[str, Description]]


ITEMS = [
    ("item-counted", "The town has [more than 4,000|count] small glass workshops.", "small glass workshops"),
    ("item-counted", "They counted [30,000|count] pieces of old furniture.", "pieces of old furniture"),
    ("item-counted", "It won [three|count] straight league titles.", "straight league titles"),
    ("item-counted", "The firm is among the [top five|rank] makers of paper.", "makers of paper"),
    ("item-counted", "Experts of a [12|count]-member panel met.", "member"),
    ("item-of", "Services make up [40 percent|percent] of the local economy.", "local economy"),
    ("item-of", "Growers sold [5 million yuan|money] worth of dried fruit.", "dried fruit"),
    ("item-of", "It took [a third|ratio] of the votes.", "votes"),
    (
        "item-of",
        "Banks lent [80 million yuan|money] ([10 million dollars|money=]) of short-term loans.",
        "short-term loans",
    ),
    ("item-in", "The zone paid [3 billion yuan|money] in land taxes.", "land taxes"),
    ("item-naming", "Drivers face fines of [50 dollars|money].", "fines"),
    ("item-naming", "The stall offered rice at a price of [3 yuan|money] yesterday.", "price"),
    ("item-worth", "Customs seized goods worth [3 million dollars|money].", "goods"),
    ("item-hyphenated", "The bank approved a [5-million-dollar|money] loan.", "loan"),
    ("item-premodified", "They bought a [10 percent|percent] stake in the mine.", "stake"),
    ("item-participle", "They signed new contracts totaling [2 billion yuan|money].", "new contracts"),
    ("item-object", "The rule limits new loans to [3 billion yuan|money].", "new loans"),
    ("item-measured-subject", "The output value exceeded [2 billion yuan|money].", "output value"),
    ("item-measured-subject", "The turnover was [188 million yuan|money].", "turnover"),
    ("item-before-number", "The city, population [1.3 million|count], lies on the coast.", "population"),
    ("item-changed", "The plant raised labor productivity by [30 percent|percent].", "labor productivity"),
    ("item-changed", "The town reported a rise of [6 percent|percent] in farm income.", "farm income"),
    ("item-changed", "Retail sales growth of [6 percent|percent] beat forecasts.", "Retail sales growth"),
    ("item-changed", "The scheme saved [5 million tons|measure|t] less coal.", "coal"),
]


@pytest.mark.parametrize(("rule", "sentence", "item"), ITEMS)
def test_item_by_rule(describe: Describe, rule: str, sentence: str, item: str) -> None:
    found = next(iter(describe(sentence).values()))
    assert (item_of(found), found.rules[0]) == (item, rule)


NO_ITEM = [
    "The county set aside [500 million yuan|money] to help its workshops.",
    "Together the couple can earn [15,000 yuan|money||mo] a month.",
    "He worked abroad for [three years|duration|a].",
    "The reserve is [50 kilometers|measure|km] from the dam.",
    "The [six-million-kilowatt|measure|kW] northern station will open soon.",
]


@pytest.mark.parametrize("sentence", NO_ITEM)
def test_no_item_is_invented(describe: Describe, sentence: str) -> None:
    assert item_of(next(iter(describe(sentence).values()))) is None


SUBJECTS = [
    ("The province plans to have [100|count] towns.", "The province", "have"),
    ("Local firms, which have created [5,000|count] jobs, exported more.", "Local firms", "create"),
    ("There are 40 firms in the glass industry, which have hired [5,000|count] people.", "40 firms", "hire"),
    ("A blast in the capital, which killed [12|count] people, was heard afar.", "A blast", "kill"),
    ("The mayor runs a data center with [15,000|count] servers.", "a data center", "run"),
    ("They built ten big dams on the river, each with a capacity of [3 million tons|measure|t].",
     "ten big dams", None),
    ("Investors opened mines bringing revenue of [9 million yuan|money].", None, "bring"),
    ("The law allows firms to hire [50|count] clerks.", "firms", "hire"),
    ("Workers earning [3,000 yuan|money] must register.", "Workers", "earn"),
    ("The town, [50 km|measure|km] north of the capital, grew.", "The town", "grow"),
    ("The city was hit by a fraud, involving [3 billion yuan|money] of deposits.", "a fraud", "involve"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "subject", "predicate"), SUBJECTS)
def test_subject(describe: Describe, sentence: str, subject: str | None, predicate: str | None) -> None:
    found = next(iter(describe(sentence).values()))
    if subject is not None:
        said = subject_of(found)
        assert said is not None
        assert said.startswith(subject)
    if predicate is not None:
        assert found.predicate == predicate


def test_a_quantity_is_not_its_own_subject(describe: Describe) -> None:
    found = describe("[322,500|count] birds have been culled.")["322,500"]
    assert (subject_of(found), found.predicate) == (None, "cull")


CHANGES = [
    ("Exports rose [6 percent|percent].", "up", "by"),
    ("Exports fell by a further [6 percent|percent].", "down", "by"),
    ("Exports were down [6 percent|percent] on 2005.", "down", "by"),
    ("The rate was cut to [3 percent|percent].", "down", "to"),
    ("Losses narrowed from [7 million dollars|money].", "down", "from"),
    ("It posted growth in 2006 of [2.3 percent|percent].", "up", "by"),
    ("Teachers want a [20 percent|percent] pay hike.", "up", "by"),
    ("Imports were [20 percent|percent] higher than a year earlier.", "up", "by"),
    ("The scheme means [5 million tons|measure|t] less coal.", "down", "by"),
    ("About [5 million tons|measure|t] of soot will be eliminated.", "down", "by"),
    ("The firm cut [500|count] jobs.", "down", "by"),
    ("The fund lost [3 percent|percent].", "down", "by"),
    ("The share gained [10 cents|money] to 31 dollars.", "up", "by"),
    ("The ministry [doubled|ratio] the threshold.", "up", "by"),
    ("The forecast was revised upward by [40 million yen|money].", "up", "by"),
    ("Output grew at an annual rate of [8 percent|percent].", "up", "by"),
    ("Economic growth reached [8 percent|percent].", "up", "by"),
    ("Enrollment shot [up to 93 percent|percent].", "up", "to"),
    ("Fares will be up an average of [nine percent|percent].", "up", "by"),
    ("Shares closed [2 percent|percent] up in Lima.", "up", "by"),
    ("The dollar is quoted at 119 yen, down from [120 yen|money].", "down", "from"),
    ("The court extended the deadline by [two years|duration|a].", "up", "by"),
    ("On the bourse: Alpha [+0.2%|percent]", "up", "by"),
]


@pytest.mark.parametrize(("sentence", "direction", "role"), CHANGES)
def test_change(describe: Describe, sentence: str, direction: str, role: str) -> None:
    change = next(iter(describe(sentence).values())).change
    assert change is not None
    assert (change.direction, change.role) == (direction, role)


NO_CHANGE = [
    "Foreign firms brought [two-thirds|ratio] of the cars.",
    "They took up [30 percent|percent] of the space.",
    "In addition to [600,000 euros|money] in aid, they sent food.",
    "Sentiment rose to a [two-year|duration|a] high.",
    "They set up [24|count] stations.",
    "The fund raised [5 million dollars|money].",
    "The thieves lost [two|count] ships.",
    "Prices are [20 percent|percent] higher than the national average.",
    "The new dam is [five times|ratio] greater than the old one.",
    "The rule restricts newly increased loans to [3 billion yuan|money].",
    "The firm expanded the [two|count] plants.",
    "The firm expanded sales to [30|count] countries.",
    "He added a [30 degree|measure|deg] turn to the road.",
    "Fines of up to [50,000 yuan|money] are possible.",
    "The increase was debated for [three years|duration|a].",
]


@pytest.mark.parametrize("sentence", NO_CHANGE)
def test_no_change(describe: Describe, sentence: str) -> None:
    assert next(iter(describe(sentence).values())).change is None


def test_level_beside_its_change(describe: Describe) -> None:
    found = describe("Trade reached [9 billion dollars|money] last year, up [40 percent|percent].")
    assert found["9 billion dollars"].change == Change("up", "to", "yoy")
    assert found["40 percent"].change == Change("up", "by", "yoy")
    assert {item_of(d) for d in found.values()} == {"Trade"}


def test_change_with_its_own_noun_leaves_the_level_alone(describe: Describe) -> None:
    found = describe("Trade reached [9 billion dollars|money], with imports up [40 percent|percent].")
    assert found["9 billion dollars"].change is None
    assert item_of(found["40 percent"]) == "imports"


def test_apposed_increase_is_of_what_was_counted(describe: Describe) -> None:
    found = describe("The company sold [500,000|count] cars, an increase of [12 percent|percent].")
    assert item_of(found["12 percent"]) == "cars"
    assert found["500,000"].change == Change("up", "to", None)


def test_former_level(describe: Describe) -> None:
    found = describe("It took [39 percent|percent] of the budget, down from [42 percent|percent].")
    assert found["42 percent"].change == Change("down", "from", None)
    assert item_of(found["42 percent"]) == "budget"


def test_gapped_from_to(describe: Describe) -> None:
    found = describe(
        "Income taxes were cut from [40|percent|%] to [30 percent|percent] and sales taxes from "
        "[20|percent|%] to [15 percent|percent]."
    )
    assert {text: item_of(d) for text, d in found.items()} == {
        "40": "Income taxes", "30 percent": "Income taxes", "20": "sales taxes", "15 percent": "sales taxes",
    }  # fmt: skip
    assert [d.change.role for d in found.values() if d.change] == ["from", "to", "from", "to"]


def test_pair_of_values_tells_the_direction(describe: Describe) -> None:
    found = describe("The wage went from [500 yuan|money] to [800 yuan|money].")
    assert [d.change for d in found.values()] == [Change("up", "from"), Change("up", "to")]


def test_gapped_clause(describe: Describe) -> None:
    found = describe("Shares of one firm were down [2.3%|percent], Alpha by [2.6%|percent].")["2.6%"]
    assert (item_of(found), found.change) == ("Alpha", Change("down", "by"))


def test_coordinated_amounts_share_their_item(describe: Describe) -> None:
    found = describe("Sales rose by [5 percent|percent] in Asia and [3 percent|percent] in Europe.")
    assert item_of(found["3 percent"]) == "Sales"
    assert found["3 percent"].change == Change("up", "by")


def test_restated_after_or(describe: Describe) -> None:
    found = describe("The index fell [207 points|measure|{point}], or [2 percent|percent].")["2 percent"]
    assert (item_of(found), found.change) == ("index", Change("down", "by"))


def test_twin_has_its_partners_description(describe: Describe) -> None:
    found = describe("The fee is [500 yuan|money] ([60 dollars|money=]).")
    assert item_of(found["60 dollars"]) == item_of(found["500 yuan"]) == "fee"
    assert found["60 dollars"].rules[0] == "twin"


def test_noun_left_out_is_the_one_counted_before(describe: Describe) -> None:
    found = describe("[Six|count] new tracks were laid, [two|count] for the northern line.")
    assert item_of(found["two"]) == "new tracks"


def test_share_of_a_share(describe: Describe) -> None:
    found = describe("[95 percent|percent] of the glaciers shrank by [4 meters|measure|m].")["4 meters"]
    assert item_of(found) == "glaciers"


def test_pronoun_stands_for_its_noun(describe: Describe) -> None:
    found = describe("Output prices slid when they fell by [2 percent|percent].")["2 percent"]
    assert (item_of(found), subject_of(found)) == ("Output prices", "they")


RATES = [
    ("Per capita income reached [3,255 yuan|money].", "{person}"),
    ("The town boasts an annual output of [2 billion yuan|money].", "a"),
    ("Their yearly output of [3 million|count] jars is famous.", "a"),
    ("The fund will allot [5 million yuan|money] annually.", "a"),
    ("Orders can reach [500|count] boxes a day.", "d"),
    ("Some [30,000|count] cups are made every day.", "d"),
    ("The annual report names [30|count] firms.", None),
    ("It sold [30|count] shops a year ago.", None),
    ("It sold [30|count] shops.", None),
]


@pytest.mark.parametrize(("sentence", "per"), RATES)
def test_rate(describe: Describe, sentence: str, per: str | None) -> None:
    assert next(iter(describe(sentence).values())).per == per


def test_amount_compared_has_the_same_item(describe: Describe) -> None:
    found = describe("Revenue totaled [48 million dollars|money], compared with [47 million dollars|money].")
    assert item_of(found["47 million dollars"]) == "Revenue"


def test_shares_of_a_number_given_before(describe: Describe) -> None:
    found = describe("Of the [500|count] respondents, [30 percent|percent] said prices would rise.")
    assert item_of(found["30 percent"]) == "respondents"


def test_chain_of_levels(describe: Describe) -> None:
    found = describe(
        "The dollar fell to [54.1 pesos|money] from [54.2 pesos|money] and to [9,998 rupiah|money] from "
        "[10,030 rupiah|money]."
    )
    assert {item_of(d) for d in found.values()} == {"dollar"}
    assert [d.change.role for d in found.values() if d.change] == ["to", "from", "to", "from"]


def test_age_is_of_the_person(describe: Describe) -> None:
    found = describe("A [41-year|duration|a]-old woman was saved.")["41-year"]
    assert item_of(found) == "woman"
    assert subject_of(found) == "A 41-year-old woman"


def test_dimension_behind_a_measure(describe: Describe) -> None:
    found = describe("They closed a [three kilometers|measure|km] radius around the farm.")
    assert item_of(found["three kilometers"]) == "radius"


def test_rate_of_each(describe: Describe) -> None:
    found = describe("They built ten big dams, each with a capacity of [3 million tons|measure|t].")
    assert found["3 million tons"].per == "{each}"


BASES = [
    ("Exports rose [6 percent|percent] from a year earlier.", "yoy"),
    ("Exports rose [6 percent|percent] over the previous quarter.", "qoq"),
    ("Prices rose [6 percent|percent] month-on-month.", "mom"),
    ("Exports rose [6 percent|percent] on 2005.", "yoy"),
    ("Exports rose [6 percent|percent].", None),
]


@pytest.mark.parametrize(("sentence", "basis"), BASES)
def test_basis(describe: Describe, sentence: str, basis: str | None) -> None:
    change = next(iter(describe(sentence).values())).change
    assert change is not None
    assert change.basis == basis


def test_description_says_where_it_stands(describe: Describe) -> None:
    found = describe("The town opened a school and the county hired [50|count] teachers.")["50"]
    assert found.head is not None
    assert found.verb is not None
    assert (found.head.text, found.verb.text) == ("teachers", "hired")
    assert found.clause[0] <= found.verb.i < found.clause[1]


def test_phrases_are_cut_from_the_document(describe: Describe) -> None:
    text, _ = marked("The town has [30|count] old mills.")
    found = describe("The town has [30|count] old mills.")["30"]
    for phrase in (found.item, found.subject):
        assert phrase is not None
        assert text[phrase.start : phrase.end] == phrase.text
