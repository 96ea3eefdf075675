"""`newsfacts run`."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from glob import has_magic, iglob
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from newsfacts.cli import exits
from newsfacts.cli.options import (
    MEMORY,
    AsJson,
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
    load_pipeline,
)

if TYPE_CHECKING:
    from newsfacts.batch import Engine
    from newsfacts.batch.formats import Format
    from newsfacts.model import DocumentError, Fact
    from newsfacts.pipeline import Pipeline
    from newsfacts.readers import Reading, ReadOptions
    from newsfacts.sections import DocumentBuilder
    from newsfacts.table import TableWords

#: Folder of `run --open` where none is named.
DEFAULT_OUT = Path("newsfacts-output")
_WORK = "How the work is done"
_READING = "How inputs are read"
_FIELDS = "Fields of JSONL, CSV and Parquet"


def _field(name: str, what: str) -> Any:
    return typer.Option(
        f"--{name}-field", metavar="NAME", help=what, show_default=False, rich_help_panel=_FIELDS
    )


def run(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="IN",
            help="Files and folders: txt, md, html, jsonl, csv, tsv, parquet, also .gz; pdf and docx with the"
            " extra office; addresses of pages and feeds with --fetch; - or none: stdin.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Folder for quantities.csv, facts.jsonl, documents.jsonl and errors.jsonl. Without it"
            " facts go to stdout.",
            show_default=False,
        ),
    ] = None,
    force: TakeFolder = False,
    model: Model = None,
    rules: Rules = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    kind: FileFormat = "jsonl",
    workers: Workers = None,
    timeout: Timeout = None,
    memory: Memory = MEMORY,
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option(
            "--engine",
            help="Where: on this machine, or on a Ray cluster that sees the folder --out at the same path.",
            rich_help_panel=_WORK,
        ),
    ] = "local",
    retry: Annotated[
        bool,
        typer.Option(
            "--retry",
            metavar="",
            help="Try documents again that ended or blocked a worker in an earlier run.",
            rich_help_panel=_WORK,
        ),
    ] = False,
    source: Source = None,
    id_prefix: IdPrefix = "",
    published: Published = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help="Encoding of the texts; otherwise UTF-8, or what the bytes look like.",
            show_default=False,
            rich_help_panel=_READING,
        ),
    ] = None,
    date_order: Annotated[
        Literal["DMY", "MDY"] | None,
        typer.Option(
            "--date-order",
            help="How 03/04/2024 is to be read in date fields and headers; otherwise it stays unknown.",
            show_default=False,
            rich_help_panel=_READING,
        ),
    ] = None,
    max_chars: Annotated[
        int,
        typer.Option(
            "--max-chars",
            metavar="N",
            min=1,
            max=1_000_000_000,
            help="Longest text of a document.",
            rich_help_panel=_READING,
        ),
    ] = 20_000_000,
    follow_links: FollowLinks = False,
    any_language: Annotated[
        bool,
        typer.Option(
            "--any-language",
            metavar="",
            help="Take texts that do not look English too.",
            rich_help_panel=_READING,
        ),
    ] = False,
    id_field: Annotated[str | None, _field("id", "The document's id; otherwise id or doc_id.")] = None,
    text_field: Annotated[str | None, _field("text", "The text; otherwise text, content or body.")] = None,
    title_field: Annotated[str | None, _field("title", "The title; otherwise title or headline.")] = None,
    date_field: Annotated[
        str | None, _field("date", "Day of publication; otherwise date or published.")
    ] = None,
    url_field: Annotated[str | None, _field("url", "The address; otherwise url.")] = None,
    fetch: Annotated[
        Path | None,
        typer.Option(
            "--fetch",
            metavar="DIR",
            help="Fetch inputs that are addresses (pages, or feeds of them) into this folder, and read them"
            " there; what is there already is not fetched again. No command uses a network otherwise.",
            show_default=False,
            rich_help_panel=_READING,
        ),
    ] = None,
    show: Annotated[
        bool,
        typer.Option(
            "--open",
            metavar="",
            help="Show the facts beside the articles in the browser: writes DIR.html beside the folder --out,"
            f" which is {DEFAULT_OUT} where none is named.",
        ),
    ] = False,
) -> None:
    """Extract the facts of texts.

    A document that cannot be read is a line of errors.jsonl, and the run goes on. Equal input gives equal
    bytes, however many workers there are. A run that was ended in the middle goes on where it was; a run on
    changed texts, rules or another model works on what changed only. The final files are replaced together,
    at the end; manifest.json tells of which run they are, and shards/ keeps what the next run can reuse. It
    also keeps the source of the documents: --source, or else the folder that holds the inputs. The output
    folder is a new or empty one, or that of an earlier run; no file is touched there that newsfacts did not
    write.

    newsfacts run articles/ --open

    newsfacts run articles/ --out output --workers 4

    echo "Exports rose 5 percent in 2023." | newsfacts run
    """
    from newsfacts.cli.opening import check_page

    out = out or (DEFAULT_OUT if show else None)
    sources, problems = _sources(inputs, fetch)
    if out is not None:
        check_folder(out, sources, force=force)
    if out is not None and show:
        check_page(out)
    names = {"id": id_field, "text": text_field, "title": title_field, "date": date_field, "url": url_field}
    options = _options(
        names,
        published=published,
        encoding=encoding,
        date_order=date_order,
        max_chars=max_chars,
        check_language=not any_language,
        follow_links=follow_links,
        id_prefix=id_prefix,
    )
    limits = (timeout, memory)
    words = table_words(rules)
    if out is None:
        _check_options(kind, workers, timeout, engine, source, retry=retry, force=force)
        pipeline = load_pipeline(model, rules)
        reading = _read(sources, options, pipeline.documents, limits)
        errors = _to_stdout(reading, problems, pipeline, sources, quiet=quiet)
    else:
        with opened(engine, out, model, rules, workers, timeout, memory) as (running, builder):
            reading = _read(sources, options, builder, limits)
            errors = _to_folder(
                reading,
                problems,
                running,
                out,
                sources,
                source,
                kind,
                words,
                retry=retry,
                force=force,
                as_json=as_json,
                quiet=quiet,
                show=show,
            )
    if errors:
        raise typer.Exit(exits.SOME_DOCUMENTS_FAILED)


def _check_options(
    kind: str,
    workers: int | None,
    timeout: float | None,
    engine: str,
    source: str | None,
    *,
    retry: bool,
    force: bool,
) -> None:
    if kind != "jsonl" or workers or timeout or engine != "local" or source or retry or force:
        raise typer.BadParameter(
            "--format, --workers, --timeout, --engine, --source, --retry and --force need --out DIR"
        )


@contextmanager
def opened(
    engine: str,
    out: Path,
    model: str | None,
    rules: Path | None,
    workers: int | None,
    timeout: float | None,
    memory: float,
) -> Iterator[tuple[Engine, DocumentBuilder]]:
    """The engine that the options ask for, and what makes documents for it."""
    from newsfacts import batch
    from newsfacts.rules import RuleSet
    from newsfacts.sections import DocumentBuilder

    if engine == "local" and workers is None and timeout is None:
        from newsfacts.fingerprint import begin

        begin()  # beside the loading of the model
        pipeline = load_pipeline(model, rules)
        yield batch.ThisProcess(pipeline, pipeline.fingerprint), pipeline.documents
        return
    # Mistakes in rules are told before processes are started.
    builder = DocumentBuilder.from_rules(RuleSet(rules))
    loader, limit = batch.PipelineLoader(model, rules), timeout or batch.TIMEOUT
    if engine == "ray":
        from newsfacts.batch.ray_cluster import RayCluster

        with RayCluster(loader, workers, limit, out, memory) as cluster:
            yield cluster, builder
        return
    with batch.WorkerProcesses(loader, workers or 1, limit, memory) as processes:
        yield processes, builder


def _sources(inputs: list[str] | None, fetch: Path | None) -> tuple[list[Path], list[DocumentError]]:
    """The files and folders to read, and the addresses that could not be had."""
    if not inputs and sys.stdin.isatty():
        raise typer.BadParameter("name files or folders, or pipe a text in", param_hint="IN")
    from newsfacts.sinks.current import is_output

    sources, problems = _fetched(inputs or ["-"], fetch)
    missing = [s for s in sources if str(s) != "-" and not os.path.lexists(s) and not has_magic(str(s))]
    if missing:
        raise typer.BadParameter(f"there is no file or folder {str(missing[0])!r}", param_hint="IN")
    made = [s for s in sources if is_output(s)]
    if made:
        raise typer.BadParameter(f"{made[0]} is what a run wrote, no text", param_hint="IN")
    return sources, problems


def _fetched(inputs: Sequence[str], folder: Path | None) -> tuple[list[Path], list[DocumentError]]:
    from newsfacts.readers.web import fetch, is_address

    sources: list[Path] = []
    problems: list[DocumentError] = []
    for name in inputs:
        if not is_address(name):
            sources.append(Path(name))
        elif folder is None:
            raise typer.BadParameter(
                f"{name} is an address; to fetch its page into a folder, give --fetch DIR", param_hint="IN"
            )
        else:
            for found in fetch([name], folder):
                (sources if isinstance(found, Path) else problems).append(found)  # type: ignore[arg-type]
    return list(dict.fromkeys(sources)), problems


def check_folder(out: Path, sources: Sequence[Path], *, force: bool) -> None:
    """Refuse an output folder that is not ours, one with inputs in it, and one inside an input folder."""
    from newsfacts.batch.manifest import check_out

    for source in sources:
        _check_apart(source, out.resolve(), out)
    check_out(out, force=force)


def _check_apart(source: Path, folder: Path, out: Path) -> None:
    if os.path.isdir(source) and folder.is_relative_to(source.resolve()):  # noqa: PTH112
        raise typer.BadParameter(
            f"{out} lies inside the input folder {source}, so the next run would read it", param_hint="--out"
        )
    for name in _files(source):
        path = Path(name)
        if path.resolve().is_relative_to(folder) or path.parent.resolve().is_relative_to(folder):
            raise typer.BadParameter(
                f"the input {name} lies inside {out}, whose files a run replaces; name another folder",
                param_hint="--out",
            )


def _files(source: Path) -> Iterator[str]:
    """The files and folders that an input names: more than one where it is a pattern."""
    if os.path.lexists(source):
        yield str(source)
    elif has_magic(str(source)):
        yield from iglob(str(source), recursive=True)  # noqa: PTH207 - the pattern may be absolute


def _options(fields: dict[str, str | None], *, encoding: str | None, **rest: Any) -> ReadOptions:
    from newsfacts.readers import FieldNames, ReadOptions
    from newsfacts.readers.decoding import is_encoding

    if not is_encoding(encoding or "utf-8"):
        raise typer.BadParameter(f"there is no encoding of texts {encoding!r}", param_hint="--encoding")
    named = FieldNames(**{field: (name,) for field, name in fields.items() if name})
    return ReadOptions(fields=named, encoding=encoding, **rest)


def _read(
    sources: Sequence[Path],
    options: ReadOptions,
    builder: DocumentBuilder,
    limits: tuple[float | None, float],
) -> Reading:
    from newsfacts.processes import TIMEOUT
    from newsfacts.readers import ReaderProcess, read

    timeout, memory = limits
    return read(sources, options, builder, reader=ReaderProcess(timeout or TIMEOUT, memory))


def _to_stdout(
    reading: Reading,
    problems: Sequence[DocumentError],
    pipeline: Pipeline,
    sources: Sequence[Path],
    *,
    quiet: bool,
) -> int:
    from newsfacts import batch
    from newsfacts.cli.figures import Noting
    from newsfacts.cli.terminal import err, json_output

    noting = Noting(pipeline)
    errors = batch.stream(chain(problems, reading), noting, json_output())
    for error in errors:
        err().print(f"{error.path}: {error.message}. {error.remedy}", style="red", markup=False)
    # For somebody who looks on; a pipe gets the facts, and nothing is said of standard input.
    if not quiet and is_watched() and [str(source) for source in sources] != ["-"]:
        _tell_more(reading, sources, noting.facts)
    return len(errors)


def table_words(rules: Path | None) -> TableWords | None:
    """The words of quantities.csv in the user's rules: mistakes are told before the work."""
    if rules is None:
        return None
    from newsfacts.rules import RuleSet
    from newsfacts.table import TableWords

    return TableWords.from_rules(RuleSet(rules))


def is_watched() -> bool:
    """Whether a person sees what is printed."""
    return sys.stdout.isatty()


def _tell_more(reading: Reading, sources: Sequence[Path], facts: Sequence[Fact]) -> None:
    """A few figures, what was skipped, and how to keep the facts rather than see them pass."""
    from newsfacts.cli.figures import figures
    from newsfacts.cli.summary import show_figures, skipped_lines
    from newsfacts.cli.terminal import err

    show_figures(err(), figures(facts))
    for line in skipped_lines(reading.skipped, reading.unknown):
        err().print(line, style="yellow", soft_wrap=True)
    names = " ".join(shlex.quote(str(source)) for source in sources)
    err().print(f"next: newsfacts run {names} --open", soft_wrap=True)


def _to_folder(
    reading: Reading,
    problems: Sequence[DocumentError],
    engine: Engine,
    out: Path,
    sources: Sequence[Path],
    source: str | None,
    kind: Format,
    words: TableWords | None,
    *,
    retry: bool,
    force: bool,
    as_json: bool,
    quiet: bool,
    show: bool,
) -> int:
    from newsfacts import batch
    from newsfacts.cli.opening import open_page
    from newsfacts.cli.progress import progress
    from newsfacts.cli.summary import show_summary, summary_json
    from newsfacts.cli.terminal import print_json

    with progress(sources, shown=not quiet and sys.stderr.isatty()) as watch:
        origin = source or batch.default_source(sources)
        summary = batch.run_shards(
            chain(problems, reading),
            engine,
            out,
            kind=kind,
            retry=retry,
            source=origin,
            words=words,
            force=force,
            watch=watch,
        )
    passed, names = reading.skipped, reading.unknown
    if as_json:
        print_json(summary_json(summary, out, skipped=passed, unknown=names, fingerprint=engine.fingerprint))
    elif not quiet:
        show_summary(summary, out, skipped=passed, unknown=names, opened=show)
    if show:
        open_page(out)
    return summary.errors
