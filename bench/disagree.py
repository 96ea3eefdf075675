"""Where quantulum3 and CQE read quantities otherwise than we do, over sentences of unlabelled texts.

    python bench/disagree.py draw OUT --data FOLDER             # FOLDER: articles.jsonl, abstracts.jsonl
    CQE_ENVIRONMENT/bin/python bench/peer/cqe.py OUT/sentences.jsonl OUT/cqe.jsonl
    python bench/disagree.py compare OUT --read 30              # OUT/differences.jsonl, OUT/read.txt

`draw` takes sentences with a number, by seed, from texts that no round of gold has, and writes what we and
quantulum3 read in them. `compare` aligns the readings by their characters, counts, and draws differences to
be read by a person: the outcome of that is in docs/QUALITY.md ("Kinds of disagreement").
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from newsfacts.check import Quantulum
from newsfacts.check.settings import Settings
from newsfacts.check.units import UnitNames
from newsfacts.language import Annotator, Parsed, parse_batch
from newsfacts.pipeline import Pipeline
from newsfacts.quantities.numbers import NumberWords
from newsfacts.rules import RuleSet
from peer.align import Read, clusters, other, own, verdict

Row = dict[str, Any]
SEED = 16
SENTENCES = 3000
BATCH = 20
PEERS = ("quantulum3", "cqe")
SOURCES = Path(__file__).parent / "gold" / "sources.yaml"
_KEPT = ("type", "value", "low", "high", "modifier", "unit", "per")
_WORD = re.compile(r"[a-z]+")


def held_out(sources: Path = SOURCES) -> set[str]:
    """Ids of the texts that a round of gold has."""
    rounds = yaml.safe_load(sources.read_text(encoding="utf-8"))["rounds"]
    return {text["id_there"] for texts in rounds.values() for text in texts.values() if "id_there" in text}


def number_words(rules: RuleSet) -> frozenset[str]:
    """Words that are a number alone, but "one", which is hardly ever one in running text."""
    words = rules.read("quantities/numbers.yaml", NumberWords)
    tables = (words.digits, words.teens, words.tens, words.scales)
    return (frozenset(word for table in tables for word in table) | words.plurals) - {"one"}


def draw(out: Path, folder: Path, documents: int) -> None:
    """Write drawn sentences, and what we and quantulum3 read in them."""
    pipeline, chosen = Pipeline.load(), random.Random(SEED)
    taken = held_out()
    rows = [
        row
        for name in ("abstracts", "articles")
        for row in _rows(folder / f"{name}.jsonl")
        if row["id"] not in taken
    ]
    rows = chosen.sample(rows, min(documents, len(rows)))
    texts = [pipeline.document(row["text"], doc_id=row["id"]) for row in rows]
    annotator, words = Annotator.of(pipeline.nlp), number_words(pipeline.rules)
    parsed = (
        one for i in range(0, len(texts), BATCH) for one in parse_batch(annotator, texts[i : i + BATCH])
    )
    every = list(_read(pipeline, parsed, words))
    drawn = sorted(chosen.sample(every, min(SENTENCES, len(every))), key=lambda row: str(row["id"]))
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "sentences.jsonl", drawn)
    _write(out / "quantulum3.jsonl", _quantulum(pipeline.rules, drawn))
    print(f"{len(drawn)} of {len(every)} sentences with a number, of {len(rows)} texts")


def _read(pipeline: Pipeline, texts: Iterable[Parsed], words: frozenset[str]) -> Iterator[Row]:
    """Every sentence with a number, with our quantities and dates in it: found in the whole text."""
    for parsed in texts:
        facts = [
            fact
            for fact in map(msgspec.to_builtins, pipeline.analyse(parsed).facts)
            if fact["type"] != "place"
        ]
        for one in parsed.sentences:
            text = parsed.text[one.start : one.end]
            if any(map(str.isdigit, text)) or words.intersection(_WORD.findall(text.lower())):
                inside = [_moved(fact, one.start) for fact in facts if one.start <= fact["start"] < one.end]
                yield {"id": f"{parsed.document.id}:{one.start}", "text": text, "ours": inside}


def _moved(fact: Mapping[str, Any], offset: int) -> Row:
    kept = {name: fact.get(name) for name in _KEPT}
    return {"start": fact["start"] - offset, "end": fact["end"] - offset, **kept}


def _quantulum(rules: RuleSet, drawn: Iterable[Row]) -> Iterator[Row]:
    reader = Quantulum.from_rules(rules)
    for row in drawn:
        readings = reader(row["text"])
        if readings is None:
            yield {"id": row["id"], "failed": True}
        for one in readings or ():
            place = {"id": row["id"], "start": one.start, "end": one.end}
            yield {**place, "low": one.low, "high": one.high, "codes": [(u.code, u.times) for u in one.units]}


def compare(out: Path, read: int) -> None:
    """Count by peer what agrees and what differs, and draw differences to be read."""
    sentences, rules = list(_rows(out / "sentences.jsonl")), RuleSet()
    names = UnitNames.from_rules(rules)
    left_out = Settings.from_rules(rules).left_out
    every: list[Row] = []
    for peer in (peer for peer in PEERS if (out / f"{peer}.jsonl").exists()):
        found = list(_differences(peer, sentences, list(_rows(out / f"{peer}.jsonl")), names, left_out))
        print(peer, dict(Counter(row["kind"] for row in found).most_common()))
        every += [row for row in found if row["kind"] not in ("agree", "date")]
    _write(out / "differences.jsonl", every)
    drawn = list(_drawn(every, read))
    (out / "read.txt").write_text("".join(_shown(i, row) for i, row in enumerate(drawn, 1)), encoding="utf-8")


def _drawn(differences: Sequence[Row], each: int) -> Iterator[Row]:
    """As many of each peer and kind, so that the rare ones are read too."""
    strata = defaultdict(list)
    for row in differences:
        strata[row["peer"], row["kind"]].append(row)
    chosen = random.Random(SEED)
    for rows in strata.values():
        yield from chosen.sample(rows, min(each, len(rows)))


def _differences(
    peer: str, sentences: Sequence[Row], rows: Sequence[Row], names: UnitNames, left_out: frozenset[str]
) -> Iterator[Row]:
    """Every group of quantities that share characters, and what came of it: `date` where we read a date."""
    by_sentence, failed = defaultdict(list), set()
    for row in rows:
        if row.get("failed"):
            failed.add(row["id"])
        else:
            by_sentence[row["id"]].append(other(row, names))
    for sentence in (one for one in sentences if one["id"] not in failed):
        dates = [fact for fact in sentence["ours"] if fact["type"] == "date"]
        mine = [own(fact) for fact in sentence["ours"] if fact["type"] != "date"]
        for ours, theirs in clusters(mine, by_sentence[sentence["id"]]):
            kind = verdict(ours, theirs)
            if kind == "theirs only" and any(_overlap(fact, one) for fact in dates for one in theirs):
                kind = "date"
            if kind == "ours only" and all(one.shown.split()[0] in left_out for one in ours):
                kind = "not theirs"  # ordinals and odds, which the peers do not read
            start, end = min(r.start for r in (*ours, *theirs)), max(r.end for r in (*ours, *theirs))
            marked = f"{sentence['text'][:start]}[[{sentence['text'][start:end]}]]{sentence['text'][end:]}"
            yield {
                "peer": peer,
                "kind": kind,
                "id": sentence["id"],
                **_readings(ours, theirs),
                "text": marked,
            }


def _readings(ours: Sequence[Read], theirs: Sequence[Read]) -> Row:
    return {"ours": "; ".join(r.shown for r in ours), "theirs": "; ".join(r.shown for r in theirs)}


def _overlap(fact: Row, one: Read) -> bool:
    return bool(fact["start"] < one.end and one.start < fact["end"])


def _shown(number: int, row: Row) -> str:
    words = " ".join(row["text"].split())
    at = max(0, words.find("[[") - 110)
    readings = f"ours {row['ours']} | theirs {row['theirs']}"
    return f"{number} {row['peer']} {row['kind']}: {readings}\n    {words[at : at + 280]}\n"


def _rows(path: Path) -> Iterator[Row]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _write(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    """Read the command line and draw or compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("step", choices=("draw", "compare"))
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, help="draw: folder of articles.jsonl and abstracts.jsonl")
    parser.add_argument("--documents", type=int, default=600, help="draw: from how many texts")
    parser.add_argument("--read", type=int, default=30, help="compare: how many of each peer and kind")
    args = parser.parse_args()
    if args.step == "compare":
        compare(args.out, args.read)
    elif args.data is None:
        parser.error("draw needs --data")
    else:
        draw(args.out, args.data, args.documents)


if __name__ == "__main__":
    main()
