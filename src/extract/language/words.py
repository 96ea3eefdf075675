"""Part of speech and lemma by spaCy's own rules and tables, worked out once for each form, tag and role.

spaCy's attribute ruler and lemmatizer look at every token anew. Nearly all their rules read one token only
(its form, tag and dependency), so what they say of a combination is kept. A document where a rule over
several tokens matches is left to spaCy's components. `token.morph` stays empty in others: no finder reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import DEP, LEMMA, ORTH, POS, TAG
from spacy.lookups import Lookups
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from newsfacts.language.arrays import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.pipeline import Lemmatizer
    from spacy.vocab import Vocab

Key = tuple[int, int, int]  # ORTH, TAG, DEP before the ruler
Row = tuple[int, int, int, int]  # POS, TAG, DEP, LEMMA behind the lemmatizer

#: What a rule over one token may read to be covered by a key: these, and what follows from the form.
_READABLE = frozenset(("TAG", "DEP", "ORTH", "TEXT", "LOWER", "SHAPE", "IS_SPACE", "IS_PUNCT", "LENGTH"))
#: Kept combinations; beyond it all are dropped, so that a long run's memory stays flat.
_LIMIT = 25_000


@dataclass(slots=True, eq=False)
class WordTable:
    """Sets part of speech, tag, dependency and lemma of parsed documents. Build with `of`."""

    _ruler: AttributeRuler = field(repr=False)
    _single: AttributeRuler = field(repr=False)
    _several: Matcher = field(repr=False)
    _quick: Lemmatizer = field(repr=False)
    _known: dict[Key, tuple[Row, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, vocab: Vocab, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> WordTable | None:
        """The table of these two components; None where their rules read what a key does not hold."""
        if lemmatizer.mode != "rule":
            return None
        single, several = AttributeRuler(vocab, validate=False), Matcher(vocab, validate=False)
        rules: Any = ruler.patterns  # spaCy's own annotation of it is too wide
        for i, rule in enumerate(rules):
            alone = [pattern for pattern in rule["patterns"] if len(pattern) == 1]
            longer = [pattern for pattern in rule["patterns"] if len(pattern) > 1]
            if not all(_READABLE.issuperset(map(str.upper, tokens[0])) for tokens in alone):
                return None
            if alone:
                single.add(alone, rule["attrs"])
            if longer:
                several.add(str(i), longer)
        return cls(ruler, single, several, _quick(vocab, lemmatizer))

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Annotate documents in place. They must be tagged and parsed before."""
        plain = [doc for doc in docs if len(doc) and not self._left_to_spacy(doc)]
        if not plain:
            return
        table: Any = np.concatenate([doc.to_array([ORTH, TAG, DEP]) for doc in plain])
        first, which = distinct(table)
        rows = self._rows(plain[0].vocab, list(map(tuple, table[first].tolist())))
        filled: Any = np.array(rows, dtype=np.uint64)[which]
        parts: Any = np.split(filled, np.cumsum([len(doc) for doc in plain])[:-1])
        for doc, part in zip(plain, parts, strict=True):
            doc.from_array([POS, TAG, DEP, LEMMA], part)

    def _left_to_spacy(self, doc: Doc) -> bool:
        if not self._several(doc, allow_missing=True):
            return False
        self._quick(self._ruler(doc))
        return True

    def _rows(self, vocab: Vocab, keys: Sequence[Key]) -> list[Row]:
        if len(self._known) > _LIMIT:
            self._known.clear()
            self._quick.cache.clear()
        if unknown := [key for key in keys if key not in self._known]:
            self._learn(vocab, unknown)
        found = [self._known[key] for key in keys]
        for _, lemma in found:
            vocab.strings.add(lemma)  # the zone in which it was learnt may have ended
        return [row for row, _ in found]

    def _learn(self, vocab: Vocab, keys: Sequence[Key]) -> None:
        """Let spaCy's components annotate one document that holds each combination once."""
        table: Any = np.array(keys, dtype=np.uint64)
        doc = Doc(vocab, words=[vocab.strings[orth] for orth, _, _ in keys])
        doc.from_array([TAG, DEP], table[:, 1:])
        self._quick(self._single(doc))
        for key, row, token in zip(keys, doc.to_array([POS, TAG, DEP, LEMMA]).tolist(), doc, strict=True):
            self._known[key] = tuple(row), token.lemma_


def _quick(vocab: Vocab, lemmatizer: Lemmatizer) -> Lemmatizer:
    """The same lemmatizer with its word lists hashed: spaCy's are searched from the start for every form."""
    tables = Lookups()
    for name in lemmatizer.lookups.tables:
        table = lemmatizer.lookups.get_table(name)
        tables.add_table(
            name,
            {pos: dict.fromkeys(words) for pos, words in table.items()} if name == "lemma_index" else table,
        )
    quick = type(lemmatizer)(vocab, None, mode="rule", overwrite=lemmatizer.overwrite)
    quick.initialize(lookups=tables)
    return quick
