"""Exit codes: what a script may rely on."""

OK = 0
CHECK_FAILED = 1
USAGE = 2
SOME_DOCUMENTS_FAILED = 3
UNUSABLE = 4
INTERRUPTED = 130
