"""`newsfacts report`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsfacts.cli.options import AsJson, Quiet, existing
from newsfacts.cli.outputs import Force, save, target

if TYPE_CHECKING:
    from newsfacts.report import Content

Texts = Annotated[
    Path | None,
    typer.Option(
        "--texts",
        metavar="IN",
        callback=existing,
        help="The articles; otherwise the files that the run recorded, where they still are.",
        show_default=False,
    ),
]
Output = Annotated[
    Path,
    typer.Argument(metavar="FACTS_OR_DIR", help="Folder that `run` wrote, or its facts (any format)."),
]


def report(
    source: Output,
    html: Annotated[Path, typer.Option("--html", metavar="FILE", help="Where to write the page.")],
    texts: Texts = None,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write a page that shows the facts beside their articles: one file, which needs no network.

    It filters, searches, sorts and downloads facts, and draws them on a map, a timeline and charts.

    newsfacts report output --texts articles/ --html report.html
    """
    import json

    from newsfacts.cli.terminal import print_json
    from newsfacts.report import render

    file = target(html, "page", force=force, inputs=[source, texts])
    content = content_of(source, texts)
    page = render(content, title=f"newsfacts: {source.resolve().name}").encode()
    save(file, page)
    if as_json:
        figures = {"facts": len(content.facts), "documents": len(content.documents), "bytes": len(page)}
        print_json(json.dumps(figures | {"without_text": content.texts.count(None), "html": str(html)}))
    elif not quiet:
        _show(content, html, len(page))


def content_of(source: Path, texts: Path | None) -> Content:
    """The content of an output folder with the texts that can be had."""
    from newsfacts.report import read_content
    from newsfacts.report.content import recorded_files

    content = read_content(source)
    inputs = [texts] if texts else recorded_files(content)
    return content.with_texts(_texts(inputs)) if inputs else content


def _texts(inputs: list[Path]) -> Iterator[str]:
    from newsfacts.model import Document
    from newsfacts.readers import ReadOptions, read
    from newsfacts.rules import RuleSet
    from newsfacts.sections import DocumentBuilder

    options = ReadOptions(check_language=False)
    found = read(inputs, options, DocumentBuilder.from_rules(RuleSet()))
    return (item.text for item in found if isinstance(item, Document))


def _show(content: Content, html: Path, size: int) -> None:
    from newsfacts.cli.terminal import err, out, several

    missing = content.texts.count(None)
    if missing:
        err().print(
            f"{several(missing, 'document')} shown without text; name the articles with --texts.",
            style="yellow",
        )
    facts = several(len(content.facts), "fact")
    documents = several(len(content.documents), "document")
    out().print(f"{facts} of {documents}: {html} ({size / 1e6:.1f} MB)", markup=False, soft_wrap=True)
