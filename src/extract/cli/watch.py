"""`newsfacts watch`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli.options import (
    MEMORY,
    FileFormat,
    FollowLinks,
    IdPrefix,
    Memory,
    Model,
    Published,
    Quiet,
    Rules,
    Source,
    TakeFolder,
    Timeout,
    Workers,
)
from newsfacts.cli.run import check_folder, opened, table_words

if TYPE_CHECKING:
    from newsfacts.batch import Summary


def watch(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder to watch.", exists=True, file_okay=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Folder for the output.")],
    force: TakeFolder = False,
    model: Model = None,
    rules: Rules = None,
    source: Source = None,
    id_prefix: IdPrefix = "",
    published: Published = None,
    kind: FileFormat = "jsonl",
    workers: Workers = None,
    timeout: Timeout = None,
    memory: Memory = MEMORY,
    follow_links: FollowLinks = False,
    interval: Annotated[
        float, typer.Option("--interval", metavar="SECONDS", min=0.05, help="Time between two looks.")
    ] = 2.0,
    rest: Annotated[
        float,
        typer.Option(
            "--rest",
            metavar="SECONDS",
            min=0,
            help="A file is read when neither its size nor its time has changed for so long.",
        ),
    ] = 3.0,
    runs: Annotated[
        int | None,
        typer.Option("--runs", metavar="N", min=1, help="End after N runs.", show_default=False),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Extract what is new or changed in a folder, until interrupted (Ctrl-C).

    Every change ends in a complete output, as `newsfacts run DIR --out OUT` would write it; documents that
    did not change are not worked on again, nor are their files read. The model stays loaded.

    newsfacts watch incoming/ --out output
    """
    from newsfacts import batch
    from newsfacts.batch.manifest import SHARDS
    from newsfacts.batch.remembering import Memory as Remembered
    from newsfacts.batch.shards import ShardStore
    from newsfacts.batch.watching import changes, snapshot
    from newsfacts.processes import TIMEOUT
    from newsfacts.readers import ReaderProcess, ReadOptions, read

    check_folder(out, [folder], force=force)
    options = ReadOptions(published=published, follow_links=follow_links, id_prefix=id_prefix)
    reader = ReaderProcess(timeout or TIMEOUT, memory)
    origin = source or batch.default_source([folder])
    words = table_words(rules)
    try:
        with opened("local", out, model, rules, workers, timeout, memory) as (engine, builder):
            look = partial(snapshot, folder, options)
            remembered = Remembered(ShardStore(out / SHARDS))
            for number, resting in enumerate(changes(look, interval=interval, quiet=rest), 1):
                cycle = remembered.cycle(resting)
                reading = cycle.follow(read([folder], options, builder, cycle.accept, reader))
                summary = batch.run_shards(
                    reading,
                    engine,
                    out,
                    kind=kind,
                    source=origin,
                    words=words,
                    force=force,
                    cutting=cycle.cut,
                )
                if not quiet:
                    _tell(summary)
                if number == runs:
                    break
    except KeyboardInterrupt:
        # What was done is kept; the output is that of the last complete run.
        return


def _tell(summary: Summary) -> None:
    from newsfacts.cli.terminal import err, several

    parts = [
        f"{several(summary.documents, 'document')} ({summary.extracted:,} worked on)",
        several(summary.facts.total(), "fact"),
        several(summary.errors, "error"),
    ]
    err().print(", ".join(parts))
