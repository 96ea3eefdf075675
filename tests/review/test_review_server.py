"""Who may talk to the review server, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from browsing import TEXTS, facts
from extract.report import read_content
from extract.review import CorrectionLog, ReviewSession
from extract.review.server import HEADER, LARGEST, application, listen

HOST = "127.0.0.1:4711"
TOKEN = "secret-token"
ORIGIN = {"Origin": f"http://{HOST}", HEADER: TOKEN}


@pytest.fixture
def client(output: Path) -> Iterator[TestClient]:
    with CorrectionLog(output / "corrections.jsonl") as log:
        session = ReviewSession(read_content(output).with_texts(TEXTS.values()), log)
        app = application(session, TOKEN, frozenset({HOST}), title="Review")
        yield TestClient(app, base_url=f"http://{HOST}")


def accept(fact: str) -> dict[str, Any]:
    return {"corrections": [{"fact_id": fact, "action": "accept"}]}


def test_the_page_needs_the_token(client: TestClient) -> None:
    assert client.get("/").status_code == 403
    assert client.get("/?token=wrong").status_code == 403
    page = client.get(f"/?token={TOKEN}")
    assert page.status_code == 200
    assert 'data-mode="review"' in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {HEADER: TOKEN},
        {"Origin": f"http://{HOST}"},
        {"Origin": f"http://{HOST}", HEADER: "wrong"},
        {"Origin": "http://evil.example", HEADER: TOKEN},
        {"Origin": "null", HEADER: TOKEN},
        {"Origin": f"http://{HOST}", HEADER: TOKEN, "Host": "evil.example:4711"},
    ],
    ids=["nothing", "no origin", "no token", "wrong token", "other site", "hidden site", "other host name"],
)
def test_writes_from_elsewhere_are_refused(client: TestClient, headers: dict[str, str], output: Path) -> None:
    answer = client.post("/api/corrections", json=accept(facts()[0].id), headers=headers)
    assert answer.status_code == 403
    assert answer.json()["error"]
    assert (output / "corrections.jsonl").read_bytes() == b""


@pytest.mark.parametrize("path", ["api/corrections", "api/notes", "api/gold"])
def test_reading_needs_the_token_too(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 403
    assert client.get(f"{path}?token={TOKEN}").status_code == 403
    assert client.get(path, headers={HEADER: TOKEN}).status_code == 200


def test_decisions_are_stored_listed_and_undone(client: TestClient, output: Path) -> None:
    fact = facts()[0].id
    assert client.post("/api/corrections", json=accept(fact), headers=ORIGIN).json() == {
        "stored": 1,
        "added": {},
    }
    assert fact in (output / "corrections.jsonl").read_text()
    listed = client.get("/api/corrections", headers=ORIGIN).json()
    assert listed == {"decisions": {fact: {"action": "accept", "fields": {}}}}
    undone = client.post("/api/undo", json={}, headers=ORIGIN).json()
    assert undone == {"undone": [{"fact_id": fact, "decision": None}]}
    assert client.get("/api/corrections", headers=ORIGIN).json() == {"decisions": {}}


def test_notes_are_listed(output: Path) -> None:
    with CorrectionLog(output / "corrections.jsonl") as log:
        session = ReviewSession(read_content(output), log, {facts()[0].id: "quantulum3 reads 5"})
        client = TestClient(
            application(session, TOKEN, frozenset({HOST}), title="Review"), base_url=f"http://{HOST}"
        )
        assert client.get("/api/notes", headers=ORIGIN).json() == {
            "notes": {facts()[0].id: "quantulum3 reads 5"}
        }


@pytest.mark.parametrize(
    "body",
    [
        b"no json",
        b"{}",
        b'{"corrections":[{"fact_id":"0","action":"accept"}]}',
        b'{"corrections":[{"fact_id":"0","action":"burn"}]}',
        b'"' + b"x" * LARGEST + b'"',
    ],
    ids=["no json", "no corrections", "unknown fact", "unknown action", "too large"],
)
def test_malformed_requests_are_answered_with_the_reason(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/corrections", content=body, headers=ORIGIN)
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_gold_is_exported(client: TestClient) -> None:
    decisions = [{"fact_id": each.id, "action": "accept"} for each in facts()]
    client.post("/api/corrections", json={"corrections": decisions}, headers=ORIGIN)
    found = client.get("/api/gold", headers=ORIGIN).json()
    assert (len(found["gold"].splitlines()), found["complete"], found["partial"]) == (len(facts()), 2, 0)


def test_the_server_listens_on_this_machine_alone() -> None:
    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        with pytest.raises(OSError, match="in use"):
            listen(listener.getsockname()[1])
