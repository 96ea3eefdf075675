"""A page's tree made ready: banners leave, exponents become characters, blocks become lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from newsfacts.readers.html_tables import as_markdown
from newsfacts.readers.markup import raised

#: Parts of names (`id`, `class`) under which pages keep what asks for consent or sells; never the article.
_BANNERS = re.compile(
    r"(?:^|[\s_-])(?:cookie|cookies|consent|gdpr|ccpa|onetrust|cookiebot|didomi|truste|cmp|paywall|newsletter|"
    r"subscribe|signup|popup|modal|lightbox)(?:$|[\s_-])|cookie-?(?:banner|bar|notice|consent|law|policy)",
    re.IGNORECASE,
)
#: Elements that hold the whole page or story, whatever their names say.
_WHOLE: Final = frozenset({"html", "body", "main", "article"})
_SILENT: Final = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "svg",
     "iframe"}
)  # fmt: skip
_BLOCKS: Final = frozenset(
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote",
        "pre", "section", "article", "main", "header", "figure", "figcaption", "table", "tr", "address",
        "br", "hr", "td", "th", "body", "caption", "details", "summary",
    }
)  # fmt: skip
#: Stands around the number of a table whose place is kept; no text has it.
_MARK: Final = "\ue0ff"
_ASIDE: Final = "ancestor::aside | ancestor::nav | ancestor::footer | ancestor::form"
_SPACE = re.compile(r"\s+")


def load_page(html: str) -> Any:
    """The page as an lxml tree without banners, its superscripts as characters; None where there is none."""
    from lxml import etree
    from lxml import html as parser

    try:
        tree = parser.document_fromstring(html)
    except (etree.ParserError, ValueError):
        return None
    _without_banners(tree)
    _raise(tree)
    return tree


def take_tables(tree: Any) -> dict[str, str]:
    """Put a paragraph in the place of each data table; return the tables' Markdown by its text.

    Extractors drop or flatten tables.
    """
    taken: dict[str, str] = {}
    for table in list(tree.iter("table")):
        lines = as_markdown(table) if not table.xpath(_ASIDE) else None
        if lines is not None:
            mark = f"Table{_MARK}{len(taken) + 1}{_MARK}"
            paragraph = table.makeelement("p")
            paragraph.text, paragraph.tail = mark, table.tail
            table.getparent().replace(table, paragraph)
            taken[mark] = lines
    return taken


def with_tables(text: str, taken: dict[str, str]) -> str:
    """The text with the tables in their places; those of the page that the extractor left out at its end."""
    lost = [lines for mark, lines in taken.items() if mark not in text]
    for mark, lines in taken.items():
        text = text.replace(mark, f"\n\n{lines}\n\n")
    text = "\n\n".join([text, *lost])
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def blocks(tree: Any) -> str:
    """The text of the page's story, each block a line: for pages that are too short for an extractor."""
    articles = tree.findall(".//article")
    root = articles[0] if len(articles) == 1 else next(iter(tree.findall(".//main")), None)
    body = tree.find("body")
    root = root if root is not None else body if body is not None else tree
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(_pieces(root)).split("\0"))
    return "\n".join(line for line in lines if line)


def _pieces(element: Any) -> Iterator[str]:
    """The texts of an element and of what stands in it; NUL where a block begins or ends."""
    from lxml import etree

    skipped: list[Any] = []

    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            if skipped or node.tag in _SILENT:
                skipped.append(node)
                continue
            yield "\0" if node.tag in _BLOCKS else ""
            yield node.text or ""
            continue
        if event == "end" and skipped:
            skipped.pop()
        elif event == "end" and node.tag in _BLOCKS:
            yield "\0"
        if not skipped and node is not element:
            yield node.tail or ""


def _without_banners(tree: Any) -> None:
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and element.tag not in _WHOLE:
            names = f"{element.get('id') or ''} {element.get('class') or ''}"
            if _BANNERS.search(names) and not element.xpath(".//article | .//main | .//h1"):
                element.drop_tree()


def _raise(tree: Any) -> None:
    """ "10<sup>6</sup>" as "10⁶", "1,000<sup>1</sup>" as "1,000": else they were 106 and 10001."""
    for element in list(tree.iter("sup", "sub")):
        if element.tag == "sup":
            changed = raised("".join(element.itertext()).strip(), _before(element))
            for child in list(element):
                element.remove(child)
            element.text = changed
        element.drop_tag()


def _before(element: Any) -> str:
    previous = element.getprevious()
    text = previous.tail if previous is not None else element.getparent().text
    return text or ""
