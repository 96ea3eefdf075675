"""A server that is killed at any moment has kept every decision that it reported as stored."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from browsing import ROOT, facts
from newsfacts.review import CorrectionLog

ROUNDS = 400


@pytest.mark.parametrize("seconds", [0.05, 0.2])
def test_every_reported_decision_outlives_kill_9(output: Path, seconds: float) -> None:
    command = [sys.executable, "-m", "newsfacts.cli", "review", str(output)]
    reported: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            address = urlsplit(process.stdout.readline().strip())
            reported.append(decide(address.netloc, address.query, facts()[0].id))  # the server is up
            threading.Timer(seconds, process.send_signal, [signal.SIGKILL]).start()
            for number in range(ROUNDS):
                fact = facts()[number % len(facts())].id
                reported.append(decide(address.netloc, address.query, fact))
        except (OSError, http.client.HTTPException):
            pass
        finally:
            process.kill()
    assert len(reported) < ROUNDS
    with CorrectionLog(output / "corrections.jsonl") as log:
        stored = [line.fact_id for line in log.standing()]
    assert stored[: len(reported)] == reported
    assert len(stored) <= len(reported) + 1  # the one in flight may be there as well


def decide(host: str, query: str, fact: str) -> str:
    """Accept a fact; return its id once the server has said that this is stored."""
    connection = http.client.HTTPConnection(host, timeout=20)
    headers = {"Origin": f"http://{host}", "X-Newsfacts-Token": parse_qs(query)["token"][0]}
    body = json.dumps({"corrections": [{"fact_id": fact, "action": "accept"}]})
    connection.request("POST", "/api/corrections", body, headers)
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["stored"]) == (200, 1)
    connection.close()
    return fact
