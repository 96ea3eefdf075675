"""Markup of fields, and what pages say about themselves: converted once, with a mark on the document."""

from __future__ import annotations

import json

import pytest
from test_readers_formats import BODY, only

from newsfacts.readers.markup import has_markup, plain_text, raised
from newsfacts.readers.pages import blocks, load_page
from newsfacts.readers.published import published_day

PLAIN = {
    "<p>CO<sub>2</sub> fell.</p><p>PM<inf>2.5</inf> rose.</p>": "CO2 fell.\n\nPM2.5 rose.",
    "<jats:title>A</jats:title><jats:p>We <jats:italic>do</jats:italic> it.</jats:p>": "A\n\nWe do it.",
    "Some 10<sup>6</sup> cars on 40 km<sup>2</sup>, 9<sup>th</sup>.": "Some 10⁶ cars on 40 km², 9th.",
    "It grew by 1,000<sup>1</sup> m, as shown<sup>12,13</sup>.": "It grew by 1,000 m, as shown.",
    "Fish &amp; chips cost &pound;4&nbsp;or &#8364;5.": "Fish & chips cost £4\u00a0or €5.",
    r"About $10^{6}$ cells, $\alpha = 0.3$ and $5\,\mathrm{km}$.": "About 10⁶ cells, α = 0.3 and 5 km.",
    "<script>var a = 1 < 2;</script>Yes<!-- no -->.": "Yes.",
}


@pytest.mark.parametrize("text", PLAIN)
def test_markup_is_converted(text):
    assert has_markup(text)
    assert plain_text(text) == PLAIN[text]


@pytest.mark.parametrize(
    "text",
    [
        "Growth of < 5 % and > 3 %.",
        "From $5 to $8, it_self.",
        "AT&T; R&D at <name@mill.example>.",
        "a<b>c"[:3],
    ],
)
def test_markup_plain_texts_stay(text):
    assert not has_markup(text)


def test_markup_notes_and_powers_are_told_apart():
    assert [raised("2", "5 km"), raised("3", "10"), raised("4", "410"), raised("a", "5")] == [
        "²",
        "³",
        "",
        "a",
    ]


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_markup_of_a_field_marks_the_document(tmp_path, suffix):
    marked, path = f"<p>{BODY}</p><p>CO<sub>2</sub> too.</p>", tmp_path / f"a{suffix}"
    path.write_text(
        json.dumps({"text": marked}) if suffix == ".jsonl" else f'text\n"{marked}"\n', encoding="utf-8"
    )
    document = only(path)
    assert document.converted
    assert document.text == f"{BODY}\n\nCO2 too."


def test_markup_of_a_text_file_stays(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"<p>{BODY}</p>", encoding="utf-8")
    document = only(path)
    assert not document.converted
    assert document.text == f"<p>{BODY}</p>"


LINKED = '<script type="application/ld+json">{}</script>'.format
DAYS = {
    LINKED(
        '{"@graph": [{"@type": "WebPage", "datePublished": "2001-01-01"},'
        ' {"@type": ["Thing", "BlogPosting"], "datePublished": "2024-03-07T22:00-08:00"}]}'
    ): "2024-03-07",
    LINKED(
        '{"@type": "Article", "dateModified": "2024-04-01",'
        ' "hasPart": {"@type": "Article", "datePublished": "2001-01-01"}}'
    ): None,
    '<meta property="article:modified_time" content="2024-04-01"><meta name="date" content="2024-03-07">': (
        "2024-03-07"
    ),
    '<meta property="article:published_time" content="7 March 2024">': None,
    LINKED('{"@type": ') + '<meta itemprop="datePublished" content="2024-03-07">': "2024-03-07",
}


@pytest.mark.parametrize("head", DAYS)
def test_pages_state_their_day(head):
    assert (
        published_day(load_page(f"<html><head>{head}</head><body><p>{BODY}</p></body></html>")) == DAYS[head]
    )


def test_pages_time_of_another_story_is_not_theirs():
    old = '<time datetime="2001-01-01">old</time>'
    other = f"<aside>{old}</aside><div>{old}</div>"
    page = f'{other}<article><h1>A</h1><time datetime="2024-03-07">7 March</time><p>{BODY}</p></article>'
    assert published_day(load_page(page)) == "2024-03-07"
    assert published_day(load_page(other)) is None


def test_pages_blocks_are_lines_and_banners_are_gone():
    page = load_page(
        "<body><div class='cookie-banner'><p>We use 5 kinds.</p></div><nav>Home</nav>"
        "<article><h1>Rice</h1><div>By Staff <b>A</b></div><p>Rice<br>rose<sup>2</sup>.</p></article></body>"
    )
    assert blocks(page) == "Rice\nBy Staff A\nRice\nrose."
