"""Pictures of the documentation: page, table, map and terminal of the five articles, into docs/images.

    python tools/screenshots.py  # or: make screenshots

The output folder must be that of `newsfacts run corpus/articles`. Needs chromium and chromium-driver.
"""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.browser import browser, missing, ready, size  # noqa: E402

OUTPUT = ROOT / "output"
TARGET = ROOT / "docs" / "images"
WIDE, PHONE = (1280, 760), (400, 760)
COLOURS = 96
#: Lets smooth scrolling and fonts settle.
PAUSE = 0.6
CHOOSE = "[...document.querySelectorAll('.card.type-money .card-head')][0].click()"
#: name, part of the address, size, theme, script to run first
PAGES = (
    ("page", "", WIDE, "light", CHOOSE),
    ("page-dark", "", WIDE, "dark", CHOOSE),
    ("phone", "", PHONE, "light", CHOOSE),
    ("table", "#view=table", WIDE, "light", "document.querySelectorAll('.sort')[2].click()"),
    ("map", "#view=map", WIDE, "light", ""),
)
COMMAND = ("run", "corpus/articles", "--out", "output")


def main() -> int:
    """Write every picture; 1 where there is no browser."""
    if reason := missing():
        print(reason, file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, browser() as driver:
        html = Path(folder) / "report.html"
        newsfacts("report", str(OUTPUT), "--html", str(html), "--quiet")
        for name, image in pictures(driver, html, Path(folder)):
            save(name, image)
    return 0


def pictures(driver: Any, html: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each picture as PNG bytes."""
    for name, part, measures, theme, script in PAGES:
        size(driver, *measures)
        driver.get("about:blank")
        driver.get(html.as_uri() + part)
        ready(driver)
        driver.execute_script(f"document.documentElement.dataset.theme = '{theme}'; {script}")
        time.sleep(PAUSE)
        yield name, driver.get_screenshot_as_png()
    svg = folder / "terminal.svg"
    svg.write_text(terminal(), encoding="utf-8")
    size(driver, 900, 620)
    driver.get(svg.as_uri())
    time.sleep(PAUSE)
    box = driver.execute_script(
        "const box = document.documentElement.getBoundingClientRect(); return [box.width, box.height]"
    )
    size(driver, *(int(side) for side in box))
    yield "terminal", driver.get_screenshot_as_png()


def terminal() -> str:
    """What a run prints, as an SVG drawing."""
    from rich.console import Console
    from rich.text import Text

    printed = newsfacts(*COMMAND, colour=True)
    console = Console(record=True, width=84, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ newsfacts {' '.join(COMMAND)}", style="bold"))
    console.print(Text.from_ansi(printed))
    return console.export_svg(title="newsfacts")


def newsfacts(*arguments: str, colour: bool = False) -> str:
    """Run the command in the checkout and return what it prints."""
    command = [sys.executable, "-m", "extract.cli", *arguments]
    environment = {"FORCE_COLOR": "1", "COLUMNS": "84"} if colour else {}
    done = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True, env={**_environment(), **environment}
    )
    return done.stdout


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)


def save(name: str, image: bytes) -> None:
    """Write a picture with few colours, which keeps text sharp and the file small."""
    picture = Image.open(io.BytesIO(image)).convert("RGB")
    reduced = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    path = TARGET / f"{name}.png"
    reduced.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    raise SystemExit(main())
