"""The server: a socket, a pool of workers, and the application between them."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor

import uvicorn

from foedera.problems import Problem, Refused, whole_file
from foedera.web.app import application
from foedera.web.guard import hosts_of
from foedera.web.sheets import shapes
from foedera.web.worker import begin

Began = tuple[Sequence[str], Sequence[str], str | None]
"""What every worker begins with: folders of a library of one's own, crisis files, a CShapes file."""


def serve(host: str, port: int, began: Began, ready: Callable[[str], None]) -> None:
    """Serves until it is stopped; `ready` is told the address once the socket listens."""
    shapes()  # and here, so that what lacks and what is wrong is told before anything is served
    begin(*began)
    listening = _socket(host, port)
    workers = max(1, min(8, os.cpu_count() or 1))
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin, began)
    hosts, any_address = hosts_of(host)
    app = application(pool, hosts, any_address=any_address)
    shown = "127.0.0.1" if any_address else f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{listening.getsockname()[1]}")
    config = uvicorn.Config(app, log_level="warning", server_header=False, h11_max_incomplete_event_size=32_768)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        sys.exit(0)


def _begin(folders: Sequence[str], crises: Sequence[str], shapes_file: str | None) -> None:
    """A worker's beginning; it ends with the server, however that ends."""
    begin(folders, crises, shapes_file)
    threading.Thread(target=_leave_with_server, daemon=True).start()


def _leave_with_server() -> None:
    server = multiprocessing.parent_process()
    if server is not None:
        server.join()
        os._exit(0)


def _socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that asyncio sets TCP_NODELAY
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        reason = error.strerror or "it cannot be used"
        told = f"{host}:{port}: {reason.lower()}"
        raise Refused((Problem("Y014", whole_file("foedera serve"), told, "name another --port"),)) from None
    return made
