"""What name finding passes on: paragraphs, the names they suggest, the names that they have."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that a paragraph suggests; `kg.extract.names` decides over the whole document.

    `strength` 2: by itself; 1: if the document repeats it or it stands where a name must stand
    (`placed`); 0: only if `placed`.
    """

    start: int
    end: int
    type: str
    strength: int
    placed: bool = False
    alias_of: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a paragraph's view.

    Args:
        start, end: the name itself.
        type: class code, "" when the words do not tell it.
        outer_start, outer_end: with what belongs to it in the sentence: the kind of firm before
            it, quotes, the noun after a quoted name, a definition in brackets.
        quoted: it stands in quotes and nothing else says that it is a name.
    """

    start: int
    end: int
    type: str
    outer_start: int
    outer_end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph for name finding: its view's text, its script, whether it is the headline."""

    text: str
    script: str
    headline: bool = False
