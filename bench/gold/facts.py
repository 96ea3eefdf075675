"""The facts of a round's texts as this code finds them, with the day of publication that its source states.

    python bench/gold/facts.py ROUND_FOLDER OUT.jsonl

ROUND_FOLDER is what `texts.py` laid out: `texts/ID.txt` and `meta.jsonl`. The texts are taken as they are, so
that offsets are the gold's.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from newsfacts.model import Document
from newsfacts.pipeline import Pipeline


def documents(pipeline: Pipeline, folder: Path) -> Iterator[Document]:
    """The texts of a round; where the source states no day, the text may."""
    for line in (folder / "meta.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        day = dt.date.fromisoformat(row["published"]) if row["published"] else None
        text = (folder / "texts" / f"{row['id']}.txt").read_text(encoding="utf-8")
        yield pipeline.document(text, doc_id=row["id"], published=day)


def main() -> None:
    """Read the command line and write the facts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    pipeline = Pipeline.load()
    results = list(pipeline.process(documents(pipeline, args.folder)))
    failed = [result.document.id for result in results if result.error is not None]
    lines = [msgspec.json.encode(fact) + b"\n" for result in results for fact in result.facts]
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_bytes(b"".join(lines))
    print(f"{len(lines)} facts of {len(results)} texts in {args.out}" + f"; failed: {failed}" * bool(failed))


if __name__ == "__main__":
    main()
