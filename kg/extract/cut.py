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
    size = len(line)
    # Without a joint a stretch of one string is what its items joined are, if each is a character;
    # a sign is no part of a word, and so becomes a character that stands in none.
    text = "" if joint else "".join("\0" if c in signs or len(c) != 1 else c for c in line)
    at = 0
    while at < size:
        end = at + 1
        for stop in range(min(size, at + longest), at + 1, -1):
            run = text[at:stop] if text else joint.join(line[at:stop])
            if run in words and (text or signs.isdisjoint(line[at:stop])):
                end = stop
                break
        yield at, end
        at = end
