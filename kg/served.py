"""What `kg serve` serves: the current build's workers, its hash, the answers that were given.

A new build takes over while the server runs: its graph is loaded beside the old one, and queries
that are running finish where they began.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import socket
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.responses import Response

from kg.answer import Outcome
from kg.engines import open_engine, open_memory_engine
from kg.forks import Control, run_forker, start_forker
from kg.pool import Pool, Sizes
from kg.query import Engine, Query
from kg.service import Limits
from kg.worker import run_worker
from kg.workspace import Workspace

#: A graph.nq of at most so many bytes is held in memory: some 600 MB of it.
MOST_IN_MEMORY = 128 << 20
#: Bytes of answers that are kept, and of one of them at most.
KEPT, KEPT_EACH = 32 << 20, 1 << 20
#: Responses that are kept ready.
READY = 10_000
#: Functions that answer anew each time, and escapes, which could hide them.
_FICKLE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\s*\(|\\[uU]", re.IGNORECASE)


def start_root(workspace: Workspace, limits: Limits) -> socket.socket:
    """Forks the process that forks everything else; to be called before any thread is started."""

    def keep(control: socket.socket) -> None:
        engine: Engine | Callable[[], Engine]
        small = workspace.graph.stat().st_size <= MOST_IN_MEMORY
        kind = workspace.keeps.kind
        if kind == "memory" or (kind == "oxigraph" and small):
            engine = open_memory_engine(workspace.graph)
        else:  # a store on disk has threads, which do not survive a fork

            def engine() -> Engine:
                return open_engine(workspace)

        def work(connection: socket.socket) -> None:
            run_worker(engine, workspace.namer, limits.memory, connection)

        run_forker(control, work, kill=True)

    return start_forker(keep)[1]


def stamp(path: Path) -> tuple[int, int, int]:
    """What tells one build's file from the next."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and whether it may be kept."""

    outcome: Outcome
    body: bytes
    fickle: bool
    kept: bool = False


class Build:
    """One build of the graph, being asked.

    Args:
        digest: names its content.
        mark: tells its file from the next.
        pool: the workers over it.
        ours: whether nobody else can change it: then answers may be kept.
    """

    def __init__(
        self, digest: str, mark: tuple[int, int, int], pool: Pool, *, ours: bool = True
    ) -> None:
        self.digest, self.mark, self.pool, self.ours = digest, mark, pool, ours
        self.answers: OrderedDict[Query, Answer] = OrderedDict()
        self.size = 0
        #: Address and Accept header → the query, and a response as it was sent.
        self.ready: dict[tuple[bytes, bytes], tuple[str, Response]] = {}

    def keep(self, key: tuple[bytes, bytes], text: str, response: Response) -> None:
        """Keeps a response whose body is kept already."""
        if len(self.ready) >= READY:  # addresses differ more easily than answers
            self.ready.clear()
        self.ready[key] = text, response

    async def ask(self, query: Query, until: Callable[[], Any] | None = None) -> Answer:
        """The answer to a query: one that was given before, as long as the graph is the same."""
        if known := self.answers.get(query):
            self.answers.move_to_end(query)
            return known
        outcome, body = await self.pool.ask(query, until)
        fickle = not self.ours or _FICKLE.search(query.text) is not None
        answer = Answer(outcome, body, fickle)
        if not fickle and outcome.cut is None and len(body) <= KEPT_EACH:
            self.answers[query] = Answer(outcome, body, fickle, kept=True)
            self.size += len(body) + len(query.text) + 500
            while self.size > KEPT:
                gone, old = self.answers.popitem(last=False)
                self.size -= len(old.body) + len(gone.text) + 500
                self.ready.clear()  # they hold the bodies of answers, too
        return answer


class Served:
    """The workspace as it is served.

    Args:
        workspace: a built workspace.
        root: what `start_root` gave.
        limits: of each query.
        sizes: how much goes on at once.
    """

    def __init__(
        self, workspace: Workspace, root: socket.socket, limits: Limits, sizes: Sizes
    ) -> None:
        self.workspace, self.limits, self.sizes = workspace, limits, sizes
        self.root = root
        self.looked = 0.0
        self.loading: asyncio.Task[None] | None = None
        self.control: Control
        self.build: Build

    async def start(self) -> None:
        """Loads the graph."""
        self.control = Control(self.root)
        self.build = await self._load()

    async def _load(self) -> Build:
        mark = stamp(self.workspace.graph)
        _, control = await self.control.fork()
        pool = Pool(control, self.limits, self.sizes)
        digest = await asyncio.to_thread(_digest, self.workspace.graph)
        # The first worker is there when the graph is loaded.
        await pool.ask(Query(text="ASK {}"))
        return Build(digest, mark, pool, ours=self.workspace.keeps.kind != "sparql")

    def now(self) -> Build:
        """The build to ask; a newer one is loaded beside it."""
        tick = time.monotonic()
        if tick - self.looked > 1.0:
            self.looked = tick
            try:
                changed = stamp(self.workspace.graph) != self.build.mark
            except OSError:  # between two builds
                changed = False
            if changed and (self.loading is None or self.loading.done()):
                self.loading = asyncio.ensure_future(self._renew())
        return self.build

    async def _renew(self) -> None:
        old, self.build = self.build, await self._load()
        await old.pool.close()

    async def stop(self) -> None:
        """Lets everything end."""
        if self.loading is not None:
            self.loading.cancel()
        await self.build.pool.close()
        self.root.close()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:20]
