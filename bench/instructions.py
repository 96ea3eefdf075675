"""Instructions that each step of the annotation takes, by spaCy's components and by ours.

    python bench/instructions.py ARTICLES.jsonl [--documents 8] [--results bench/RESULTS.md]

Needs valgrind; unlike timings, its counts do not waver. callgrind counts only while a step works on the same
Docs: first all steps by spaCy's components, then by their equals in arrays, each once warm.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from speed import heading, keep, read

STEPS = {
    "token vectors of tagger and parser": ("tok2vec",),
    "tagger": ("tagger",),
    "parser": ("parser",),
    "word classes and lemmas": ("attribute_ruler", "lemmatizer", "attribute_ruler, lemmatizer"),
    "entities": ("ner",),
}


def control(*args: str) -> None:
    """Tell callgrind something about this process."""
    subprocess.run(["callgrind_control", *args, str(os.getpid())], check=True, stdout=subprocess.DEVNULL)


def counted(name: str, call: Callable[[], object]) -> None:
    """Do something while callgrind counts; it writes the count with this name."""
    control("--instr=on")
    control("--zero")
    call()
    control(f"--dump={name}")
    control("--instr=off")


def work(path: Path, count: int) -> None:
    """What is counted: every step of both annotators."""
    from newsfacts.language import Annotator, load_model

    nlp = load_model()
    texts = [part for record in read(path, count) for part in record["text"].split("\n\n")]
    for which, annotator in (("spacy", Annotator.plain(nlp)), ("ours", Annotator.of(nlp))):
        annotator.annotate(texts[:20])
        docs = [nlp.make_doc(text) for text in texts]
        for name, step in annotator.steps:
            counted(f"{which}:{name}", lambda: step(docs))  # noqa: B023


def counts(folder: Path) -> Iterator[tuple[str, int]]:
    """(name, instructions) of every count that callgrind wrote."""
    for file in sorted(folder.glob("out.*")):
        text = file.read_text(encoding="utf-8", errors="replace")
        name = re.search(r"^desc: Trigger: dump (.+)$", text, re.MULTILINE)
        total = re.search(r"^summary: (\d+)$", text, re.MULTILINE)
        if name and total:
            yield name[1], int(total[1])


def under_callgrind(path: Path, count: int) -> dict[str, int]:
    """Counts by name."""
    with tempfile.TemporaryDirectory(prefix="newsfacts-callgrind-") as folder:
        tool = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={folder}/out"]
        program = [sys.executable, __file__, str(path), "--documents", str(count), "--work"]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        subprocess.run([*tool, *program], check=True, env=environment, stderr=subprocess.DEVNULL)
        return dict(counts(Path(folder)))


def table(path: Path, count: int) -> Iterator[str]:
    """Lines of Markdown: both counts of each step."""
    words = sum(len(record["text"].split()) for record in read(path, count))
    found = under_callgrind(path, count)
    yield f"Thousands of instructions a word, by callgrind; {count} articles, {words:,} words."
    yield ""
    yield "| step | spaCy's component | ours | ratio |"
    yield "|---|--:|--:|--:|"
    for name, parts in STEPS.items():
        before, after = (sum(found.get(f"{which}:{p}", 0) for p in parts) for which in ("spacy", "ours"))
        yield f"| {name} | {before / words / 1e3:,.1f} | {after / words / 1e3:,.1f} | {before / after:.2f} |"
    before, after = (
        sum(n for key, n in found.items() if key.startswith(which)) for which in ("spacy", "ours")
    )
    yield f"| all steps | {before / words / 1e3:,.1f} | {after / words / 1e3:,.1f} | {before / after:.2f} |"


def main() -> None:
    """Count, print, and keep below its heading of --results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--documents", type=int, default=8)
    parser.add_argument("--results", type=Path)
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        work(args.articles, args.documents)
        return
    text = "\n".join([heading("instructions"), *table(args.articles, args.documents)]) + "\n"
    print(text)
    if args.results:
        keep(args.results, "instructions", text)


if __name__ == "__main__":
    main()
