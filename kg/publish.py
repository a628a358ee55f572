"""Publishing: a folder of results is written beside the old one and takes its place whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import KgError


@contextmanager
def beside(output: Path) -> Iterator[Path]:
    """A new folder that takes the place of `output` when the block ends without an error."""
    parent = output.parent
    parent.mkdir(parents=True, exist_ok=True)
    for left in parent.glob(f".{output.name}.*"):
        if not _running(left.suffix[1:]):  # a build that was killed
            shutil.rmtree(left, ignore_errors=True)
    new, old = (parent / f".{output.name}.{part}{os.getpid()}" for part in ("", "old."))
    new.mkdir()
    try:
        yield new
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    if output.exists():
        output.rename(old)
    try:
        new.rename(output)
    except OSError as error:
        if old.exists():
            old.rename(output)
        raise KgError(f"{output}: could not be replaced: {error}") from error
    shutil.rmtree(old, ignore_errors=True)


def _running(pid: str) -> bool:
    """Whether a process of this number is there."""
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True
