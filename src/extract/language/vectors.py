"""Token vectors of spaCy's convolutional encoder, each distinct token embedded once per batch.

Most tokens of a batch repeat another; their embedding (four to six hashed tables and a mixing layer) is
equal, and only the windows behind it see their neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from newsfacts.language.arrays import WIDEST, distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

_EMBED = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")


@dataclass(frozen=True, slots=True, eq=False)
class TokenVectors:
    """Documents -> one (tokens, width) array each. Build with `of`."""

    _columns: list[Any]
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
        columns = list(embed.layers[0].attrs["columns"])
        return cls(columns, tuple(embed.layers[2:4]), encode) if 1 < len(columns) <= WIDEST else None

    def __call__(self, docs: Sequence[Doc]) -> list[NDArray[np.float32]]:
        """The vectors of documents, none of which is empty."""
        features = np.concatenate([doc.to_array(self._columns) for doc in docs])
        first, which = distinct(features)
        embedded: Any = features[first]
        for layer in self._embed:
            embedded = layer.predict(embedded)
        borders = np.cumsum([len(doc) for doc in docs])[:-1]
        vectors: list[NDArray[np.float32]] = self._encode.predict(np.split(embedded[which], borders))
        return vectors
