"""The command line `newsfacts`: each command is a thin shell over one public function.

Exit codes: 0 all good; 1 a check failed; 2 wrong usage; 3 done, but some documents could not be read;
4 configuration, rules, model or a needed file cannot be used; 5 worse than the pinned run (`gate`);
130 interrupted, 143 terminated.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> None:
    """Run `newsfacts` with these arguments (default: those of the process) and exit with its code."""
    import signal
    import sys

    from newsfacts.cli.app import app
    from newsfacts.cli.exits import on_terminate

    # A run that is told to end removes its unfinished files, as it does when interrupted.
    signal.signal(signal.SIGTERM, on_terminate)
    try:
        app(args=args, prog_name="newsfacts")
    except Exception as error:
        from newsfacts.cli.terminal import show_crash

        show_crash(error)
        sys.exit(1)
