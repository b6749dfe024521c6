"""What every request has to pass and every reply wears.

Loopback by default, the Host header checked against rebinding, only reading, nothing large, nothing from another
site's page, and a policy under which a page may run its own script and nothing else.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_QUERY, MOST_FIELDS = 24_000, 600
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
WORN = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Guard:
    """The ASGI layer round the whole application."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], *, any_address: bool = False) -> None:
        self.app = app
        self.hosts = frozenset(hosts)
        self.any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in WORN.items():
                    headers[name] = value
            await send(message)

        told = self.refusal(scope)
        if told is not None:
            status, words = told
            await PlainTextResponse(words + "\n", status)(scope, receive, dressed)
            return
        await self.app(scope, receive, dressed)

    def refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Why a request is not answered, with its status; None if it may pass."""
        headers = Headers(scope=scope)
        if not self.known(headers.get("host", "")):
            return 421, "This server does not answer for that host."
        if scope["method"] not in ("GET", "HEAD"):
            return 405, "Nothing is written here: only GET and HEAD are answered."
        if len(scope["query_string"]) > LONGEST_QUERY or scope["query_string"].count(b"&") > MOST_FIELDS:
            return 414, "The scenario is too long for a link; save it as a file."
        if headers.get("content-length", "0") != "0" or "transfer-encoding" in headers:
            return 413, "A request has no body here."
        if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return 403, "Pages of other sites may not ask here."
        return None

    def known(self, host: str) -> bool:
        """Whether a Host header names this server: by a name it was given, or, bound to all, by an address."""
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        if name in self.hosts:
            return True
        if not self.any_address:
            return False
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return False
        return True


def hosts_of(bound: str) -> tuple[frozenset[str], bool]:
    """The names that a server bound there answers to, and whether any address will do."""
    own = {"localhost", "127.0.0.1", "[::1]"}
    if bound in ("0.0.0.0", "::"):  # chosen on the command line; never the default
        return frozenset({*own, socket.gethostname()}), True
    return frozenset({*own, f"[{bound}]" if ":" in bound else bound}), False
