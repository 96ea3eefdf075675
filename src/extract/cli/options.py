"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from newsfacts.cli.startup import import_spacy

if TYPE_CHECKING:
    from newsfacts.calibration import Cut
    from newsfacts.pipeline import Pipeline

Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="spaCy pipeline: an installed package, or a folder that holds config.cfg.",
        show_default=False,
    ),
]
Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="DIR", help="Folder of rules files that replace shipped ones.", show_default=False
    ),
]


def existing(path: Path | None) -> Path | None:
    """An input that the user names: a file, folder or pattern. Raises BadParameter where there is none."""
    if path is not None and not os.path.lexists(path) and not has_magic(str(path)):
        raise typer.BadParameter(f"there is no file or folder {str(path)!r}")
    return path


AsJson = Annotated[bool, typer.Option("--json", metavar="", help="Print JSON instead of a table.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", metavar="", help="Print errors only.")]


TakeFolder = Annotated[
    bool,
    typer.Option(
        "--force",
        metavar="",
        help="Take a folder that holds other files: those with names that newsfacts writes are replaced.",
    ),
]


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2023-07-28") from error


Published = Annotated[
    dt.date | None,
    typer.Option(
        "--published",
        metavar="DAY",
        parser=_day,
        help="Day of publication (2023-07-28) of all texts, whatever they say themselves.",
        show_default=False,
    ),
]


FileFormat = Annotated[
    Literal["jsonl", "jsonl.gz", "jsonl.zst", "parquet", "csv"],
    typer.Option("--format", help="Format of facts and documents; errors are always JSON Lines."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        help="Processes; each loads the model once, and a document that ends one stops nothing. Without it"
        " the work is done in this process.",
        show_default=False,
        rich_help_panel="How the work is done",
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        min=0.1,
        help="Longest time for one document, to be read and to be worked on, then the process is ended"
        " (default 300); the work needs a worker for it, so it starts one.",
        show_default=False,
        rich_help_panel="How the work is done",
    ),
]
Memory = Annotated[
    float,
    typer.Option(
        "--memory",
        metavar="GB",
        min=0.1,
        help="Most memory of the process that reads HTML, Markdown, Parquet and compressed files, and of each"
        " worker.",
        rich_help_panel="How the work is done",
    ),
]
FollowLinks = Annotated[
    bool,
    typer.Option(
        "--follow-links",
        metavar="",
        help="Follow links that lead out of an input folder, and links to folders.",
        rich_help_panel="How inputs are read",
    ),
]
Source = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="NAME",
        help="Where the documents come from; ids are told apart by it in a database.",
        show_default=False,
    ),
]
IdPrefix = Annotated[
    str,
    typer.Option(
        "--id-prefix",
        metavar="TEXT",
        help="What the id of every document is to begin with.",
        show_default=False,
    ),
]
MinPrecision = Annotated[
    float | None,
    typer.Option(
        "--min-precision",
        metavar="PERCENT",
        min=0,
        max=100,
        help="Leave out facts that are right less often than this, by what confidence is worth on unseen text"
        " for their type; says what it costs.",
        show_default=False,
    ),
]
Gold = Annotated[Path, typer.Option("--gold", metavar="FILE", help="Gold facts, one a line.")]
Tolerance = Annotated[
    float, typer.Option("--tolerance", min=0, max=1, help="How far a score may lie below its pinned one.")
]
#: That of `newsfacts.processes`.
MEMORY = 4.0
#: That of `newsfacts.evaluation`, which no command loads to show its help.
TOLERANCE = 0.0005


def cut_at(percent: float | None, types: Sequence[str] = ()) -> Cut | None:
    """What --min-precision asks for, of facts of these types (none: of quantities).

    Raises ConfigurationError where no confidence stands for so much.
    """
    if percent is None:
        return None
    from newsfacts.calibration import Cut, shipped
    from newsfacts.model import QUANTITY_TYPES

    return Cut(shipped(), percent / 100, tuple(types) or QUANTITY_TYPES)


def load_pipeline(model: str | None, rules: Path | None) -> Pipeline:
    """The pipeline for the shared options."""
    import_spacy()
    from newsfacts.pipeline import Pipeline

    return Pipeline.load(model, rules)
