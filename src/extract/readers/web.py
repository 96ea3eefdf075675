"""Pages and feeds of the web, saved as files to be read. Nothing else of newsfacts uses a network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from newsfacts.model import DocumentError
from newsfacts.readers.problems import Problem

#: Gets the source of a page; None where it cannot be had.
Download = Callable[[str], str | None]
#: Articles of one feed that are fetched.
MOST_OF_A_FEED = 50
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL | re.IGNORECASE
)


def is_address(name: str) -> bool:
    """Whether this is the address of a page, not a file."""
    return _ADDRESS.fullmatch(name) is not None


def fetch(
    addresses: Iterable[str], folder: Path, download: Download | None = None
) -> Iterator[Path | DocumentError]:
    """Save the page of each address, or the pages that a feed names, in `folder`; yield the files.

    A page that is there already is not fetched again: a later run needs no network and has the same input.
    Feeds are always fetched anew, up to MOST_OF_A_FEED articles of each. What cannot be had is an error.
    """
    get = download or _download
    folder.mkdir(parents=True, exist_ok=True)
    for address in addresses:
        file = folder / file_name(address)
        if file.is_file():
            yield file
            continue
        source = get(address)
        if source is not None and _FEED.match(source):
            yield from _articles(address, source, folder, get)
        else:
            yield _saved(source, file, address)


def file_name(address: str) -> str:
    """A name for the page's file that tells where it is from.

    >>> file_name("https://news.example/2024/exports-rise?page=2")
    'news.example-2024-exports-rise-c6ae0087.html'
    """
    parts = urlsplit(address)
    words = re.sub(r"[^a-z0-9.]+", "-", f"{parts.hostname or ''}{parts.path}".lower()).strip("-.")
    return f"{words[:100]}-{hashlib.sha256(address.encode()).hexdigest()[:8]}.html"


def _articles(address: str, source: str, folder: Path, get: Download) -> Iterator[Path | DocumentError]:
    found = list(dict.fromkeys(_links(address, source)))[:MOST_OF_A_FEED]
    if not found:
        yield Problem("not-fetched", "the feed names no articles").at(address)
    for link in found:
        file = folder / file_name(link)
        yield file if file.is_file() else _saved(get(link), file, link)


def _links(address: str, source: str) -> list[str]:
    from trafilatura.feeds import FeedParameters, extract_links

    site = urlsplit(address)
    base, host = f"{site.scheme}://{site.netloc}", site.hostname or ""
    return sorted(extract_links(source, FeedParameters(base, host, address, external=True)))


def _saved(source: str | None, file: Path, address: str) -> Path | DocumentError:
    if not source:
        return Problem("not-fetched", "the page cannot be had").at(address)
    # As browsers mark the pages that they save: the reader takes the address from it.
    file.write_text(f"<!-- saved from url=({len(address):04}){address} -->\n{source}", encoding="utf-8")
    return file


def _download(address: str) -> str | None:
    import logging

    from trafilatura import fetch_url

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: str | None = fetch_url(address)
    return found
