"""The query service for one asker: a query in a process of its own, with a clock and a limit.

The command line asks through here; `kg serve` keeps many workers (kg.pool), Python's owner asks in
his own process (kg.graph).
"""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kg.answer import Outcome, evaluate
from kg.errors import QueryError, QueryRefused, QueryStopped, QueryUnacceptable
from kg.iri import Namer
from kg.query import Engine, Query
from kg.worker import DATA, fork_worker, query_frame, take_frames

#: Whether this system can give a query a process of its own.
CAN_FORK = hasattr(os, "fork")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take.

    Args:
        seconds: from asking to the last byte; 0 is no limit.
        memory: bytes beyond the graph's; 0 is no limit.
    """

    seconds: float
    memory: int


def ask_apart(
    engine: Callable[[], Engine],
    query: Query,
    namer: Namer,
    limits: Limits,
    write: Callable[[bytes], object],
) -> Outcome:
    """Answers one query within limits; without any, or where nothing can be forked, right here.

    Args:
        engine: opens the engine, where the query runs.
        query: what is asked.
        namer: knows the prefixes.
        limits: what it may take.
        write: given the answer piece by piece.

    Raises:
        QueryStopped: it took too much time or memory, or its process crashed.
        QueryError: it cannot be parsed, is not allowed, fails, or does not fit the format.
    """
    if not CAN_FORK or not (limits.seconds or limits.memory):
        return evaluate(engine(), query, namer, write)
    deadline = time.monotonic() + limits.seconds if limits.seconds else None
    pid, connection = fork_worker(engine, namer, limits.memory)
    try:
        connection.sendall(query_frame(query))
        for kind, content in _frames(connection, deadline):
            if kind != DATA:
                return outcome(json.loads(content))
            write(content)
    except TimeoutError:
        raise too_slow(limits.seconds) from None
    finally:
        connection.close()
        # However this ends, on Ctrl-C or when nobody reads on, the query ends with it.
        os.kill(pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    raise ended(status, limits.memory)


def _frames(connection: socket.socket, deadline: float | None) -> Iterator[tuple[int, bytes]]:
    """The frames of an answer until its process hangs up."""
    held = bytearray()
    while True:
        yield from take_frames(held)
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            connection.settimeout(left)
        try:
            piece = connection.recv(1 << 18)
        except ConnectionResetError:
            return
        if not piece:
            return
        held += piece


def outcome(end: dict[str, Any]) -> Outcome:
    """What the last frame of an answer says.

    Raises:
        QueryError: it says that the query went wrong.
    """
    code = end.get("error")
    if code is None:
        return Outcome(kind=end["kind"], media_type=end["media_type"], cut=end["cut"])
    if code == "memory":
        raise QueryStopped("memory", "the query needed more memory than it may have")
    kinds = {"refused": QueryRefused, "unacceptable": QueryUnacceptable}
    raise kinds.get(code, QueryError)(end["message"])


def too_slow(seconds: float) -> QueryStopped:
    """The error of a query that was stopped by the clock."""
    return QueryStopped("time", f"the query was stopped after {seconds:g} seconds")


def ended(status: int, memory: int) -> QueryStopped:
    """The error of a query whose process ended.

    Args:
        status: its exit code; -N when signal N ended it.
        memory: the bytes that it might use.
    """
    if status in (-signal.SIGABRT, -signal.SIGKILL):  # an allocation failed; the system killed it
        return QueryStopped("memory", f"the query needed more than {memory >> 20:,} MiB of memory")
    return QueryStopped(
        "crash", "the query is too deep or too long for the engine: its process ended"
    )
