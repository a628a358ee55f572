"""A process of its own for each query that runs: it can be stopped, and it cannot take all memory.

Oxigraph cannot be interrupted from Python, so a query that runs too long ends with its process. A
worker is forked from a process that holds the graph, answers one query after another over a socket
and is replaced when it was killed. POSIX only.

On the socket, each frame is a length (4 bytes), a kind (1 byte) and its content. The asker sends Q
(the parts of a Query as JSON); the worker sends D (a piece of the answer), then E (how it ended, as
JSON).
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields
from typing import Any

from kg.answer import evaluate
from kg.errors import KgError, QueryRefused, QueryUnacceptable
from kg.iri import Namer
from kg.query import Engine, Query

HEAD = struct.Struct("<IB")
QUERY, DATA, END = b"QDE"
#: The parts of a query in the order in which they are sent.
_FIELDS = tuple(f.name for f in fields(Query))
#: Bytes of a frame of data at most.
PIECE = 1 << 16


def frame(kind: int, content: bytes) -> bytes:
    """A frame as it is sent."""
    return HEAD.pack(len(content), kind) + content


def take_frames(held: bytearray) -> Iterator[tuple[int, bytes]]:
    """The whole frames, kind and content, at the head of what was received; they are taken out."""
    while len(held) >= HEAD.size:
        size, kind = HEAD.unpack_from(held)
        if len(held) < HEAD.size + size:
            return
        content = bytes(held[HEAD.size : HEAD.size + size])
        del held[: HEAD.size + size]
        yield kind, content


def query_frame(query: Query) -> bytes:
    """The frame that asks."""
    return frame(QUERY, json.dumps([getattr(query, name) for name in _FIELDS]).encode())


def fork_worker(
    engine: Engine | Callable[[], Engine], namer: Namer, memory: int
) -> tuple[int, socket.socket]:
    """Forks a worker.

    Args:
        engine: holds the graph; a function opens it in the worker, for engines with threads.
        namer: knows the prefixes.
        memory: bytes that the worker may use beyond what its parent has; 0 sets no limit.

    Returns:
        Its process id and the socket to ask it by.
    """
    ours, theirs = socket.socketpair()
    # What stands in the buffers would be written by both.
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        theirs.close()
        return pid, ours
    try:
        ours.close()
        run_worker(engine, namer, memory, theirs)
    finally:
        os._exit(0)


def run_worker(
    engine: Engine | Callable[[], Engine], namer: Namer, memory: int, connection: socket.socket
) -> None:
    """Answers queries until the other side hangs up: what a forked process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the asker's to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # An allocation that fails ends the process with a stack trace that tells nobody anything.
    faulthandler.disable()
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a device
        os.dup2(nowhere.fileno(), 2)
    opened: Engine | KgError
    try:
        opened = engine() if callable(engine) else engine
    except KgError as error:
        opened = error  # the asker is told
    if memory:
        limit_memory(memory)
    with connection, connection.makefile("rb") as requests:
        while head := requests.read(HEAD.size):
            size, _ = HEAD.unpack(head)
            with suppress(BrokenPipeError, ConnectionResetError):
                _answer(opened, namer, requests.read(size), connection)


def limit_memory(extra: int) -> None:
    """Limits what this process may allocate beyond what it has (Linux; elsewhere it does nothing).

    RLIMIT_DATA counts private memory, so that a store mapped from disk is not held against it.
    """
    import resource

    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - a device
            used = next(int(line.split()[1]) for line in status if line.startswith("VmData:"))
    except (OSError, StopIteration):
        return
    limit = used * 1024 + extra
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(
    engine: Engine | KgError, namer: Namer, content: bytes, connection: socket.socket
) -> None:
    """One query: its answer in pieces, then how it ended."""
    asked = dict(zip(_FIELDS, json.loads(content), strict=True))
    query = Query(**asked | {"default": tuple(asked["default"]), "named": tuple(asked["named"])})
    held: list[bytes] = []

    def write(data: bytes) -> None:
        view = memoryview(data)
        starts = range(0, len(view), PIECE)
        held.extend(frame(DATA, bytes(view[start : start + PIECE])) for start in starts)
        if not query.max_bytes or sum(map(len, held)) > PIECE:
            connection.sendall(b"".join(held))
            held.clear()

    end: dict[str, Any]
    try:
        if isinstance(engine, KgError):
            raise engine
        done = evaluate(engine, query, namer, write)
        end = {"kind": done.kind, "media_type": done.media_type, "cut": done.cut}
    except KgError as error:
        end = {"error": code_of(error), "message": str(error)}
    except (MemoryError, RecursionError) as error:
        end = {"error": "memory", "message": type(error).__name__}
    connection.sendall(b"".join(held) + frame(END, json.dumps(end).encode()))


def code_of(error: KgError) -> str:
    """What kind of error this is, as the END frame says it."""
    if isinstance(error, QueryRefused):
        return "refused"
    return "unacceptable" if isinstance(error, QueryUnacceptable) else "bad"
