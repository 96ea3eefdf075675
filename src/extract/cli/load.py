"""`newsfacts load`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsfacts.cli.options import AsJson, IdPrefix, MinPrecision, Quiet, Source, cut_at


def load(
    source: Annotated[
        Path,
        typer.Argument(metavar="FACTS_OR_DIR", help="Folder that `run` wrote, or its facts (any format)."),
    ],
    target: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="DATABASE",
            help="A path (SQLite), sqlite:///FILE, duckdb:///FILE or postgresql://USER@HOST/NAME;"
            " a file is made where it does not exist.",
        ),
    ],
    origin: Source = None,
    id_prefix: IdPrefix = "",
    prune: Annotated[
        bool,
        typer.Option(
            "--prune",
            metavar="",
            help="Remove documents of this source that the run has not, and their facts.",
        ),
    ] = False,
    min_precision: MinPrecision = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Load facts into a database: SQLite, PostgreSQL or DuckDB.

    Loading twice changes nothing. Documents that were extracted anew replace their old facts; all of it
    happens in one transaction. A document of the same id from another source (see `newsfacts run --source`)
    is refused where its text is another: --id-prefix gives the documents of a run ids of their own, and
    --source names the source of a run that names none or another.

    An older database is brought up to date. Tables: runs, documents, facts, dates, places, sentences, errors
    and those of `consolidate --db`; views: quantities, claim_quantities, latest_run. PostgreSQL's password is
    best left to PGPASSWORD or ~/.pgpass; it is never printed.

    With --min-precision only facts are loaded that are right so often; it ends with exit code 4 where no
    confidence of any quantity stands for so much.

    newsfacts load output --to facts.db

    newsfacts load output --to postgresql://me@localhost/news --prune
    """
    import dataclasses
    import json

    from newsfacts import sinks
    from newsfacts.cli.terminal import err, out, print_json, several

    cut = cut_at(min_precision)
    sieve = cut.lines if cut else iter
    report = sinks.load(source, target, source=origin, id_prefix=id_prefix, prune=prune, sieve=sieve)
    if cut and not quiet:
        err().print("\n".join(cut.report()), style="yellow", markup=False, soft_wrap=True)
    if as_json:
        told = {"min_precision": cut.figures()} if cut else {}
        print_json(json.dumps(dataclasses.asdict(report) | told))
    elif not quiet:
        what = f"{several(report.documents, 'document')} and {several(report.facts, 'fact')}"
        lines = [f"{what} loaded into {report.target}"]
        for name, changes in (("documents", report.document_changes), ("facts", report.fact_changes)):
            counts = dataclasses.asdict(changes).items()
            lines.append(f"{name}: {', '.join(f'{count:,} {what}' for what, count in counts)}")
        out().print("\n".join(lines), markup=False, soft_wrap=True)
