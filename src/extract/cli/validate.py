"""`newsfacts validate`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli import exits
from newsfacts.cli.options import AsJson, Quiet, existing

if TYPE_CHECKING:
    from newsfacts.batch import Problem

_SHOWN = 50


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Files that newsfacts wrote, or folders that hold them."),
    ],
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts",
            metavar="IN",
            callback=existing,
            help="Input of the run: also compare with the texts.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Check output files: schema, offsets, ids and references.

    Every problem is a line with file, line number and field. Exit code 1 where there is one.

    newsfacts validate output --texts articles/
    """
    from newsfacts import batch
    from newsfacts.cli.documents import texts_of

    problems = list(batch.validate(files, texts_of(texts) if texts else None))
    _show(problems, files, as_json=as_json, quiet=quiet)
    if problems:
        raise typer.Exit(exits.CHECK_FAILED)


def _show(problems: list[Problem], files: Iterable[Path], *, as_json: bool, quiet: bool) -> None:
    import dataclasses
    import json

    from newsfacts.cli.terminal import err, out, print_json

    if as_json:
        print_json(json.dumps([dataclasses.asdict(problem) for problem in problems]))
        return
    for problem in problems[:_SHOWN]:
        err().print(str(problem), style="red", markup=False)
    if len(problems) > _SHOWN:
        err().print(f"... and {len(problems) - _SHOWN:,} more; --json prints all.")
    if not quiet and not problems:
        out().print(f"{', '.join(map(str, files))}: valid", markup=False, soft_wrap=True)
