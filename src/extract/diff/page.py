"""A diff as one HTML file: no scripts, nothing from outside, every word of an article escaped."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import groupby
from operator import attrgetter
from string import Template
from types import MappingProxyType

from newsfacts.diff.changes import EFFECTS, KINDS, Diff, Difference, Entry
from newsfacts.diff.context import Texts, sentence
from newsfacts.diff.rendering import headline, judged, summary

#: A page of more entries is no longer read; the JSON has all.
MOST_ENTRIES = 5_000
_SIGNS = MappingProxyType({"lost": "−", "gained": "+", "changed": "~"})


def diff_to_html(
    diff: Diff, *, texts: Texts = MappingProxyType({}), title: str = "Changed facts", about: str = ""
) -> str:
    """The whole page. `about` says what was compared; `texts` give the sentences around the facts."""
    listed = diff.entries[:MOST_ENTRIES]
    style = _asset("diff.css")
    return Template(_asset("diff.html")).substitute(
        title=html.escape(title),
        policy=html.escape(f"default-src 'none'; style-src {_hash_source(style)}; base-uri 'none'"),
        style=style,
        about=html.escape(about),
        headline=html.escape(headline(diff)),
        filters="\n".join(_filters(diff)),
        documents="\n".join(_documents(listed, texts)),
        rest=_rest(len(diff.entries) - len(listed)),
    )


def _hash_source(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return files("newsfacts.diff").joinpath("assets", name).read_text(encoding="utf-8")


def _rest(number: int) -> str:
    if number:
        return f"<p>{number:,} more changes are not on this page; <code>--json</code> lists all.</p>"
    return ""


def _filters(diff: Diff) -> Iterator[str]:
    """Checkboxes that hide entries by style alone."""
    for kind in KINDS:
        yield _checkbox(kind, f"{_SIGNS[kind]} {kind}", len(diff.of_kind(kind)))
    if diff.judged:
        yield from (_checkbox(effect, effect, len(diff.of_effect(effect))) for effect in EFFECTS)


def _checkbox(name: str, label: str, number: int) -> str:
    box = f'<input type="checkbox" id="show-{name}" checked autocomplete="off">'
    return f'<label class="chip {name}">{box} {label} <b>{number:,}</b></label>'


def _documents(entries: Sequence[Entry], texts: Texts) -> Iterator[str]:
    if not entries:
        yield '<p class="none">No fact was lost, gained or changed.</p>'
    for doc_id, group in groupby(entries, key=attrgetter("doc_id")):
        cards = [_card(entry, texts) for entry in group]
        yield f"<section><h2>{html.escape(doc_id)}</h2>\n" + "\n".join(cards) + "\n</section>"


def _card(entry: Entry, texts: Texts) -> str:
    fact, effect = entry.fact, entry.effect or "unjudged"
    verdict = f' <span class="verdict {effect}">{html.escape(judged(entry))}</span>' if entry.effect else ""
    return (
        f'<article class="card {entry.kind} {effect}" id="{entry.kind}-{html.escape(fact.id)}">\n'
        f'<h3><span class="kind">{_SIGNS[entry.kind]} {entry.kind}</span> {fact.type}{verdict}</h3>\n'
        f"{_quote(entry, texts)}\n{_body(entry)}\n"
        f'<p class="trace">{fact.start}–{fact.end}, rule {html.escape(fact.rule)}</p>\n</article>'
    )


def _quote(entry: Entry, texts: Texts) -> str:
    tag = {"lost": "del", "gained": "ins"}.get(entry.kind, "mark")
    found = sentence(entry.fact, texts)
    before, text, after = map(html.escape, found or ("", entry.fact.text, ""))
    return f"<blockquote>{before}<{tag}>{text}</{tag}>{after}</blockquote>"


def _body(entry: Entry) -> str:
    if entry.old is None or entry.new is None:
        return f'<p class="value">{html.escape(summary(entry.fact))}</p>'
    if not entry.differences:
        return "<p>It says the same, but a fact that it refers to changed.</p>"
    lines = "\n".join(map(_difference, entry.differences))
    head = '<tr><th scope="col">field</th><th scope="col">old</th><th scope="col">new</th></tr>'
    return f"<table><thead>{head}</thead><tbody>\n{lines}\n</tbody></table>"


def _difference(difference: Difference) -> str:
    old = f"<td><del>{html.escape(difference.old)}</del>{_mark(difference.old_right)}</td>"
    new = f"<td><ins>{html.escape(difference.new)}</ins>{_mark(difference.new_right)}</td>"
    return f'<tr><th scope="row">{difference.field}</th>{old}{new}</tr>'


def _mark(right: bool | None) -> str:
    if right is None:
        return ""
    return f' <span class="{"better" if right else "worse"}">{"right" if right else "wrong"}</span>'
