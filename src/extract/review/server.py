"""The review page and its small interface, for one person on this machine.

A request needs the token that was printed at the start: in the address for the page, in a header for the
rest, which another site cannot send. Requests under another host's name or from another origin are refused,
so a name that is made to point here (DNS rebinding) does not help either.

A body that cannot be a decision is answered with 400 and the reason, one that is too long with 413; then
nothing is stored.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from newsfacts.errors import ValidationError
from newsfacts.report import render
from newsfacts.review.gold import export_gold
from newsfacts.review.log import Correction
from newsfacts.review.session import Decision, ReviewSession

HEADER = "x-newsfacts-token"
#: Largest request body, bytes.
LARGEST = 4_000_000
_LONGEST = 300  # characters of a reason
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class _Corrections(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    corrections: list[Decision]


class _TooLargeError(Exception):
    """A body of more than LARGEST bytes."""


class Guard(BaseHTTPMiddleware):
    """Refuses what does not come from the page that this server gave out."""

    def __init__(self, app: Any, *, token: str, hosts: frozenset[str]) -> None:
        super().__init__(app)
        self._token = token.encode()
        self._hosts = hosts
        self._origins = frozenset(f"http://{host}" for host in hosts)

    async def dispatch(
        self, request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        """Answer 403 with the reason, or pass on."""
        reason = self._reason(request)
        response = JSONResponse({"error": reason}, 403) if reason else await call_next(request)
        response.headers.update(_HEADERS)
        return response

    def _reason(self, request: Request) -> str:
        if request.headers.get("host") not in self._hosts:
            return "this server answers under its own address only"
        origin = request.headers.get("origin")
        if origin is not None and origin not in self._origins:
            return "the request comes from another site"
        given = request.query_params.get("token") if request.url.path == "/" else request.headers.get(HEADER)
        if not secrets.compare_digest((given or "").encode(), self._token):
            return "the token is missing or wrong: use the address that newsfacts review printed"
        if request.method == "POST" and origin is None:
            return "a change must name its origin"
        return ""


def application(session: ReviewSession, token: str, hosts: frozenset[str], *, title: str) -> Starlette:
    """The server's application, for requests to one of these hosts ("127.0.0.1:8000")."""
    page = render(session.content, title=title, mode="review")

    async def show(request: Request) -> Response:
        return HTMLResponse(page)

    async def corrections(request: Request) -> Response:
        found = {name: _shown(line) for name, line in session.log.decisions().items()}
        return JSONResponse({"decisions": found})

    async def notes(request: Request) -> Response:
        return JSONResponse({"notes": session.notes})

    async def decide(request: Request) -> Response:
        body = await _body(request)
        asked = msgspec.json.decode(body, type=_Corrections)
        stored = await run_in_threadpool(session.decide, asked.corrections)
        added = {line.fact_id: _shown(line) for line in stored if line.action == "add"}
        return JSONResponse({"stored": len(stored), "added": added})

    async def undo(request: Request) -> Response:
        undone = await run_in_threadpool(session.undo)
        found = [{"fact_id": u.fact_id, "decision": u.decision and _shown(u.decision)} for u in undone]
        return JSONResponse({"undone": found})

    async def gold(request: Request) -> Response:
        found = await run_in_threadpool(export_gold, session.content, session.log.decisions())
        text = b"".join(found.lines).decode()
        return JSONResponse({"gold": text, "complete": found.complete, "partial": found.partial})

    return Starlette(
        routes=[
            Route("/", show),
            Route("/api/corrections", corrections),
            Route("/api/corrections", decide, methods=["POST"]),
            Route("/api/notes", notes),
            Route("/api/undo", undo, methods=["POST"]),
            Route("/api/gold", gold),
        ],
        middleware=[Middleware(Guard, token=token, hosts=hosts)],
        exception_handlers={
            ValidationError: _invalid,
            msgspec.DecodeError: _invalid,
            UnicodeError: _invalid,  # half a character, which the log cannot hold
            RecursionError: _invalid,
            ClientDisconnect: _invalid,  # nobody hears it, but it is no defect
            _TooLargeError: _too_large,
            OSError: _not_stored,
        },
    )


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            raise _TooLargeError
        parts.append(part)
    return b"".join(parts)


def _shown(line: Correction) -> dict[str, Any]:
    shown: dict[str, Any] = {"action": line.action, "fields": line.fields}
    if line.action == "add":
        shown |= {"doc_id": line.doc_id, "type": line.type, "text": line.text}
    return shown


async def _invalid(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": _sayable(error)}, 400)


async def _too_large(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": f"more than {LARGEST:,} bytes: decide about fewer facts at once"}, 413)


async def _not_stored(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": f"nothing was saved: {_sayable(error)}"}, 507)


def _sayable(error: Exception) -> str:
    """The message as text that can be sent: it may repeat whatever came."""
    told = str(error) or type(error).__name__
    return told[:_LONGEST].encode("utf-8", "backslashreplace").decode()


def listen(port: int) -> socket.socket:
    """A socket on this machine alone; port 0 takes a free one. Raises OSError where the port is taken.

    Who connects before the server runs waits for it.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1", port))
        found.listen()
    except OSError:
        found.close()
        raise
    return found


def serve(session: ReviewSession, listener: socket.socket, token: str, *, title: str) -> None:
    """Serve until interrupted."""
    import uvicorn

    port = listener.getsockname()[1]
    hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
    app = application(session, token, hosts, title=title)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listener])
