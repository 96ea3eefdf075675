"""Source: whoever a fact is attributed to in its own sentence."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.model

CASES = [
    ("Li Wei said the plant employs 300 workers.", "300", "Li Wei"),
    ("The plant employs 300 workers, said Li Wei.", "300", "Li Wei"),
    (
        "The plant employs 300 workers, according to the city's statistics bureau.",
        "300",
        "the city's statistics bureau",
    ),
    ("Local figures show that rents rose by 300 yuan.", "300 yuan", "Local figures"),
    ("The official noted that the plant employs 300 workers.", "300", "The official"),
    ("Output rose by 300 tonnes, official figures showed.", "300 tonnes", "official figures"),
    ('"We employ 300 workers here," Ma said.', "300", "Ma"),
    ("Rents are low, said Gao Min, adding that 300 flats had been let.", "300", "Gao Min"),
    ("The rule issued on Monday said that 300 firms must pay.", "300", "The rule issued on Monday"),
    ("The plant employs 300 workers.", "300", None),
    ("The government pledged that it will hire 300 doctors.", "300", None),
    ("It is expected that the town will hire 300 doctors.", "300", None),
    ("As 300 firms are involved, he suggested a meeting.", "300", None),
    ("The company announced its first batch of 300 cars.", "300", None),
    ('"Rents are low," Ma said. The plant employs 300 workers.', "300", None),
    ("The Oslo institute predicted growth of 300 tonnes.", "300 tonnes", "The Oslo institute"),
    ("Shell lost 300 pence, Barclays added 4 pence.", "300 pence", None),
    ("The report said rents rose while 300 flats stood empty.", "300", "The report"),
    ("The bank sold 300 offices, citing drought and high prices.", "300", None),
    ("The bank sold 300 offices, a court was told on Monday.", "300", None),
    ('"We opened 300 shops", Omar was quoted as saying.', "300", "Omar"),
    (
        "The plant will hire 300 workers, reported the newspaper Oslo Daily.",
        "300",
        "the newspaper Oslo Daily",
    ),
    ("The mill let 300 workers go, an official told reporters.", "300", "an official"),
    ("Exports to grow 300 tonnes in May: think tank", "300 tonnes", "think tank"),
    ("Exports to grow in the following towns: 300 in Oslo", "300", None),
    ("He let 300 go, said an official who asked not to be named.", "300", "an official"),
    ("The police seized 300 guns, reported cases and bombs.", "300", None),
    ("Half of them said they were for it, and 300 percent said they were not.", "300 percent", None),
]


@pytest.mark.parametrize(("text", "words", "source"), CASES, ids=[c[0][:40] for c in CASES])
def test_source(linked, text, words, source):
    assert linked(text, {words: "count"})[words].source == source


def test_the_source_is_a_stretch_of_the_text(linked):
    text = "Exports fell by 5 percent, according to the customs office."
    fact = linked(text, {"5 percent": "percent"})["5 percent"]
    assert text[fact.source_start : fact.source_end] == fact.source == "the customs office"
