"""One HTML file: the shell, its styles and scripts, and the data as compressed blocks that nothing executes.

Articles are untrusted. No word of them stands in the page as HTML: all of it is in base64 blocks, which the
scripts show as text nodes. The content security policy allows exactly the inlined script and style.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.resources import files
from string import Template
from typing import Any, Literal

from newsfacts.report.bundle import bundle
from newsfacts.report.columns import controls, field_names, pack, part_names
from newsfacts.report.content import Content

Mode = Literal["report", "review"]

STYLES = ("colours.css", "frame.css", "article.css", "table.css", "figures.css", "print.css")
#: In this order: a script uses what stands before it.
SCRIPTS = (
    "dom", "store", "words", "filter", "list", "toolbar", "documents", "article", "cards", "download",
    "table", "map", "timeline", "charts", "form", "review", "main",
)  # fmt: skip
#: Texts are decoded by so many at once: enough to compress well, few enough to open without delay.
TEXTS_A_BLOCK = 32


def render(content: Content, *, title: str = "newsfacts", mode: Mode = "report") -> str:
    """The whole page. In `review` mode it also talks to the server that it came from."""
    style = "".join(_asset(name) for name in STYLES)
    script = bundle((name, _asset(f"{name}.js")) for name in SCRIPTS)
    blocks = "\n".join(_blocks(content))
    return Template(_asset("page.html")).substitute(
        title=html.escape(title),
        mode=mode,
        policy=html.escape(policy(style, script, mode)),
        style=style,
        script=script,
        blocks=blocks,
    )


def policy(style: str, script: str, mode: Mode) -> str:
    """The content security policy: nothing but what is inlined, and in review the server of the page."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash_source(script)}",
            f"style-src {_hash_source(style)}",
            "img-src data:",
            "connect-src 'self'" if mode == "review" else "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash_source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return files("newsfacts.report").joinpath("assets", name).read_text(encoding="utf-8")


def _blocks(content: Content) -> Iterator[str]:
    columns = pack(content.facts, [document.id for document in content.documents])
    head = {
        "rows": len(content.facts),
        "layout": columns.layout,
        "fields": field_names(),
        "parts": part_names(),
        "controls": controls(),
        "first_rows": columns.first_rows,
        "texts_a_block": TEXTS_A_BLOCK,
        "has_text": [int(text is not None) for text in content.texts],
        "documents": [_document(asdict(document)) for document in content.documents],
        "errors": [asdict(error) for error in content.errors],
    }
    yield _block("head", _json(head))
    yield _block("strings", _json(columns.strings))
    yield _block("facts", columns.data)
    yield from _text_blocks(content.texts)
    yield _block("ids", "\n".join(columns.ids).encode())
    yield _block("shapes", files("newsfacts.report").joinpath("data", "shapes.json").read_bytes())


def _document(record: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "path", "title", "published", "url", "words", "warnings")
    return {name: record[name] for name in kept if record[name]}


def _text_blocks(texts: Sequence[str | None]) -> Iterator[str]:
    for start in range(0, len(texts), TEXTS_A_BLOCK):
        part = texts[start : start + TEXTS_A_BLOCK]
        if any(text is not None for text in part):
            yield _block(f"texts-{start // TEXTS_A_BLOCK}", _json(part))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _block(name: str, data: bytes) -> str:
    """A data block: a script of no script's type, which a browser keeps and never runs."""
    packed = base64.b64encode(gzip.compress(data, 6, mtime=0)).decode()
    return f'<script type="application/gzip" id="block-{name}">{packed}</script>'
