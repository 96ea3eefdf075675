"""A bar with rate and remaining time on stderr, for people only."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def progress(sources: Sequence[Path], *, shown: bool) -> Iterator[Callable[[object], None]]:
    """Show a bar while the block runs; what it gives is to be called with every document's outcome."""
    if not shown:
        yield lambda outcome: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    from newsfacts.cli.documents import expected
    from newsfacts.cli.terminal import err

    columns = (
        SpinnerColumn(),
        TextColumn("extracting"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("documents{task.fields[pace]}"),
    )
    total, began, done = expected(sources), time.monotonic(), 0
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task("", total=total, pace="")

        def watch(outcome: object) -> None:
            nonlocal done
            done += 1
            bar.update(task, advance=1, pace=pace(done, total, time.monotonic() - began))

        yield watch


def pace(done: int, total: int | None, seconds: float) -> str:
    """Rate and remaining time. Documents come in batches, so the mean of the whole run is what holds."""
    rate = done / seconds if seconds > 0 else 0.0
    if rate == 0:
        return ""
    shown = f", {rate:,.1f}/s"
    if total is None or total <= done:
        return shown
    minutes, left = divmod(round((total - done) / rate), 60)
    return f"{shown}, {minutes}:{left:02d} left"
