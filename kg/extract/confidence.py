"""How far a claim of the rules is to be trusted: shares that were right in annotated texts.

Claims are told apart by where their roles come from and by how likely the scorer finds them by the
words around the two names; lexicon/confidence.toml holds, for each such kind, how many in a hundred
were right (bench/calibrate.py measures them anew and prints the reliability table).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from kg.errors import WorkspaceError
from kg.extract.guesses import SCORED
from kg.extract.patterns import Pattern
from kg.extract.reader import Sentence
from kg.extract.roles import CARRIED, TOLD, TOPIC, VERB

#: From how much support on a claim is counted under what.
BANDS = ((0.8, "strong"), (0.4, "fair"), (0.0, "weak"))
HOWS = (TOLD, VERB, TOPIC, CARRIED)
#: Where the scorer is asked and the names do not both stand in the sentence.
APART = "apart"
#: All kinds of relations.
KINDS = (
    *(f"{how}{end}" for how in HOWS for end in ("", *(f"-{b}" for _, b in BANDS), f"-{APART}")),
    *(f"{SCORED}-{band}" for _, band in BANDS[:2]), "headline",
)  # fmt: skip
#: All kinds of figures.
FIGURES = ("named", "carried", "headline")
#: What a pattern says of itself counts against this, the default.
_USUAL = Decimal("0.8")
_MOST = Decimal("0.99")


@dataclass(frozen=True, slots=True)
class Confidence:
    """confidence.toml: kind of claim → share that was right."""

    relations: Mapping[str, Decimal]
    figures: Mapping[str, Decimal]

    def relation(self, kind: str, pattern: Pattern) -> Decimal:
        """The confidence of a relation.

        Args:
            kind: under what it is counted; see relation_kind.
            pattern: the one that matched.
        """
        share, own = self.relations[kind], pattern.confidence
        if own == _USUAL:
            return share
        return min((share * own / _USUAL).quantize(Decimal("0.01")), _MOST)

    def figure(self, inside: bool, sentence: Sentence) -> Decimal:
        """The confidence of a figure; `inside` when the sentence names whose it is."""
        return self.figures[figure_kind(inside, sentence)]


def relation_kind(how: str, sentence: Sentence, support: float | None, asked: bool) -> str:
    """Under what a relation is counted.

    Args:
        how: where its roles come from; see kg.extract.roles.
        support: how likely the scorer finds it; None when it says nothing.
        asked: whether there is a scorer.
    """
    if sentence.headline:
        return "headline"
    if support is None:
        return f"{how}-{APART}" if asked and how != SCORED else how
    # What is guessed of one name is denied of those beside it, whatever speaks for these.
    bands = BANDS[:2] if how == SCORED else BANDS
    return f"{how}-{next((band for least, band in bands if support >= least), bands[-1][1])}"


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
    missing = [k for k in KINDS if k not in relations]
    missing += [k for k in FIGURES if k not in figures]
    if missing:
        raise WorkspaceError(f"{path}: expected also {', '.join(missing)}")
    return Confidence(relations, figures)
