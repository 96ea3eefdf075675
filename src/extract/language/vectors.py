"""Token vectors of spaCy's convolutional encoder, each distinct token embedded once per batch.

Four of five tokens of a batch repeat another; their embedding (four to six hashed tables and a mixing layer) is equal,
and only the windows behind it see their neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

_EMBED = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")
#: Odd 64-bit factors that spread a row of attributes over one number (Fibonacci hashing; Knuth, vol. 3, 6.4).
_FACTORS = np.array([(0x9E3779B97F4A7C15 * (2 * i + 1)) & (2**64 - 1) for i in range(16)], dtype=np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class TokenVectors:
    """Documents -> one (tokens, width) array each. Build with `of`."""

    _columns: tuple[Any, ...]
    _embed: tuple[Any, ...]
    _encode: Any

    @classmethod
    def of(cls, model: Any) -> TokenVectors | None:
        """The vectors of a thinc model `spacy.Tok2Vec.v2` of hashed embeddings; None for other models."""
        if len(model.layers) != 2:
            return None
        embed, encode = model.layers
        if tuple(layer.name.split("(")[0] for layer in embed.layers) != _EMBED:
            return None
        columns = tuple(embed.layers[0].attrs["columns"])
        return cls(columns, tuple(embed.layers[2:4]), encode) if 1 < len(columns) <= len(_FACTORS) else None

    def __call__(self, docs: Sequence[Doc]) -> list[NDArray[np.float32]]:
        """The vectors of documents, none of which is empty."""
        features = np.concatenate([doc.to_array(self._columns) for doc in docs])
        first, which = _distinct(features)
        embedded: Any = features[first]
        for layer in self._embed:
            embedded = layer.predict(embedded)
        borders = np.cumsum([len(doc) for doc in docs])[:-1]
        vectors: list[NDArray[np.float32]] = self._encode.predict(np.split(embedded[which], borders))
        return vectors


def _distinct(rows: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows that hold each distinct row once, and for every row the position of its equal among them."""
    codes = rows @ _FACTORS[: rows.shape[1]]
    _, first, which = np.unique(codes, return_index=True, return_inverse=True)
    if np.array_equal(rows[first][which], rows):
        return first, which
    everything = np.arange(len(rows))  # two rows share a code: never seen, but possible
    return everything, everything
