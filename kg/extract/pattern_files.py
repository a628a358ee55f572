"""relations.toml of one language: how each relation is said, as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import WorkspaceError
from kg.extract.alphabet import Alphabet
from kg.extract.patterns import Pattern, compile_pattern
from kg.extract.word_files import (
    alternatives,
    as_table,
    lines_of_strings,
    place_of,
    require_code,
    strings,
)
from kg.ontology import Ontology

#: What a table in relations.toml may say besides its patterns.
_PATTERN_KEYS = {
    "p", "raw", "status", "confidence", "negated", "swap", "money", "thing", "project", "giver",
    "answer", "nominal", "carried",
}  # fmt: skip


def slots_of(path: Path, data: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The slots of relations.toml, taken out of what was read of it: name → kinds."""
    return {
        name: strings(path, f"slots.{name}", codes)
        for name, codes in as_table(path, "slots", data.pop("slots", {})).items()
    }


def share_of(path: Path, data: dict[str, Any], key: str) -> float:
    """A number from 0 to 1 of relations.toml, taken out of what was read of it; 0 when not told."""
    told = data.pop(key, 0)
    if isinstance(told, bool) or not isinstance(told, (int, float)) or not 0 <= told <= 1:
        place = place_of(path, path.read_text("utf-8"), key, f"{key} = ")
        raise WorkspaceError(f"{place}: expected a number from 0 to 1, found {told!r}")
    return float(told)


def patterns_of(
    path: Path,
    data: dict[str, Any],
    slots: Mapping[str, tuple[str, ...]],
    ontology: Ontology,
    alphabet: Alphabet,
    spaced: bool,
) -> Iterable[Pattern]:
    """The patterns of a file, in order.

    Args:
        path, data: the file and what was read of it, without its slots and shares.
        slots: name → kinds, as `slots_of` reads them.
        ontology: its relations and statuses are the only ones that may stand there.

        spaced: whether the language parts its words.

    Raises:
        WorkspaceError: something in it cannot be; file, line and key are named.
    """
    text = path.read_text("utf-8")
    lines = lines_of_strings(text)
    owning = alternatives(
        path, "owning", strings(path, "owning", data.pop("owning", [])), re.IGNORECASE
    )
    macros: dict[str, str] = {}
    for name, words in as_table(path, "words", data.pop("words", {})).items():
        if not isinstance(words, str):
            raise WorkspaceError(f"{path}: words.{name}: expected a string, found {words!r}")
        macros[name] = words
    for name, kinds in slots.items():
        for kind in kinds:
            require_code(path, f"slots.{name}", kind, dict.fromkeys(alphabet.kinds))
    for code, section in data.items():
        require_code(path, code, code, ontology.relations)
        section = as_table(path, code, section)
        lists = {
            key: alternatives(
                path, f"{code}.{key}", strings(path, f"{code}.{key}", section[key]), re.IGNORECASE
            )
            for key in ("givers", "excluded") if key in section
        }  # fmt: skip
        follows = strings(path, f"{code}.follows", section.get("follows", []))
        for other in follows:
            require_code(path, f"{code}.follows", other, ontology.relations)
        for number, entry in enumerate(section.get("patterns", []), 1):
            key = f"{code}.patterns[{number}]"
            fields = {"p": entry} if isinstance(entry, str) else as_table(path, key, entry)
            unknown = set(fields) - _PATTERN_KEYS
            if unknown or "p" not in fields:
                raise WorkspaceError(
                    f"{path}: {key}: expected p and any of {sorted(_PATTERN_KEYS)}, "
                    f"found {sorted(fields)}"
                )
            if fields.get("status"):
                require_code(path, f"{key}.status", fields["status"], ontology.statuses)
            line = lines.get(str(fields["p"]))
            place = f"{path}:{line}: {key}" if line else place_of(path, text, key, str(fields["p"]))
            try:
                yield compile_pattern(
                    code,
                    fields,
                    macros=macros,
                    slots=slots,
                    alphabet=alphabet,
                    spaced=spaced,
                    owning=owning,
                    money=bool(section.get("money")),
                    carried=bool(section.get("carried", True)),
                    raised=bool(section.get("raised")),
                    apart=bool(section.get("apart")),
                    follows=frozenset(follows),
                    givers=lists.get("givers"),
                    excluded=lists.get("excluded"),
                    place=place,
                )
            except ValueError as error:
                raise WorkspaceError(f"{place}: {error}: {fields['p']}") from None
