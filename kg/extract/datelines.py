"""What stands before a first sentence: where and by whom a report was filed, a list's label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.proposals import Name

#: Where and by whom a report was filed, before its first sentence.
_DATELINE = re.compile(
    r"^(?:(?:[(\[][^()\[\]]{2,40}[)\]]){1,2}"
    r"|[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de .'-]{2,24}(?: and [A-Z][A-Z .'-]{2,24})?"
    r"(?:, [\w.,' -]{2,40}?)?(?: \([\w ]{2,24}\)| ?/[\w .-]{2,24}/)? ?(?:--|—|–|-) )"
)
#: "Purnia, Bihar: At six …", at the head of a report.
_TOWN = re.compile(r"^[A-Z][\w.'-]+(?: [A-Z][\w'-]+)?, [A-Z][\w.' -]{2,24}: (?=[A-Z])")

#: A label before a list's entry ("PET FOOD. KKR is …").
_LABEL = re.compile(r"^(?:[·•*-] )?[A-Z][A-Z &/-]{2,30}(?:\.|:) (?=[A-Z])")


def without_dateline(text: str, names: Sequence[Name], *, first: bool) -> list[Name]:
    """The names of a paragraph but those that only tell where it was filed or label it.

    Args:
        text: the paragraph's view.
        names: its names.
        first: whether it opens the report.
    """
    found = _DATELINE.match(text) or _LABEL.match(text) or (_TOWN.match(text) if first else None)
    return [n for n in names if found is None or n.start >= found.end()]
