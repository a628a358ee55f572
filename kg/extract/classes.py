"""Words by class, for the scorer: 注资 and 输血 both give money."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import WorkspaceError

#: Words of this class stand for themselves: who gives and who takes hangs on them.
_OWN = "function"
#: What encloses a class, which no word looks like.
_MARK = "<{}>"


@dataclass(frozen=True, slots=True)
class Classes:
    """The word classes of a language.

    Args:
        words: word → class.
        longest: of how many characters the longest word is.
    """

    words: Mapping[str, str]
    longest: int

    def read(self, line: Sequence[str], signs: frozenset[str]) -> list[tuple[int, str]]:
        """The classes of a line of characters, the longest words first, what has none left out.

        Args:
            line: characters, and signs for names and values.
            signs: these stand for themselves.

        Returns:
            Where each begins, and its class.
        """
        found: list[tuple[int, str]] = []
        at = 0
        while at < len(line):
            if line[at] in signs:
                found.append((at, line[at]))
                at += 1
                continue
            for end in range(min(len(line), at + self.longest), at, -1):
                word = "".join(line[at:end])
                code = self.words.get(word)
                if code is not None:
                    found.append((at, word if code == _OWN else _MARK.format(code)))
                    at = end
                    break
            else:
                at += 1
        return found


@lru_cache(maxsize=4)
def load_classes(folder: Path, language: str) -> Classes | None:
    """The word classes of an ontology folder (lexicon/LANGUAGE/classes.toml); None without one.

    Raises:
        WorkspaceError: the file is no TOML, an entry no list of words, a word in two classes.
    """
    path = folder / "lexicon" / language / "classes.toml"
    if not path.exists():
        return None
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path}: {error}") from None
    words: dict[str, str] = {}
    for code, entries in data.items():
        if not isinstance(entries, list) or not all(isinstance(w, str) and w for w in entries):
            raise WorkspaceError(f"{path}: {code}: expected a list of words")
        for word in entries:
            if words.setdefault(word, code) != code:
                raise WorkspaceError(f"{path}: {word} is in {words[word]} and in {code}")
    return Classes(words, max(map(len, words), default=0))
