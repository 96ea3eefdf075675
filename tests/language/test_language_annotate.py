"""The quick annotations are spaCy's own, and the facts from them too."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from newsfacts.language import Annotator, load_model
from newsfacts.language.arrays import distinct, next_true
from newsfacts.language.entities import GreedyEntities, _Moves
from newsfacts.language.vectors import TokenVectors
from newsfacts.language.words import WordTable
from newsfacts.pipeline import Pipeline
from newsfacts.rules import RuleSet

ROOT = Path(__file__).resolve().parents[2]
ODD = [
    "",
    " ",
    "$ " * 300,
    "1,2,3" * 200,
    "A\u00a0\u200b B",
    "Ain't gonna. There's a lot y'all got ta see.",
    "x",
]


def articles() -> list[str]:
    """The five articles and 95 made of the rules' example sentences, in paragraphs."""
    sentences = [
        example["text"]
        for file in sorted(ROOT.glob("rules/*/examples.yaml"))
        for example in yaml.safe_load(file.read_text(encoding="utf-8"))["examples"]
        if "text" in example
    ]
    random.Random(9).shuffle(sentences)
    paragraphs = [" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)]
    made = ["\n\n".join(paragraphs[i::95]) for i in range(95)]
    real = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "corpus" / "articles").glob("*.txt"))]
    return [*real, *made]


@pytest.fixture(scope="module")
def quick(nlp: Language) -> Annotator:
    return Annotator.of(nlp)


@pytest.fixture(scope="module")
def plain(nlp: Language) -> Annotator:
    return Annotator.plain(nlp)


def rows(docs: list[Doc]) -> Iterator[tuple[object, ...]]:
    for doc in docs:
        for t in doc:
            yield t.text, t.pos_, t.tag_, t.dep_, t.lemma_, t.head.i, t.is_sent_start, t.ent_iob_, t.ent_type_


@pytest.mark.model
def test_a_hundred_articles_give_the_same_facts_either_way(nlp: Language) -> None:
    texts = articles()
    found = []
    for plain in (True, False):
        pipeline = Pipeline(nlp, RuleSet(), plain=plain)
        documents = (pipeline.document(text, doc_id=str(i)) for i, text in enumerate(texts))
        found.append([result.facts for result in pipeline.process(documents)])
    assert len(texts) == 100
    assert sum(map(len, found[0])) > 900
    assert found[0] == found[1]


@pytest.mark.model
def test_every_token_is_annotated_as_spacy_does(quick: Annotator, plain: Annotator) -> None:
    texts = [*articles()[:40], *ODD]
    assert list(rows(quick.annotate(texts))) == list(rows(plain.annotate(texts)))


@pytest.mark.model
@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_text_is_annotated_as_spacy_does(quick: Annotator, plain: Annotator, texts: list[str]) -> None:
    assert list(rows(quick.annotate(texts))) == list(rows(plain.annotate(texts)))


@pytest.mark.model
def test_no_component_of_the_default_pipeline_is_left_to_spacy_but_tagger_and_parser(
    quick: Annotator,
) -> None:
    names = [getattr(step, "__qualname__", type(step).__name__) for _, step in quick.steps]
    assert [name.split(".")[0] for name in names] == [
        "_vectors", "_component", "_component", "WordTable", "GreedyEntities",
    ]  # fmt: skip


@pytest.mark.model
def test_words_learnt_in_one_zone_are_known_in_the_next(nlp: Language) -> None:
    annotator = Annotator.of(nlp)
    lemmas = []
    for _ in range(2):
        with nlp.memory_zone():
            doc = annotator.annotate(["Two quuxberries were fetched."])[0]
            lemmas.append([token.lemma_ for token in doc])
    assert lemmas[0] == lemmas[1]
    assert lemmas[0] == ["two", "quuxberrie", "be", "fetch", "."]


@pytest.mark.model
def test_the_word_table_forgets_before_it_grows_without_end(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsfacts.language.words._LIMIT", 5)
    ruler: Any = nlp.get_pipe("attribute_ruler")
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    table = WordTable.of(nlp.vocab, ruler, lemmatizer)
    assert table is not None
    for words in ("One of six words is here", "Now another"):
        table([Doc(nlp.vocab, words=words.split(), tags=["NN"] * len(words.split()))])
    assert len(table._known) == 2


@pytest.mark.model
def test_an_entity_ruler_before_the_recogniser_keeps_its_entities() -> None:
    nlp = load_model()
    ruler: Any = nlp.add_pipe("entity_ruler", before="ner")
    ruler.add_patterns([{"label": "MILL", "pattern": "Kroll"}])
    doc = Annotator.of(nlp).annotate(["The mill at Kroll closed."])[0]
    assert [(e.text, e.label_) for e in doc.ents] == [("Kroll", "MILL")]


def test_models_of_another_build_are_left_to_spacy() -> None:
    nlp = spacy.blank("en")
    config = {"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner",
              "extra_state_tokens": False, "hidden_width": 8, "maxout_pieces": 1, "use_upper": False,
              "tok2vec": {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 8,
                          "depth": 1, "embed_size": 20, "window_size": 1, "maxout_pieces": 2,
                          "subword_features": False}}}  # fmt: skip
    ner: Any = nlp.add_pipe("ner", config=config)
    ner.add_label("TOWN")
    nlp.initialize()
    assert GreedyEntities.of(ner) is None
    assert TokenVectors.of(ner.model) is None
    text = "Nothing is trained here"
    assert [t.text for t in Annotator.of(nlp).annotate([text])[0]] == text.split()


@pytest.mark.model
def test_rules_on_what_a_key_does_not_hold_are_left_to_spacy(nlp: Language) -> None:
    ruler = AttributeRuler(nlp.vocab)
    ruler.add([[{"POS": "NOUN"}]], {"LEMMA": "thing"})
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    assert WordTable.of(nlp.vocab, ruler, lemmatizer) is None


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=30))
def test_distinct_rows_can_be_put_together_again(rows: list[tuple[int, ...]]) -> None:
    table = np.array(rows, dtype=np.uint64)
    first, which = distinct(table)
    assert np.array_equal(table[first][which], table)
    assert len(first) == len(set(rows))


def test_rows_that_share_a_code_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsfacts.language.arrays._FACTORS", np.zeros(16, dtype=np.uint64))
    table = np.array([[1, 2], [3, 4], [1, 2]], dtype=np.uint64)
    first, which = distinct(table)
    assert np.array_equal(table[first][which], table)


def test_next_true_says_where_the_next_one_is() -> None:
    assert next_true(np.array([False, True, False, True, False])).tolist() == [1, 1, 3, 3, 5, 5]


def test_the_move_over_blocked_tokens_is_shut_and_shifts_no_column() -> None:
    moves = _Moves.of(["B-A", "B-B", "I-A", "I-B", "L-A", "L-B", "U-A", "U-B", "U-", "O"])
    assert moves is not None
    assert sorted(moves.shut.tolist()) == [2, 3, 4, 5, 8]
    assert moves.unit.tolist() == [6, 7]
    assert moves.label_of.tolist() == [0, 1, 0, 1, 0, 1, 0, 1, 0, 0]
    assert _Moves.of(["B-A", "I-A", "U-A", "O"]) is None
