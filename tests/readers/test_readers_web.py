"""Addresses: their pages become files, once; a feed is the pages that it names. Without any network."""

from __future__ import annotations

from pathlib import Path

from newsfacts.model import Document, DocumentError
from newsfacts.readers import ReadOptions, read
from newsfacts.readers.web import fetch, file_name, is_address
from newsfacts.rules import RuleSet
from newsfacts.sections import DocumentBuilder

PARAGRAPH = "The port handled 2.1 million containers in the first half of the year, officials said on Monday."
PAGE = (
    f"<html lang='en'><body><article><h1>Port grows</h1>{f'<p>{PARAGRAPH}</p>' * 5}</article></body></html>"
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><link>https://news.example.org/2024/port-grows</link></item>
<item><link>https://news.example.org/2024/lost</link></item></channel></rss>"""
SITE = {
    "https://news.example.org/feed.xml": FEED,
    "https://news.example.org/2024/port-grows": PAGE,
}


class Web:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, address: str) -> str | None:
        self.asked.append(address)
        return SITE.get(address)


def test_what_is_an_address() -> None:
    assert is_address("https://news.example.org/a?b=c")
    assert not any(map(is_address, ("articles/http", "http:", "-", "https://a b")))


def test_a_page_is_a_file_that_knows_where_it_is_from(tmp_path: Path) -> None:
    address, web = "https://news.example.org/2024/port-grows", Web()
    (file,) = fetch([address], tmp_path / "pages", web)
    assert file == tmp_path / "pages" / file_name(address)
    (document,) = read([file], ReadOptions(), DocumentBuilder.from_rules(RuleSet()))
    assert isinstance(document, Document), document
    assert document.url == address
    assert PARAGRAPH in document.text
    assert list(fetch([address], tmp_path / "pages", web)) == [file]
    assert web.asked == [address], "a page that is there is not fetched again"


def test_a_feed_is_the_pages_that_it_names(tmp_path: Path) -> None:
    lost, page = fetch(["https://news.example.org/feed.xml"], tmp_path, Web())
    assert page == tmp_path / file_name("https://news.example.org/2024/port-grows")
    assert isinstance(lost, DocumentError)
    assert (lost.path, lost.kind) == ("https://news.example.org/2024/lost", "not-fetched")
    assert sorted(tmp_path.iterdir()) == [page]
