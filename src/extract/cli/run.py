"""`newsfacts run`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.cli import exits
from extract.cli.options import AsJson, Model, Published, Quiet, Rules, load_pipeline

if TYPE_CHECKING:
    from extract.pipeline import Pipeline

_STDIN = Path("-")
_FIELDS = "Fields of JSONL and CSV"


def _field(name: str, what: str) -> Any:
    return typer.Option(
        f"--{name}-field", metavar="NAME", help=what, show_default=False, rich_help_panel=_FIELDS
    )


def run(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="IN",
            help="Files and folders: txt, html, jsonl, csv, also gzipped; - or nothing: one text on stdin.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Folder for facts.jsonl, documents.jsonl and errors.jsonl. Without it facts go to stdout.",
            show_default=False,
        ),
    ] = None,
    model: Model = None,
    rules: Rules = None,
    published: Published = None,
    id_field: Annotated[str | None, _field("id", "Field with the document's id.")] = None,
    text_field: Annotated[str | None, _field("text", "Field with the text.")] = None,
    title_field: Annotated[str | None, _field("title", "Field with the title.")] = None,
    date_field: Annotated[str | None, _field("date", "Field with the day of publication.")] = None,
    url_field: Annotated[str | None, _field("url", "Field with the address.")] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help="Encoding of the texts; else it is detected.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Extract the facts of texts.

    One text on stdin gives its facts on stdout, one JSON object a line:

    echo "Exports rose 5 percent in 2023." | newsfacts run
    """
    options = {
        "published": published,
        "id_field": id_field,
        "text_field": text_field,
        "title_field": title_field,
        "date_field": date_field,
        "url_field": url_field,
        "encoding": encoding,
    }
    sources = _sources(inputs, out)
    pipeline = load_pipeline(model, rules)
    if out is None:
        errors = _to_stdout(sources, options, pipeline)
    else:
        errors = _to_folder(sources, options, pipeline, out, as_json=as_json, quiet=quiet)
    if errors:
        raise typer.Exit(exits.SOME_DOCUMENTS_FAILED)


def _sources(inputs: list[Path] | None, out: Path | None) -> list[Path]:
    if not inputs and sys.stdin.isatty():
        raise typer.BadParameter("name files or folders, or pipe a text in", param_hint="IN")
    sources = inputs or [_STDIN]
    if _STDIN in sources and len(sources) > 1:
        raise typer.BadParameter("stdin (-) cannot be mixed with files", param_hint="IN")
    inside = [s for s in sources if out and s.is_dir() and out.resolve().is_relative_to(s.resolve())]
    if inside:
        raise typer.BadParameter(
            f"{out} lies inside the input folder {inside[0]}, so the next run would read it",
            param_hint="--out",
        )
    return sources


def _to_stdout(sources: Sequence[Path], options: dict[str, Any], pipeline: Pipeline) -> int:
    from extract import batch
    from extract.cli.documents import items
    from extract.cli.terminal import err

    errors = batch.stream(items(sources, options, pipeline), pipeline, sys.stdout.buffer)
    for error in errors:
        err().print(f"{error.path}: {error.message}. {error.remedy}", style="red", markup=False)
    return len(errors)


def _to_folder(
    sources: Sequence[Path],
    options: dict[str, Any],
    pipeline: Pipeline,
    out: Path,
    *,
    as_json: bool,
    quiet: bool,
) -> int:
    from extract import batch
    from extract.cli.documents import items
    from extract.cli.summary import show_summary, summary_json

    with _progress(sources, shown=not quiet and sys.stderr.isatty()) as watch:
        summary = batch.run(items(sources, options, pipeline), pipeline, out, watch=watch)
    if as_json:
        typer.echo(summary_json(summary, out, pipeline.fingerprint))
    elif not quiet:
        show_summary(summary, out)
    return summary.errors


@contextmanager
def _progress(sources: Sequence[Path], *, shown: bool) -> Iterator[Callable[[object], None]]:
    """A bar with rate and remaining time on stderr, for people only."""
    if not shown:
        yield lambda outcome: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from extract.cli.documents import expected
    from extract.cli.terminal import err

    columns = (
        TextColumn("extracting"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err(), transient=True) as progress:
        task = progress.add_task("", total=expected(sources), rate="")

        def watch(outcome: object) -> None:
            speed = progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{speed:,.0f} documents/s" if speed else "")

        yield watch
