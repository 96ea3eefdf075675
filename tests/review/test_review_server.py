"""Who may talk to the review server, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from browsing import TEXTS, facts
from newsfacts.report import read_content
from newsfacts.review import CorrectionLog, ReviewSession
from newsfacts.review.server import HEADER, LARGEST, application, listen

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
    ],
    ids=["no json", "no corrections", "unknown fact", "unknown action"],
)
def test_malformed_requests_are_answered_with_the_reason(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/corrections", content=body, headers=ORIGIN)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_body_that_is_too_long_is_refused_while_it_comes(client: TestClient) -> None:
    sent = 0

    def parts() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(2 * LARGEST // 100_000):
            sent += 100_000
            yield b"x" * 100_000

    for body in (parts(), b'"' + b"x" * LARGEST + b'"'):
        answer = client.post("/api/corrections", content=body, headers=ORIGIN)
        assert (answer.status_code, "4,000,000 bytes" in answer.json()["error"]) == (413, True)


LEAVES: Any = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["\ud800", 10**400, -1, 2**63, 1e308, float("nan"), float("inf"), "", "\x00", "count"]),
)  # fmt: skip
NAMES = st.sampled_from(
    ["corrections", "fact_id", "action", "fields", "doc_id", "type", "start", "end", "value", "low", "change",
     "time", "place", "same_as", "id", "text", "item_start", "sentence_end", "lat", "\ud800"]
)  # fmt: skip
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4)
)
DECISIONS = st.fixed_dictionaries(
    {"action": st.sampled_from(["fix", "add", "accept", "reject", "burn"])},
    optional={
        "fact_id": st.sampled_from([*(f.id for f in facts()), "0", "\ud800"]) | TREES,
        "doc_id": st.sampled_from(["harbour", "empty", "\udfff"]) | TREES,
        "type": st.sampled_from(["count", "date", "place", "\ud800"]) | TREES,
        "fields": st.dictionaries(NAMES, TREES, max_size=4) | TREES,
        "more": TREES,
    },
)
#: Near misses of a request, JSON with its parts cut or doubled, bytes of all kinds.
BODIES = st.one_of(
    st.lists(DECISIONS, max_size=3).map(lambda found: json.dumps({"corrections": found}).encode()),
    TREES.map(lambda tree: json.dumps(tree).encode()),
    st.builds(
        lambda found, cut, more: json.dumps({"corrections": found}).encode()[:cut] + more,
        st.lists(DECISIONS, max_size=2), st.integers(0, 200), st.binary(max_size=4),
    ),
    st.binary(),
)  # fmt: skip
DEEP = b'{"corrections":[{"action":"fix","fact_id":"%s","fields":{"change":' % facts()[1].id.encode()


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(body=BODIES)
@example(body=b"\xff\xfe{}")
@example(body=DEEP + b"[" * 100_000)
@example(body=DEEP + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}}]}")
@example(body=DEEP + b'{"a":' * 900)
@example(body=b"[" * 3_000_000)
@example(body=b'{"corrections":[{"action":"accept","fact_id":"\\ud800"}]}')
@example(
    body=b'{"corrections":[{"action":"add","doc_id":"harbour","type":"\\ud800","fields":{"start":1,"end":2}}]}'
)
@example(body=DEEP.replace(b"change", b"item") + b'"\\ud800"}}]}')
@example(body=DEEP.replace(b"change", b"value") + b"NaN}}]}")
@example(body=DEEP.replace(b"change", b"value") + b"1e999}}]}")
@example(body=DEEP.replace(b"change", b"value") + b"9" * 5_000 + b"}}]}")
def test_no_body_is_a_defect_and_what_is_refused_is_not_stored(
    body: bytes, client: TestClient, output: Path
) -> None:
    before = (output / "corrections.jsonl").read_bytes()
    answer = client.post("/api/corrections", content=body, headers=ORIGIN)
    after = (output / "corrections.jsonl").read_bytes()
    assert answer.status_code in (200, 400)
    assert answer.status_code == 200 or (answer.json()["error"] and after == before)
    assert after.startswith(before)
    assert client.get("/api/corrections", headers=ORIGIN).status_code == 200
    assert client.get("/api/gold", headers=ORIGIN).status_code == 200


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
