"""Small products of matrices on one thread: threads that wait for each other cost more than they
bring, most of all where other work wants the cores too."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


def one_thread() -> AbstractContextManager[Any]:
    """Within it NumPy multiplies matrices on one thread."""
    limits: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limits


@cache
def _controller() -> Any:
    import numpy  # noqa: F401  # its library must be loaded to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
