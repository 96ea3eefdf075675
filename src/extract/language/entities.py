"""spaCy's greedy entity recogniser decoded by arrays: same weights, moves and entities in less time.

spaCy scores one state per document and step. Outside an entity, though, a state depends on its token
alone, so all tokens can be scored at once; only the tokens behind an opened entity need steps. Source: the
transition system of Lample et al. 2016 (arXiv 1603.01360) as spaCy builds it (B, I, L, U per label, and O).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import ENT_IOB, ENT_TYPE, IS_SPACE, SENT_START

from newsfacts.language.arrays import next_true
from newsfacts.language.vectors import TokenVectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_IMPOSSIBLE = np.float32(-np.inf)
_BEGIN, _INSIDE, _OUTSIDE = 3, 1, 2  # values of ENT_IOB
_BLOCKED = "U-"  # the move over a token that must not be an entity: open only where it was preset


@dataclass(frozen=True, slots=True)
class _Moves:
    """Columns of the score table: for each label its B, I, L and U move. `label_of` is a column's label.

    `shut` are the moves that are never open outside an entity.
    """

    labels: tuple[str, ...]
    begin: Ints
    inside: Ints
    last: Ints
    unit: Ints
    shut: Ints
    label_of: Ints

    @classmethod
    def of(cls, names: Sequence[str]) -> _Moves | None:
        """The columns of these move names ("B-ORG", ..., "O"); None where a label lacks a move."""
        columns = {name: i for i, name in enumerate(names)}
        labels = tuple(name[2:] for name in names if name.startswith("B-"))
        wanted = {f"{kind}-{label}" for kind in "BILU" for label in labels} | {"O"}
        if not labels or columns.keys() - {_BLOCKED} != wanted:
            return None
        begin, inside, last, unit = (
            np.array([columns[f"{kind}-{label}"] for label in labels]) for kind in "BILU"
        )
        label_of = np.zeros(len(columns), dtype=np.int64)
        for found in (begin, inside, last, unit):
            label_of[found] = np.arange(len(labels))
        blocked = [columns[_BLOCKED]] if _BLOCKED in columns else []
        return cls(labels, begin, inside, last, unit, np.array([*inside, *last, *blocked]), label_of)


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of a batch in one row: what decides which moves are open at each."""

    lengths: Ints
    space: Flags
    closed: Flags  # no entity may go on behind it: last of its document or sentence

    @classmethod
    def of(cls, docs: Sequence[Doc]) -> _Tokens:
        table = np.concatenate([doc.to_array([IS_SPACE, SENT_START]) for doc in docs])
        lengths = np.array([len(doc) for doc in docs])
        closed = np.zeros(len(table), dtype=bool)
        closed[lengths.cumsum() - 1] = True
        closed[:-1] |= table[1:, 1] == 1
        return cls(lengths, table[:, 0] != 0, closed)


@dataclass(frozen=True, slots=True, eq=False)
class GreedyEntities:
    """Sets the entities of documents that have no preset ones. Build with `of`."""

    _vectors: TokenVectors = field(repr=False)
    _reduce: Any = field(repr=False)  # thinc's linear layer: encoder's width -> hidden width
    _lower: Any = field(repr=False)
    _upper: Any = field(repr=False)
    _moves: _Moves
    _ids: NDArray[np.uint64]  # of each label, in the string store

    @classmethod
    def of(cls, pipe: EntityRecognizer) -> GreedyEntities | None:
        """The decoder of a recogniser; None where its model is not the greedy one with one hidden layer."""
        model, system = pipe.model, pipe.moves
        # not `move_names`, which leaves out the blocked move: columns behind it would be one off
        moves = _Moves.of([system.get_class_name(i) for i in range(system.n_moves)])
        usual = (
            model.name == "parser_model" and model.attrs["has_upper"] and not model.attrs["unseen_classes"]
        )
        if moves is None or not usual or pipe.cfg["beam_width"] != 1:
            return None
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        if lower.get_dim("nF") != 3 or lower.get_dim("nP") < 2 or upper.name != "linear":
            return None
        layers = model.get_ref("tok2vec").layers
        vectors = TokenVectors.of(layers[0])
        if vectors is None or [layer.name for layer in layers[1:]] != ["list2array", "linear"]:
            return None
        ids = np.array([pipe.vocab.strings[label] for label in moves.labels], dtype=np.uint64)
        return cls(vectors, layers[2], lower, upper, moves, ids)

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Annotate documents in place. Sentence starts must be set before."""
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        tokens = _Tokens.of(docs)
        table = np.stack(self._decode(self._features(docs), tokens), axis=1)
        parts: Any = np.split(table, tokens.lengths.cumsum()[:-1])
        for doc, rows in zip(docs, parts, strict=True):
            doc.from_array([ENT_IOB, ENT_TYPE], rows)

    def _features(self, docs: Sequence[Doc]) -> Floats:
        """(tokens + 1, 3, hidden x pieces): each token's part in a state, per role; row 0 is "no token"."""
        vectors = self._reduce.predict(np.concatenate(self._vectors(docs)))
        features: Floats = self._lower.predict(vectors)
        return features.reshape(*features.shape[:2], -1)

    def _scores(self, features: Floats, states: Ints) -> Floats:
        """(states, moves) from (states, 3) rows of features: token, its entity's first, the one before."""
        summed = features[states[:, 0], 0] + features[states[:, 1], 1]
        summed += features[states[:, 2], 2]
        summed += self._lower.get_param("b").reshape(-1)
        hidden = summed.reshape(len(states), self._lower.get_dim("nO"), -1).max(axis=2)
        scores: Floats = hidden @ self._upper.get_param("W").T
        scores += self._upper.get_param("b")
        return scores

    def _decode(self, features: Floats, tokens: _Tokens) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """(ENT_IOB, ENT_TYPE) of every token."""
        best = self._best_outside(features, tokens)
        iob = np.full(len(best), _OUTSIDE, dtype=np.uint64)
        kinds = np.zeros(len(best), dtype=np.uint64)
        covered = np.zeros(len(best), dtype=bool)
        for first, last, label in self._longer(features, tokens, best):
            iob[first], iob[first + 1 : last + 1] = _BEGIN, _INSIDE
            kinds[first : last + 1] = self._ids[label]
            covered[first : last + 1] = True
        units = np.isin(best, self._moves.unit) & ~covered
        iob[units] = _BEGIN
        kinds[units] = self._ids[self._moves.label_of[best[units]]]
        return iob, kinds

    def _best_outside(self, features: Floats, tokens: _Tokens) -> Ints:
        """The best move of each token where no entity is open."""
        rows = np.arange(1, len(features))
        nothing = np.zeros_like(rows)
        scores = self._scores(features, np.stack([rows, nothing, nothing], axis=1))
        scores[:, self._moves.shut] = _IMPOSSIBLE
        scores[np.ix_(tokens.closed | tokens.space, self._moves.begin)] = _IMPOSSIBLE
        scores[np.ix_(tokens.space, self._moves.unit)] = _IMPOSSIBLE
        best: Ints = scores.argmax(axis=1)
        return best

    def _longer(self, features: Floats, tokens: _Tokens, best: Ints) -> list[tuple[int, int, int]]:
        """(first token, last token, label) of the entities of several tokens.

        All documents step together, each from one opened entity to the next behind it.
        """
        begins = np.isin(best, self._moves.begin)
        opens = next_true(begins)
        label_at = self._moves.label_of[best]
        ends = tokens.lengths.cumsum()
        first = opens[ends - tokens.lengths]
        first, ends = first[first < ends], ends[first < ends]
        current = first + 1
        found: list[tuple[int, int, int]] = []
        while len(first):
            label = label_at[first]
            scores = self._scores(features, np.stack([current + 1, first + 1, current], axis=1))
            rows = np.arange(len(first))
            inside, last = scores[rows, self._moves.inside[label]], scores[rows, self._moves.last[label]]
            done = (last > inside) | tokens.closed[current]
            found += zip(first[done].tolist(), current[done].tolist(), label[done].tolist(), strict=True)
            following = opens[np.minimum(current + 1, len(best))]
            first = np.where(done, following, first)
            current = np.where(done, following, current) + 1
            alive = first < ends
            first, current, ends = first[alive], current[alive], ends[alive]
        return found
