"""How far a claim of the rules is to be trusted: shares that were right in annotated texts.

Claims are told apart by where their roles come from and by whether their parties were known or
guessed; lexicon/confidence.toml holds, for each such kind, how many in a hundred were right
(bench/calibrate.py measures them anew and prints the reliability table).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from kg.claim import Mention
from kg.errors import WorkspaceError
from kg.extract.reader import Sentence
from kg.extract.roles import Filled

#: What a pattern says of itself counts against this, the default.
_USUAL = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class Confidence:
    """confidence.toml: kind of claim → share that was right."""

    relations: Mapping[str, Decimal]
    figures: Mapping[str, Decimal]

    def relation(
        self, filled: Filled, sentence: Sentence, subject: Mention, object_: Mention
    ) -> Decimal:
        """The confidence of a relation.

        Args:
            filled: the match with its roles.
        """
        share = self.relations[relation_kind(filled.how, sentence, subject, object_)]
        own = filled.hit.pattern.confidence
        return share if own == _USUAL else (share * own / _USUAL).quantize(Decimal("0.01"))

    def figure(self, inside: bool, sentence: Sentence) -> Decimal:
        """The confidence of a figure; `inside` when the sentence names whose it is."""
        return self.figures[figure_kind(inside, sentence)]


def relation_kind(how: str, sentence: Sentence, subject: Mention, object_: Mention) -> str:
    """Under what a relation is counted."""
    if sentence.headline:
        return "headline"
    guessed = not subject.type or not object_.type
    return f"{how}-guessed" if guessed else how


def figure_kind(inside: bool, sentence: Sentence) -> str:
    """Under what a figure is counted."""
    return "headline" if sentence.headline else "named" if inside else "carried"


@lru_cache(maxsize=8)
def load_confidence(folder: Path) -> Confidence:
    """Reads lexicon/confidence.toml of an ontology folder.

    Raises:
        WorkspaceError: it is missing or broken, or lacks a kind.
    """
    path = folder / "lexicon" / "confidence.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        relations = {k: Decimal(str(v)) for k, v in data["relations"].items()}
        figures = {k: Decimal(str(v)) for k, v in data["figures"].items()}
    except (OSError, KeyError, ValueError, ArithmeticError) as error:
        raise WorkspaceError(f"{path}: {error}") from None
    needed = [
        f"{how}{end}"
        for how in ("told", "verb", "topic", "carried", "scored")
        for end in ("", "-guessed")
    ]
    missing = [k for k in (*needed, "headline") if k not in relations]
    missing += [k for k in ("named", "carried", "headline") if k not in figures]
    if missing:
        raise WorkspaceError(f"{path}: expected also {', '.join(missing)}")
    return Confidence(relations, figures)
