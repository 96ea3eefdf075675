"""The report page of a finished run, opened in the browser."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path

#: Opens an address and tells whether it could; tests put another in its place.
opener: Callable[[str], bool] = webbrowser.open


def page_of(folder: Path) -> Path:
    """Where the page of a run's folder is written: beside it, under its name."""
    return folder.with_name(f"{folder.resolve().name}.html")


def check_page(folder: Path) -> None:
    """Raise ConfigurationError where a file is in the page's place that newsfacts did not write."""
    from newsfacts.cli.outputs import target

    target(page_of(folder), "page")


def open_page(folder: Path) -> None:
    """Write the page of a run's folder and open it; where there is no browser, say where it is.

    Raises ConfigurationError where a file is in its place that newsfacts did not write.
    """
    from newsfacts.cli.outputs import save, target
    from newsfacts.cli.report import content_of
    from newsfacts.cli.terminal import err, shown_path
    from newsfacts.report import render

    file = target(page_of(folder), "page")
    save(file, render(content_of(folder, None), title=f"newsfacts: {folder.resolve().name}").encode())
    if not opener(file.as_uri()):
        err().print(f"no browser was found; open {shown_path(file)}", style="yellow")
