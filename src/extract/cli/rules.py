"""`newsfacts rules`: check, list and copy the rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli import exits
from newsfacts.cli.options import AsJson, Model, Quiet, Rules

if TYPE_CHECKING:
    from newsfacts.batch.rulecheck import FamilyReport

rules = typer.Typer(no_args_is_help=True, help="Check, list and copy the rules.", rich_markup_mode="rich")


@rules.command()
def check(
    rules_dir: Rules = None, model: Model = None, as_json: AsJson = False, quiet: Quiet = False
) -> None:
    """Load all rules and run all of their examples.

    A mistake is shown with file, line, field and remedy; exit code 4.
    """
    from newsfacts.batch.rulecheck import check_rules

    reports = check_rules(rules_dir, model)
    _show(reports, as_json=as_json, quiet=quiet)
    if any(report.problems for report in reports):
        raise typer.Exit(exits.UNUSABLE)


def _show(reports: list[FamilyReport], *, as_json: bool, quiet: bool) -> None:
    import dataclasses
    import json

    from newsfacts.cli.terminal import err, out, plain_table, print_json

    if as_json:
        print_json(json.dumps([dataclasses.asdict(report) for report in reports]))
        return
    if not quiet:
        table = plain_table("family", "files", "rules", "examples", "failed", numbers=_NUMBERS)
        for r in reports:
            style = "red" if r.problems else ""
            cells = map(str, (r.files, r.rules, r.examples, len(r.problems)))
            table.add_row(r.family, *cells, style=style)
        out().print(table)
    for problem in (p for report in reports for p in report.problems):
        err().print(str(problem), style="red", markup=False)


_NUMBERS = frozenset({"files", "rules", "examples", "failed"})


@rules.command("list")
def list_rules(rules_dir: Rules = None, as_json: AsJson = False) -> None:
    """List every rule with its family and how many examples it has."""
    import dataclasses
    import json

    from newsfacts.batch.rulecheck import list_rules as listed
    from newsfacts.cli.terminal import out, plain_table, print_json

    entries = listed(rules_dir)
    if as_json:
        print_json(json.dumps([dataclasses.asdict(entry) for entry in entries]))
        return
    table = plain_table("family", "rule", "found", "not found", numbers=frozenset({"found", "not found"}))
    for entry in entries:
        table.add_row(entry.family, entry.rule, str(entry.positive), str(entry.negative))
    out().print(table)


@rules.command()
def copy(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="New or empty folder.")],
    quiet: Quiet = False,
) -> None:
    """Copy the shipped rules for editing; use them with --rules DIR.

    A folder for --rules need hold only the files that differ.
    """
    from newsfacts.batch.rulecheck import copy_rules
    from newsfacts.cli.terminal import out

    count = copy_rules(folder)
    if not quiet:
        out().print(f"{count} rules files copied into {folder}", markup=False, soft_wrap=True)
