"""Small products of matrices on one thread: threads that wait for each other cost more than they
bring, most of all where other work wants the cores too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

_within = ContextVar("_within", default=False)


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it NumPy multiplies matrices on one thread; once within, to enter again costs next to
    nothing."""
    if _within.get():
        yield
        return
    token = _within.set(True)
    try:
        with _controller().limit(limits=1, user_api="blas"):
            yield
    finally:
        _within.reset(token)


@cache
def _controller() -> Any:
    import numpy  # noqa: F401  # its library must be loaded to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
