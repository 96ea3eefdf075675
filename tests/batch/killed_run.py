"""A run to be killed: `python killed_run.py OUT COUNT DELAY WORKERS LETHAL`.

LETHAL > 0: the process is killed when it is about to give the LETHALth file its name.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from engine_stubs import Load, documents

from newsfacts.batch import ThisProcess, WorkerProcesses, run_shards

renames = 0


def main() -> None:
    out, count, delay, workers, lethal = sys.argv[1:]
    arm(int(lethal))
    load = Load(delay=float(delay))
    if workers == "0":
        stub = load()
        run_shards(documents(int(count)), ThisProcess(stub, stub.fingerprint), Path(out))
        return
    with WorkerProcesses(load, int(workers)) as engine:
        run_shards(documents(int(count)), engine, Path(out))


def arm(lethal: int) -> None:
    replace = Path.replace

    def counted(self: Path, target: Path) -> Path:
        global renames
        renames += 1
        if renames == lethal:
            os.kill(os.getpid(), signal.SIGKILL)
        return replace(self, target)

    Path.replace = counted  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    main()
