"""What a language needs, read when a text in it is met: English waits for nothing Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class OnDemand(Mapping[str, T]):
    """Values that are read from their files when first asked for, and then kept.

    Args:
        folder: the values of a language are in lexicon/LANGUAGE/`name`, where it has such a file.
        name: the files' name.
        read: reads one; what it raises is raised to whoever asks.
    """

    def __init__(self, folder: Path, name: str, read: Callable[[Path], T]) -> None:
        paths = sorted((folder / "lexicon").glob(f"*/{name}"))
        self._paths = {path.parent.name: path for path in paths}
        self._read = read
        self._kept: dict[str, T] = {}

    def __getitem__(self, language: str) -> T:
        if language not in self._kept:
            self._kept[language] = self._read(self._paths[language])
        return self._kept[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
