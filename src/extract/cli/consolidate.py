"""`newsfacts consolidate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli.options import AsJson, Quiet, existing
from newsfacts.cli.outputs import Force, save, target

if TYPE_CHECKING:
    from newsfacts.consolidate import Consolidation
    from newsfacts.model.claim import Claim

_SHOWN = 20


def consolidate(
    source: Annotated[
        Path,
        typer.Argument(metavar="FACTS_OR_DIR", help="Folder that `run` wrote, or its facts (any format)."),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where to write claims; default: claims.jsonl beside."),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            "--texts",
            metavar="IN",
            callback=existing,
            help="The articles: finds copies, which confirm nothing.",
        ),
    ] = None,
    rules: Annotated[
        Path | None, typer.Option("--rules", metavar="DIR", help="Folder of your rules.")
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Merge the facts of several articles into claims: agreeing, refining or conflicting.

    With --texts near-duplicate articles are found first, so that syndicated copies do not count as
    confirmation. Claims beside the facts of a run are named in its manifest: the next run on changed texts
    removes them.
    """
    import json

    from newsfacts.batch.manifest import add_file
    from newsfacts.cli.documents import texts_of
    from newsfacts.consolidate import consolidate as merge
    from newsfacts.rules import RuleSet
    from newsfacts.sinks.current import read_manifest
    from newsfacts.sinks.jsonl import encode
    from newsfacts.sinks.lines import CLAIMS

    folder = source if source.is_dir() else source.parent
    beside = folder / CLAIMS
    run = read_manifest(folder) if out is None or out.resolve() == beside.resolve() else None
    file = beside if run else target(out or beside, "claims", force=force, inputs=[source, texts])
    found = merge(source, RuleSet(rules), texts_of(texts).items() if texts else None)
    lines = map(encode, found.claims)
    if run:
        add_file(folder, CLAIMS, lines, run)
    else:
        save(file, b"".join(lines))
    if as_json:
        from newsfacts.cli.terminal import print_json

        print_json(json.dumps({"claims": found.verdicts, "copies": found.copies, "out": str(out or beside)}))
    elif not quiet:
        _show(found, out or beside)


def _show(found: Consolidation, file: Path) -> None:
    from rich.table import Table
    from rich.text import Text

    from newsfacts.cli.terminal import out, several

    shared = [claim for claim in found.claims if claim.verdict != "single"]
    for claim in shared[:_SHOWN]:
        table = Table(box=None, padding=(0, 2), show_header=False)
        for given in claim.sources:
            table.add_row(f"  {given.standing}", given.text, given.status, given.doc_id)
        out().print(Text.assemble((claim.verdict, "bold"), f": {_title(claim)}"))
        out().print(table)
    counts = ", ".join(f"{count} {verdict}" for verdict, count in found.verdicts.items())
    out().print(f"{several(len(found.claims), 'claim')} ({counts}) written to {file}", soft_wrap=True)
    if found.copies:
        out().print(f"{several(len(found.copies), 'document')} copy another", markup=False)


def _title(claim: Claim) -> str:
    about = [claim.item or claim.predicate or claim.type, claim.place, claim.time]
    return ", ".join(part for part in about if part)
