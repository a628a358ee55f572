"""Roles of parties in projects that exclude each other: ontology/lexicon/roles.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.claim import Claim
from kg.errors import WorkspaceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role in a project, and how a claim shows it; see ontology/lexicon/roles.toml."""

    code: str
    labels: Mapping[str, str]
    relations: tuple[str, ...]
    money: bool
    words: tuple[str, ...]

    def shown_by(self, claim: Claim) -> bool:
        """Whether a claim gives its subject this role."""
        paid = claim.amount is not None and claim.amount.money
        product = claim.product.casefold()
        return (
            claim.relation in self.relations
            or (self.money and paid)
            or any(word in product for word in self.words)
        )


def load_roles(folder: Path) -> tuple[Role, ...]:
    """Reads the roles that exclude each other; without a file there are none.

    Args:
        folder: an ontology folder.

    Raises:
        WorkspaceError: lexicon/roles.toml is no TOML, or a role lacks something.
    """
    path = folder / "lexicon" / "roles.toml"
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(_role(code, role) for code, role in read.items())
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise WorkspaceError(
            f"{path}: {error}; a role needs label, relations, money and words"
        ) from None


def _role(code: str, role: Mapping[str, Any]) -> Role:
    labels, relations, words = role["label"], role["relations"], role["words"]
    if not isinstance(labels, dict):
        raise TypeError(f"{code}: label = {labels!r}: expected one for each language")
    for name, given in (("relations", relations), ("words", words)):
        if not isinstance(given, list) or not all(isinstance(g, str) for g in given):
            raise TypeError(f"{code}: {name} = {given!r}: expected a list of strings")
    return Role(
        code=code,
        labels=labels,
        relations=tuple(relations),
        money=bool(role["money"]),
        words=tuple(words),
    )
