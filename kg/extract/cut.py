"""A line cut into the longest words of a list."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence, Set


def cut(
    line: Sequence[str],
    words: Container[str],
    longest: int,
    *,
    joint: str = "",
    signs: Set[str] = frozenset(),
) -> Iterator[tuple[int, int]]:
    """Cuts a line from its beginning into the longest words that there are; where none begins, one
    item stands alone.

    Args:
        line: characters or words.
        words: what is looked for.
        longest: of how many items the longest word is.
        joint: what stands between the items of a word.
        signs: these are no part of a word.

    Yields:
        Where each word begins and ends.
    """
    at = 0
    while at < len(line):
        end = at + 1
        for stop in range(min(len(line), at + longest), at + 1, -1):
            run = line[at:stop]
            if joint.join(run) in words and signs.isdisjoint(run):
                end = stop
                break
        yield at, end
        at = end
