"""`newsfacts load`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.options import AsJson, Quiet


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
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Load facts into a database: SQLite, PostgreSQL or DuckDB.

    Loading twice changes nothing. Documents that were extracted anew replace their old facts; all of it
    happens in one transaction. An older database is brought up to date. Tables: runs, documents, facts,
    dates, places, errors; views: quantities, latest_run. PostgreSQL's password is best left to PGPASSWORD
    or ~/.pgpass; it is never printed.

    newsfacts load output --to facts.db

    newsfacts load output --to postgresql://me@localhost/news
    """
    import dataclasses
    import json

    from extract import sinks
    from extract.cli.terminal import out, print_json, several

    report = sinks.load(source, target)
    if as_json:
        print_json(json.dumps(dataclasses.asdict(report)))
    elif not quiet:
        gone = f"; {several(report.removed, 'stale fact')} removed" if report.removed else ""
        what = f"{several(report.documents, 'document')} and {several(report.facts, 'fact')}"
        out().print(f"{what} loaded into {report.target}{gone}", markup=False, soft_wrap=True)
