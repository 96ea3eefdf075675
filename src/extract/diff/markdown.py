"""A diff as Markdown: news text is shown, never taken as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

from newsfacts.diff.changes import Diff, Entry
from newsfacts.diff.context import Texts, sentence
from newsfacts.diff.rendering import headline, judged, rows

_SIGNS = MappingProxyType({"better": "✅", "worse": "❌", "same": "➖"})
#: Punctuation that Markdown or HTML could read as markup.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&|#~@])")


def diff_to_markdown(
    diff: Diff, *, texts: Texts = MappingProxyType({}), limit: int | None = None, title: str = "Changed facts"
) -> str:
    """The diff under a heading, a table per document: the first `limit` entries, or all."""
    lines = [f"## {title}", "", f"{headline(diff)}.", "", *entries_markdown(diff.entries, texts, limit)]
    return "\n".join(lines).rstrip() + "\n"


def entries_markdown(entries: Sequence[Entry], texts: Texts, limit: int | None = None) -> Iterator[str]:
    """The lines of the tables."""
    listed = entries if limit is None else entries[:limit]
    for doc_id, group in groupby(listed, key=attrgetter("doc_id")):
        yield from (f"### {escaped(doc_id)}", "")
        yield from ("| what | type | text | field | old | new | gold |", "|---|---|---|---|---|---|---|")
        for entry in group:
            yield from _entry_rows(entry, texts)
        yield ""
    if len(listed) < len(entries):
        yield from (f"{len(entries) - len(listed):,} more are not listed here.", "")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _entry_rows(entry: Entry, texts: Texts) -> Iterator[str]:
    for number, row in enumerate(rows(entry)):
        cells = [escaped(cell) for cell in row]
        if number:
            yield _row("", "", "", *cells, "")
        else:
            sign = _SIGNS[entry.effect] + " " if entry.effect else ""
            yield _row(entry.kind, entry.fact.type, _in_sentence(entry, texts), *cells, sign + judged(entry))


def _in_sentence(entry: Entry, texts: Texts) -> str:
    found = sentence(entry.fact, texts)
    if found is None:
        return f"**{escaped(entry.fact.text)}**"
    before, fact, after = map(escaped, found)
    spaces = (" " if found.before.endswith((" ", "\n")) else "", " " if found.after[:1].isspace() else "")
    return f"{before}{spaces[0]}**{fact}**{spaces[1]}{after}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
