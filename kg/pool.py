"""Many queries at once for `kg serve`: workers that are forked, watched, stopped and replaced.

Most queries take milliseconds: as many workers as there are processors take them, each with a few
in its queue, so that it need not wait for the next. A query that takes longer steps aside: it goes
on at low priority, those behind it go to another worker, and a new one is forked for the short
ones. When there is no room aside, it begins anew when there is. Only a few may go on after a
second. So, whatever is thrown at the server, a short question is answered at once.
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
from kg.forks import Control
from kg.query import Query
from kg.service import Limits, ended, outcome, too_slow
from kg.worker import DATA, query_frame, take_frames

#: Seconds after which a query steps aside, and after which it needs one of the long ones' places.
ASIDE_AFTER, SLOW_AFTER = 0.03, 1.0
#: Workers that take short queries (more would only get into each other's way), and how many each
#: has at hand.
QUICK, AT_HAND = max(2, os.cpu_count() or 2), 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much goes on at once.

    Args:
        workers: queries that run at once; those beyond QUICK have stepped aside.
        slow: of these, how many may go on for longer than SLOW_AFTER.
        waiting: queries that wait for a worker.
        patience: seconds that they wait at most, for a worker or for room aside.
    """

    workers: int = 8
    slow: int = 2
    waiting: int = 256
    patience: float = 5.0


_CROWDED = "too many long queries are running; try again later"


class _Ask:
    """One query on its way.

    Args:
        frame: what is sent to a worker.
        until: called when it takes long; gives a coroutine that ends when nobody waits any more.
    """

    def __init__(self, frame: bytes, until: Callable[[], Any] | None) -> None:
        self.frame, self.until = frame, until
        self.came = asyncio.get_running_loop().time()
        #: How it ended and its answer.
        self.answer: asyncio.Future[tuple[dict[str, Any], bytes]]
        self.answer = asyncio.get_running_loop().create_future()

    def fail(self, why: BaseException) -> None:
        """Tells the asker, if anybody waits."""
        if not self.answer.done():
            self.answer.set_exception(why)


class _Worker(asyncio.Protocol):
    """A worker: its queries, the first of which it is busy with, and the clock of that one."""

    def __init__(self, pool: Pool, pid: int) -> None:
        self.pool, self.pid = pool, pid
        self.transport: asyncio.Transport | None = None
        self.asks: deque[_Ask] = deque()
        self.held = bytearray()
        self.pieces: list[bytes] = []
        #: It stepped aside; it is one of the long ones; it is ending.
        self.aside = self.slow = self.gone = False
        self.loop = asyncio.get_running_loop()
        self.timer: asyncio.TimerHandle | None = None
        self.left: asyncio.Future[Any] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's are no subclass of asyncio's.
        self.transport = cast("asyncio.Transport", transport)

    def send(self, ask: _Ask) -> None:
        """Takes one more query."""
        assert self.transport is not None
        self.asks.append(ask)
        self.transport.write(ask.frame)
        if len(self.asks) == 1:
            self._start()

    def data_received(self, data: bytes) -> None:
        self.held += data
        for kind, content in take_frames(self.held):
            if kind == DATA:
                self.pieces.append(content)
            elif self.asks:
                whole, self.pieces = b"".join(self.pieces), []
                self._answered(json.loads(content), whole)

    def _answered(self, end: dict[str, Any], whole: bytes) -> None:
        self._stop_clock()
        ask = self.asks.popleft()
        if not ask.answer.done():
            ask.answer.set_result((end, whole))
        if self.aside:
            self.kill()
            return
        if self.asks:
            self._start()
        self.pool.feed(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process has ended: the query it was busy with is to blame."""
        self._stop_clock()
        first = self.asks.popleft() if self.asks else None
        self.pool.lost(self, first)

    def kill(self) -> None:
        """Ends the process, whatever it does."""
        if not self.gone:
            self.gone = True
            self.pool.drop(self)
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            if self.transport is not None:
                self.transport.close()

    def _start(self) -> None:
        self.timer = self.loop.call_later(ASIDE_AFTER, self._step_aside)

    def _stop_clock(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.pool.slow -= self.slow
        self.slow = False
        if self.left is not None:
            self.left.remove_done_callback(self._nobody)
            self.left.cancel()
            self.left = None

    def _step_aside(self) -> None:
        ask, pool = self.asks[0], self.pool
        if ask.answer.done():  # nobody waits
            self.kill()
            return
        if not self.aside and not pool.step_aside(self):
            parked = self.asks.popleft()
            self.kill()
            pool.park(parked)
            return
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, 10)
        if ask.until is not None:
            self.left = asyncio.ensure_future(ask.until())
            self.left.add_done_callback(self._nobody)
        left = self._time_left(ask)
        if left is not None and left <= SLOW_AFTER:
            self.timer = self.loop.call_later(max(left, 0), self._over)
        else:
            self.timer = self.loop.call_later(SLOW_AFTER - ASIDE_AFTER, self._take_long)

    def _take_long(self) -> None:
        pool = self.pool
        if pool.slow >= pool.sizes.slow:
            self._give_up(QueryStopped("load", _CROWDED))
            return
        pool.slow, self.slow = pool.slow + 1, True
        left = self._time_left(self.asks[0])
        if left is not None:
            self.timer = self.loop.call_later(max(left, 0), self._over)

    def _time_left(self, ask: _Ask) -> float | None:
        """Seconds that a query still has, from when it came; None without a limit."""
        limit = self.pool.limits.seconds
        return ask.came + limit - self.loop.time() if limit else None

    def _over(self) -> None:
        self._give_up(too_slow(self.pool.limits.seconds))

    def _nobody(self, _: object) -> None:
        self.asks[0].answer.cancel()
        self.kill()

    def _give_up(self, why: QueryStopped) -> None:
        self.asks[0].fail(why)
        self.kill()


class Pool:
    """The workers over one build of the graph.

    Args:
        control: forks them.
        limits: of each query.
        sizes: how much goes on at once.
    """

    def __init__(self, control: socket.socket, limits: Limits, sizes: Sizes) -> None:
        self.control, self.limits, self.sizes = Control(control), limits, sizes
        self.quick: list[_Worker] = []
        self.aside: set[_Worker] = set()
        #: Queries that wait for a worker, and long ones that wait for room aside.
        self.queue: deque[_Ask] = deque()
        self.parked: deque[_Ask] = deque()
        #: Workers that take long; that are being forked for short ones, and for parked ones.
        self.slow = self.forking = self.unparking = 0
        self.closed = False
        self.tasks: set[asyncio.Task[None]] = set()

    @property
    def count(self) -> int:
        """The number of workers."""
        return len(self.quick) + len(self.aside) + self.forking + self.unparking

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
        ask = _Ask(query_frame(query), until)
        worker = min(self.quick, key=lambda w: len(w.asks), default=None)
        if (worker is None or worker.asks) and self._room():
            self._fork()
        if worker is not None and len(worker.asks) < AT_HAND:
            worker.send(ask)
        elif len(self.queue) >= self.sizes.waiting:
            raise QueryStopped("load", "too many queries are waiting; try again later")
        else:
            self._wait(self.queue, ask, "all workers are busy; try again later")
        end, whole = await ask.answer
        return outcome(end), whole

    def _wait(self, line: deque[_Ask], ask: _Ask, why: str) -> None:
        """Puts a query in a line, where it waits no longer than is fair."""

        def late() -> None:
            if ask in line:
                ask.fail(QueryStopped("load", why))

        line.append(ask)
        timer = asyncio.get_running_loop().call_later(self.sizes.patience, late)
        ask.answer.add_done_callback(lambda _: timer.cancel())

    def feed(self, worker: _Worker) -> None:
        """Gives a worker of what waits."""
        while self.queue and len(worker.asks) < AT_HAND:
            ask = self.queue.popleft()
            if not ask.answer.done():
                worker.send(ask)

    def step_aside(self, worker: _Worker) -> bool:
        """Lets a worker go on with its first query only; False when there is no room."""
        if not self._room_aside():
            return False
        self.quick.remove(worker)
        self.aside.add(worker)
        worker.aside = True
        self._elsewhere(worker)
        return True

    def park(self, ask: _Ask) -> None:
        """Keeps a query for which there is no room aside until there is."""
        if len(self.parked) >= self.sizes.waiting:
            ask.fail(QueryStopped("load", _CROWDED))
        else:
            self._wait(self.parked, ask, _CROWDED)

    def _unpark(self) -> None:
        while self.parked and self._room_aside() and not self.closed:
            ask = self.parked.popleft()
            if not ask.answer.done():
                self.unparking += 1
                self._later(self._begin_aside(ask))

    async def _begin_aside(self, ask: _Ask) -> None:
        """Begins a query anew that was parked."""
        try:
            worker = await self._new_worker()
        except OSError as error:
            ask.fail(QueryStopped("load", f"no worker can be started: {error}"))
            return
        finally:
            self.unparking -= 1
        worker.aside = True
        self.aside.add(worker)
        worker.send(ask)

    def _room_aside(self) -> bool:
        return len(self.aside) + self.unparking < max(self.sizes.workers - QUICK, 1)

    def _elsewhere(self, worker: _Worker) -> None:
        """What a worker has not begun goes to others, before what waits already."""
        while worker.asks and (len(worker.asks) > 1 or worker.gone):
            self.queue.appendleft(worker.asks.pop())
        for other in self.quick:
            self.feed(other)
        if self.queue and self._room():
            self._fork()

    def drop(self, worker: _Worker) -> None:
        """Sends nothing more to a worker that is being ended."""
        if worker in self.quick:
            self.quick.remove(worker)
            if worker.asks and worker.asks[0].answer.done():
                worker.asks.popleft()
            self._elsewhere(worker)

    def lost(self, worker: _Worker, ask: _Ask | None) -> None:
        """Takes note of a worker's end; whoever asked what it was busy with is told."""
        worker.gone = True
        self.drop(worker)
        self.aside.discard(worker)
        self._unpark()
        self._later(self._bury(worker, ask))

    async def _bury(self, worker: _Worker, ask: _Ask | None) -> None:
        """Lets the system forget a process, and says how it ended."""
        status = await self.control.wait(worker.pid)
        if ask is not None:
            ask.fail(ended(status, self.limits.memory))

    def _room(self) -> bool:
        """Whether one more worker for short queries may be forked."""
        return len(self.quick) + self.forking < QUICK and not self.closed

    def _fork(self) -> None:
        self.forking += 1
        self._later(self._forked())

    async def _forked(self) -> None:
        try:
            worker = await self._new_worker()
        except OSError as error:
            for ask in self.queue:
                ask.fail(QueryStopped("load", f"no worker can be started: {error}"))
            self.queue.clear()
            return
        finally:
            self.forking -= 1
        self.quick.append(worker)
        self.feed(worker)

    async def _new_worker(self) -> _Worker:
        pid, connection = await self.control.fork()
        connection.setblocking(False)
        loop = asyncio.get_running_loop()
        _, worker = await loop.create_connection(lambda: _Worker(self, pid), sock=connection)
        return worker

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def close(self) -> None:
        """Lets workers end what they have, then go."""
        self.closed = True
        while self.count or self.tasks:
            for worker in self.quick:
                if not worker.asks and not self.queue:
                    worker.kill()
            await asyncio.sleep(0.02)
        self.control.socket.close()
