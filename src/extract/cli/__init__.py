"""The command line `newsfacts`: each command is a thin shell over one public function.

Exit codes: 0 all good; 1 a check failed; 2 wrong usage; 3 done, but some documents could not be read;
4 configuration, rules, model or a needed file cannot be used; 130 interrupted.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> None:
    """Run `newsfacts` with these arguments (default: those of the process) and exit with its code."""
    from extract.cli.app import app

    app(args=args, prog_name="newsfacts")
