"""Who may ask, and the log of who asked: ASGI middleware around the server.

https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import json
import time
import traceback
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.endpoint import problem

#: Headers of every response.
_SAFE = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
#: Characters of a query that the log keeps.
_LOGGED = 1000


class Gate:
    """Lets in who may ask, and writes a line for each request.

    Args:
        app: what answers.
        hosts: names that the server goes by; a page of another name, made to point here, is turned
            away. Empty: any.
        token: what clients must know; "" lets everyone in. Browsers give it as a password.
        log: given a line of JSON for each request; None writes none.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str],
        token: str,
        log: Callable[[str], object] | None,
    ) -> None:
        self.app, self.hosts, self.token, self.log = app, hosts, token, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status, size = 0, 0

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), *_SAFE]
            else:
                size += len(message.get("body", b""))
            await send(message)

        noted: dict[str, Any] = {}
        scope["kg"] = noted
        try:
            await self._checked(scope)(scope, receive, sent)
        except asyncio.CancelledError:
            pass  # the client left
        except Exception:
            noted["fault"] = traceback.format_exc()
            if not status:
                await problem(500, "see the server's log")(scope, receive, sent)
        finally:
            if self.log is not None:
                self.log(_line(scope, noted, status, size, time.perf_counter() - began))

    def _checked(self, scope: Scope) -> ASGIApp:
        """What answers a request: the app, or a refusal."""
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").lower()
        # An address of IPv6 stands in brackets.
        name = host[: host.find("]") + 1] or host.partition(":")[0]
        if self.hosts and name not in self.hosts:
            return problem(421, f"{name}: this server does not go by that name; see --allow-host")
        if self.token and scope["path"] != "/health":
            given = headers.get(b"authorization", b"").decode("utf-8", "replace")
            if not hmac.compare_digest(_token(given).encode(), self.token.encode()):
                challenge = {"WWW-Authenticate": 'Bearer realm="kg", Basic realm="kg"'}
                return problem(401, "send Authorization: Bearer TOKEN", challenge)
        return self.app


def _token(authorization: str) -> str:
    """The token of an Authorization header: a bearer's, or a password."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""


def _line(scope: Scope, noted: dict[str, Any], status: int, size: int, seconds: float) -> str:
    client = scope.get("client")
    line = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": client[0] if client else "",
        "method": scope["method"],
        "path": scope["path"],
        # 499: the client left before there was an answer.
        "status": status or 499,
        "bytes": size,
        "ms": round(seconds * 1000, 1),
    }
    if "query" in noted:
        noted["query"] = noted["query"][:_LOGGED]
    return json.dumps(line | noted, ensure_ascii=False)
