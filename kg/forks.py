"""Processes on demand for `kg serve`: forked from one that already holds the graph.

The server's own process runs an event loop and threads, so it must not fork. Before it starts any,
it forks a root that does nothing but fork: one keeper for each build of the graph, which loads the
graph; and each keeper forks the workers, which share its memory. POSIX only.

A forker takes commands on a socket, F: fork a child and send its process id and the socket to talk
to it by; W and a process id: wait for that child and send how it ended.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import struct
from collections.abc import Callable
from contextlib import suppress

FORK, WAIT = b"F", b"W"
COMMAND = struct.Struct("<cq")
REPLY = struct.Struct("<q")


def start_forker(child: Callable[[socket.socket], None]) -> tuple[int, socket.socket]:
    """Forks a process that forks.

    Args:
        child: what each of its children does with its socket.

    Returns:
        Its process id and the socket to command it by.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return pid, ours
    try:
        ours.close()
        run_forker(theirs, child)
    finally:
        os._exit(0)


def run_forker(
    control: socket.socket, child: Callable[[socket.socket], None], *, kill: bool = False
) -> None:
    """Obeys commands until the other side hangs up.

    Args:
        control: where commands come from.
        child: what each child does with its socket.
        kill: end the children then; else they are left to notice by themselves.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    children: set[int] = set()
    while command := control.recv(COMMAND.size):
        what, number = COMMAND.unpack(command)
        if what == WAIT:
            children.discard(number)
            with suppress(ChildProcessError):
                number = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
            control.send(REPLY.pack(number))
            continue
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if not pid:
            try:
                control.close()
                ours.close()
                child(theirs)
            finally:
                os._exit(0)
        theirs.close()
        children.add(pid)
        socket.send_fds(control, [REPLY.pack(pid)], [ours.fileno()])
        ours.close()
    for pid in children if kill else ():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


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


def _set(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
