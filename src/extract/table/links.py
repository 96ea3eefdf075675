"""Addresses that open an article at the figure: URL text fragments (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

from urllib.parse import quote

#: Words on either side that tell the figure from the same words elsewhere in the article.
_CONTEXT = 4


def check_url(url: str | None, sentence: str | None, start: int, end: int) -> str | None:
    """`url` with the figure as its text fragment; None where address or sentence are not known.

    `start` and `end` are those of the figure in the sentence.

    >>> check_url("https://example.org/a", "Exports rose to 2 billion yuan, it said.", 16, 30)
    'https://example.org/a#:~:text=Exports%20rose%20to-,2%20billion%20yuan,-%2C%20it%20said.'
    """
    fragment = text_fragment(sentence, start, end) if url and "://" in url else None
    if not url or fragment is None:
        return None
    return f"{url}{fragment[1:] if '#' in url else fragment}"


def text_fragment(sentence: str | None, start: int, end: int) -> str | None:
    """The text fragment of a figure, with its #; None where the sentence is not known.

    >>> text_fragment("Exports rose to 2 billion yuan, it said.", 16, 30)
    '#:~:text=Exports%20rose%20to-,2%20billion%20yuan,-%2C%20it%20said.'
    """
    if not sentence:
        return None
    before = sentence[:start].split()[-_CONTEXT:]
    after = sentence[end:].split()[:_CONTEXT]
    figure = sentence[start:end].split()
    if not figure:
        return None
    prefix = f"{_encoded(before)}-," if before else ""
    suffix = f",-{_encoded(after)}" if after else ""
    return f"#:~:text={prefix}{_encoded(figure)}{suffix}"


def _encoded(words: list[str]) -> str:
    # A comma, an ampersand and a hyphen are signs of the fragment itself; `quote` leaves the last.
    return quote(" ".join(words), safe="").replace("-", "%2D")
