"""Saved questions: queries with titles in each language, and blanks that can be filled."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import QueryError, WorkspaceError
from kg.iri import KINDS, Namer

_META = re.compile(r"^#\s*(?P<key>title|description)@(?P<tag>[A-Za-z-]+):\s*(?P<text>.+)$")
_PARAM = re.compile(r"^#\s*param\s+(?P<name>\w+):\s*(?P<default>.+?)\s*(?:\|\s*(?P<meaning>.*))?$")
_MEANING = re.compile(r"^#\s*param@(?P<tag>[A-Za-z-]+)\s+(?P<name>\w+):\s*(?P<meaning>.+)$")
_VALUE_LINE = r"(VALUES\s+\?{name}\s*\{{)[^}}]*(\}})"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A blank of a question: its name, what stands in it by default, what it means by language."""

    name: str
    default: str
    meanings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A saved query with titles and descriptions by language tag."""

    name: str
    text: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    params: tuple[Parameter, ...] = ()

    def title(self, language: str) -> str:
        """The title in a language, else in English, else the name."""
        return self.titles.get(language) or self.titles.get("en") or self.name

    def as_dict(self) -> dict[str, Any]:
        """All but the query, ready for JSON."""
        return {
            "name": self.name,
            "titles": dict(self.titles),
            "descriptions": dict(self.descriptions),
            "parameters": [
                {"name": p.name, "default": p.default, "meanings": dict(p.meanings)}
                for p in self.params
            ],
        }


def load_questions(folder: Path) -> dict[str, Question]:
    """The questions of a folder by name, sorted.

    Each is a file NAME.rq that any SPARQL tool can run. Comments at its head say more:
    `# title@en: …`, `# description@zh-Hans: …`, `# param entity: d:openai | the funded one`, and in
    other languages `# param@zh-Hans entity: …`; a parameter is a line
    `VALUES ?entity { d:openai }` of the query.

    Raises:
        WorkspaceError: a file has no English title or no line for a parameter.
    """
    found = {}
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text("utf-8")
        texts: dict[str, dict[str, str]] = {"title": {}, "description": {}}
        params: dict[str, Parameter] = {}
        meanings: dict[str, dict[str, str]] = defaultdict(dict)
        for line in text.splitlines():
            if match := _META.match(line):
                texts[match["key"]][match["tag"]] = match["text"].strip()
            elif match := _PARAM.match(line):
                name = match["name"]
                params[name] = Parameter(name, match["default"], meanings[name])
                if match["meaning"]:
                    meanings[name]["en"] = match["meaning"]
            elif match := _MEANING.match(line):
                meanings[match["name"]][match["tag"]] = match["meaning"].strip()
        if "en" not in texts["title"]:
            raise WorkspaceError(f"{path}: expected a line `# title@en: …`")
        for p in params.values():
            if not re.search(_VALUE_LINE.format(name=p.name), text):
                raise WorkspaceError(f"{path}: expected a line `VALUES ?{p.name} {{ … }}`")
        found[path.stem] = Question(
            path.stem, text, texts["title"], texts["description"], tuple(params.values())
        )
    return found


def bind(question: Question, values: Mapping[str, str], namer: Namer) -> str:
    """The question's query with other values for its parameters.

    Args:
        question: a saved question.
        values: parameter → an entity's id ("openai"), a prefixed name ("kg:announced"), an IRI in
            angle brackets, a number or a "string" in quotes. It is read, never pasted.
        namer: makes IRIs of ids.

    Raises:
        QueryError: there is no such parameter, or a value is none of these.
    """
    text = question.text
    known = {p.name: p for p in question.params}
    for name, value in values.items():
        if name not in known:
            names = ", ".join(known) or "none"
            raise QueryError(f"{question.name} has no parameter {name!r}; it has: {names}")
        term = _term(value.strip(), known[name], namer)
        line = re.compile(_VALUE_LINE.format(name=re.escape(name)))
        match = line.search(text)
        assert match is not None  # load_questions saw to it
        text = f"{text[: match.start()]}{match[1]} {term} {match[2]}{text[match.end() :]}"
    return text


def _term(value: str, parameter: Parameter, namer: Namer) -> str:
    """A value as a SPARQL term."""
    if re.fullmatch(r"<[^<>\"{}|^`\\\s]+>", value):
        return value
    if re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return value
    if match := re.fullmatch(r"([a-z]+):([\w.~%-]+)", value):
        prefix, local = match.groups()
        if prefix in namer.prefixes:
            return f"<{namer.prefixes[prefix]}{local}>"
        raise QueryError(f"{value!r}: unknown prefix {prefix}; known: {', '.join(namer.prefixes)}")
    if match := re.fullmatch(r'"([^"\\\n\r]*)"', value):
        return value
    if parameter.default.startswith('"') and not re.search(r'["\\\n\r]', value):
        return f'"{value}"'
    if re.fullmatch(r"[\w.~-]+", value):
        kind = parameter.default.partition(":")[0]
        return f"<{namer.iri(kind if kind in KINDS else 'd', value)}>"
    raise QueryError(f"{value!r}: expected an id, a prefixed name, an <IRI> or a number")
