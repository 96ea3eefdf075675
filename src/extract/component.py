"""The spaCy component `newsfacts`: `nlp.add_pipe("newsfacts")`, facts in `doc.user_data["newsfacts"]`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from newsfacts.errors import ModelError
from newsfacts.guard import warn_of
from newsfacts.model import Fact

KEY = "newsfacts"
#: Parts of a pipeline, and what of a Doc is theirs.
_NEEDED = {"tagger": "TAG", "parser": "DEP", "ner": "ENT_IOB"}


@Language.factory(
    "newsfacts",
    requires=["token.tag", "token.dep", "token.ent_type", "doc.sents"],
    assigns=["doc.user_data", "doc.spans"],
    default_config={"rules": None, "published": None},
)
def make_newsfacts(nlp: Language, name: str, rules: str | None, published: str | None) -> FactComponent:
    """Build the component. `rules`: folder of the user's rules; `published`: ISO day of the texts."""
    return FactComponent(nlp, rules, published)


class FactComponent:
    """Adds facts to `doc.user_data["newsfacts"]` and their spans to `doc.spans["newsfacts"]`.

    A Doc may carry its own day of publication: `doc.user_data["published"] = "2024-04-19"`.
    """

    def __init__(self, nlp: Language, rules: str | None = None, published: str | None = None) -> None:
        from newsfacts.pipeline import Pipeline
        from newsfacts.rules import RuleSet

        self._pipeline = Pipeline(nlp, RuleSet(Path(rules) if rules else None))
        self._published = published

    def __call__(self, doc: Doc) -> Doc:
        """Find the Doc's facts and add them to it. Raises ModelError where no parser went before."""
        from newsfacts.language.parsed import from_doc

        missing = [name for name, mark in _NEEDED.items() if len(doc) and not doc.has_annotation(mark)]
        if missing:
            raise ModelError(
                f"the Doc has no annotation of {', '.join(missing)}",
                remedy="Add newsfacts behind them, to what spacy.load gives and spacy.blank does not.",
            )

        day = doc.user_data.get("published", self._published)
        published = dt.date.fromisoformat(day) if day else None
        document = self._pipeline.document(doc.text, published=published)
        found = self._pipeline.analyse(from_doc(doc, document))
        warn_of(found.failures, document.id)
        doc.user_data[KEY] = list(found.facts)
        doc.spans[KEY] = [span for fact in found.facts if (span := _span(doc, fact)) is not None]
        return doc


def _span(doc: Doc, fact: Fact) -> Span | None:
    found: Span | None = doc.char_span(fact.start, fact.end, label=fact.type, alignment_mode="expand")
    return found
