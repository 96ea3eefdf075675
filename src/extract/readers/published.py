"""The day on which a page says that its own article was published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

#: A day, or a point of time of which the page's own day counts.
_ISO = re.compile(r"\s*((?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)")
#: Types of schema.org that are an article, "NewsArticle", "BlogPosting"; a WebSite or a Comment is none.
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Story|Review)$")
#: Properties under which an object speaks of others than itself.
_OTHERS: Final = frozenset(
    {"comment", "isPartOf", "hasPart", "relatedLink", "citation", "mentions", "publisher", "author",
     "video", "image"}
)  # fmt: skip
#: Names under which pages give the day of publication in <meta>, in the order of their trust.
_META: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article.published", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date",
    "parsely-pub-date", "sailthru.date", "publish_date", "publish-date", "publishdate", "publication_date",
    "pubdate", "citation_date", "citation_publication_date", "article_date_original",
    "originalpublicationdate", "date",
)  # fmt: skip
_ELSEWHERE = "ancestor::aside | ancestor::nav | ancestor::footer"
_DEEPEST = 12


def published_day(tree: Any) -> str | None:
    """The ISO day on which the page's article was published, from an lxml tree; None where it does not say.

    Published wins over modified. In this order: the article's own JSON-LD, the page's <meta>, the <time>
    of the story. Never another object's or another story's day.
    """
    found = chain(_linked_data(tree), _meta(tree), _times(tree))
    return next((match[1] for value in found if (match := _ISO.match(value))), None)


def _linked_data(tree: Any) -> Iterator[str]:
    for script in tree.iterfind(".//script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            try:
                data = json.loads(script.text)
            except (ValueError, RecursionError):
                continue
            yield from _articles(data, _DEEPEST)


def _articles(data: object, depth: int) -> Iterator[str]:
    """`datePublished` of every article object that is not inside a comment or another work."""
    if depth == 0:
        return
    if isinstance(data, list):
        for one in data:
            yield from _articles(one, depth - 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        day = data.get("datePublished")
        if isinstance(day, str) and any(isinstance(k, str) and _ARTICLE.search(k) for k in kinds):
            yield day
        for key, value in data.items():
            if key not in _OTHERS and isinstance(value, list | dict):
                yield from _articles(value, depth - 1)


def _meta(tree: Any) -> Iterator[str]:
    given: dict[str, str] = {}
    for meta in tree.iterfind(".//meta"):
        name = meta.get("property") or meta.get("itemprop") or meta.get("name") or ""
        if content := meta.get("content"):
            given.setdefault(name.lower(), content)
    yield from (given[name] for name in _META if name in given)


def _times(tree: Any) -> Iterator[str]:
    """The <time> of the story: one that says so, else the first inside the only article or the main part."""
    times = [t for t in tree.iter("time") if t.get("datetime") and not t.xpath(_ELSEWHERE)]
    said = (
        t
        for t in times
        if t.get("pubdate") is not None or "datepublished" in (t.get("itemprop") or "").lower()
    )
    yield from (t.get("datetime") for t in said)
    articles = tree.findall(".//article")
    roots = articles if len(articles) == 1 else tree.findall(".//main")
    for root in roots[:1]:
        yield from (t.get("datetime") for t in times if root in t.iterancestors())
