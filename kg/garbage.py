"""Work that makes no cycles of objects, during which Python need not look for some."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_cycles() -> Iterator[None]:
    """Within it no cycles of objects are looked for, and afterwards as before; what nothing refers
    to any more is freed at once all the same."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
