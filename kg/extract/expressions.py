"""Expressions of one language for one purpose: a dataclass, compiled from a table of words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import WorkspaceError
from kg.extract.word_files import alternatives, place_of, strings

T = TypeVar("T")


def compile_expressions(kind: type[T], path: Path, section: str, table: Mapping[str, Any]) -> T:
    """Compiles a table of a file of words.

    Args:
        kind: a dataclass whose fields are patterns, or bool for traits of the language.
        path, section: where the table stands.
        table: field → a list of expressions, or true. What it leaves out matches nothing.

    Raises:
        WorkspaceError: a key is no field, or an expression is none; file, line and key are named.
    """
    known = {field.name: field.type for field in fields(kind)}  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            place = place_of(path, path.read_text("utf-8"), f"{section}.{key}", f"{key} = ")
            raise WorkspaceError(f"{place}: nothing reads it; known: {', '.join(known)}")
    return kind(
        **{
            name: table.get(name) is True
            if told == "bool"
            else alternatives(
                path,
                f"{section}.{name}",
                strings(path, f"{section}.{name}", table.get(name, [])),
            )
            for name, told in known.items()
        }
    )
