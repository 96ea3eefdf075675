"""`newsfacts consolidate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli.options import AsJson, Quiet, existing
from newsfacts.cli.outputs import Force, save, target

if TYPE_CHECKING:
    from newsfacts.consolidate import Consolidation
    from newsfacts.consolidate.database import StoredClaims
    from newsfacts.model.claim import Claim

_SHOWN = 20


def consolidate(
    source: Annotated[
        Path | None,
        typer.Argument(metavar="[FACTS_OR_DIR]", help="Folder that `run` wrote, or its facts (any format)."),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            "--db",
            metavar="DATABASE",
            help="In place of a folder: all that `load` brought into this database; claims go there.",
        ),
    ] = None,
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

    With --db the facts of all runs that were loaded into a database meet, of every day and source, and its
    tables `claims` and `claim_sources` are brought up to date; only what has changed is done again. Copies
    are found by the sentences that tell facts.

    newsfacts consolidate output --texts articles

    newsfacts consolidate --db facts.db
    """
    from newsfacts.errors import ConfigurationError

    if (source is None) == (database is None):
        raise ConfigurationError(
            "claims are made from a run's folder or from a database",
            remedy="Give either FACTS_OR_DIR or --db DATABASE.",
        )
    if source is not None:
        _in_folder(source, out, texts, rules, force=force, as_json=as_json, quiet=quiet)
    elif out or texts or force:
        raise ConfigurationError(
            "--out, --texts and --force are for a run's folder",
            remedy="Leave them out with --db: claims are written into the database.",
        )
    else:
        _in_database(str(database), rules, as_json=as_json, quiet=quiet)


def _in_database(database: str, rules: Path | None, *, as_json: bool, quiet: bool) -> None:
    import dataclasses
    import json

    from newsfacts.cli.terminal import print_json
    from newsfacts.consolidate.database import consolidate_database
    from newsfacts.rules import RuleSet

    found = consolidate_database(database, RuleSet(rules))
    if as_json:
        print_json(json.dumps(dataclasses.asdict(found)))
    elif not quiet:
        _show_stored(found)


def _show_stored(found: StoredClaims) -> None:
    from newsfacts.cli.terminal import out, several

    counts = ", ".join(f"{count:,} {verdict}" for verdict, count in found.claims.items())
    lines = (
        f"{several(sum(found.claims.values()), 'claim')} ({counts}) in {found.target}",
        f"{several(found.documents, 'document')}, of which {found.copies:,} copy another",
        f"{found.changed:,} of {several(found.blocks, 'block')} of facts had changed",
    )
    out().print("\n".join(lines), markup=False, soft_wrap=True)


def _in_folder(
    source: Path,
    out: Path | None,
    texts: Path | None,
    rules: Path | None,
    *,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> None:
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
