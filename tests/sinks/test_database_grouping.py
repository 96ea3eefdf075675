"""Blocks of lines that end where a document does."""

from __future__ import annotations

import json
import random
from itertools import groupby

import pytest

from newsfacts.sinks.database.grouping import whole_documents


def doc_of(line: bytes) -> str:
    return str(json.loads(line)["doc_id"])


@pytest.mark.parametrize("seed", range(200))
def test_no_document_is_cut_and_no_line_changes(seed: int) -> None:
    rng = random.Random(seed)
    facts = [rng.randint(1, 9) for _ in range(rng.randint(0, 9))]
    sizes = [rng.randint(1, 7) for _ in range(rng.randint(1, 30))]
    lines = [b'{"id":"%d","doc_id":"d%d"}\n' % (n, d) for d, count in enumerate(facts) for n in range(count)]
    blocks, left = [], list(lines)
    for size in [*sizes, len(lines)]:
        blocks.append(b"".join(left[:size]))
        del left[:size]
    found = list(whole_documents(iter(blocks)))
    assert b"".join(found) == b"".join(lines)
    documents = [d for block in found for d, _ in groupby(block.splitlines(), doc_of)]
    assert documents == [f"d{d}" for d in range(len(facts))]


def test_what_is_no_fact_keeps_its_place() -> None:
    blocks = [b'{"doc_id":"a"}\n\nodd\n', b'\n{"doc_id":"a"}\n{"doc_id":"b"}']
    assert b"".join(whole_documents(iter(blocks))) == b"".join(blocks)
