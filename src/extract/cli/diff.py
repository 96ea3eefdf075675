"""`newsfacts diff`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli import exits
from newsfacts.cli.options import AsJson, Quiet, existing
from newsfacts.cli.outputs import Force, save, target

if TYPE_CHECKING:
    from newsfacts.diff import Diff
    from newsfacts.report import Content


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Facts, or the folder that `run` wrote.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same of a later run.")],
    gold: Annotated[
        Path | None,
        typer.Option(
            "--gold", metavar="FILE", help="Gold facts: says what got better or worse.", show_default=False
        ),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts",
            metavar="IN",
            callback=existing,
            help="The articles, for the sentences around the facts; otherwise the files that the run"
            " recorded, where they still are.",
            show_default=False,
        ),
    ] = None,
    markdown: Annotated[
        Path | None,
        typer.Option("--markdown", metavar="FILE", help="Also write it as Markdown.", show_default=False),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Also write it as a page.", show_default=False),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="How many changes to list.")
    ] = 100,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", metavar="", help="Exit with code 1 where anything differs.")
    ] = False,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Show which facts were gained, lost and changed between two runs, and in which fields.

    A fact is the same where its id is, or else where type and span agree: it is changed where what it says
    differs, not where only rule or confidence do. With gold each change is marked right or wrong.

    newsfacts diff before/ after/ --gold gold.jsonl --html diff.html
    """
    from newsfacts.cli.report import content_of
    from newsfacts.cli.terminal import print_json
    from newsfacts.diff import diff_facts, diff_to_html, diff_to_json, diff_to_markdown, read_judge
    from newsfacts.report import read_content

    inputs = [old, new, gold, texts]
    table = target(markdown, "markdown", force=force, inputs=inputs) if markdown else None
    page = target(html, "page", force=force, inputs=inputs) if html else None
    before, after = read_content(old), content_of(new, texts)
    warn_of_other_texts(before, after)
    judged = (read_judge(gold),) if gold else ()
    found = diff_facts(before.facts, after.facts, *judged)
    known = texts_by_document(after)
    if table is not None:
        save(table, diff_to_markdown(found, texts=known).encode())
    if page is not None:
        save(page, diff_to_html(found, texts=known, about=f"{old} compared with {new}").encode())
    if as_json:
        print_json(diff_to_json(found))
    elif not quiet:
        show(found, limit)
    if exit_code and found.entries:
        raise typer.Exit(exits.CHECK_FAILED)


def texts_by_document(content: Content) -> Mapping[str, str]:
    """Document id -> its text, of those whose text is at hand."""
    pairs = zip(content.documents, content.texts, strict=True)
    return {document.id: text for document, text in pairs if text is not None}


def warn_of_other_texts(before: Content, after: Content) -> None:
    """Say where the two sides are not about the same text: there spans cannot be compared."""
    from newsfacts.cli.terminal import err

    old = {document.id: document.sha256 for document in before.documents if document.characters}
    for document in after.documents:
        if document.characters and old.get(document.id, document.sha256) != document.sha256:
            message = f"the text of {document.id} is another one; its facts are compared by their offsets"
            err().print(message, style="yellow", markup=False)


def show(found: Diff, limit: int) -> None:
    """The tables and the numbers, on stdout."""
    from newsfacts.cli.terminal import err, out, several
    from newsfacts.diff import diff_tables, headline

    for table in diff_tables(found, limit=limit):
        out().print(table)
        out().print()
    out().print(headline(found), soft_wrap=True)
    if (more := len(found.entries) - limit) > 0:
        err().print(
            f"{several(more, 'change')} not shown: --limit N shows more, --html, --markdown, --json all."
        )
