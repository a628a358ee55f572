"""The story of a workspace: saved views of the graph's page, with some words to each.

[[story]]
title = { en = "…", zh-Hans = "…" }
text = { en = "…", zh-Hans = "…" }
view = "view=loops&loop=83c420fac06d0d0ea321"   # what stands behind # in the page's address
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from kg.errors import WorkspaceError


def read_story(path: Path, steps: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """The steps of a story.

    Args:
        path: kg.toml, for messages.
        steps: its [[story]] tables as they stand.

    Raises:
        WorkspaceError: a step lacks something, or holds what no step has.
    """
    found = []
    for number, step in enumerate(steps, 1):
        where = f"{path}: [[story]] {number}"
        if unknown := set(step) - {"title", "text", "view"}:
            raise WorkspaceError(f"{where}: unknown {', '.join(sorted(unknown))}")
        texts = {key: _texts(f"{where}: {key}", step.get(key)) for key in ("title", "text")}
        view = step.get("view", "")
        if not isinstance(view, str):
            raise WorkspaceError(f"{where}: view = {view!r}: expected text in quotes")
        found.append({**texts, "view": view.removeprefix("#")})
    return tuple(found)


def missing(view: str, known: Mapping[str, Container[str]]) -> list[str]:
    """What a view names and the graph does not have, as "loop 83c4…".

    Args:
        view: what stands behind # in the page's address.
        known: key of the address ("node", "edge", "loop", "conflict") → ids that exist.

    >>> missing("lang=en&node=openai&loop=x", {"node": ["openai"], "loop": ["y"]})
    ['loop x']
    """
    named = ((key, value) for key, value in parse_qsl(view) if key in known)
    return [f"{key} {value}" for key, value in named if value not in known[key]]


def _texts(where: str, value: Any) -> dict[str, str]:
    if isinstance(value, str):
        value = {"en": value}
    ok = isinstance(value, Mapping) and "en" in value
    if not ok or not all(isinstance(text, str) and text for text in value.values()):
        raise WorkspaceError(f'{where}: expected {{ en = "…" }}, with other languages beside it')
    return dict(value)
