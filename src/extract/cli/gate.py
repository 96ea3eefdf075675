"""`newsfacts gate`."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli import exits
from newsfacts.cli.options import TOLERANCE, AsJson, Gold, Quiet, Tolerance
from newsfacts.cli.outputs import Force, Kind, save, target
from newsfacts.errors import ConfigurationError, NewsfactsError

if TYPE_CHECKING:
    from newsfacts.diff import Entry
    from newsfacts.gate import Outcome, Run

_CODES = MappingProxyType(
    {"passed": exits.OK, "below the floor": exits.CHECK_FAILED, "regression": exits.REGRESSION}
)
#: So many facts are named in the terminal.
_NAMED = 30


def gate(
    source: Annotated[
        Path, typer.Argument(metavar="FACTS_OR_DIR", help="Folder that `run` wrote, or its facts.jsonl.")
    ],
    gold: Gold,
    baseline: Annotated[
        Path, typer.Option("--baseline", metavar="FILE", help="The pinned run; its facts lie beside it.")
    ],
    least: Annotated[
        list[str] | None,
        typer.Option(
            "--min",
            metavar="NAME=SHARE",
            help="A further floor, such as attribute.item=0.95; may be repeated.",
            show_default=False,
        ),
    ] = None,
    tolerance: Tolerance = TOLERANCE,
    junit: Annotated[
        Path | None,
        typer.Option("--junit", metavar="FILE", help="Also write JUnit XML.", show_default=False),
    ] = None,
    markdown: Annotated[
        Path | None,
        typer.Option("--markdown", metavar="FILE", help="Also write a summary.", show_default=False),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Also write a page of all changed facts.", show_default=False
        ),
    ] = None,
    pin: Annotated[
        bool, typer.Option("--pin", metavar="", help="Make this run the pinned one: write --baseline.")
    ] = False,
    allow_lower: Annotated[
        bool,
        typer.Option(
            "--allow-lower",
            metavar="",
            help="Let --pin lower scores and floors, and pin incomplete documents.",
        ),
    ] = False,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Fail where a run is worse than the pinned one, and name the facts that were lost.

    Exit code 1: a score lies below its floor. Exit code 5: no score does, but one is lower than pinned, a
    fact that was right is lost or wrong, or a document is incomplete. Exit code 4: gold, texts, baseline or
    an option cannot be used. In GitHub Actions the summary is also added to the job's.

    newsfacts gate output --gold gold.jsonl --baseline baseline.json --junit gate.xml

    newsfacts gate output --gold gold.jsonl --baseline baseline.json --pin
    """
    from newsfacts import gate as gates

    inputs = [source, gold] if pin else [source, gold, baseline]

    def named(path: Path | None, kind: Kind) -> Path | None:
        return target(path, kind, force=force, inputs=inputs) if path else None

    junit, markdown, html = named(junit, "junit"), named(markdown, "markdown"), named(html, "page")
    with _told(junit):
        if allow_lower and not pin:
            raise ConfigurationError("--allow-lower needs --pin", remedy="Add --pin or leave it out.")
        if pin:
            _check_pin(baseline, inputs, force=force)
        run = gates.read_run(source, gold)
        if pin:
            _pin(run, baseline, allow_lower=allow_lower, quiet=quiet)
            return
        outcome = gates.check(run, gates.read_pinned(baseline), least=least or (), tolerance=tolerance)
    _write(outcome, source, junit, markdown, html)
    if as_json:
        from newsfacts.cli.terminal import print_json

        print_json(gates.outcome_to_json(outcome))
    else:
        _show(outcome, quiet=quiet)
    if code := _CODES[outcome.verdict]:
        raise typer.Exit(code)


@contextlib.contextmanager
def _told(junit: Path | None) -> Iterator[None]:
    """A gate that cannot be run is an error in the JUnit file too, lest an old one speak for it."""
    from newsfacts.gate import unusable_to_junit

    try:
        yield
    except (NewsfactsError, OSError) as error:
        if junit is not None:
            save(junit, unusable_to_junit(str(error)))
        raise


def _write(
    outcome: Outcome, source: Path, junit: Path | None, markdown: Path | None, html: Path | None
) -> None:
    from newsfacts.diff import diff_to_html
    from newsfacts.gate import outcome_to_junit, outcome_to_markdown

    github = os.environ.get("GITHUB_STEP_SUMMARY")
    texts = _texts(source) if markdown or html or github else {}
    if junit is not None:
        save(junit, outcome_to_junit(outcome))
    summary = outcome_to_markdown(outcome, texts=texts) if markdown or github else ""
    if markdown is not None:
        save(markdown, summary.encode())
    if github:
        with Path(github).open("a", encoding="utf-8") as file:
            file.write(f"{summary}\n")
    if html is not None and outcome.diff is not None:
        about = f"{source} compared with the pinned run: {outcome.verdict}"
        page = diff_to_html(outcome.diff, texts=texts, title="Gate: changed facts", about=about)
        save(html, page.encode())


def _texts(source: Path) -> Mapping[str, str]:
    from newsfacts.cli.diff import texts_by_document
    from newsfacts.cli.report import content_of

    return texts_by_document(content_of(source, None))


def _show(outcome: Outcome, *, quiet: bool) -> None:
    from newsfacts.cli.terminal import err, out
    from newsfacts.gate import score_table

    if not quiet:
        out().print(score_table(outcome))
        out().print()
    if outcome.pinned.facts is None:
        err().print("no facts are pinned, so lost ones cannot be named; --pin pins them", style="yellow")
    for failure in (*outcome.below, *outcome.drops):
        err().print(str(failure), style="red", markup=False)
    _name_incomplete(outcome.incomplete)
    _name("right before, now lost or wrong", outcome.lost)
    _name("new and wrong", outcome.made_up)
    if not quiet or outcome.verdict != "passed":
        style = "green" if outcome.verdict == "passed" else "bold red"
        err().print(f"gate: {outcome.verdict}", style=style)


def _name(title: str, entries: tuple[Entry, ...]) -> None:
    from newsfacts.cli.terminal import err
    from newsfacts.diff import describe

    if entries:
        err().print(f"{title}: {len(entries):,}", style="red")
    for entry in entries[:_NAMED]:
        err().print(f"  {describe(entry)}", markup=False)
    if len(entries) > _NAMED:
        err().print(f"  ... and {len(entries) - _NAMED:,} more; --html, --markdown and --json name all")


def _name_incomplete(incomplete: Mapping[str, tuple[str, ...]]) -> None:
    from newsfacts.cli.terminal import err

    for doc_id, families in list(incomplete.items())[:_NAMED]:
        err().print(f"incomplete: {doc_id} lacks {', '.join(families)}", style="red", markup=False)
    if len(incomplete) > _NAMED:
        err().print(f"  ... and {len(incomplete) - _NAMED:,} more incomplete documents", style="red")


def _check_pin(baseline: Path, inputs: list[Path], *, force: bool) -> None:
    """Refuse to pin over files that are no pin."""
    from newsfacts.evaluation import read_baseline
    from newsfacts.gate import pinned_facts

    target(baseline, "baseline", force=force, inputs=inputs)
    facts = pinned_facts(baseline)
    with contextlib.suppress(NewsfactsError):
        if read_baseline(baseline).facts == facts.name:
            return
    target(facts, "gold", force=force, inputs=inputs)


def _pin(run: Run, baseline: Path, *, allow_lower: bool, quiet: bool) -> None:
    """Pin the run, telling what became lower or was lost; refuse to lower without being asked."""
    from newsfacts.cli.terminal import err
    from newsfacts.gate import pin_run

    _name_incomplete(run.incomplete)
    if run.incomplete and not allow_lower:
        err().print(f"{baseline} is unchanged; --allow-lower pins incomplete documents", style="red")
        raise typer.Exit(exits.REGRESSION)
    lost = _lost_since(run, baseline)
    drops = [str(drop) for drop in pin_run(run, baseline, allow_lower=allow_lower)]
    _name("right in the run pinned before, now lost or wrong", lost)
    refused = bool(drops) and not allow_lower
    for drop in drops:
        err().print(drop if refused else f"pinned lower: {drop}", style="red" if refused else "yellow")
    if refused:
        err().print(f"{baseline} is unchanged; --allow-lower pins lower scores", style="red", markup=False)
        raise typer.Exit(exits.REGRESSION)
    if not quiet:
        err().print(f"pinned in {baseline}", markup=False)


def _lost_since(run: Run, baseline: Path) -> tuple[Entry, ...]:
    from newsfacts.cli.terminal import err
    from newsfacts.diff import diff_facts, gold_judge
    from newsfacts.gate import read_pinned

    if not baseline.exists():
        return ()
    try:
        facts = read_pinned(baseline).facts
    except NewsfactsError as error:
        # Pinning anew is the remedy for a broken pin.
        err().print(f"not compared with the run pinned before: {error.message}", style="yellow", markup=False)
        return ()
    return () if facts is None else diff_facts(facts, run.facts, gold_judge(run.gold)).no_longer_right
