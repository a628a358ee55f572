"""What a bare 元 or $ means in a text, by where it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.ontology import packaged_ontology
from kg.text import fold
from kg.value_words import ValueWords, load_values


def local_currency(text: str, language: str, folder: Path | None = None) -> str:
    """What a bare 元 or $ means in a text: the outlet's currency, told by words of its place.

    Args:
        text: a whole document.
        language: its tag.
        folder: the ontology folder; the packaged one when None.

    >>> local_currency("港股上市公司公布", "zh-Hant"), local_currency("公司公告", "zh-Hans")
    ('HKD', 'CNY')
    """
    words = load_values(folder or packaged_ontology())
    default = words.defaults.get(language, words.defaults["en"])["LOCAL"]
    if language.startswith("en"):
        return _local_dollar(text, words) or default
    if language != "zh-Hant":
        return default
    folded = fold(text)
    best, votes = _voted(folded, words.outlets)
    return best if votes[best] > votes.get(default, 0) else default


#: So far into a text its dateline ends.
_DATELINE = 400
#: Towns of one country named so often tell whose a bare dollar is.
_OFTEN = 3
#: An American dollar that says so: beside it a bare one is somebody else's.
_AMERICAN = re.compile(r"(?<![A-Z])USD?\$|\bUSD\b|\$US(?= ?\d)")
#: Another that says whose it is: beside it a bare one is American.
_TOLD = re.compile(r"(?<![A-Z])(?!USD?\$)[A-Z]{1,3}\$|\$(?:A|NZ|C|Cdn)(?= ?\d)|\b(?:CAD|AUD|NZD)\b")


def _local_dollar(text: str, words: ValueWords) -> str:
    """Whose a bare $ is in an English text, told by its dateline, "HALIFAX, N.S. -"; where others
    are called American also by the places it names."""
    if _TOLD.search(text):
        return ""
    for code, cues in words.dollars.items():
        if any(cue in text[:_DATELINE] for cue in cues):
            return code
    best, votes = _voted(text, words.dollar_places)
    if _AMERICAN.search(text):
        return best if votes[best] else ""
    # Where nobody's is told: of whoever's towns are named again and again, and no American ones.
    americans = sum(map(text.count, words.dollar_homes))
    return best if votes[best] >= _OFTEN and not americans else ""


def _voted(text: str, cues: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, int]]:
    """For which currency most words of a text speak, and how many for each."""
    votes = {code: sum(map(text.count, words)) for code, words in cues.items()}
    return max(sorted(votes), key=lambda code: votes[code]), votes
