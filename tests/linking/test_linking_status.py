"""Status by clause: plans, possibilities, denials and plain facts."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model

CASES = [
    # plain facts
    ("The factory employs 300 workers.", "300", "actual"),
    ("The firm managed to sell 40 boats.", "40", "actual"),
    ("She was the first runner to have won 3 medals.", "3", "actual"),
    ("No fewer than 20 houses were rebuilt.", "No fewer than 20", "actual"),
    ("Prices not only rose by 4 percent but kept rising.", "4 percent", "actual"),
    ("Output rose 3 percent to reach 90 tonnes.", "90 tonnes", "actual"),
    ("The hall can seat 800 people.", "800", "actual"),
    ("Each family can earn 9,000 yuan a month.", "9,000 yuan", "actual"),
    ("He said that 50 people had died.", "50", "actual"),
    ("The 12 schools will be repaired.", "12", "actual"),
    ("The city spent 70 million yuan to clean the river.", "70 million yuan", "actual"),
    ("The 57-year-old farmer will retire.", "57-year", "actual"),
    ("It wants to grow despite losses of 5 million dollars.", "5 million dollars", "actual"),
    ("Some 45 percent did not vote.", "45 percent", "actual"),
    ("Only 5 percent of them can read.", "5 percent", "actual"),
    ("The flute is called a bili, a tin tube of 20 cm.", "20 cm", "actual"),
    ("Oslo, a city of 3 million people, will host the games.", "3 million", "actual"),
    ("It is surprising to have 5 halls.", "5", "actual"),
    ("They sparked hope by meeting first in 6 months.", "6 months", "actual"),
    ("Another 700 people have been asked to leave.", "700", "actual"),
    # plans
    ("The company plans to open 60 stores.", "60", "planned"),
    ("Exports will grow 8 percent.", "8 percent", "planned"),
    ("The target is 30 percent.", "30 percent", "planned"),
    ("The target population is 32 million.", "32 million", "planned"),
    ("Analysts forecast a loss of 5 million dollars.", "5 million dollars", "planned"),
    ("It is expected that the port will handle 90 ships.", "90", "planned"),
    ("Sales are expected to reach 4 million cars.", "4 million", "planned"),
    ("Some 28 million people, as many as live in the capital, will move.", "Some 28 million", "planned"),
    ("The rule says that firms must pay 2,000 yuan.", "2,000 yuan", "planned"),
    ("The government pledged 500 million dollars.", "500 million dollars", "planned"),
    ("Exports will jump 15 percent, which is 9 points slower than last year.", "9 points", "planned"),
    ("The town will spend more, restricting loans to 3 million yuan.", "3 million yuan", "planned"),
    ("Ministry to build 20 hospitals", "20", "planned"),
    ("The ministry announced a plan to build 20 hospitals.", "20", "planned"),
    ("The pilots are demanding a rise of 6 percent.", "6 percent", "planned"),
    ("Coal imports are set to reach 14 million tonnes.", "14 million tonnes", "planned"),
    ("Seven treaties were to be signed.", "Seven", "planned"),
    ("The seven treaties are to be signed.", "seven", "actual"),
    ("The bank denied reports of a firm that had lost 2 billion yen.", "2 billion yen", "actual"),
    # possibilities
    ("The repairs could take 6 months.", "6 months", "possible"),
    ("Orders may fall by 10 percent.", "10 percent", "possible"),
    ("They allegedly stole 7 million dollars.", "7 million dollars", "possible"),
    ("If prices rise 5 percent, the bank will act.", "5 percent", "possible"),
    ("The firm has not ruled out selling 30 boats.", "30", "possible"),
    ("A strike could cause 50 billion won in losses.", "50 billion won", "possible"),
    # denials
    ("The company failed to sell 30 boats.", "30", "negated"),
    ("The firm did not sell 30 boats.", "30", "negated"),
    ("The ministry denied that 30 people had died.", "30", "negated"),
    ("The bank denied reports that it had lost 2 billion yen.", "2 billion yen", "negated"),
]


@pytest.mark.parametrize(("text", "words", "status"), CASES, ids=[c[0][:40] for c in CASES])
def test_status(linked, text, words, status):
    assert linked(text, {words: "count"})[words].status == status


def test_what_a_change_starts_from_is_fact_though_its_end_is_planned(linked):
    text = "The plant is expected to make 8 million tyres, up from 7 million tyres last year."
    facts = linked(text, {"8 million": "count", "7 million": "count"}, dates={"last year": "2004"})
    assert facts["8 million"].status == "planned"
    assert facts["7 million"].status == "actual"
    assert facts.time("7 million") == "last year"
