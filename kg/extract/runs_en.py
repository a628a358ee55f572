"""Runs of capitalised words in English text, cut where a name cannot go on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.extract.lexicon import NameWords

WORD = re.compile(r"[A-Za-z\u00c0-\u024f0-9][\w\u00c0-\u024f&+*]*(?:[.'’-][\w\u00c0-\u024f]+)*")
_BETWEEN = re.compile(r"(?: & |\. | |\.?, (?=(?:Inc|Ltd|LLC|Co|Corp|L\.P|PLC|S\.A)\b))(?! )")
#: Behind "Hachette UK": not "Nvidia US sales".
_BRANCH = re.compile(
    r"['’]s\b|[.,;:)”]|$"
    r"| (?:has|had|is|was|were|will|would|said|says|bought|sold|owns|[a-z]+ed"
    r"|and|to|for|at|in|of|on)\b"
)
#: After these a number counts something and ends no name.
_COUNTS = re.compile(
    r"[.,]\d|%|\s?(?:percent|per cent|[mb]illion|trillion|thousand|crore|lakh|[mb]n\b"
    r"|years?|people)"
)
#: "Lizenz 2.0", "Clear Water 2030, a roadmap": numbers that end a name.
_VERSION = re.compile(r"\d\.\d\b(?! ?(?:%|[mb]illion|[mb]n))|20[2-9]\d(?=, an? )")
#: "Zurich-based", "Tencent-backed": a name and a participle.
_HYPHENED = re.compile(
    r"-(?:based|backed|led|owned|listed|made|style|wide|built|founded|controlled|funded|run)$"
)


@dataclass(frozen=True, slots=True)
class Runs:
    """How runs go on, by the words of names.toml.

    Args:
        ends, places, stop, demonyms, openers, regions: last words of names with their classes,
            places, and words that begin no name, from [strong] and [stop].
        inside: words that begin no name but may go on in one.
        particles: small words inside names.
        institutions, fields, joined: between which words "of", "for" and "and" go on in a name.
        honorifics: what only a person is called.
        sides, states: short words that institutions and firms begin with.
        ends_description: after which a phrase no longer describes a name.
        ordinals: numbers that go on in a name; `numbers`: those that begin one of three words.
        ordinary: endings of ordinary words.
    """

    ends: Mapping[str, str]
    places: frozenset[str]
    stop: frozenset[str]
    demonyms: frozenset[str]
    openers: frozenset[str]
    regions: frozenset[str]
    inside: frozenset[str]
    particles: frozenset[str]
    institutions: frozenset[str]
    fields: frozenset[str]
    joined: frozenset[str]
    honorifics: frozenset[str]
    sides: frozenset[str]
    states: frozenset[str]
    ends_description: frozenset[str]
    ordinals: frozenset[str]
    numbers: frozenset[str]
    ordinary: tuple[str, ...]

    def end(self, text: str, words: list[re.Match[str]], i: int) -> int:
        """Where the run that begins with a word ends: the number of the word behind it."""
        j = i + 1
        while j < len(words):
            left = words[j - 1].group()
            stopped = left in self.stop and j - 1 == i
            if left.endswith(("'s", "’s")) or (stopped and not self.opens(words, i)):
                return j
            gap = text[words[j - 1].end() : words[j].start()]
            if gap.startswith(". ") and not re.fullmatch(
                r"[A-Z](?:\.[A-Z])*|St|Inc|Co|Dr|Mr|Ms", left
            ):
                return j
            word = words[j].group()
            joined = _BETWEEN.match(gap + word)
            if not joined or joined.end() != len(gap):
                return j
            number = word[0].isdigit() and len(word) < 3 and not gap.startswith(",")
            number = number or bool(gap == " " and _VERSION.match(text, words[j].start()))
            if number and _COUNTS.match(text, words[j].end()):
                return j
            if capital(word) or number:
                after = words[j + 1].group() if j + 1 < len(words) else ""
                joined_on = word in self.openers and after in self.ends  # "X Combined Authority"
                branch = word in self.states and gap == " " and left not in self.stop
                inside = word in self.inside or joined_on
                inside = inside or (branch and _BRANCH.match(text, words[j].end()) is not None)
                if word in self.stop and not inside and not self._ordinal(words, j):
                    return j
                j += 1
                continue
            following = words[j + 1].group() if j + 1 < len(words) else ""
            run = {w.group() for w in words[i:j]}
            joint = word in self.particles or (word in ("of", "for") and run & self.institutions)
            ahead = {w.group() for w in words[j + 1 : j + 4]}
            joint = joint or (
                word == "and"
                and bool({"of", "for"} & run or ahead & self.joined)
                and left in self.institutions | self.fields
            )
            if word == "the" and words[j - 1].group() in ("of", "for"):
                joint = True
            if not joint or not (capital(following) or following == "the"):
                return j
            j += 1
        return j

    def institution(self, words: Sequence[re.Match[str]], i: int) -> bool:
        """Whether what is dropped before a word belongs to it: "Welsh Government"."""
        before = words[i - 1].group()
        last = words[i].group()
        return (
            (before in self.demonyms or before in self.openers)
            and (last in self.ends or last in self.institutions)
            and touching(words, i)
        )

    def opens(self, words: Sequence[re.Match[str]], i: int) -> bool:
        """Whether a word that begins no name begins this one: "New York", "U.S. Department"."""
        if i + 1 >= len(words):
            return False
        word, following = words[i].group(), words[i + 1].group()
        third = words[i + 2].group() if i + 2 < len(words) else ""
        return (
            f"{word} {following}" in self.places
            or (word in self.states and following in self.institutions)
            # "UK Infrastructure Bank", "First Palmetto Bank"
            or (word in self.openers and following in self.ends)
            or (word in (self.states | self.openers) and capital(following) and third in self.ends)
            # "Baltic Gate Terminals", but "Nordic Capital" and "the Nordic region" as before
            or (word in self.regions and capital(following) and capital(third))
            # "Two Left Mittens"
            or (word in self.numbers and capital(following) and capital(third))
            # "North Lofts", but "North American X"
            or (word in self.sides and capital(following) and following not in self.demonyms)
        )

    def _ordinal(self, words: Sequence[re.Match[str]], j: int) -> bool:
        """Whether a number word goes on in a name: "Fifth|Third|Bank"."""
        following = words[j + 1].group() if j + 1 < len(words) else ""
        return words[j].group() in self.ordinals and following[:1].isupper()


def load_runs(lexicon: NameWords) -> Runs:
    """The runs of a language's names.toml."""
    stop = ("stop", "demonyms", "openers", "regions", "places")
    runs = ("inside", "particles", "institutions", "fields", "joined", "honorifics", "sides",
            "states", "ends_description", "ordinals", "numbers")  # fmt: skip
    return Runs(
        ends=lexicon.types("strong"),
        ordinary=lexicon.words("runs", "ordinary"),
        **{k: frozenset(lexicon.words("stop", "words" if k == "stop" else k)) for k in stop},
        **{k: frozenset(lexicon.words("runs", k)) for k in runs},
    )


def capital(word: str) -> bool:
    """Whether a word is written as names are."""
    if _HYPHENED.search(word):
        return False
    return word[:1].isupper() or (word[:1].isalpha() and any(c.isupper() for c in word[1:4]))


def touching(words: Sequence[re.Match[str]], i: int) -> bool:
    """Whether a word follows the one before it with at most a full stop between."""
    return words[i].start() - words[i - 1].end() <= 2
