"""Work on many things by several processes at once, with the results in the order of the things."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

from kg.errors import KgError

_T = TypeVar("_T")
_R = TypeVar("_R")
#: So few things are done sooner than processes are forked.
FEW = 8
#: So many things a process has at hand, so that none waits and memory stays small.
_AHEAD = 4


def cores() -> int:
    """How many processes this one may use at once."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def in_order(work: Callable[[_T], _R], things: Iterable[_T], jobs: int) -> Iterator[tuple[_T, _R]]:
    """Each thing with its result, in the order of the things, whoever is done first.

    Processes are forked, so that what `work` holds is there at once and is not sent; where the
    system does not fork safely, everything is done in this one.

    Args:
        work: done in another process for all but the first few: it may write files, and what else
            it changes is lost.
        things: taken a little ahead of their results.
        jobs: how many processes.

    Raises:
        KgError: a process was ended from outside. What `work` raises is raised here.
    """
    rest = iter(things)
    for thing in islice(rest, FEW):
        yield thing, work(thing)
    if jobs < 2 or sys.platform != "linux":
        yield from ((thing, work(thing)) for thing in rest)
        return
    yield from _forked(work, rest, jobs)


def _forked(work: Callable[[_T], _R], things: Iterable[_T], jobs: int) -> Iterator[tuple[_T, _R]]:
    fork = multiprocessing.get_context("fork")
    waiting: deque[tuple[_T, Future[_R]]] = deque()
    try:
        with ProcessPoolExecutor(jobs, fork, initializer=_take, initargs=(work,)) as pool:
            for thing in things:
                waiting.append((thing, pool.submit(_do, thing)))
                if len(waiting) > _AHEAD * jobs:
                    done, result = waiting.popleft()
                    yield done, result.result()
            while waiting:
                done, result = waiting.popleft()
                yield done, result.result()
    except BrokenProcessPool as error:
        raise KgError(
            "a process that read documents was ended from outside, maybe for want of memory; "
            "--jobs 1 needs the least"
        ) from error


#: What a forked process does; it is set nowhere else.
_work: Callable[[Any], Any] | None = None


def _take(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work


def _do(thing: Any) -> Any:
    assert _work is not None
    return _work(thing)
