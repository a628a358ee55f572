"""A small network that judges what two names have to do with each other by what words mean.

Piecewise max pooling over a convolution (Zeng et al. 2015): each word is a vector, learnt elsewhere
from much text, so that words alike in use are near each other; filters over three words, with how
far each stands from the two names, look for what is said of them before, between and behind. What
hangs on one pair of names only is added up from tables, so that a sentence is filtered once.
bench/train_network.py trains it. Its weights are whole numbers, and so small that no sum of them is
ever rounded: the same text gives the same claims on every machine.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from kg.errors import WorkspaceError
from kg.extract.cut import cut
from kg.extract.on_demand import OnDemand
from kg.extract.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: So many words before the first name and behind the second count.
BEFORE, BEHIND = 20, 25
#: Words farther away than this from a name count as if they were so far away.
FAR = 30
#: Tables of how far words stand from a name go on so far beyond that.
_BEYOND = 100
#: Whole numbers below this are never rounded in the shorter kind of floats.
_EXACT = 1 << 24
#: Words that the network lacks.
UNKNOWN = "<unknown>"


@dataclass(frozen=True, slots=True)
class Network:
    """The network of a language.

    Args:
        labels: what it judges between, as in kg.extract.scorer.Scorer.
        words: word → its row of vectors.
        longest: of how many characters the longest word is, 0 in a language that writes its words
            apart.
        vectors: (words, dimensions), whole numbers.
        filters: (3 * dimensions, filters), whole numbers.
        first, second: (2 * FAR + 1, filters): what a filter adds for how far a word stands from the
            first and the second name.
        out: (3 * filters, labels), whole numbers.
        bias: (labels,), in units of the scorer.
        unit: what one unit of the scorer is worth in the products of pooled filters and out.
    """

    labels: tuple[str, ...]
    words: Mapping[str, int]
    longest: int
    vectors: NDArray[Any]
    filters: NDArray[Any]
    first: NDArray[Any]
    second: NDArray[Any]
    out: NDArray[Any]
    bias: NDArray[Any]
    unit: float
    _first: NDArray[Any] = field(init=False, repr=False, compare=False)
    _second: NDArray[Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_first", _beyond(self.first))
        object.__setattr__(self, "_second", _beyond(self.second))

    def read(self, words: Sequence[str]) -> Reading:
        """A sentence as the filters find it, whatever two names are meant.

        Args:
            words: characters, in a language that writes them apart words; names as signs of their
                kind, longer than a character.
        """
        import numpy

        tokens, part = joined(words, self.words, self.longest)
        unknown = self.words[UNKNOWN]
        size = self.vectors.shape[1]
        around = numpy.zeros((len(tokens) + 2, size), self.filters.dtype)
        around[1:-1] = self.vectors[[self.words.get(t, unknown) for t in tokens]]
        wide = numpy.concatenate((around[:-2], around[1:-1], around[2:]), axis=1)
        with one_thread():
            return Reading(wide @ self.filters, part)

    def sums(self, reading: Reading, first: int, second: int) -> NDArray[Any]:
        """How much speaks for each label, in units.

        Args:
            first, second: which of the words that were read the two names are, the first one first.
        """
        told: NDArray[Any] = self.many_sums(reading, [(first, second)])[0]
        return told

    def many_sums(self, reading: Reading, pairs: Sequence[tuple[int, int]]) -> NDArray[Any]:
        """The same of many pairs of names in one product, (pairs, labels)."""
        import numpy

        pooled = numpy.stack([
            self._pooled(reading.found, reading.part[first], reading.part[second])
            for first, second in pairs
        ])  # fmt: skip
        with one_thread():
            whole = pooled @ self.out
        told: NDArray[Any] = numpy.rint(whole / self.unit).astype(numpy.int64) + self.bias
        return told

    def _pooled(self, found: NDArray[Any], first: int, second: int) -> NDArray[Any]:
        """The most that each filter finds before, between and behind two words, never less than
        nothing."""
        import numpy

        low, high = max(0, first - BEFORE), min(len(found), second + 1 + BEHIND)
        near = found[low:high] + _away(self._first, low - first, high - first)
        near += _away(self._second, low - second, high - second)
        start, end = first - low, second + 1 - low
        pooled = numpy.zeros((3, near.shape[1]))
        for row, part in zip(pooled, (near[:start], near[start:end], near[end:]), strict=True):
            if len(part):
                row[:] = numpy.maximum.reduce(part, axis=0)
        return numpy.maximum(pooled, 0.0).ravel()


def _away(table: NDArray[Any], low: int, high: int) -> NDArray[Any]:
    """The rows of a table that goes on beyond FAR for words so far from a name."""
    import numpy

    most = FAR + _BEYOND
    if -most <= low and high <= most:
        return table[low + most : high + most]
    return table[numpy.clip(numpy.arange(low, high), -FAR, FAR) + most]


def _beyond(table: NDArray[Any]) -> NDArray[Any]:
    """A table whose first and last row are repeated, so that a stretch of it need not be copied."""
    import numpy

    return numpy.pad(table, ((_BEYOND, _BEYOND), (0, 0)), mode="edge")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence read.

    Args:
        found: (words, filters), what the filters find.
        part: for each word or character given, which word it is part of.
    """

    found: NDArray[Any]
    part: Sequence[int]


def joined(
    chars: Sequence[str], words: Container[str], longest: int
) -> tuple[list[str], list[int]]:
    """Characters put together to the longest words that there are.

    Args:
        longest: of how many characters the longest word is; with 0 all stay as they are.

    Returns:
        The words, and for each character which one it is part of.
    """
    tokens: list[str] = []
    part: list[int] = []
    signs = {c for c in chars if len(c) > 1}
    for start, end in cut(chars, words, longest, signs=signs):
        part.extend([len(tokens)] * (end - start))
        tokens.append("".join(chars[start:end]))
    return tokens, part


@lru_cache(maxsize=4)
def load_networks(folder: Path, labels: tuple[str, ...] | None = None) -> Mapping[str, Network]:
    """The networks of an ontology folder: language → that of lexicon/LANGUAGE/network.npz, for
    languages that have one. Each is read when first asked for; who asks for one gets a
    WorkspaceError where its file is broken.

    Args:
        labels: what they must judge between; any when None.
    """
    return OnDemand(folder, "network.npz", partial(_load, labels=labels))


def unpacked(data: Mapping[str, NDArray[Any]]) -> Network:
    """The network that some arrays hold, as bench/train_network.py packs them.

    Raises:
        KeyError, ValueError: one is missing or does not fit the others.
    """
    own = tuple(str(label) for label in data["labels"])
    words = {w: i for i, w in enumerate(str(data["words"]).split("\n"))}
    vectors, sums = data["vectors"], ("filters", "first", "second")
    kind = _floats(vectors, *(data[k] for k in sums))
    network = Network(
        labels=own, words=words, longest=int(data["longest"]), vectors=vectors,
        out=data["out"].astype("float64"), bias=data["bias"].astype("int64"),
        unit=float(data["unit"]), **{k: data[k].astype(kind) for k in sums},
    )  # fmt: skip
    _check(network)
    return network


def _load(path: Path, labels: tuple[str, ...] | None) -> Network:
    import numpy

    try:
        with numpy.load(path, allow_pickle=False) as data:
            network = unpacked(data)
    except (OSError, KeyError, ValueError, TypeError, IndexError, BadZipFile) as error:
        raise WorkspaceError(
            f"{path}: {error}; train it anew: python -m bench.train_network"
        ) from None
    if labels is not None and network.labels != labels:
        raise WorkspaceError(
            f"{path}: judges between other labels than scorer.npz; "
            "train it anew: python -m bench.train_network"
        )
    return network


def _floats(
    vectors: NDArray[Any], filters: NDArray[Any], first: NDArray[Any], second: NDArray[Any]
) -> str:
    """The shortest floats in which no sum that a filter makes is ever rounded."""
    import numpy

    largest = numpy.abs(vectors.astype("float64")).max(initial=0)
    most = largest * numpy.abs(filters.astype("float64")).sum(axis=0)
    for table in (first, second):
        most = most + numpy.abs(table.astype("float64")).max(axis=0, initial=0)
    return "float32" if most.max(initial=0) < _EXACT else "float64"


def _check(network: Network) -> None:
    """Raises ValueError where the parts of a network do not fit each other."""
    if UNKNOWN not in network.words or len(network.words) != len(network.vectors):
        raise ValueError("its words do not fit its vectors")
    size, filters, labels = network.vectors.shape[1], network.filters.shape[1], len(network.labels)
    expected = {
        "filters": (3 * size, filters), "first": (2 * FAR + 1, filters),
        "second": (2 * FAR + 1, filters), "out": (3 * filters, labels), "bias": (labels,),
    }  # fmt: skip
    for name, shape in expected.items():
        if (found := getattr(network, name).shape) != shape:
            raise ValueError(f"{name} is {found}, expected {shape}")
    if not network.unit > 0:
        raise ValueError(f"unit is {network.unit}, expected more than 0")
