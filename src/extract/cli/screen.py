"""The console of rich, through which nothing passes that steers a terminal but rich's own colours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from newsfacts.cli.visible import visible


class Screen(Console):
    """A console that writes out what would steer the terminal, in whatever it is given."""

    def __init__(self, file: IO[str], *, soft_wrap: bool) -> None:
        super().__init__(file=file, highlight=False, markup=False, emoji=False, soft_wrap=soft_wrap)

    def render_str(self, text: str, **options: Any) -> Text:
        """A string as text: here, so that what is written out has its room in a table."""
        return _visible_text(super().render_str(text, **options))

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of anything that rich can draw; every part of it comes by here."""
        # Before lines are broken, so that nothing is cut; behind it, so that nothing is missed.
        if isinstance(renderable, Text):
            renderable = _visible_text(renderable)
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)


def _visible_text(text: Text) -> Text:
    """The text with its styles."""
    steering = [index for index, character in enumerate(text.plain) if visible(character) != character]
    if not steering:
        return text
    pieces = text.divide(sorted({*steering, *(index + 1 for index in steering)}))
    return text.blank_copy().join(_written_out(piece) if len(piece) == 1 else piece for piece in pieces)


def _written_out(character: Text) -> Text:
    found = Text(visible(character.plain), style=character.style)
    for span in character.spans:
        found.stylize(span.style)
    return found
