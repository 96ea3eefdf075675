"""`newsfacts evaluate`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli import exits
from newsfacts.cli.options import TOLERANCE, AsJson, Gold, Quiet, Tolerance
from newsfacts.cli.outputs import Force, save, target
from newsfacts.errors import ConfigurationError, OtherArticlesError

if TYPE_CHECKING:
    from newsfacts.evaluation import Report


def evaluate(
    predictions: Annotated[
        Path, typer.Argument(metavar="FACTS_OR_DIR", help="Facts to score, or the folder that `run` wrote.")
    ],
    gold: Gold,
    least: Annotated[
        list[str] | None,
        typer.Option(
            "--min",
            metavar="NAME=SHARE",
            help="Least value of a figure, such as strict_f1=0.95 or detection.money=0.9, or of one at the"
            " cut of --min-precision (precision_at_90=0.9, coverage_at_90.money=0.2); may be repeated.",
            show_default=False,
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Pinned scores to compare with.", show_default=False),
    ] = None,
    tolerance: Tolerance = TOLERANCE,
    pin: Annotated[bool, typer.Option("--pin", help="Write the scores to --baseline.")] = False,
    allow_lower: Annotated[
        bool, typer.Option("--allow-lower", help="Let --pin write scores that are lower than before.")
    ] = False,
    mistakes: Annotated[int, typer.Option("--mistakes", min=0, help="How many mistakes to list.")] = 0,
    markdown: Annotated[
        Path | None,
        typer.Option(
            "--markdown", metavar="FILE", help="Also write a report with all mistakes.", show_default=False
        ),
    ] = None,
    resamples: Annotated[int, typer.Option("--resamples", min=1, help="Draws of the bootstrap.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the bootstrap.")] = 0,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Score facts against gold: detection, spans, attributes, strict F1.

    The last table shows how right the most confident facts are, the fewer of them are kept. Intervals are
    over documents; one document has none.

    Exit code 1 where a score lies below a --min or its pinned value, 2 where the gold is of other articles.

    newsfacts evaluate output --gold gold.jsonl --min strict_f1=0.6 --min precision_at_90.places=0.95
    """
    from newsfacts import evaluation
    from newsfacts.calibration import shipped_precision
    from newsfacts.sinks.current import check_current

    _check_options(baseline, pin=pin, allow_lower=allow_lower)
    inputs = [predictions, gold]
    report_file = target(markdown, "markdown", force=force, inputs=inputs) if markdown else None
    if baseline is not None and pin:
        target(baseline, "baseline", force=force, inputs=inputs)
    check_current(predictions)
    facts = predictions / "facts.jsonl" if predictions.is_dir() else predictions
    try:
        report = evaluation.evaluate(
            gold,
            facts,
            documents=_documents(predictions),
            calibrated=shipped_precision,
            resamples=resamples,
            seed=seed,
        )
    except OtherArticlesError as error:
        raise typer.BadParameter(str(error), param_hint="--gold") from error
    figures = report.figures(evaluation.named(least or ()))
    failures = [str(failure) for failure in evaluation.unmet(figures, least or ())]
    if baseline is not None and not pin:
        pinned = evaluation.read_baseline(baseline)
        failures += map(str, evaluation.compare(report, pinned, tolerance=tolerance))
    _show(report, mistakes, as_json=as_json, quiet=quiet)
    if report_file is not None:
        save(report_file, evaluation.report_to_markdown(report).encode())
    if baseline is not None and pin:
        failures += _pin(report, baseline, allow_lower=allow_lower, quiet=quiet)
    _fail_on(failures)


def _check_options(baseline: Path | None, *, pin: bool, allow_lower: bool) -> None:
    if pin and baseline is None:
        raise ConfigurationError("--pin has no file to write", remedy="Name it with --baseline FILE.")
    if allow_lower and not pin:
        raise ConfigurationError("--allow-lower needs --pin", remedy="Add --pin or leave it out.")


def _documents(predictions: Path) -> list[str]:
    """The documents that a run lists: one without facts was looked at all the same."""
    from newsfacts.model.records import DocumentRecord
    from newsfacts.sinks.jsonl import read_records
    from newsfacts.sinks.lines import DOCUMENTS, stored

    listed = stored(predictions, DOCUMENTS)
    return [record.id for record in read_records(listed, DocumentRecord)] if listed.is_file() else []


def _show(report: Report, mistakes: int, *, as_json: bool, quiet: bool) -> None:
    from newsfacts.cli.terminal import err, out, print_json
    from newsfacts.evaluation import report_tables, report_to_json

    for doc_id in report.missing_documents:
        err().print(f"no facts were predicted for document {doc_id}", style="yellow", markup=False)
    if as_json:
        print_json(report_to_json(report))
    elif not quiet:
        for table in report_tables(report, mistakes=mistakes):
            out().print(table)
            out().print()
        _tell_of_more(len(report.mistakes) - mistakes)


def _tell_of_more(number: int) -> None:
    from newsfacts.cli.terminal import err

    if number > 0:
        err().print(
            f"{number:,} mistakes are not shown; --mistakes N shows more, --markdown FILE writes all."
        )


def _pin(report: Report, baseline: Path, *, allow_lower: bool, quiet: bool) -> list[str]:
    """Pin the scores, telling what went down; return what forbids it."""
    from newsfacts.cli.terminal import err
    from newsfacts.evaluation import pin

    drops = [str(drop) for drop in pin(report, baseline, allow_lower=allow_lower)]
    if drops and not allow_lower:
        return [*drops, f"{baseline} is unchanged; --allow-lower pins lower scores"]
    for drop in drops:
        err().print(f"pinned lower: {drop}", style="yellow", markup=False)
    if not quiet:
        err().print(f"pinned in {baseline}", markup=False)
    return []


def _fail_on(failures: Iterable[str]) -> None:
    from newsfacts.cli.terminal import err

    lines = list(failures)
    for line in lines:
        err().print(line, style="red", markup=False)
    if lines:
        raise typer.Exit(exits.CHECK_FAILED)
