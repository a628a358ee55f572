"""Words by class, for the scorer: 注资 and 输血 both give money, as "bankroll" and "fund" do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import WorkspaceError
from kg.extract.cut import cut
from kg.extract.on_demand import OnDemand
from kg.extract.word_files import place_of, read_toml, strings

#: Words of this class stand for themselves: who gives and who takes hangs on them.
_OWN = "function"
#: What encloses a class, which no word looks like.
_MARK = "<{}>"


@dataclass(frozen=True, slots=True)
class Classes:
    """The word classes of a language.

    Args:
        words: word → class.
        longest: of how many characters the longest word is, in a spaced language of how many words
            the longest phrase.
        joint: what stands between the words of a line.
    """

    words: Mapping[str, str]
    longest: int
    joint: str = ""

    def read(self, line: Sequence[str], signs: frozenset[str]) -> list[tuple[int, str]]:
        """The classes of a line, the longest words first, what has none left out.

        Args:
            line: characters, in a spaced language words, and signs for names and values.
            signs: these stand for themselves.

        Returns:
            Where each begins, and its class.
        """
        found: list[tuple[int, str]] = []
        for start, end in cut(line, self.words, self.longest, joint=self.joint):
            word = self.joint.join(line[start:end])
            code = _OWN if word in signs else self.words.get(word)
            if code is not None:
                found.append((start, word if code == _OWN else _MARK.format(code)))
        return found


@lru_cache(maxsize=4)
def load_classes(folder: Path) -> Mapping[str, Classes]:
    """The word classes of an ontology folder: language → those of lexicon/LANGUAGE/classes.toml,
    for languages that have some. Each is read when first asked for; who asks for one gets a
    WorkspaceError where its file is no TOML, an entry no list of words, or a word in two classes.
    """
    return OnDemand(folder, "classes.toml", _load)


def _load(path: Path) -> Classes:
    words: dict[str, str] = {}
    told = read_toml(path)
    spaced = told.pop("spaced", False)
    if not isinstance(spaced, bool):
        at = place_of(path, path.read_text("utf-8"), "spaced", "spaced")
        raise WorkspaceError(f"{at}: expected true or false")
    joint = " " if spaced else ""
    for code, entries in told.items():
        for word in strings(path, code, entries):
            if words.setdefault(word, code) != code:
                at = place_of(path, path.read_text("utf-8"), words[word], word)
                raise WorkspaceError(f"{at}: {word} is in {code} too; leave it in one class")
    longest = max((len(word.split(joint) if joint else word) for word in words), default=0)
    return Classes(words, longest, joint)
