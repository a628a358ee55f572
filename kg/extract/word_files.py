"""Files of words: TOML tables of words and expressions; a fault names file, line and key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.errors import WorkspaceError

#: A string of a file of words on one line, in either quotes.
_STRING = re.compile(r"'([^'\n]*)'|\"(?:[^\"\\\n]|\\.)*\"")


def lines_of_strings(text: str) -> dict[str, int]:
    """The strings of a file of words and in which line each stands first, read in one go."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for match in _STRING.finditer("" if line.startswith("#") else line):
            with suppress(ValueError):  # an escape that TOML has and JSON has not
                literal = match.group(1)
                found.setdefault(json.loads(match.group()) if literal is None else literal, number)
    return found


def place_of(path: Path, text: str, key: str, written: str) -> str:
    """Where a pattern stands in a file of that text: file, line and key."""
    string = json.dumps(written, ensure_ascii=False)
    # As a whole string first: a pattern may be a part of another.
    for quoted in ((f"'{written}'", string), (written, string[1:-1])):
        places = [place for q in quoted if (place := text.find(q)) >= 0]
        if places:
            break
    at = min(places, default=0)
    return f"{path}:{text.count(chr(10), 0, at) + 1}: {key}"


def read_toml(path: Path) -> dict[str, Any]:
    """A file of words.

    Raises:
        WorkspaceError: it is missing or broken.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise WorkspaceError(f"{path}: no such file; a language needs it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path}: not valid TOML: {error}") from None


def as_table(path: Path, key: str, value: object) -> dict[str, Any]:
    """A table in a file of words.

    Raises:
        WorkspaceError: it is something else.
    """
    if not isinstance(value, dict):
        raise WorkspaceError(f"{path}: {key}: expected a table, found {value!r}")
    return value


def strings(path: Path, key: str, value: object) -> tuple[str, ...]:
    """A list of words in a file of words.

    Raises:
        WorkspaceError: it is something else.
    """
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise WorkspaceError(f"{path}: {key}: expected a list of words, found {value!r}")
    return tuple(value)


def require_code(path: Path, key: str, code: str, known: Mapping[str, object]) -> None:
    """Makes sure that the ontology knows what a file of words speaks of.

    Raises:
        WorkspaceError: it does not; the message names what it knows.
    """
    if code not in known:
        raise WorkspaceError(
            f"{path}: {key}: {code!r} is not in the ontology; known: {', '.join(sorted(known))}"
        )


def either(expressions: Iterable[str]) -> str:
    """Expressions as one that matches what any of them does: nothing when there are none."""
    return "|".join(expressions) or "(?!)"


def longest_first(words: Iterable[str]) -> str:
    """An expression for any of some words, as they are written, of which the longest is taken."""
    return either(map(re.escape, sorted(words, key=len, reverse=True)))


def alternatives(path: Path, key: str, words: Sequence[str], flags: int = 0) -> re.Pattern[str]:
    """Expressions as one that matches what any of them does.

    Raises:
        WorkspaceError: one of them is none; the message names file, line and key.
    """
    try:
        return re.compile(either(f"(?:{w})" for w in words), flags)
    except re.error:
        for word in words:  # each alone, to name the one
            _require_expression(path, key, word)
        raise WorkspaceError(f"{path}: {key}: no expression together") from None


def _require_expression(path: Path, key: str, word: str) -> None:
    try:
        re.compile(word)
    except re.error as error:
        place = place_of(path, path.read_text("utf-8"), key, word)
        raise WorkspaceError(f"{place}: {error}: {word}") from None
