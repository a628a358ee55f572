"""Many queries at once for `kg serve`: workers that are forked, watched, stopped and replaced.

Most queries take milliseconds. A worker takes one at a time; while all are busy, further ones are
forked, up to a limit. A query that takes longer runs at low priority, and only a few may go on
after a second, so that whatever is thrown at the server, a short question is answered at once.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from kg.answer import Outcome
from kg.errors import QueryStopped
from kg.forks import COMMAND, FORK, REPLY, WAIT
from kg.query import Query
from kg.service import Limits, ended, outcome, too_slow
from kg.worker import DATA, HEAD, query_frame

#: Seconds after which a query runs at low priority, and after which it needs a slow place.
LOW_PRIORITY_AFTER, SLOW_AFTER = 0.05, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much goes on at once.

    Args:
        workers: processes that answer.
        slow: of these, how many may go on for longer than SLOW_AFTER.
        waiting: queries that wait for a worker.
        patience: seconds that they wait at most.
    """

    workers: int = 8
    slow: int = 2
    waiting: int = 256
    patience: float = 5.0


class Control:
    """A forker, commanded from the event loop, one command at a time."""

    def __init__(self, control: socket.socket) -> None:
        self.socket = control
        control.setblocking(False)
        self.turn = asyncio.Lock()

    async def fork(self) -> tuple[int, socket.socket]:
        """Process id and socket of a new child."""
        async with self.turn:
            await self._send(FORK, 0)
            await self._readable()
            data, fds, _, _ = socket.recv_fds(self.socket, REPLY.size, 1)
            if not data or not fds:
                raise ConnectionError("the process that holds the graph has ended")
            return REPLY.unpack(data)[0], socket.socket(fileno=fds[0])

    async def wait(self, pid: int) -> int:
        """How an ended child ended: its exit code, -N when signal N did it."""
        async with self.turn:
            await self._send(WAIT, pid)
            data = await asyncio.get_running_loop().sock_recv(self.socket, REPLY.size)
            return int(REPLY.unpack(data)[0]) if data else 0

    async def _send(self, what: bytes, number: int) -> None:
        await asyncio.get_running_loop().sock_sendall(self.socket, COMMAND.pack(what, number))

    async def _readable(self) -> None:
        loop = asyncio.get_running_loop()
        ready = loop.create_future()
        loop.add_reader(self.socket, _set, ready)
        try:
            await ready
        finally:
            loop.remove_reader(self.socket)


class _Worker(asyncio.Protocol):
    """One worker's end of the conversation."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.transport: asyncio.Transport | None = None
        #: How a query ended and its answer; None when the process died.
        self.answer: asyncio.Future[tuple[dict[str, Any], bytes] | None] | None = None
        self.held = bytearray()
        self.pieces: list[bytes] = []
        self.gone = self.low = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's are no subclass of asyncio's.
        self.transport = cast("asyncio.Transport", transport)

    def ask(self, data: bytes) -> asyncio.Future[tuple[dict[str, Any], bytes] | None]:
        """Sends a query."""
        self.answer = asyncio.get_running_loop().create_future()
        assert self.transport is not None
        self.transport.write(data)
        return self.answer

    def data_received(self, data: bytes) -> None:
        held = self.held
        held += data
        while len(held) >= HEAD.size:
            size, kind = HEAD.unpack_from(held)
            if len(held) < HEAD.size + size:
                return
            content = bytes(held[HEAD.size : HEAD.size + size])
            del held[: HEAD.size + size]
            if kind == DATA:
                self.pieces.append(content)
            else:
                whole, self.pieces = b"".join(self.pieces), []
                self._end((json.loads(content), whole))

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone = True
        self._end(None)

    def _end(self, how: tuple[dict[str, Any], bytes] | None) -> None:
        if self.answer is not None and not self.answer.done():
            self.answer.set_result(how)

    def lower(self) -> None:
        """Lets others go first."""
        self.low = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)

    def stop(self, why: QueryStopped | None = None) -> None:
        """Ends the process, whatever it does; None says that nobody waits for the answer."""
        if not self.gone:
            self.gone = True
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        if self.answer is not None and not self.answer.done():
            if why is None:
                self.answer.cancel()
            else:
                self.answer.set_exception(why)


class _Watch:
    """Looks after one query: its priority, its place among the slow ones, its end.

    Most answers come before the first look: they cost no more than a timer.
    """

    def __init__(self, pool: Pool, worker: _Worker, until: Callable[[], Any] | None) -> None:
        self.pool, self.worker, self.until = pool, worker, until
        self.slow = False
        self.left: asyncio.Future[Any] | None = None
        self.loop = asyncio.get_running_loop()
        self.timer = self.loop.call_later(LOW_PRIORITY_AFTER, self._low)

    def _low(self) -> None:
        self.worker.lower()
        if self.until is not None:
            self.left = asyncio.ensure_future(self.until())
            self.left.add_done_callback(self._nobody)
        seconds = self.pool.limits.seconds
        if seconds and seconds <= SLOW_AFTER:
            self.timer = self.loop.call_later(max(seconds - LOW_PRIORITY_AFTER, 0), self._over)
        else:
            self.timer = self.loop.call_later(SLOW_AFTER - LOW_PRIORITY_AFTER, self._long)

    def _nobody(self, _: object) -> None:
        self.worker.stop()

    def _long(self) -> None:
        pool = self.pool
        if pool.slow >= pool.sizes.slow:
            self.worker.stop(
                QueryStopped("load", "too many long queries are running; try again later")
            )
            return
        pool.slow, self.slow = pool.slow + 1, True
        if pool.limits.seconds:
            self.timer = self.loop.call_later(pool.limits.seconds - SLOW_AFTER, self._over)

    def _over(self) -> None:
        self.worker.stop(too_slow(self.pool.limits.seconds))

    def end(self) -> None:
        """The query is answered or given up."""
        self.timer.cancel()
        self.pool.slow -= self.slow
        if self.left is not None:
            self.left.remove_done_callback(self._nobody)
            self.left.cancel()


class Pool:
    """The workers over one build of the graph.

    Args:
        control: forks them.
        limits: of each query.
        sizes: how much goes on at once.
    """

    def __init__(self, control: socket.socket, limits: Limits, sizes: Sizes) -> None:
        self.control, self.limits, self.sizes = Control(control), limits, sizes
        self.idle: list[_Worker] = []
        self.queue: deque[asyncio.Future[_Worker]] = deque()
        self.count = self.slow = 0
        self.closed = False
        self.tasks: set[asyncio.Task[int]] = set()

    async def ask(
        self, query: Query, until: Callable[[], Any] | None = None
    ) -> tuple[Outcome, bytes]:
        """Answers a query.

        Args:
            query: with limits of its answer's size.
            until: called when it takes long; gives a coroutine that ends when nobody waits any
                more, and then the query is stopped.

        Raises:
            QueryStopped: it took too much, or there is too much to do.
            QueryError: it cannot be parsed, is not allowed, fails, or does not fit the format.
            asyncio.CancelledError: nobody waits any more.
        """
        worker = self.idle.pop() if self.idle else await self._worker()
        watch = _Watch(self, worker, until)
        try:
            done = await worker.ask(query_frame(query))
        except BaseException:
            worker.stop()
            raise
        finally:
            watch.end()
            died = self._release(worker)
        if done is None:
            raise ended(await died if died else 0, self.limits.memory)
        end, whole = done
        return outcome(end), whole

    async def _worker(self) -> _Worker:
        """A worker: a new one, or whichever is free first."""
        if self.count < self.sizes.workers:
            return await self._fork()
        if len(self.queue) >= self.sizes.waiting:
            raise QueryStopped("load", "too many queries are waiting; try again later")
        turn: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self.queue.append(turn)
        try:
            return await asyncio.wait_for(asyncio.shield(turn), self.sizes.patience)
        except BaseException as error:
            if turn.done():  # it came just when nobody waited any more
                self._release(turn.result())
            else:
                turn.cancel()
                self.queue.remove(turn)
            if isinstance(error, TimeoutError):
                why = QueryStopped("load", "all workers are busy; try again later")
                raise why from None
            raise

    async def _fork(self) -> _Worker:
        self.count += 1
        try:
            pid, connection = await self.control.fork()
            connection.setblocking(False)
            loop = asyncio.get_running_loop()
            _, worker = await loop.create_connection(lambda: _Worker(pid), sock=connection)
        except BaseException:
            self.count -= 1
            raise
        return worker

    def _release(self, worker: _Worker) -> asyncio.Task[int] | None:
        """Gives the worker to whoever waits, or lets it go when it has served long.

        Returns:
            What tells how it ended, when it is let go.
        """
        if worker.gone or worker.low or self.closed:
            self.count -= 1
            if self.queue and not self.closed:
                self._later(self._refill())
            return self._later(self._retire(worker))
        while self.queue:
            turn = self.queue.popleft()
            if not turn.done():
                turn.set_result(worker)
                return None
        self.idle.append(worker)
        return None

    async def _refill(self) -> int:
        """A new worker for whoever waits longest."""
        if self.count < self.sizes.workers and self.queue:
            self._release(await self._fork())
        return 0

    async def _retire(self, worker: _Worker) -> int:
        """Lets a worker end, and takes note of how, so that the system forgets it."""
        assert worker.transport is not None
        worker.transport.close()
        return await self.control.wait(worker.pid)

    def _later(self, work: Coroutine[Any, Any, int]) -> asyncio.Task[int]:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def close(self) -> None:
        """Lets idle workers go; busy ones finish their query first."""
        self.closed = True
        while self.idle:
            self._release(self.idle.pop())
        while self.count or self.tasks:
            await asyncio.sleep(0.02)
        self.control.socket.close()


def _set(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
