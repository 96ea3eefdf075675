"""English or not, and wrongly decoded characters."""

from __future__ import annotations

import pytest

from newsfacts.errors import RulesError
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder
from newsfacts.sections.language import LanguageCheck

CHECK = LanguageCheck.from_rules(RuleSet())


TEXTS = {
    "English": """
        The port handled two million containers in the first half of the year, and officials said
        on Monday that they expect more of them in autumn.
    """,
    "French": """
        Le port a traité deux millions de conteneurs au premier semestre, et les autorités ont dit
        lundi que la hausse des ventes est la plus forte de la décennie.
    """,
    "German": """
        Der Hafen hat im ersten Halbjahr zwei Millionen Container umgeschlagen, und die Behörden
        erwarten für den Herbst noch mehr, sagte der Minister am Montag.
    """,
    "Spanish": """
        El puerto movió dos millones de contenedores en el primer semestre del año, y las
        autoridades esperan que la cifra sea mayor en otoño, según el ministro.
    """,
    "Indonesian-Malay": """
        Pelabuhan itu menangani dua juta peti kemas pada paruh pertama tahun ini dan pejabat
        mengatakan bahwa jumlah yang lebih besar akan tiba pada musim gugur.
    """,
}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *((text, None if name == "English" else name) for name, text in TEXTS.items()),
        (
            "В первом полугодии порт обработал два миллиона контейнеров, сообщили власти.",
            "a non-Latin script",
        ),
        ("今年上半年该港口处理了两百万个集装箱，官员周一表示，预计秋季会更多。", "a non-Latin script"),
        ("Das ist kurz", None),
        ("Wheat 3 4 5 Barley 6 7 8 Maize 1 2 3", None),
    ],
)
def test_language_of_texts(text, language):
    assert CHECK.foreign(text) == language


def test_language_of_words_that_no_list_knows():
    assert CHECK.foreign("zork blap " * 20) == "no English words"


def test_mojibake_is_reported_with_count_and_place():
    warning = CHECK.mojibake("It\u00e2\u20ac\u2122s 5 percent, it\u00e2\u20ac\u2122s caf\ufffd")
    assert warning is not None
    assert "3 wrongly decoded places" in warning
    assert "at 2" in warning
    assert CHECK.mojibake("It’s 5 percent, café, 3 °C, £5") is None


def test_bad_pattern_of_a_line_rule_is_named(tmp_path):
    (tmp_path / "sections").mkdir()
    rule = "rules:\n  - {rule: broken-one, kind: notice, pattern: '(['}\n"
    (tmp_path / "sections" / "lines.yaml").write_text(rule, encoding="utf-8")
    with pytest.raises(RulesError, match="broken-one"):
        DocumentBuilder.from_rules(RuleSet(tmp_path))


def test_users_rule_replaces_the_shipped_ones(tmp_path):
    (tmp_path / "sections").mkdir()
    rule = "rules:\n  - {rule: zork-line, kind: notice, pattern: 'zork .*'}\n"
    (tmp_path / "sections" / "lines.yaml").write_text(rule, encoding="utf-8")
    builder = DocumentBuilder.from_rules(RuleSet(tmp_path))
    text = "The port handled two million containers in the first half of the year.\nZork 3 tonnes"
    assert [s.kind for s in builder.build(text, id="t").sections] == ["body", "notice"]
