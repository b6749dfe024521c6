"""The desk: hands jobs to workers and remembers replies, so that a page already worked out costs nothing."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from concurrent.futures import Executor

from foedera.web.work import Job, Reply
from foedera.web.worker import do

KEPT = 48_000_000
"""Bytes of replies that are remembered."""
WAITING = 400
"""Jobs that may wait; one more is told to come back."""


class Desk:
    """Replies by job. Nothing is written anywhere: what is remembered is forgotten when the process ends."""

    def __init__(self, pool: Executor) -> None:
        self.pool = pool
        self._kept: OrderedDict[Job, Reply] = OrderedDict()
        self._size = 0
        self._under_way: dict[Job, asyncio.Task[Reply]] = {}

    async def ask(self, job: Job) -> Reply:
        """The reply, from memory or from a worker; the same job asked twice at once is done once."""
        if job in self._kept:
            self._kept.move_to_end(job)
            return self._kept[job]
        if job not in self._under_way:
            if len(self._under_way) >= WAITING:
                return Reply(b"Too many questions at once; ask again in a moment.", "text/plain", 503)
            self._under_way[job] = asyncio.create_task(self._done(job))
        return await asyncio.shield(self._under_way[job])

    async def _done(self, job: Job) -> Reply:
        try:
            reply = await asyncio.get_running_loop().run_in_executor(self.pool, do, job)
            if reply.status == 200:
                self._keep(job, reply)
            return reply
        finally:
            del self._under_way[job]

    def _keep(self, job: Job, reply: Reply) -> None:
        self._kept[job] = reply
        self._size += len(reply.body) + len(reply.packed)
        while self._size > KEPT:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone.body) + len(gone.packed)
