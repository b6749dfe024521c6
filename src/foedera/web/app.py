"""The application: addresses, and the job behind each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foedera.answers.html import look
from foedera.draw import draw_timeline
from foedera.web.desk import Desk
from foedera.web.guard import Guard
from foedera.web.work import SVG, Job, Reply, packed

ADDRESSES = (
    ("/", "home"), ("/index.json", "home-json"),
    ("/if", "if"), ("/treaties", "treaties"), ("/treaties.json", "treaties-json"), ("/states", "states"),
    ("/states.json", "states-json"),
    ("/treaty/{about}.json", "treaty-json"), ("/treaty/{about}", "treaty"),
    ("/state/{about}.json", "state-json"), ("/state/{about}.svg", "state-svg"), ("/state/{about}", "state"),
    ("/state", "to-state"),
    ("/crisis/{about}/change", "change"), ("/crisis/{about}/day", "day"),
    ("/crisis/{about}/why", "why"), ("/crisis/{about}/why.json", "why-json"),
    ("/crisis/{about}/compare", "compare"), ("/crisis/{about}/compare.json", "compare-json"),
    ("/crisis/{about}/compare.svg", "compare-svg"),
    ("/crisis/{about}/cascade", "cascade"), ("/crisis/{about}/cascade.json", "cascade-json"),
    ("/crisis/{about}/cascade.svg", "cascade-svg"),
    ("/crisis/{about}/missing", "missing"), ("/crisis/{about}/idle", "idle"),
    ("/crisis/{about}/save", "save"), ("/crisis/{about}/report", "report"),
    ("/crisis/{about}.json", "crisis-json"), ("/crisis/{about}.svg", "crisis-svg"), ("/crisis/{about}", "crisis"),
)  # fmt: skip


def application(pool: Executor, hosts: Iterable[str], *, any_address: bool = False) -> Starlette:
    """The workbench as an ASGI application; work is done in `pool`, whose workers have called `work.begin`."""
    desk = Desk(pool)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        pool.shutdown(wait=False, cancel_futures=True)

    def answering(page: str) -> Route:
        async def endpoint(request: Request) -> Response:
            job = Job(page, request.path_params.get("about", ""), request.url.query)
            return answered(await desk.ask(job), request)

        return Route(_path[page], endpoint)

    async def timeline(request: Request) -> Response:
        return answered(await drawn(desk, request.path_params["about"], request.url.query), request)

    _path = {page: path for path, page in ADDRESSES}
    routes = [
        Route("/look/{name}", looks), Route("/crisis/{about}/timeline.svg", timeline),
        *(answering(page) for _, page in ADDRESSES),
    ]  # fmt: skip
    return Starlette(
        routes=routes, lifespan=lifespan,
        middleware=[Middleware(Guard, hosts=tuple(hosts), any_address=any_address)],
    )  # fmt: skip


def answered(reply: Reply, request: Request) -> Response:
    """A reply as HTTP has it, packed for those who take it so."""
    if reply.to is not None:
        return RedirectResponse(reply.to, 303)
    headers = {"vary": "accept-encoding"}
    if reply.file:
        headers["content-disposition"] = f'attachment; filename="{reply.file}"'
    if reply.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(reply.packed, reply.status, {**headers, "content-encoding": "gzip"}, reply.kind)
    return Response(reply.body, reply.status, headers, reply.kind)


async def looks(request: Request) -> Response:
    """The stylesheet and the script, which a report on disk has inside it."""
    kinds = {"bench.css": "text/css", "bench.js": "text/javascript"}
    name = request.path_params["name"]
    if name not in kinds:
        return Response("There is no such file.\n", 404, media_type="text/plain")
    return answered(packed(Reply(look(name).encode(), kinds[name])), request)


async def drawn(desk: Desk, about: str, query: str) -> Reply:
    """The timeline with every day counted; days that nobody looked at yet are worked out."""
    listed = await desk.ask(Job("days", about, query))
    if listed.status != 200:
        return listed
    told = json.loads(listed.body)
    replies = await asyncio.gather(*(desk.ask(Job("day", about, _at(told["query"], day))) for day in told["days"]))
    columns = [reply.column for reply in replies if reply.column is not None]
    chosen = next((c.day for c in columns if c.day.isoformat() == told["at"]), None)
    return packed(Reply(draw_timeline(columns, chosen).encode(), SVG))


def _at(query: str, day: str) -> str:
    return f"{query}&{urlencode({'at': day})}" if query else urlencode({"at": day})
