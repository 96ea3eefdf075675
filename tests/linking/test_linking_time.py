"""Time: the date that scopes a quantity, not the one it is compared with or reported on."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model

CASES = [
    ("In 2007, output reached 90 tonnes.", "90 tonnes", {"2007": "2007"}, "2007"),
    (
        "Output was 90 tonnes in 2007, up 20 percent on 2006.",
        "20 percent",
        {"2007": "2007", "2006": "2006"},
        "2007",
    ),
    (
        "Exports rose 8 percent from the same period of 2005.",
        "8 percent",
        {"the same period of 2005": None},
        None,
    ),
    ("Growth was 2 points lower than in 2006.", "2 points", {"2006": "2006"}, None),
    ("Sales rose 7 percent to more than 3 billion euros in 2020.", "7 percent", {"2020": "2020"}, "2020"),
    ("Sales were 7 percent more than 3 billion euros in 2020.", "7 percent", {"2020": "2020"}, None),
    ("Sales fell by 3 percent from the figure for February.", "3 percent", {"February": "2005-02"}, None),
    (
        "The bank said on Monday that it had lent 5 million yuan.",
        "5 million yuan",
        {"Monday": "2005-11-14"},
        None,
    ),
    ("The bank has opened 30 branches since 2015.", "30", {"2015": "2015"}, "2015"),
    (
        "Prices showed their sharpest fall since May 1986 and dropped 2 percent.",
        "2 percent",
        {"May 1986": "1986-05"},
        None,
    ),
    (
        "The city built 9 halls for the 2008 Olympic Games in May.",
        "9",
        {"2008": "2008", "May": "2007-05"},
        "May",
    ),
    (
        "They lost 9 tonnes in the worst fire since the fall of Oslo in 2003.",
        "9 tonnes",
        {"2003": "2003"},
        None,
    ),
    ("They lost 9 tonnes, more than since the fall of Oslo in 2003.", "9 tonnes", {"2003": "2003"}, None),
    ("Nine high-ranking clerks were put on trial in October.", "Nine", {"October": "2006-10"}, "October"),
    ("Seven parties agreed last month to meet.", "Seven", {"last month": "2006-10"}, "last month"),
    (
        "The mill burned 9 tonnes, Omar told clerks in Oslo on Monday.",
        "9 tonnes",
        {"Monday": "2006-10-02"},
        None,
    ),
    ("Some 9 firms have signed up to contest next month's sale.", "9", {"next month": "2006-10"}, None),
    ("They sold 9 boats, 8 carts and 7 cars in 2002.", "9", {"2002": "2002"}, "2002"),
    ("It sold 9 tonnes, up from 7 tonnes a year earlier.", "9 tonnes", {"a year earlier": "2006"}, None),
    ("It sold 9 tonnes a year earlier.", "9 tonnes", {"a year earlier": "2006"}, "a year earlier"),
    ("The fire, which occurred in 1993, burned 9 tonnes.", "9 tonnes", {"1993": "1993"}, "1993"),
    ("The mill, which closed in 1993, burned 9 tonnes.", "9 tonnes", {"1993": "1993"}, None),
    ("A truck carrying 9 tonnes crashed in March.", "9 tonnes", {"March": "1993-03"}, "March"),
    ("It won 9 tonnes at the 2008 Olympic Games.", "9 tonnes", {"2008": "2008"}, "2008"),
    ("The mill burned 9 tonnes when it was rebuilt in 1945.", "9 tonnes", {"1945": "1945"}, "1945"),
    ("The mill burns 9 tonnes while it was rebuilt in 1945.", "9 tonnes", {"1945": "1945"}, None),
    ("Prices fell in March, when rents dropped by 2 percent.", "2 percent", {"March": "1997-03"}, "March"),
    (
        "By 2020, capacity is to reach 40 gigawatts, a quarter of the total, with 9 plants.",
        "9",
        {"2020": "2020"},
        "2020",
    ),
    ("In May, imports rose 4 percent and exports grew 6 percent.", "6 percent", {"May": "2005-05"}, "May"),
    ("The 300-km railway will open in 2007.", "300-km", {"2007": "2007"}, None),
    ("These 10 towns grew fast in 2007.", "10", {"2007": "2007"}, None),
    (
        "It was the worst flood in 50 years, officials said on Monday.",
        "50 years",
        {"Monday": "2005-11-14"},
        None,
    ),
    (
        "Firms with losses of 5 percent closed after the bank failed in 2003.",
        "5 percent",
        {"2003": "2003"},
        None,
    ),
    (
        "The city has given 60 million yuan to foster trade in its towns this year.",
        "60 million yuan",
        {"this year": "2005"},
        "this year",
    ),
    (
        "The board decided in October to cut output by 40 tonnes.",
        "40 tonnes",
        {"October": "2005-10"},
        None,
    ),
    ("The board will cut output by 40 tonnes by October.", "40 tonnes", {"October": "2005-10"}, "October"),
    (
        "The ratio dropped from the start of 2005 to 7 tonnes.",
        "7 tonnes",
        {"the start of 2005": "2005"},
        None,
    ),
    ("Police held 14 young rioters Monday.", "14", {"Monday": "2005-11-14"}, "Monday"),
    (
        "Rents will grow by 50 dollars over the next five years.",
        "50 dollars",
        {"the next five years": "2005/2010"},
        "the next five years",
    ),
    ("Rents rose by 5 pounds in May, while wages fell by 3 pounds.", "3 pounds", {"May": "2005-05"}, "May"),
    (
        "Shares fell Thursday, with the index moving down 25 points.",
        "25 points",
        {"Thursday": "2005-11-17"},
        "Thursday",
    ),
    ("He estimates by 2020, some 57 towns will have a port.", "57", {"2020": "2020"}, "2020"),
    (
        "A drop to 25 points has dampened hopes of a rise of rates next week.",
        "25 points",
        {"next week": "2005-11-28"},
        None,
    ),
    ("Oslo, a city of 40 districts, closed its port on Monday.", "40", {"Monday": "2005-11-14"}, None),
    ("The town opened the first two schools on Monday.", "two", {"Monday": "2005-11-14"}, "Monday"),
    (
        "Output should reach 5 tonnes by 2008 and 6 tonnes by 2010.",
        "6 tonnes",
        {"2008": "2008", "2010": "2010"},
        "2010",
    ),
    (
        "The euro hit the highest level since its launch in 1999, climbing to 141 yen.",
        "141 yen",
        {"1999": "1999"},
        None,
    ),
]


@pytest.mark.parametrize(("text", "words", "dates", "time"), CASES, ids=[c[0][:40] for c in CASES])
def test_time(linked, text, words, dates, time):
    kind = "count" if words.isalnum() else "duration" if "years" in words else "measure"
    assert linked(text, {words: kind}, dates=dates).time(words) == time


def test_each_figure_has_the_year_beside_it(linked):
    text = "The city used 4 million tons of coal in 2001, but in 2005 the figure dropped to 3 million tons."
    facts = linked(
        text,
        {"4 million tons": "measure", "3 million tons": "measure"},
        dates={"2001": "2001", "2005": "2005"},
    )
    assert (facts.time("4 million tons"), facts.time("3 million tons")) == ("2001", "2005")


def test_a_baseline_keeps_the_date_that_follows_it(linked):
    text = "Sales came to 6 million dollars, down from 8 million dollars Monday."
    facts = linked(
        text, {"6 million dollars": "money", "8 million dollars": "money"}, dates={"Monday": "2005-11-14"}
    )
    assert (facts.time("6 million dollars"), facts.time("8 million dollars")) == (None, "Monday")


def test_only_points_in_time_are_date_facts(linked):
    facts = linked("It opened in May.", {}, dates={"May": "2005-05"})
    assert [(f.type, f.text, f.edtf) for f in facts.facts] == [("date", "May", "2005-05")]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Investment fell 34 percent from a year earlier to 1 billion dollars in 1996.", "1996"),
        ("The budget is up 34 percent on that of 1996.", None),
    ],
)
def test_percentages_and_what_they_are_measured_on(linked, text, time):
    dates = {"1996": "1996"} if "1996" in text else {}
    assert linked(text, {"34 percent": "percent"}, dates=dates).time("34 percent") == time


def test_a_place_may_stand_between_a_baseline_and_its_date(linked):
    text = "The dollar rose to 121 yen in Tokyo from 120 yen in New York on Friday."
    facts = linked(text, {"121 yen": "money", "120 yen": "money"}, dates={"Friday": "2005-12-02"})
    assert (facts.time("121 yen"), facts.time("120 yen")) == (None, "Friday")


def test_a_distance_lasts(linked):
    length = {"type": "measure", "unit": "km"}
    facts = linked("The dam now under repair is 50 km from Oslo.", {"50 km": length}, dates={"now": None})
    assert facts.time("50 km") is None


def test_a_participle_dates_what_is_known(linked):
    text = "The 900 workers laid off in March left Leeds in June."
    facts = linked(text, {"900": "count"}, dates={"March": "2005-03", "June": "2005-06"})
    assert facts.time("900") == "March"


def test_a_rank_in_a_name_has_no_time(linked):
    text = "The second largest bank sold 40 shops in May, and became the third largest seller in June."
    ranks = {"second largest": "rank", "third largest": "rank"}
    facts = linked(text, ranks, dates={"May": "2005-05", "June": "2005-06"})
    assert (facts.time("second largest"), facts.time("third largest")) == (None, "June")


def test_clauses_with_as_share_their_time(linked):
    text = "Glaciers shrank in 2005 as temperatures rose by 2 degrees."
    facts = linked(text, {"2 degrees": "measure"}, dates={"2005": "2005"})
    assert facts.time("2 degrees") == "2005"


def test_a_relative_clause_tells_since_when_an_amount_holds(linked):
    text = "The tax of 6 euros, which took effect in May, hurts farmers."
    facts = linked(text, {"6 euros": "money"}, dates={"May": "2005-05"})
    assert facts.time("6 euros") == "May"
