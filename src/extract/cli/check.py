"""`newsfacts check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli import exits
from newsfacts.cli.options import AsJson, Quiet, Rules
from newsfacts.cli.report import Output, Texts, content_of

if TYPE_CHECKING:
    from newsfacts.check import SecondReading

_SHOWN = 50


def check(
    source: Output,
    texts: Texts = None,
    fail: Annotated[
        bool, typer.Option("--fail", metavar="", help="Exit code 1 where one is read otherwise.")
    ] = False,
    rules: Rules = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """List quantities that a second reader reads otherwise.

    quantulum3 reads every sentence with a quantity again. Where its value or unit is another, the line has
    both readings and the sentence; either may be right. What it does not find is not listed.

    newsfacts check output --texts articles/
    """
    from newsfacts.check import Checker
    from newsfacts.rules import RuleSet

    content = content_of(source, texts)
    found = Checker.from_rules(RuleSet(rules)).check(content.facts, content.texts_by_id())
    _show(found, content.texts.count(None), as_json=as_json, quiet=quiet)
    if fail and found.disagreements:
        raise typer.Exit(exits.CHECK_FAILED)


def _show(found: SecondReading, missing: int, *, as_json: bool, quiet: bool) -> None:
    import dataclasses
    import json

    from newsfacts.cli.terminal import err, out, print_json, several

    if as_json:
        print_json(json.dumps({**dataclasses.asdict(found), "without_text": missing}, ensure_ascii=False))
        return
    if missing:
        left = several(missing, "document")
        err().print(f"{left} not checked without text; name the articles with --texts.", style="yellow")
    for one in found.disagreements[:_SHOWN]:
        what = f"{one.doc_id}:{one.start} {one.text!r}: {one.field} {one.ours}, quantulum3 reads {one.theirs}"
        out().print(what, soft_wrap=True)
        out().print(f"    {one.quote}", style="dim", soft_wrap=True)
    if len(found.disagreements) > _SHOWN:
        err().print(f"... and {len(found.disagreements) - _SHOWN:,} more; --json prints all.")
    if not quiet:
        read = f"{found.compared:,} of {found.quantities:,} quantities read twice"
        out().print(f"{read}, {len(found.disagreements):,} of them otherwise")
