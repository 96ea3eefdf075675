"""The commands of `newsfacts`. Imports nothing heavy: what a command needs is imported inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import cleandoc
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from newsfacts.cli import exits
from newsfacts.cli.check import check
from newsfacts.cli.consolidate import consolidate
from newsfacts.cli.diff import diff
from newsfacts.cli.evaluate import evaluate
from newsfacts.cli.explain import explain
from newsfacts.cli.export import export
from newsfacts.cli.gate import gate
from newsfacts.cli.load import load
from newsfacts.cli.report import report
from newsfacts.cli.review import review
from newsfacts.cli.rules import rules
from newsfacts.cli.run import run
from newsfacts.cli.schema import schema
from newsfacts.cli.validate import validate
from newsfacts.cli.watch import watch
from newsfacts.errors import NewsfactsError

#: click's error of usage, wherever the installed typer has it from.
_UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])


class Commands(TyperGroup):
    """Turns the errors that newsfacts raises on purpose into a message, a remedy and an exit code."""

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Read the arguments before the command."""
        with _visible_usage_errors():
            return super().make_context(*args, **options)

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        with _visible_usage_errors():
            return self._invoke(ctx)

    def _invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # the reader of our output went away (`| head`); typer ends quietly
        except (NewsfactsError, OSError) as error:
            if ctx.params.get("debug"):
                raise
            from newsfacts.cli.terminal import show_error

            show_error(error)
            raise typer.Exit(exits.UNUSABLE) from error


@contextmanager
def _visible_usage_errors() -> Iterator[None]:
    # Typer prints them itself, with the arguments that it got.
    try:
        yield
    except _UsageError as error:
        from newsfacts.cli.visible import visible

        vars(error).update(message=visible(str(vars(error).get("message") or "")))
        raise


app = typer.Typer(
    cls=Commands,
    name="newsfacts",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 all good; 1 a check failed; 2 wrong usage; 3 done, but some documents had errors;"
    " 4 configuration, rules, model or a file cannot be used; 5 worse than the pinned run (gate);"
    " 130 interrupted; 143 terminated.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"newsfacts {version('newsfacts')}")
        raise typer.Exit


@app.callback()
def newsfacts(
    version: Annotated[
        bool,
        typer.Option("--version", metavar="", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", metavar="", help="Show the traceback of an error.")
    ] = False,
) -> None:
    """Turns news articles into checkable quantity facts."""


def _help(command: Callable[..., None]) -> str:
    # In rich mode typer keeps the line breaks of a docstring, which are those of the source.
    paragraphs = cleandoc(command.__doc__ or "").split("\n\n")
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)


#: The commands in the order of the work, under the heads that the help shows.
_GROUPS: dict[str, tuple[Callable[..., None], ...]] = {
    "From texts to facts": (run, watch, explain),
    "See and use facts": (report, export, load, consolidate),
    "Check facts and outputs": (validate, check, review, schema),
    "Hold against gold and other runs": (evaluate, diff, gate),
}
for _panel, _commands in _GROUPS.items():
    for _command in _commands:
        app.command(help=_help(_command), rich_help_panel=_panel)(_command)
app.add_typer(rules, name="rules", rich_help_panel="Check facts and outputs")
