"""`newsfacts review`."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli.options import Quiet
from newsfacts.cli.outputs import Force, save, target
from newsfacts.cli.report import Output, Texts, content_of

if TYPE_CHECKING:
    from newsfacts.report import Content
    from newsfacts.review import CorrectionLog


def review(
    source: Output,
    texts: Texts = None,
    export: Annotated[
        Path | None,
        typer.Option(
            "--export", metavar="FILE", help="Write reviewed facts as gold, and end.", show_default=False
        ),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", metavar="", help="Also export documents that have open facts.")
    ] = False,
    second_reader: Annotated[
        bool,
        typer.Option(
            "--second-reader", metavar="", help="Mark quantities that quantulum3 reads otherwise (see check)."
        ),
    ] = False,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port on this machine; 0 takes a free one.")
    ] = 0,
    open_page: Annotated[
        bool, typer.Option("--open", metavar="", help="Open the page in the browser.")
    ] = False,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Check facts in the browser: accept, reject, correct; then export them as gold.

    Serves the report page on this machine alone. Every decision is saved at once in corrections.jsonl
    beside the facts. Needs the extra: pip install 'newsfacts[review]'.

    newsfacts review output --texts articles/

    newsfacts review output --export gold.jsonl
    """
    from newsfacts.review import CorrectionLog

    gold = target(export, "gold", force=force, inputs=[source, texts]) if export else None
    content = content_of(source, texts)
    log = CorrectionLog((source if source.is_dir() else source.parent) / "corrections.jsonl")
    if gold is not None:
        _export(content, log, gold, partial=partial, quiet=quiet)
        return
    notes = _notes(content) if second_reader else {}
    with log:
        _serve(content, log, notes, source.resolve().name, port, open_page=open_page)


def _notes(content: Content) -> dict[str, str]:
    from newsfacts.check import Checker
    from newsfacts.rules import RuleSet

    found = Checker.from_rules(RuleSet()).check(content.facts, content.texts_by_id())
    return {one.fact_id: f"quantulum3 reads {one.theirs}" for one in found.disagreements}


def _serve(
    content: Content, log: CorrectionLog, notes: dict[str, str], name: str, port: int, *, open_page: bool
) -> None:
    import secrets
    import webbrowser

    from newsfacts.cli.terminal import err, out
    from newsfacts.review import ReviewSession

    server = _server()
    token = secrets.token_urlsafe(24)
    with server.listen(port) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/?token={token}"
        err().print("Decisions are saved in corrections.jsonl at once. Stop with Ctrl+C.", markup=False)
        out().print(address, markup=False, soft_wrap=True)
        out().file.flush()
        if open_page:
            webbrowser.open(address)
        session = ReviewSession(content, log, notes)
        server.serve(session, listener, token, title=f"newsfacts review: {name}")


def _server() -> ModuleType:
    from newsfacts.errors import ConfigurationError

    try:
        from newsfacts.review import server
    except ImportError as error:
        raise ConfigurationError(
            f"the review needs a package that is not installed: {error.name}",
            remedy="Install it with: pip install 'newsfacts[review]'",
        ) from error
    return server


def _export(content: Content, log: CorrectionLog, gold: Path, *, partial: bool, quiet: bool) -> None:
    from newsfacts.cli.terminal import err, out, several
    from newsfacts.review import export_gold

    found = export_gold(content, log.decisions(), partial=partial)
    save(gold, b"".join(found.lines))
    if found.stale:
        err().print(f"{several(found.stale, 'decision')} of facts that are no longer there", style="yellow")
    if found.partial and not partial:
        left = several(found.partial, "document")
        err().print(f"{left} with open facts left out; --partial takes them", style="yellow")
    if not quiet:
        documents = found.complete + (found.partial if partial else 0)
        out().print(
            f"{several(len(found.lines), 'fact')} of {several(documents, 'document')}: {gold}", markup=False
        )
