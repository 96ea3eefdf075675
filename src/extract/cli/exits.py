"""Exit codes: what a script may rely on."""

OK = 0
CHECK_FAILED = 1
USAGE = 2
SOME_DOCUMENTS_FAILED = 3
UNUSABLE = 4
REGRESSION = 5
INTERRUPTED = 130
TERMINATED = 143


def on_terminate(signum: int, frame: object) -> None:
    """Signal handler: end as an exception does, so that what is open is closed."""
    raise SystemExit(TERMINATED)
