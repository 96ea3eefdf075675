"""Place: of the sentence, of a noun that stands for it, or of what the text is about."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model

SHANXI = {"Shanxi": "admin1"}


def test_place_of_the_clause(linked):
    facts = linked("The 40 mills in Leeds closed.", {"40": "count"}, places={"Leeds": "city"})
    assert facts.place("40") == "Leeds"
    assert not facts["40"].place_inherited


def test_the_named_place_counts_not_what_it_lies_in(linked):
    text = "In Taigu district in the city of Jinzhong, 40 mills were rebuilt."
    facts = linked(text, {"40": "count"}, places={"Taigu district": "admin3", "Jinzhong": "admin2"})
    assert facts.place("40") == "Taigu district"


def test_possessor_of_another_place_is_not_the_place(linked):
    text = "South China's Guangxi has set up stations in its 8 towns."
    facts = linked(text, {"8": "count"}, places={"South China": "region", "Guangxi": "admin1"})
    assert facts.place("8") == "Guangxi"


def test_origin_is_not_the_place(linked):
    text = "Shops in Kenya sold 40 tonnes of rice from Thailand."
    facts = linked(text, {"40 tonnes": "measure"}, places={"Kenya": "country", "Thailand": "country"})
    assert facts.place("40 tonnes") == "Kenya"


def test_each_figure_has_its_own_place(linked):
    text = "Rents rose 7 percent in Seoul and 9 percent in Manila."
    facts = linked(
        text, {"7 percent": "percent", "9 percent": "percent"}, places={"Seoul": "city", "Manila": "city"}
    )
    assert (facts.place("7 percent"), facts.place("9 percent")) == ("Seoul", "Manila")


def test_the_place_of_the_source_is_not_where_it_holds(linked):
    text = "The mills on the Dee made 40 tonnes, according to Norway's ministry of energy."
    facts = linked(text, {"40 tonnes": "measure"}, places={"Dee": "water", "Norway": "country"})
    assert facts.place("40 tonnes") == "Dee"


@pytest.mark.parametrize(
    "opening", ["The province has", "It has", "Its leaders have", "The provincial government has"]
)
def test_inherited_from_the_sentence_before(linked, opening):
    facts = linked(f"Shanxi is rich in coal. {opening} built 40 mines.", {"40": "count"}, places=SHANXI)
    assert facts.place("40") == "Shanxi"
    assert facts["40"].place_inherited


def test_a_noun_stands_for_the_last_place_of_its_kind(linked):
    text = "Shanxi is rich in coal. Its town of Pingyao lives on visitors. The province has 40 mines."
    facts = linked(text, {"40": "count"}, places={"Shanxi": "admin1", "Pingyao": "admin4"})
    assert facts.place("40") == "Shanxi"


def test_here_stands_for_what_is_spoken_of(linked):
    text = "Leeds is growing. A bank runs an office here with 40 clerks, its first in Northern England."
    facts = linked(text, {"40": "count"}, places={"Leeds": "city", "Northern England": "region"})
    assert facts.place("40") == "Leeds"


def test_counties_lie_in_their_province(linked):
    text = "Floods hit Alta and Vang, both in northern Innland. In the two counties, 40 farms were lost."
    places = {
        "Alta": {"name": "Alta", "kind": "admin3", "admin1": "Innland"},
        "Vang": {"name": "Vang", "kind": "admin3", "admin1": "Innland"},
        "Innland": "admin1",
    }
    facts = linked(text, {"two": "count", "40": "count"}, places=places)
    assert (facts.place("two"), facts.place("40")) == ("Innland", "Innland")


def test_nothing_named_nothing_linked(linked):
    assert linked("The firm has 40 clerks.", {"40": "count"})["40"].place is None


@pytest.mark.parametrize(
    "text",
    [
        "Leeds is growing. Its goods are sold to 40 countries.",
        "Leeds is growing. Its goods are sold in 40 foreign shops.",
    ],
)
def test_what_lies_elsewhere_inherits_nothing(linked, text):
    assert linked(text, {"40": "count"}, places={"Leeds": "city"})["40"].place is None


def test_an_exchange_rate_has_no_topic(linked):
    text = "Leeds is growing. The pound stood at 2 dollars."
    rate = {"type": "money", "unit": "USD", "per": "GBP"}
    assert linked(text, {"2 dollars": rate}, places={"Leeds": "city"})["2 dollars"].place is None


def test_an_adjective_of_a_nation_points_to_it(linked):
    text = "Japan and Kenya met in Oslo. Kenya grows tea. Japanese exports rose by 40 percent."
    places = {"Japan": "country", "Kenya": "country", "Oslo": "city"}
    assert linked(text, {"40 percent": "percent"}, places=places).place("40 percent") == "Japan"


def test_the_people_of_a_nation_point_to_it(linked):
    text = "France and Spain lost to Kenya. Kenya rejoiced. Some 40 percent of Spaniards and French saw it."
    places = {"France": "country", "Spain": "country", "Kenya": "country"}
    assert linked(text, {"40 percent": "percent"}, places=places).place("40 percent") in {"France", "Spain"}


def test_an_adjective_of_an_unnamed_nation_inherits_nothing(linked):
    text = "Kenya grows tea. Japanese exports rose by 40 percent."
    assert linked(text, {"40 percent": "percent"}, places={"Kenya": "country"})["40 percent"].place is None


def test_a_place_inside_a_unit_is_no_fact(linked):
    facts = linked("It cost 40 U.S. dollars.", {"40 U.S. dollars": "money"}, places={"U.S.": "country"})
    assert [f.type for f in facts.facts] == ["money"]


def test_countries_are_not_all_in_the_place_of_the_meeting(linked):
    facts = linked("Leaders of 40 countries met in Leeds.", {"40": "count"}, places={"Leeds": "city"})
    assert facts.place("40") is None


def test_countries_may_lie_in_a_region(linked):
    facts = linked(
        "Leeds sells to 40 countries in Africa.", {"40": "count"}, {}, {"Leeds": "city", "Africa": "region"}
    )
    assert facts.place("40") == "Africa"


def test_the_place_of_a_survey_is_where_it_holds(linked):
    text = "Half the pupils walk 40 minutes, according to a survey carried out in Henan."
    assert linked(text, {"40 minutes": "duration"}, places={"Henan": "admin1"}).place("40 minutes") == "Henan"


def test_a_quote_holds_in_the_place_beside_it(linked):
    text = "The dollar stood at 119 yen, up from 118 yen at 4 p.m. in London and 117 yen at 5 p.m. in Tokyo."
    marks = {"119 yen": "money", "118 yen": "money", "117 yen": "money"}
    facts = linked(text, marks, places={"London": "city", "Tokyo": "city"})
    assert (facts.place("118 yen"), facts.place("117 yen")) == ("London", "Tokyo")


def test_the_place_of_a_speaker_serves_where_nothing_else_is_named(linked):
    text = "Oslo's main hospital said the number of patients rose by 40 percent."
    assert linked(text, {"40 percent": "percent"}, places={"Oslo": "city"}).place("40 percent") == "Oslo"


def test_the_city_of_is_one_place(linked):
    text = "The city of Hefei in Anhui province has attracted 300 firms."
    facts = linked(text, {"300": "count"}, places={"Hefei": "admin2", "Anhui province": "admin1"})
    assert facts.place("300") == "Hefei"


def test_exports_from_a_place_are_its_own(linked):
    text = "Kenya is growing. Exports from Uganda rose by 40 percent."
    facts = linked(text, {"40 percent": "percent"}, places={"Kenya": "country", "Uganda": "country"})
    assert facts.place("40 percent") == "Uganda"


def test_one_of_the_counties_is_not_where_they_lie(linked):
    text = "The bank lent money to Alta, one of the two counties in Innland."
    facts = linked(text, {"two": "count"}, places={"Alta": "admin2", "Innland": "admin1"})
    assert facts.place("two") == "Innland"


def test_where_persons_are_from_is_not_where_they_are(linked):
    text = "Some 40 U.S. soldiers were killed in Iraq."
    facts = linked(text, {"40": "count"}, places={"U.S.": "country", "Iraq": "country"})
    assert facts.place("40") == "Iraq"


def test_where_persons_are_from_is_the_place_if_no_other_is_named(linked):
    facts = linked("Some 40 U.S. banks failed.", {"40": "count"}, places={"U.S.": "country"})
    assert facts.place("40") == "U.S."


def test_the_place_inside_the_counted_phrase_comes_first(linked):
    text = "The 40 cars expected to be sold in Norway are fewer than Denmark could make."
    facts = linked(text, {"40": "count"}, places={"Norway": "country", "Denmark": "country"})
    assert facts.place("40") == "Norway"


def test_where_it_goes_next_is_not_the_place(linked):
    facts = linked(
        "The ship will unload 40 boxes before heading to Norway.",
        {"40": "count"},
        places={"Norway": "country"},
    )
    assert facts.place("40") is None


def test_what_is_so_worldwide_inherits_no_place(linked):
    text = "Norway builds halls. Some 40 pandas were bred in halls worldwide."
    facts = linked(text, {"40": "count"}, places={"Norway": "country"})
    assert facts.place("40") is None


def test_what_somebody_says_is_not_where_he_is(linked):
    text = "Some 40 voters said they opposed the war in Iraq."
    facts = linked(text, {"40": "count"}, places={"Iraq": "country"})
    assert facts.place("40") is None


def test_the_home_of_a_person_is_not_the_place(linked):
    text = "Norway celebrates. Anna Berg won 3 races, beating Sweden's Peter Larsson and Mary Smith of Peru."
    facts = linked(text, {"3": "count"}, places={"Norway": "country", "Sweden": "country", "Peru": "country"})
    assert facts.place("3") == "Norway"


def test_a_bearing_is_not_the_place(linked):
    text = "The lorry crashed in Alta, some 40 km north of Leeds."
    measure = {"type": "measure", "value": 40, "unit": "km"}
    facts = linked(text, {"some 40 km": measure}, places={"Alta": "city", "Leeds": "city"})
    assert facts.place("some 40 km") == "Alta"


def test_a_length_of_time_is_not_where_the_other_event_was(linked):
    text = "Norway is tense. The call came five days after a court in Leeds ruled."
    facts = linked(text, {"five days": "duration"}, places={"Norway": "country", "Leeds": "city"})
    assert facts.place("five days") == "Norway"


def test_what_stands_ahead_in_an_order_is_not_the_place(linked):
    text = "The second largest carmaker after Hart Corp. of Norway sold 40 tonnes."
    assert linked(text, {"40 tonnes": "measure"}, places={"Norway": "country"}).place("40 tonnes") is None


def test_troops_of_a_nation_are_elsewhere(linked):
    text = "Britain and Kenya signed it. Some 400 British soldiers will be sent to Kenya."
    places = {"Britain": "country", "Kenya": "country"}
    assert linked(text, {"400": "count"}, places=places).place("400") == "Kenya"


@pytest.mark.parametrize(
    ("sentence", "words", "kind"),
    [
        ("The two sides met.", "two", "count"),
        ("The dollar rose to 2 yen.", "2 yen", "money"),
        ("The Danish Exchange index rose 2 percent.", "2 percent", "percent"),
    ],
)
def test_nothing_is_inherited(linked, sentence, words, kind):
    kenya = {"name": "Kenya", "kind": "country", "country": "KE"}
    facts = linked(f"Kenya grew. {sentence}", {words: {"type": kind, "value": 2}}, places={"Kenya": kenya})
    assert facts.place(words) is None


def test_a_market_named_by_its_people(linked):
    text = "Sales in Kenya and Norway rose. In the Norwegian market, it sold 40 boats."
    facts = linked(text, {"40": "count"}, places={"Kenya": "country", "Norway": "country"})
    assert facts.place("40") == "Norway"


def test_where_something_was_published_is_no_topic(linked):
    text = "Kenya grew. The report was published in Leeds. Exports rose 2 percent."
    facts = linked(text, {"2 percent": "percent"}, places={"Kenya": "country", "Leeds": "city"})
    assert facts.place("2 percent") == "Kenya"


def test_an_adjective_may_belong_to_a_country_named_below(linked):
    text = "Norwegian exports rose 2 percent. Fish is what Norway sells."
    norway = {"name": "Norway", "kind": "country", "country": "NO"}
    facts = linked(text, {"2 percent": "percent"}, places={"Norway": norway})
    assert facts.place("2 percent") == "Norway"
    assert facts["2 percent"].place_inherited


def test_a_clause_with_where_holds_at_the_place_before_it(linked):
    text = "Shops in Kenya, where 40 mills closed, sold tea from Norway."
    facts = linked(text, {"40": "count"}, places={"Kenya": "country", "Norway": "country"})
    assert facts.place("40") == "Kenya"


def test_a_captain_of_a_nation_is_elsewhere(linked):
    text = "Kenya cheered. The 40 metres were run by Norway captain John Smith."
    facts = linked(text, {"40 metres": "measure"}, places={"Kenya": "country", "Norway": "country"})
    assert facts.place("40 metres") == "Kenya"


def test_a_club_is_no_place(linked):
    text = "Kenya watched. Newcastle beat Leeds with 3 goals."
    facts = linked(text, {"3": "count"}, places={"Kenya": "country", "Newcastle": "city", "Leeds": "city"})
    assert facts.place("3") == "Kenya"


def test_believers_and_parties_do_not_move_a_figure(linked):
    text = "Kenya is tense. The Maoist conflict has killed 40 people."
    assert linked(text, {"40": "count"}, places={"Kenya": "country"}).place("40") == "Kenya"


def test_the_country_behind_a_comma_only_says_where_the_city_is(linked):
    text = "He knew of the blasts in Casablanca, Morocco that killed 40 people."
    city = {"name": "Casablanca", "kind": "city", "country": "MA"}
    country = {"name": "Morocco", "kind": "country", "country": "MA"}
    facts = linked(text, {"40": "count"}, places={"Casablanca": city, "Morocco": country})
    assert facts.place("40") == "Casablanca"
