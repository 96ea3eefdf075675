"""`newsfacts export`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsfacts.cli.options import AsJson, MinPrecision, Quiet, cut_at
from newsfacts.cli.outputs import Force, target

if TYPE_CHECKING:
    from newsfacts.calibration import Cut
    from newsfacts.sinks.quantities import Table
    from newsfacts.table.choosing import Choice

_CHOOSING = "Which figures"
_SUFFIXES = (".csv", ".xlsx", ".parquet", ".geojson", ".jsonl")
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")

#: Those of the columns `type` and `status`, which no command loads to show its help.
TYPES = ("money", "count", "percent", "ratio", "measure", "duration", "rank")
STATUSES = ("actual", "planned", "possible", "negated")


def _among(names: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in names:
            raise typer.BadParameter(f"{text!r} is none of {', '.join(names)}")
        return text

    return parse


def _time(text: str) -> str:
    if not _DAY.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is no time; write it as 2005, 2005-06 or 2005-06-30")
    return text


def _country(text: str) -> str:
    if not re.fullmatch("[A-Za-z]{2}", text):
        raise typer.BadParameter(f"{text!r} is no country code; write it as CN")
    return text.upper()


def export(
    source: Annotated[
        Path,
        typer.Argument(metavar="FACTS_OR_DIR", help="Folder that `run` wrote, or its facts (any format)."),
    ],
    to: Annotated[
        Path,
        typer.Option(
            "--to", metavar="FILE", help=f"Where to write; its ending is one of {' '.join(_SUFFIXES)}."
        ),
    ],
    types: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            parser=_among(TYPES),
            help=f"Only this type ({', '.join(TYPES)}); may be given several times.",
            show_default=False,
            rich_help_panel=_CHOOSING,
        ),
    ] = None,
    countries: Annotated[
        list[str] | None,
        typer.Option(
            "--country",
            metavar="CC",
            parser=_country,
            help="Only places of this country (ISO 3166: CN); may be given several times.",
            show_default=False,
            rich_help_panel=_CHOOSING,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="TIME",
            parser=_time,
            help="Only figures as of this day, month or year or later (column as_of_end).",
            show_default=False,
            rich_help_panel=_CHOOSING,
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="TIME",
            parser=_time,
            help="Only figures as of this day, month or year or earlier (column as_of_start).",
            show_default=False,
            rich_help_panel=_CHOOSING,
        ),
    ] = None,
    statuses: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            parser=_among(STATUSES),
            help=f"Only this status ({', '.join(STATUSES)}); may be given several times.",
            show_default=False,
            rich_help_panel=_CHOOSING,
        ),
    ] = None,
    min_precision: MinPrecision = None,
    bom: Annotated[
        bool,
        typer.Option("--bom", metavar="", help="Begin a CSV file with a byte order mark, as Excel wants it."),
    ] = False,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write the table of quantities: a row a figure, with its sentence, date, place and document.

    The columns are those of quantities.csv (docs/quantities.md), whatever the format. GeoJSON has the rows
    whose place has coordinates. XLSX needs newsfacts[excel]. With --min-precision only figures are written
    that are right so often on unseen text; it ends with exit code 4 where no confidence stands for so much.

    newsfacts export output --to money.xlsx --type money --country CN --since 2005
    """
    from newsfacts.table.choosing import Choice

    suffix = to.suffix.lower()
    if suffix not in _SUFFIXES:
        raise typer.BadParameter(f"{to.name} ends in none of {' '.join(_SUFFIXES)}", param_hint="--to")
    if bom and suffix != ".csv":
        raise typer.BadParameter("--bom is for .csv files", param_hint="--bom")
    file = target(to, "table", force=force, inputs=[source])
    choice = Choice(
        types=frozenset(types or ()),
        countries=frozenset(countries or ()),
        statuses=frozenset(statuses or ()),
        since=since,
        until=until,
    )
    cut = cut_at(min_precision, types or ())
    found, written = _write(source, file, choice, cut, _opener(suffix, bom=bom))
    if cut and not quiet:
        from newsfacts.cli.terminal import err

        err().print("\n".join(cut.report()), style="yellow", soft_wrap=True)
    if as_json:
        import json

        from newsfacts.cli.terminal import print_json

        figures = {"min_precision": cut.figures()} if cut else {}
        print_json(json.dumps({"quantities": found, "rows": written, "file": str(to)} | figures))
    elif not quiet:
        from newsfacts.cli.terminal import out, several

        told = f"{several(written, 'row')} of {several(found, 'figure')}: {to}"
        out().print(told, markup=False, soft_wrap=True)


def _opener(suffix: str, *, bom: bool) -> Callable[[Any], Table]:
    from functools import partial

    from newsfacts.sinks.quantities import TABLES, CsvTable

    return partial(CsvTable, bom=bom) if suffix == ".csv" else TABLES[suffix]  # type: ignore[index]


def _write(
    source: Path, file: Path, choice: Choice, cut: Cut | None, opener: Callable[[Any], Table]
) -> tuple[int, int]:
    """Write the chosen rows of a run; return how many quantities it has and how many rows were written."""
    from newsfacts.batch.folder import parts
    from newsfacts.sinks.quantities import GeoJsonTable, is_placed, write_table
    from newsfacts.sinks.run_table import run_rows

    found = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal found
        for row in run_rows(source):
            found += 1
            wanted = choice.has(row) and (opener is not GeoJsonTable or is_placed(row))
            if wanted and (cut is None or cut.has(row["type"], row["confidence"])):
                yield row

    file.parent.mkdir(parents=True, exist_ok=True)
    with parts(file.parent, [file.name]) as (opened,):
        written = write_table(counted(), opener(opened))
    return found, written
