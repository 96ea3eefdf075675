"""How far two readings of a round agree, and what a run gets right at first sight, as Markdown.

    python bench/gold/agree.py bench/gold/round1
    python bench/gold/agree.py bench/gold/round1 --facts output/facts.jsonl --by-genre

A round's folder holds `reader_a.jsonl` and `reader_b.jsonl`, the two independent readings, and `gold.jsonl`,
what was settled from them. Agreement is each reading scored against the other by the rules of `newsfacts
evaluate`, both ways, averaged: a reader's alternatives count for what the other wrote, as for a run. Without
them (first answers) agreement is lower, and says how much of it is latitude; spellings of a name stay.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsfacts.evaluation import Report, evaluate
from newsfacts.evaluation.report import GROUPS

Row = dict[str, Any]
#: Phrases that standoff gold knows by their heads only.
_PHRASES = ("item", "subject", "source", "of")
_SCORING_ONLY = ("_heads", "_alt", "_optional")


def as_prediction(rows: Iterator[Row]) -> Iterator[Row]:
    """A reading as if a run had found it: its phrases are its heads, and what only gold has is left out."""
    for row in rows:
        kept = {name: value for name, value in row.items() if not name.endswith(_SCORING_ONLY)}
        kept.pop("optional", None)
        heads = {name: row[f"{name}_heads"] for name in _PHRASES if row.get(f"{name}_heads")}
        yield kept | {name: " ".join(words) for name, words in heads.items() if not row.get(name)}


def read(path: Path) -> Iterator[Row]:
    """The rows of a JSON Lines file."""
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def one_way(gold: Path, reading: Path, *, bare: bool = False) -> Report:
    """A reading scored against the other; `bare`: against its first answers, without alternatives.

    What the reader called borderline is not held against it, unless its other facts hang on it.
    """
    with tempfile.TemporaryDirectory(prefix="newsfacts-agree-") as folder:
        predicted = Path(folder) / "facts.jsonl"
        every = list(read(reading))
        named = {row.get(link) for row in every for link in ("time", "place", "same_as")}
        rows = as_prediction(row for row in every if not row.get("optional") or row["id"] in named)
        predicted.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        if bare:
            gold = _first_answers(gold, Path(folder) / "gold.jsonl")
        return evaluate(gold, predicted, resamples=1)


def _first_answers(gold: Path, out: Path) -> Path:
    kept = ({name: row[name] for name in row if not _leaves_open(name)} for row in read(gold))
    out.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
    return out


def _leaves_open(name: str) -> bool:
    # Another spelling of a place is the same answer.
    return name.endswith(("_alt", "_optional")) and name != "name_alt"


def latitude(gold: Path) -> dict[str, float]:
    """The share of quantities, 0 to 1, that leave each field open, or "any"; borderline ones aside."""
    rows = [row for row in read(gold) if row["type"] in GROUPS["quantities"] and not row.get("optional")]
    open_fields = [{name.rpartition("_")[0] for name in row if _leaves_open(name)} for row in rows]
    names = sorted(set().union(*open_fields))
    shares = {name: sum(name in one for one in open_fields) / len(rows) for name in names}
    return {"any": sum(map(bool, open_fields)) / len(rows)} | shares if rows else {}


def agreement(a: Path, b: Path, *, bare: bool = False) -> dict[str, float]:
    """Every figure of the evaluation, 0 to 1: the mean of both ways, where it applies to both."""
    ways = [one_way(a, b, bare=bare).figures(), one_way(b, a, bare=bare).figures()]
    return {name: sum(way[name] for way in ways) / 2 for name in ways[0] if name in ways[1]}


def sizes(gold: Path) -> dict[str, int]:
    """How many facts of each group a gold file holds, borderline ones aside."""
    types = [row["type"] for row in read(gold) if not row.get("optional")]
    return {group: sum(one in members for one in types) for group, members in GROUPS.items()}


def table(columns: Mapping[str, Mapping[str, float]], counts: Mapping[str, int]) -> Iterator[str]:
    """Lines of Markdown: strict F1 and detection of every group, then the attributes, of each column."""
    yield "| strict fact F1 (found) | facts |" + "".join(f" {name} |" for name in columns)
    yield "|---|---|" + "---|" * len(columns)
    for group, number in counts.items():
        if number:
            suffix = "" if group == "all" else f".{group}"
            cells = (_cell(one, f"strict_f1{suffix}", f"detection{suffix}") for one in columns.values())
            yield f"| {group} | {number} |" + "".join(f" {cell} |" for cell in cells)
    yield ""
    yield "| attribute |" + "".join(f" {name} |" for name in columns)
    yield "|---|" + "---|" * len(columns)
    names = sorted({name for one in columns.values() for name in one if name.startswith("attribute.")})
    for name in names:
        cells = (_cell(one, name) for one in columns.values())
        yield f"| {name.removeprefix('attribute.')} |" + "".join(f" {cell} |" for cell in cells)


def _cell(figures: Mapping[str, float], main: str, beside: str | None = None) -> str:
    if main not in figures:
        return "-"
    share = f"{100 * figures[main]:.1f}"
    return share if beside is None else f"{share} ({100 * figures[beside]:.1f})"


def columns_of(folder: Path, facts: Path | None) -> dict[str, dict[str, float]]:
    """The figures of a round by what was compared; a file that is not there yet gives none."""
    a, b, gold = (folder / f"{name}.jsonl" for name in ("reader_a", "reader_b", "gold"))
    columns: dict[str, dict[str, float]] = {}
    if a.exists() and b.exists():
        columns["two readings"] = agreement(a, b)
        columns["their first answers"] = agreement(a, b, bare=True)
    for name, reading in (("reader a", a), ("reader b", b)):
        if gold.exists() and reading.exists():
            columns[f"{name} by gold"] = one_way(gold, reading).figures()
    if facts is not None:
        columns["run"] = evaluate(gold, facts, resamples=1).figures()
    return columns


def genres(gold: Path) -> list[str]:
    """The genres of a round's texts, by their ids: `report` of `r1-report-4`."""
    return list(dict.fromkeys(_genre(row) for row in read(gold)))


def _genre(row: Row) -> str:
    return str(row["doc_id"]).split("-")[1]


@contextmanager
def only(genre: str, folder: Path, facts: Path | None) -> Iterator[tuple[Path, Path | None]]:
    """A round's folder and the facts of a run, cut down to the texts of one genre."""
    with tempfile.TemporaryDirectory(prefix="newsfacts-genre-") as name:
        files = [folder / f"{one}.jsonl" for one in ("reader_a", "reader_b", "gold")]
        for file in [path for path in (*files, facts) if path is not None and path.exists()]:
            rows = (json.dumps(row) + "\n" for row in read(file) if _genre(row) == genre)
            out = Path(name) / ("facts.jsonl" if file == facts else file.name)
            out.write_text("".join(rows), encoding="utf-8")
        yield Path(name), facts and Path(name) / "facts.jsonl"


def genre_table(folder: Path, facts: Path | None) -> Iterator[str]:
    """Lines of Markdown: strict F1 of all, quantities, dates and places of each genre, by column."""
    groups = ("all", "quantities", "dates", "places")
    yield "| genre | compared | facts |" + "".join(f" {group} |" for group in groups)
    yield "|---|---|---|" + "---|" * len(groups)
    for genre in genres(folder / "gold.jsonl"):
        with only(genre, folder, facts) as (own, own_facts):
            number = sizes(own / "gold.jsonl")["all"]
            for name, figures in columns_of(own, own_facts).items():
                keys = ("strict_f1" if group == "all" else f"strict_f1.{group}" for group in groups)
                cells = "".join(f" {_cell(figures, key)} |" for key in keys)
                yield f"| {genre} | {name} | {number} |{cells}"


def main() -> None:
    """Read the command line and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="folder of a round: readings and gold")
    parser.add_argument("--facts", type=Path, help="facts of a run, to score against the gold")
    parser.add_argument("--by-genre", action="store_true", help="also strict F1 of each genre of texts")
    args = parser.parse_args()
    columns = columns_of(args.folder, args.facts)
    if not columns:
        parser.error(f"{args.folder} holds neither two readings nor a gold")
    held = [
        path
        for path in (args.folder / f"{name}.jsonl" for name in ("gold", "reader_a", "reader_b"))
        if path.exists()
    ]
    print("\n".join(table(columns, sizes(held[0]))))
    print("\nQuantities that leave a field open, in %:")
    for path in held:
        print(
            f"{path.stem}: "
            + ", ".join(f"{name} {100 * share:.0f}" for name, share in latitude(path).items())
        )
    if args.by_genre and (args.folder / "gold.jsonl").exists():
        print("\n" + "\n".join(genre_table(args.folder, args.facts)))


if __name__ == "__main__":
    main()
