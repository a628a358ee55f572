"""A scorer for what patterns leave open: what the words around two names say of them.

A linear model (multinomial logistic regression) over what kg.extract.frame sees of a sentence, and
in languages that have one a small network (kg.extract.network), which each count half.
bench/train_scorer.py and bench/train_network.py train them on this project's own annotated articles
and sentences and say how good they are. Weights are whole numbers, so that the same text gives the
same claims on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from kg.errors import WorkspaceError
from kg.extract.classes import Classes, load_classes
from kg.extract.frame import ROWS, Frame
from kg.extract.masks import Mask
from kg.extract.network import Network, load_networks

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A weight of one is written as so many.
UNIT = 1000
#: No relation.
NONE = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """What two names of a mask are guessed to have to do with each other.

    Args:
        first, second: where they stand in the mask's text, in this order.
        relation: its code.
        forward: whether the first name is the subject.
        probability: how sure the model is.
    """

    first: int
    second: int
    relation: str
    forward: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Scorer:
    """The model.

    Args:
        labels: what may be said: "" for nothing, a code and ">" or "<" for who is the subject.
        table: the weights in units, (ROWS, labels), whole numbers.
        bias: for each label, in units.
        least: from what probability on a guess is made.
        classes: language → its word classes, as when the model was trained.
        networks: language → its network.
    """

    labels: tuple[str, ...]
    table: NDArray[Any]
    bias: NDArray[Any]
    least: float
    classes: Mapping[str, Classes] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)

    def sums(self, rows: Iterable[int]) -> NDArray[Any]:
        """For each label the weights of some rows and the bias."""
        summed: NDArray[Any] = self.table[list(rows)].sum(axis=0, dtype="int64") + self.bias
        return summed

    def many_sums(self, many: Sequence[Collection[int]], start: NDArray[Any]) -> NDArray[Any]:
        """The same of many lots of rows at once, none of them empty, (lots, labels).

        Args:
            start: to what the weights of each are added.
        """
        import numpy

        begins = [0, *accumulate(map(len, many))]
        rows = numpy.fromiter(chain.from_iterable(many), numpy.intp, begins.pop())
        told = numpy.add.reduceat(self.table[rows], begins, axis=0, dtype="int64")
        summed: NDArray[Any] = told + start
        return summed

    def judge(self, summed: NDArray[Any]) -> tuple[str, float]:
        """The likeliest label but nothing, and its probability."""
        sums: list[float] = summed.tolist()
        best = max((i for i, label in enumerate(self.labels) if label), key=lambda i: (sums[i], -i))
        return self.labels[best], self.probability(summed, self.labels[best])

    def probability(self, summed: NDArray[Any], label: str) -> float:
        """How likely one of the labels is."""
        sums: list[float] = summed.tolist()
        top = max(sums)
        whole = sum(math.exp((s - top) / UNIT) for s in sums)
        return math.exp((sums[self.labels.index(label)] - top) / UNIT) / whole

    def odds(self, summed: NDArray[Any], label: str) -> float:
        """How likely a label is if it is this or nothing: more than one may hold of two names."""
        of_it, of_nothing = (int(summed[self.labels.index(x)]) for x in (label, NONE))
        return 1 / (1 + math.exp(min((of_nothing - of_it) / UNIT, 700)))


class Weighed:
    """What a scorer thinks of the names of one sentence; nothing is reckoned twice.

    Args:
        scorer: the model.
        mask: the grouped mask of the sentence.
        chinese: whether the model's words are characters.
    """

    def __init__(self, scorer: Scorer, mask: Mask, *, chinese: bool) -> None:
        self.scorer, self.mask = scorer, mask
        self._frame = Frame(mask, chinese, scorer.classes)
        self._network = scorer.networks.get(self._frame.script)

    def sums(self, first: int, second: int) -> NDArray[Any]:
        """For each label what speaks for it, of the names at two places of the mask's text."""
        return self._sums[first, second]

    @cached_property
    def _sums(self) -> dict[tuple[int, int], NDArray[Any]]:
        """What speaks for each label of any two names, reckoned at once: there are few of them, and
        of most it is asked."""
        frame = self._frame
        pairs = [(first, second) for first, second, *_ in self._pairs]
        if not pairs:
            return {}
        start = self.scorer.sums(frame.sentence())
        summed = self.scorer.many_sums([frame.pair(*pair) for pair in pairs], start)
        if self._network is not None:
            reading = self._network.read(frame.kinds)
            at = [(frame.at[first], frame.at[second]) for first, second in pairs]
            summed = (summed + self._network.many_sums(reading, at)) / 2
        return dict(zip(pairs, summed, strict=True))

    def guesses(self, related: Set[frozenset[str]] = frozenset()) -> Iterator[Guess]:
        """What is guessed of the names.

        Args:
            related: pairs of names of which nothing need be guessed.
        """
        for first, second, a, b in self._pairs:
            if related and any(frozenset((m, n)) in related for m in a for n in b):
                continue
            label, probability = self.scorer.judge(self.sums(first, second))
            if probability >= self.scorer.least:
                yield Guess(first, second, label[:-1], label[-1] == ">", probability)

    def support(
        self, subject: str, relation: str, object_: str, *, symmetric: bool
    ) -> float | None:
        """How likely a relation is, rather than none, by the words around its two names; None when
        they do not both stand in the sentence, or the model does not know the relation.

        Args:
            subject, object_: the names.
            relation: its code; `symmetric`: whether it holds in both directions.
        """
        found: list[float] = []
        for first, second, a, b in self._pairs:
            onward, back = subject in a and object_ in b, subject in b and object_ in a
            if not (onward or back):
                continue
            signs = [s for s, fits in ((">", onward), ("<", back)) if fits]
            if symmetric:
                signs = [">"]  # as the model learnt it
            labels = [relation + s for s in signs if relation + s in self.scorer.labels]
            found += [self.scorer.odds(self.sums(first, second), label) for label in labels]
        return max(found, default=None)

    @cached_property
    def _pairs(self) -> list[tuple[int, int, frozenset[str], frozenset[str]]]:
        """Where two names stand, and which they are."""
        names = {at: frozenset(found) for at, found in self._frame.names.items()}
        return [(i, j, names[i], names[j]) for i, j in self._frame.pairs()]


@lru_cache(maxsize=4)
def load_scorer(folder: Path) -> Scorer | None:
    """The model of an ontology folder (lexicon/scorer.npz); None when it has none.

    Raises:
        WorkspaceError: the file is broken; those of word classes and networks are read later.
    """
    path = folder / "lexicon" / "scorer.npz"
    if not path.exists():
        return None
    import numpy

    try:
        with numpy.load(path, allow_pickle=False) as data:
            labels = tuple(str(label) for label in data["labels"])
            table = numpy.zeros((ROWS, len(labels)), numpy.int16)
            table[numpy.cumsum(data["rows"]), data["places"]] = data["weights"]
            bias = data["bias"].astype("int64")
            least = float(data["least"])
    except (OSError, KeyError, ValueError, IndexError, BadZipFile) as error:
        raise WorkspaceError(
            f"{path}: {error}; train it anew: python -m bench.train_scorer"
        ) from None
    classes, networks = load_classes(folder), load_networks(folder, labels)
    return Scorer(labels, table, bias, least, classes, networks)


def known_relations(
    scorer: Scorer | None, relations: Container[str], folder: Path
) -> Scorer | None:
    """A scorer whose relations an ontology has.

    Raises:
        WorkspaceError: it speaks of others.
    """
    codes = {label[:-1] for label in scorer.labels if label} if scorer is not None else set()
    if strange := sorted(code for code in codes if code not in relations):
        raise WorkspaceError(
            f"{folder / 'lexicon' / 'scorer.npz'}: guesses relations that kg.ttl lacks: "
            f"{', '.join(strange)}; train it anew: python -m bench.train_scorer --write, "
            "or take the file away"
        )
    return scorer


def packed(scorer: Scorer) -> dict[str, Any]:
    """The arrays of a model's file: of the weights those that are not zero, each with how many rows
    it stands after the one before it, which packs well."""
    import numpy

    rows, places = numpy.nonzero(scorer.table)
    return {
        "labels": numpy.array(scorer.labels),
        "rows": numpy.diff(rows, prepend=0).astype(numpy.uint32),
        "places": places.astype(numpy.uint8), "weights": scorer.table[rows, places],
        "bias": scorer.bias.astype(numpy.int32), "least": numpy.float64(scorer.least),
    }  # fmt: skip
