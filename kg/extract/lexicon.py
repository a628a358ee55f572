"""The words of extraction, read from ontology/lexicon: names, relations, cues, by language.

A language is a folder: names.toml (how names look), relations.toml (how each relation is said),
cues.toml (status, denial, doubt, attribution). ontology/lexicon/names.toml lists widely known
names. Adding a folder adds a language; adding a section to relations.toml teaches a relation that
kg.ttl declares. Every fault names the file and the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import WorkspaceError
from kg.extract.alphabet import Alphabet
from kg.extract.expressions import compile_expressions
from kg.extract.gaps import GapWords
from kg.extract.measures import FigureWords
from kg.extract.name_rows import RowWords
from kg.extract.needs import Needs, met, needs_of_either
from kg.extract.pattern_files import patterns_of, share_of, slots_of
from kg.extract.patterns import Pattern
from kg.extract.reference_words import ReferenceWords
from kg.extract.subjects import Grammar, compile_grammar
from kg.extract.triggers import Triggers
from kg.extract.word_files import (
    alternatives,
    as_table,
    place_of,
    read_toml,
    require_code,
    strings,
)
from kg.ontology import Ontology

T = TypeVar("T")
#: A section of names.toml for names whose class kg.ttl has no code for.
OTHER = "other"
#: How the names of cues for things spoken of before begin; a kind follows.
_THING = "thing_pronoun_"
#: So many answers about cues are kept: those of a sentence or a few.
_KEPT = 256
#: A text in small letters; many cues are looked for in the same one.
_small = lru_cache(maxsize=16)(str.lower)


@dataclass(frozen=True, slots=True)
class NameWords:
    """names.toml of one language: section → key → words."""

    sections: Mapping[str, Mapping[str, tuple[str, ...]]]

    def words(self, section: str, key: str) -> tuple[str, ...]:
        """The words under a key, none when the language has no such section."""
        return self.sections.get(section, {}).get(key, ())

    def types(self, section: str) -> dict[str, str]:
        """Word → class code, for a section whose keys are classes."""
        table = self.sections.get(section, {})
        return {w: "" if code == OTHER else code for code, words in table.items() for w in words}


@dataclass(frozen=True, slots=True)
class Cues:
    """cues.toml of one language: name → its expressions, and those compiled as one."""

    words: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, re.Pattern[str]]
    _asked: dict[str, tuple[Needs, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _things: tuple[tuple[str, str], ...] = field(init=False, repr=False, compare=False)
    _kept: Callable[[str, str], re.Match[str] | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        things = tuple((n, n.split("_")[2]) for n in self.groups if n.startswith(_THING))
        object.__setattr__(self, "_things", things)
        # Each claim of a sentence asks the same of it.
        object.__setattr__(self, "_kept", lru_cache(maxsize=_KEPT)(self._search))

    def search(self, name: str, text: str) -> re.Match[str] | None:
        """The first place of a cue in a text; None when it is absent or the language has none."""
        return self._kept(name, text)

    def find(self, name: str, text: str) -> Iterator[re.Match[str]]:
        """All places of a cue in a text, in order."""
        pattern = self.groups.get(name)
        if pattern is not None and met(needs_of_either(pattern.pattern), _small(text)):
            yield from pattern.finditer(text)

    def things(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """Where a text speaks of a thing named before ("the plant"), each with the thing's kind."""
        for name, kind in self._things:
            yield from ((kind, found) for found in self.find(name, text))

    def _search(self, name: str, text: str) -> re.Match[str] | None:
        pattern = self.groups.get(name)
        if pattern is None:
            return None
        if (asked := self._asked.get(name)) is None:
            every = (pattern.pattern, *self.words[name])
            asked = self._asked[name] = tuple(needs_of_either(words) for words in every)
        small = _small(text)
        if not met(asked[0], small):
            return None
        # Each by itself asks for more than all together, and to ask costs less than to search.
        for needs in asked[1:]:
            if met(needs, small):
                return pattern.search(text)
        return None


@dataclass(frozen=True, slots=True)
class Language:
    """All of one language.

    Args:
        code: its folder.
        script: how it is written: "en" where words stand apart, "zh" where they do not.
        support: less than this from the words around two names (kg.extract.scorer) speaks against
            what a pattern says of them in full.
        support_open: the same of what only a verb or the topic says.
        rows: how it puts names together.
        reference: how it speaks of what it named before.
        figures: how it tells whose a figure is.
        gaps: how it goes on without a verb.
    """

    code: str
    script: str
    names: NameWords
    cues: Cues
    patterns: tuple[Pattern, ...]
    triggers: Triggers
    grammar: Grammar
    rows: RowWords
    reference: ReferenceWords
    figures: FigureWords
    gaps: GapWords
    support: float
    support_open: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages by folder name, the widely known names (name → class code), the characters of
    masks, and the ontology's folder, where the words of sums and times are."""

    languages: Mapping[str, Language]
    known: Mapping[str, str]
    alphabet: Alphabet
    folder: Path

    def of(self, tag: str) -> Mapping[str, Language]:
        """The languages that a document is read in, by script: its own, and English or Chinese for
        what it says in the other script.

        Args:
            tag: the document's language.
        """
        plain = {code: lang for code, lang in self.languages.items() if code == lang.script}
        own = self.languages.get(tag.partition("-")[0])
        return plain if own is None else {**plain, own.script: own}


def load_lexicon(ontology: Ontology) -> Lexicon:
    """Reads ontology/lexicon.

    Args:
        ontology: its folder holds lexicon/; its codes are the only ones a lexicon may use.

    Raises:
        WorkspaceError: a file is missing, no TOML, or a key or pattern is wrong.
    """
    folder = ontology.folder / "lexicon"
    if not folder.is_dir():
        raise WorkspaceError(f"{folder}: no such folder; it holds one folder per language")
    known: dict[str, str] = {}
    path = folder / "names.toml"
    if path.exists():
        for code, names in read_toml(path).items():
            require_code(path, code, code, {**ontology.types, OTHER: None})
            known |= dict.fromkeys(strings(path, code, names), "" if code == OTHER else code)
    relations = {path: read_toml(path) for path in sorted(folder.glob("*/relations.toml"))}
    if not relations:
        raise WorkspaceError(f"{folder}: no language; expected e.g. {folder / 'en'}/relations.toml")
    slots = {path: slots_of(path, data) for path, data in relations.items()}
    alphabet = Alphabet.of(ontology.types, [kinds for s in slots.values() for kinds in s.values()])
    languages = {
        path.parent.name: _language(path, data, slots[path], ontology, alphabet)
        for path, data in relations.items()
    }
    return Lexicon(languages, known, alphabet, ontology.folder)


def _language(
    path: Path,
    data: dict[str, Any],
    slots: Mapping[str, tuple[str, ...]],
    ontology: Ontology,
    alphabet: Alphabet,
) -> Language:
    """The language of a relations.toml, of which `data` was read, but for its slots."""
    folder = path.parent
    support, support_open = (share_of(path, data, key) for key in ("support", "support_open"))
    spaced = bool(data.pop("spaced", True))
    patterns = tuple(patterns_of(path, data, slots, ontology, alphabet, spaced))
    path = folder / "names.toml"
    sections = {
        section: {
            key: (words,) if isinstance(words, str) else strings(path, f"{section}.{key}", words)
            for key, words in as_table(path, section, table).items()
        }
        for section, table in read_toml(path).items()
    }
    for section in ("strong", "trade", "things"):
        for code in sections.get(section, {}):
            require_code(path, f"{section}.{code}", code, {**ontology.types, OTHER: None})
    path = folder / "cues.toml"
    cues = {name: strings(path, name, words) for name, words in read_toml(path).items()}
    groups = {}
    for name, expressions in cues.items():
        kind, _, code = name.partition("_")
        if kind == "status":
            require_code(path, name, code, ontology.statuses)
        groups[name] = alternatives(path, name, expressions, re.IGNORECASE)
    path = folder / "grammar.toml"
    words = {k: strings(path, k, v) for k, v in read_toml(path).items()}
    for key, expressions in words.items():
        if key not in Grammar.__dataclass_fields__:
            known = ", ".join(Grammar.__dataclass_fields__)
            place = place_of(path, path.read_text("utf-8"), key, f"{key} = ")
            raise WorkspaceError(f"{place}: nothing reads it; known: {known}")
        alternatives(path, key, [w.replace("{T}", "T") for w in expressions])
    times = alphabet.ranges(("time",))
    grammar = compile_grammar(words, spaced=spaced, times=times)
    path = folder / "reading.toml"
    reading = {name: as_table(path, name, words) for name, words in read_toml(path).items()}

    def of(section: str, kind: type[T]) -> T:
        return compile_expressions(kind, path, section, reading.pop(section, {}))

    language = Language(
        code=folder.name,
        script="en" if spaced else "zh",
        names=NameWords(sections),
        cues=Cues(cues, groups),
        patterns=patterns,
        triggers=Triggers(patterns),
        grammar=grammar,
        rows=of("rows", RowWords),
        reference=of("reference", ReferenceWords),
        figures=of("figures", FigureWords),
        gaps=of("gaps", GapWords),
        support=support,
        support_open=support_open,
    )
    for section in reading:
        place = place_of(path, path.read_text("utf-8"), section, f"[{section}]")
        raise WorkspaceError(f"{place}: nothing reads it; known: rows, reference, figures, gaps")
    return language
