"""What a sentence must have for an expression to match in it, read off the expression.

To compile a pattern's expression takes a thousand times as long as to look for a word, and most of
the patterns whose trigger stands in a sentence lack something else there. What is asked is less
than the expression says, never more: words, and kinds of things, that cannot be absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.extract.alphabet import BLOCK, FIRST

#: One of the strings of each must stand in the text.
Needs = tuple[tuple[str, ...], ...]

#: Stands for a kind of things of which one is there, whichever it is.
_SIGN = 0xF0000
#: Stands for whatever nothing is asked of; what stands around and between strings of which one is
#: asked for.
_ANY, _OPEN, _OR, _CLOSE = "\x00", "\x01", "\x02", "\x03"
_MARKS = frozenset(rf"|.^$()[]{{}}?*+\{_ANY}{_OPEN}{_OR}{_CLOSE}")
_SPECIAL = re.escape("".join(sorted(_MARKS)))
_OFTEN = r"(?P<often>[?*+]|\{[^{}]*\})?\??"
#: A class of characters or an escaped one: what is left has no brackets but those of groups.
_ATOM = re.compile(r"\[(?P<negated>\^?)(?P<chars>(?:\\.|[^\]\\])+)\]|\\(?P<escaped>.)", re.S)
_GROUP = re.compile(rf"\((?P<head>\?(?:P<\w+>|:|<?[!=]))?(?P<inner>[^()]*)\){_OFTEN}")
_PIECE = re.compile(
    rf"(?:{_OPEN}(?P<ways>[^{_CLOSE}]*){_CLOSE}|(?P<plain>[^{_SPECIAL}]+)|.){_OFTEN}", re.S
)
_WORDS = re.compile(rf"[^{_SPECIAL}]+(?:\|[^{_SPECIAL}]+)+")
#: A character by its number or name, or a class that begins with its own end: not read here.
_UNREAD = re.compile(r"\\[uUxN0]|\[\^?\]")
_ABSENT = re.compile(r"[?*]|\{(?:0?,|0\})")


@cache
def needs_of(source: str) -> Needs:
    """What an expression over masked sentences asks for, what is met seldom first.

    >>> needs_of("(?P<S>[\ue000-\ue03f])(?:正|将)?[向对].{0,9}?投资了?")
    (('投资',), ('\U000f0000',), ('向', '对'))
    """
    if _UNREAD.search(source):
        return ()
    flat, before = _ATOM.sub(lambda m: _atom(m.group()), source), ""
    while flat != before:
        flat, before = _GROUP.sub(lambda m: _group(m.group()), flat), flat
    return () if "|" in flat else tuple(sorted(dict.fromkeys(_asked(flat)), key=_often))


@cache
def needs_of_either(source: str) -> Needs:
    """The words that an expression of several ones asks for, as cues are: what they are looked for
    in need be no more than a text in small letters.

    >>> needs_of_either("(?:sold|bought) (?:its )?stakes?|a deal")
    (('stake', 'a deal'),)
    """
    words = needs_of(f"(?:{source})")
    return tuple(ways for ways in words if all(max(way) < chr(_SIGN) for way in ways))


def searched(text: str, chars: Iterable[str]) -> str:
    """What needs are looked for in.

    Args:
        text: a masked sentence.
        chars: its characters that stand for names and values.
    """
    kinds = {(ord(c) - FIRST) // BLOCK for c in chars}
    return text.lower() + "".join(chr(_SIGN + kind) for kind in sorted(kinds))


def met(needs: Needs, searched: str) -> bool:
    """Whether an expression with such needs may match; see `searched`."""
    for ways in needs:
        for way in ways:
            if way in searched:
                break
        else:
            return False
    return True


# The same gaps, verbs and kinds of things stand in hundreds of expressions.
@cache
def _atom(atom: str) -> str:
    match = _ATOM.fullmatch(atom)
    assert match is not None
    char, chars = match["escaped"], match["chars"]
    if char is not None:
        return _ANY if char.isalnum() or char in _MARKS else char
    if match["negated"] or "\\" in chars:
        return _ANY
    ranges = [(ord(a), ord(b)) for a, b in re.findall(r"(.)-(.)", chars)]
    if not ranges:
        return _ANY if set(chars) & _MARKS else _OPEN + _OR.join(chars) + _CLOSE
    if len(chars) > 3 * len(ranges) or not all(FIRST <= a < b < _SIGN for a, b in ranges):
        return _ANY
    kinds = [k for a, b in ranges for k in range((a - FIRST) // BLOCK, (b - FIRST) // BLOCK + 1)]
    return _OPEN + _OR.join(chr(_SIGN + k) for k in kinds) + _CLOSE


@cache
def _group(group: str) -> str:
    match = _GROUP.fullmatch(group)
    assert match is not None
    head, inner, often = match["head"] or "", match["inner"], match["often"] or ""
    if head[-1:] in ("!", "=") or inner.startswith("?") or _ABSENT.match(often):
        return _ANY
    if _WORDS.fullmatch(inner):
        return _OPEN + inner.replace("|", _OR) + _CLOSE
    if "|" in inner:
        # Of each alternative what is met most seldom; one without needs may always be.
        least = [min(_asked(part), key=_often, default=()) for part in inner.split("|")]
        if not all(least):
            return _ANY
        return _OPEN + _OR.join(dict.fromkeys(way for ways in least for way in ways)) + _CLOSE
    return inner + (_ANY if often else "")


def _often(ways: tuple[str, ...]) -> tuple[int, int]:
    """Sorts what is met seldom, longer strings and fewer of them, before what is met often."""
    return -min(map(len, ways)), len(ways)


def _asked(flat: str) -> Iterator[tuple[str, ...]]:
    """The needs of an expression without groups and alternatives."""
    for piece in _PIECE.finditer(flat):
        absent = _ABSENT.match(piece["often"] or "")
        if piece["ways"] is not None and not absent:
            yield tuple(way.lower() for way in piece["ways"].split(_OR))
        # "投资了?": only the last character may be absent.
        elif plain := (piece["plain"] or "")[: -1 if absent else None]:
            yield (plain.lower(),)
