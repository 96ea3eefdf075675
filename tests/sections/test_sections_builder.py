"""Documents of texts: paragraphs, tiling, titles, day of publication."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder, build_document, normalise_text

BUILDER = DocumentBuilder.from_rules(RuleSet())
BODY = "The port handled 2.1 million containers in the first half of the year, officials said on Monday."
SCRAPS = st.sampled_from(
    [
        BODY, "\n", "\n\n", " ", "\t", "\r\n", "\ufeff", "\u2028", "x", "|", "[Photo by A. Roe]",
        "[1] Roe, J. (2019). Wheat.", "Updated: 2023-07-28", "By Jane Roe", "References",
        "BEIJING, Nov. 4, 2006 (Xinhua) --",
        "TAIYUAN -- ", "Print", "Related stories", "Home > News", "2024-04-19 14:24 | Li Wei | 3 May 2024",
        "(Editor: Li)", "a wrapped line that goes on and on for a while and", "---|---|", "Tags: a, b", "「»",
    ]
)  # fmt: skip


def published(text, **kwargs):
    document = BUILDER.build(text, id="t", **kwargs)
    return document.published and document.published.isoformat(), document.published_source


def body_texts(text):
    document = BUILDER.build(text, id="t")
    return [document.text[s.start : s.end] for s in document.sections if s.kind == "body"]


def test_normalise_text_drops_mark_and_carriage_returns_only():
    assert normalise_text("\ufeffa\r\nb\rc\n\ufeff d\t ") == "a\nb\nc\n\ufeff d\t "


def test_halves_of_characters_are_replaced_one_by_one_with_a_warning_and_whole_ones_stay():
    document = BUILDER.build("a\ud83d b\U0001f600 \udc00", id="t", title="x\ud800", warnings=["odd"])
    assert (document.text, document.title) == ("a\ufffd b\U0001f600 \ufffd", "x\ufffd")
    assert document.warnings == ("odd", "2 half characters (lone surrogates) were replaced by U+FFFD")
    assert BUILDER.build("whole \U0001f600", id="t").warnings == ()


@settings(max_examples=300, deadline=None)
@given(st.lists(SCRAPS | st.text(max_size=30), max_size=25).map("".join))
def test_sections_tile_the_text(text):
    document = BUILDER.build(text, id="t")
    covered = [False] * len(document.text)
    end = 0
    for section in document.sections:
        assert end <= section.start < section.end <= len(document.text)
        inside = document.text[section.start : section.end]
        assert inside == inside.strip()
        covered[section.start : section.end] = [True] * (section.end - section.start)
        end = section.end
    assert all(c or char.isspace() for c, char in zip(covered, document.text, strict=True))
    paragraphs = [s.paragraph for s in document.sections]
    assert paragraphs == sorted(paragraphs)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        ",",
        "(",
        "\n",
        "a | ",
        "-",
        "2024-05-03 ",
        "(Reuters) ",
        "x. [",
        "By John Smith and ",
        "\t",
        "x\n" * 9,
    ],
)
def test_sections_of_odd_text_take_linear_time(unit):
    text = (unit * (1_000_000 // len(unit) + 1))[: 1_000_000 if unit != "x\n" * 9 else 200_000]
    start = time.process_time()
    BUILDER.build(text, id="t")
    assert time.process_time() - start < 4


def test_dateline_and_body_share_their_paragraph():
    document = BUILDER.build(f"Port grows\n\nPERTH, June 3 , 2011 (AFP) -- {BODY}\n\n{BODY}", id="t")
    assert [(s.kind, s.paragraph) for s in document.sections] == [
        ("title", 0),
        ("dateline", 1),
        ("body", 1),
        ("body", 2),
    ]
    assert document.title == "Port grows"


def test_hard_wrapped_lines_are_one_paragraph():
    first = (
        "Farmers in the south of the country brought in 31 million tonnes of\n"
        "wheat this summer, 20 percent more than a year before, the ministry\nsaid."
    )
    second = "Rains in May and June had been good. The price of fertilizer fell by\n12 percent."
    assert body_texts(f"{first}\n\n{second}\n") == [first, second]


def test_indented_wrapped_lines_are_one_paragraph_and_short_last_lines_end_it():
    text = (
        "The minister said on Monday that the harvest had been better than the year\n"
        "            before in every province, where it had rained a lot.\n"
        "            Prices fell.\n"
        "            Exports to the neighbouring countries are expected to reach eighteen\n"
        "            million tonnes."
    )
    assert [re.sub(r"\s+", " ", t) for t in body_texts(text)] == [
        (
            "The minister said on Monday that the harvest had been better than the year before in every "
            "province, where it had rained a lot."
        ),
        "Prices fell.",
        "Exports to the neighbouring countries are expected to reach eighteen million tonnes.",
    ]


def test_one_paragraph_a_line_stays_apart():
    lines = [BODY, "Prices fell by 3 percent.", "Storage is full, said the head of the port.", BODY]
    assert body_texts("\n".join(lines)) == lines


def test_sentence_broken_by_a_blank_line_is_one_paragraph():
    text = f"{BODY}\n\nThe parts of the plan -- roads, ports and\n\nairports -- cost 3 billion dollars."
    assert len(body_texts(text)) == 2


def test_list_items_are_paragraphs_of_their_own():
    text = (
        f"{BODY}\n(1) 30 new cranes for the container terminal in the north\n(2) 12 km of new railway tracks"
    )
    assert len(body_texts(text)) == 3


def test_title_is_not_swallowed_by_a_lower_case_start():
    document = BUILDER.build(
        f"Port of the capital grows by a fifth in the first half\n\nby Jane Roe\n\n{BODY}", id="t"
    )
    assert document.sections[0].kind == "title"
    assert document.title == "Port of the capital grows by a fifth in the first half"


def test_title_after_the_name_of_the_page_section():
    document = BUILDER.build(f"Bank of England\nInflation falls to 2% in May\n{BODY}\n{BODY}", id="t")
    assert document.title == "Inflation falls to 2% in May"


def test_title_of_markdown_has_no_hash():
    assert BUILDER.build(f"# Port grows\n\n{BODY}", id="t").title == "Port grows"


def test_text_without_title_has_none():
    assert BUILDER.build(f"{BODY}\n{BODY}", id="t").title is None


def test_title_of_metadata_is_kept_and_found_in_the_text():
    document = BUILDER.build(f"Business\n\nPort Grows!\n\n{BODY}", id="t", title="Port grows")
    assert document.title == "Port grows"
    assert [s.kind for s in document.sections] == ["header", "title", "body"]


def test_note_to_editors_is_silent_even_as_the_title_of_the_metadata():
    note = "ATTENTION - ADDS minister, 30 dead ///"
    document = BUILDER.build(f"{note}\n\nOSLO, May 3 , 2024 -- {BODY}", id="t", title=note)
    assert [s.kind for s in document.sections] == ["notice", "dateline", "body"]
    assert document.title == note


@pytest.mark.parametrize(
    ("head", "day", "source"),
    [
        ("Updated: 2023-07-28", "2023-07-28", "header"),
        ("2024-04-19 14:24", "2024-04-19", "header"),
        ("Published on 3 May 2024", "2024-05-03", "header"),
        ("Last updated at 10:20, Friday, May 3, 2024", "2024-05-03", "header"),
        ("May 3, 2024 | 10:20 GMT", "2024-05-03", "header"),
        ("Published: 1 May 2024 | Updated: 3 May 2024", "2024-05-01", "header"),
        ("Updated: 3 May 2024\nPublished: 1 May 2024", "2024-05-01", "header"),
        ("By Jane Roe in Oslo | example.com | Updated: 2020-01-30 16:20", "2020-01-30", "header"),
        ("10:32, December 12, 2022", "2022-12-12", "header"),
        ("2021年8月2日", "2021-08-02", "header"),
        ("发布时间：2023-07-28", "2023-07-28", "header"),
        ("(Example Online) 08:24, July 28, 2023", "2023-07-28", "header"),
        ("John Smith July 28, 2023", "2023-07-28", "header"),
        ("Release time: 2023-07-28 | Views: 12", "2023-07-28", "header"),
        ("Posted 28/07/2023", "2023-07-28", "header"),
        ("Posted 03/04/2024", None, None),
        ("Posted 31 June 2024", None, None),
        ("Updated 2 hours ago", None, None),
        ("Sales up to May 3, 2024 were the best on record for the company", None, None),
    ],
)
def test_published_from_header_lines(head, day, source):
    assert published(f"Port grows\n{head}\n\n{BODY}\n{BODY}") == (day, source)


def test_published_from_a_header_below_a_standfirst():
    deck = "Containers from the south have made the port busy, and its quays are full from end to end."
    assert published(f"Port grows\n{deck}\nJane Roe\n3 May 2024\n{BODY}\n{BODY}") == ("2024-05-03", "header")


def test_published_is_not_the_first_date_of_a_chronicle():
    text = f"How the port grew\n{BODY}\nMay 3, 1974\n{BODY}\nJune 9, 1999\n{BODY}\n"
    assert published(text) == (None, None)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("BEIJING, Nov. 4, 2006 (Xinhua) --", "2006-11-04"),
        ("LONDON, April 14 , 1997 (AFP) --", "1997-04-14"),
        ("FRANKFURT, Dec 1 , 2006, 2006 --", "2006-12-01"),
        ("RAMALLAH,  West Bank, Dec 9 , 2006 --", "2006-12-09"),
        ("GENEVA, 5 May 2020 –", "2020-05-05"),
        ("LOUISVILLE, KY--(Marketwire - December 23, 2010) -", "2010-12-23"),
        ("Akron, Ohio (November 28, 2016) –", "2016-11-28"),
        ("TEHRAN, August 8 (Xinhua) --", None),
        ("WASHINGTON (AP) —", None),
    ],
)
def test_published_from_datelines(line, day):
    assert published(f"Port grows\n\n{line} {BODY}") == (day, "dateline" if day else None)


def test_published_never_comes_from_the_body_or_from_other_stories():
    text = f"Port grows\n\n{BODY}\nOn 3 May 2004 the port was opened by the mayor.\n{BODY}\n"
    assert published(text) == (None, None)
    assert published(f"{text}\nRelated stories\nPublished: 3 May 2024\n") == (None, None)
    assert published(f"{text}\nPublished: 3 May 2024\n") == ("2024-05-03", "header")


def test_published_dateline_wins_over_an_update_and_metadata_over_all():
    text = f"Port grows\nLast updated: 2024-05-09\n\nOSLO, May 3, 2024 (AFP) -- {BODY}\n"
    assert published(text) == ("2024-05-03", "dateline")
    assert published(text, published=dt.date(2020, 1, 1)) == ("2020-01-01", "metadata")


def test_published_order_of_numbers_can_be_settled():
    text = f"Port grows\nPosted 03/04/2024\n\n{BODY}\n"
    assert published(text, date_order="DMY")[0] == "2024-04-03"
    assert published(text, date_order="MDY")[0] == "2024-03-04"


def test_header_date_stays_in_a_section_that_yields_facts():
    document = BUILDER.build(f"Port grows\nBy Jane Roe\nUpdated: 2023-07-28\n{BODY}", id="t")
    section = next(s for s in document.sections if s.kind == "header")
    assert document.text[section.start : section.end] == "Updated: 2023-07-28"
    assert not section.silent


def test_front_matter_is_silent():
    text = f"---\ntitle: Port\nsales: 30 tonnes\n---\n{BODY}"
    document = BUILDER.build(text, id="t", preamble=text.index("---\n", 4) + 4)
    assert all(s.silent for s in document.sections if s.start < text.index(BODY))
    assert document.sections[-1].kind == "body"


def test_build_document_is_the_builder_for_one_text():
    document = build_document(BODY, id="a", rules=RuleSet(), title="T", url="u", path="p")
    assert (document.id, document.title, document.url, document.path) == ("a", "T", "u", "p")
    assert [s.kind for s in document.sections] == ["body"]


def test_empty_text_has_no_sections():
    assert BUILDER.build(" \n ", id="t").sections == ()
