"""Pictures of the documentation: page, table, map and terminal of the five articles, into docs/images.

    python tools/screenshots.py  # or: make screenshots

The output folder must be that of `newsfacts run corpus/articles`. Needs chromium and chromium-driver.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
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
COLOURS = 256
#: Lets smooth scrolling and fonts settle.
PAUSE = 0.6
CHOOSE = (
    "const hit = document.querySelector('.hit.type-money');"
    " hit.scrollIntoView({block: 'center'}); hit.click()"
)
#: name, part of the address, size, theme, script to run first
PAGES = (
    ("page", "", WIDE, "light", CHOOSE),
    ("page-dark", "", WIDE, "dark", CHOOSE),
    ("phone", "", PHONE, "light", CHOOSE),
    ("table", "#view=table", WIDE, "light", "document.querySelectorAll('.sort')[2].click()"),
    ("map", "#view=map", WIDE, "light", ""),
)
COLUMNS = 88
#: name, command, standard input
COMMANDS = (
    ("terminal", ("run", "corpus/articles", "--out", "output"), ""),
    ("explain", ("explain", "-"), "Exports of the port rose by about 12 percent to $3.4 billion in 2023."),
)


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
    (folder / "corpus").symlink_to(ROOT / "corpus")
    for name, command, given in COMMANDS:
        yield name, drawn(driver, folder, terminal(folder, command, given))


def drawn(driver: Any, folder: Path, drawing: str) -> bytes:
    """An SVG drawing as PNG, as large as it is."""
    path = folder / "drawing.svg"
    path.write_text(drawing, encoding="utf-8")
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)[0])
    size(driver, 900, round(900 * height / width))
    driver.get(path.as_uri())
    time.sleep(PAUSE)
    image: bytes = driver.get_screenshot_as_png()
    return image


def terminal(folder: Path, command: Sequence[str], given: str) -> str:
    """A command and what it prints, as an SVG drawing."""
    from rich.console import Console
    from rich.text import Text

    printed = newsfacts(*command, cwd=folder, given=given)
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    prompt = f"$ echo '{given}' | newsfacts" if given else "$ newsfacts"
    console.print(Text(f"{prompt} {' '.join(command)}", style="bold"))
    console.print(Text.from_ansi(printed.rstrip()))
    return console.export_svg(title="newsfacts")


def newsfacts(*arguments: str, cwd: Path = ROOT, given: str = "") -> str:
    """Run the command and return what it prints, with colours."""
    done = subprocess.run(
        [sys.executable, "-m", "newsfacts.cli", *arguments],
        cwd=cwd,
        check=True,
        capture_output=True,
        text=True,
        input=given,
        env={**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "PYTHONPATH": str(ROOT / "src")},
    )
    return done.stdout


def save(name: str, image: bytes) -> None:
    """Write a picture with few colours, which keeps text sharp and the file small."""
    picture = Image.open(io.BytesIO(image)).convert("RGB")
    reduced = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    path = TARGET / f"{name}.png"
    reduced.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    raise SystemExit(main())
