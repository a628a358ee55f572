"""Measures the scorer's kind of model on FinRE, relations between firms in Chinese financial news.

    python -m bench.finre FOLDER [VECTORS]

FOLDER holds train.txt and valid.txt of FinRE (Li et al. 2019, MIT licence), a line each: head,
tail, relation and sentence with tabs between. With VECTORS, the Chinese ones of
bench/train_network.py, a network judges too, as it does beside the scorer; that needs torch. It
prints micro F1 on valid.txt as published results do: one label for each pair of names in a
sentence, right when it is among those given, "unknown" left out (MG-Lattice, in the same paper:
49.3). Nothing of it is shipped.

Besides the features of kg.extract.scorer it looks at what the two names are and have in common:
FinRE's firms are real, and its "自己" means that both names are of one firm. How far "unknown" must
lead, and how much the network counts, is chosen on a tenth of the training texts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from bench.train_network import Vectors, fit, told, word2vec
from bench.train_scorer import Example, train
from kg.extract.frame import ROWS, Frame
from kg.extract.masks import Mask
from kg.extract.name_rows import Item
from kg.extract.network import Network
from kg.extract.scorer import UNIT

UNKNOWN = "unknown"
#: FinRE has many more labels than ours and hardly a sentence twice: weights are held small.
DECAY, ROUNDS = 20.0, 12
LEADS = [n / 10 for n in range(-20, 11)]
#: How much the network may count.
SHARES = [0.3, 0.4, 0.5, 0.6, 0.7]

Key = tuple[str, str, str]
Gold = Mapping[Key, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights, with the labels they are for and the labels that FinRE knows; a network beside
    them."""

    weights: Any
    bias: Any
    labels: Sequence[str]
    known: frozenset[str]
    network: Network | None

    def guess(self, key: Key, lead: float, share: float) -> str:
        """The label of a pair in its sentence, "unknown" helped by a lead, the network counting so
        much."""
        example, turned = _example(*key)
        sums = self.weights[example.rows].sum(0) + self.bias
        if self.network is not None and example.words:
            sums = (1 - share) * sums + share * told(self.network, example) / UNIT
        sums[self.labels.index(UNKNOWN)] += lead
        label = self.labels[int(sums.argmax())]
        return _passive(label, self.known) if turned else label


def read(path: Path) -> Gold:
    """Head, tail and sentence → the labels given."""
    found: dict[Key, set[str]] = {}
    for line in path.read_text("utf-8").split("\n"):
        if line:
            head, tail, label, text = line.split("\t")
            found.setdefault((head, tail, text), set()).add(label)
    return {key: frozenset(labels) for key, labels in found.items()}


def learn(gold: Gold, vectors: Vectors) -> Model:
    """A model of some pairs, with a network where there are vectors."""
    known = frozenset(label for labels in gold.values() for label in labels)
    data = list(_examples(gold, known))
    labels = sorted({e.label for e in data})
    placed = [e for e in data if e.words]
    network = fit(placed, labels, vectors, apart=False) if vectors else None
    return Model(*train(data, labels, decay=DECAY, rounds=ROUNDS), labels, known, network)


def f1(model: Model, gold: Gold, lead: float, share: float) -> float:
    """Micro F1 without "unknown"."""
    right = said = true = 0
    for key, labels in gold.items():
        label = model.guess(key, lead, share)
        said += label != UNKNOWN
        right += label != UNKNOWN and label in labels
        true += labels != {UNKNOWN}
    return 2 * right / (said + true)


def _examples(gold: Gold, known: frozenset[str]) -> Iterator[Example]:
    for key, labels in gold.items():
        example, turned = _example(*key)
        for label in sorted(labels):
            yield replace(example, label=_passive(label, known) if turned else label)


def _passive(label: str, known: frozenset[str]) -> str:
    """The same relation told from the other name: 收购 and 被收购; itself where there is none."""
    other = label.removeprefix("被") if label.startswith("被") else f"被{label}"
    return other if other in known else label


def _example(head: str, tail: str, text: str) -> tuple[Example, bool]:
    """A pair without its label, without words where one name lies in the other; whether the tail
    stands first."""
    at = _nearest(head, tail, text)
    turned = at is not None and at[1] < at[0]
    first, second = (tail, head) if turned else (head, tail)
    rows = {crc32(said.encode()) % ROWS for said in _named(first, second)}
    words: list[str] = []
    places = 0, 0
    if at is not None:
        x, y = sorted(at)
        between = text[x + len(first) : y]
        masked = f"{text[:x]}\ue000{between}\ue001{text[y + len(second) :]}"
        item = Item(0, 0, 0, 0, "Company")
        frame = Frame(
            Mask(masked, {"\ue000": (item,), "\ue001": (item,)}, (), (), ()), chinese=True
        )
        rows |= frame.sentence() | frame.pair(x, masked.index("\ue001"))
        triples = zip(frame.words, frame.words[1:], frame.words[2:], strict=False)
        rows |= {crc32("".join(("t", *t)).encode()) % ROWS for t in triples}
        words, places = frame.kinds, (frame.at[x], frame.at[masked.index("\ue001")])
    found = np.array(sorted(rows))
    return Example(found, UNKNOWN, "", False, "zh", words, *places), turned


def _nearest(head: str, tail: str, text: str) -> tuple[int, int] | None:
    """Where the two names stand next to each other; None where one lies in the other."""
    apart = [
        (i, j)
        for i, j in product(_places(text, head), _places(text, tail))
        if i + len(head) <= j or j + len(tail) <= i
    ]
    return min(apart, key=lambda p: abs(p[0] - p[1]), default=None)


def _places(text: str, name: str) -> list[int]:
    return [i for i in range(len(text)) if text.startswith(name, i)]


def _named(first: str, second: str) -> Iterator[str]:
    """What is told of the two names themselves."""
    yield from (f"X{first}", f"Y{second}", f"XY{first}|{second}")
    for side, name in (("x", first), ("y", second)):
        yield from (f"{side}<{name[:2]}", f"{side}>{name[-2:]}")
        yield from (f"{side}{gram}" for gram in _grams(name))
    short, long = sorted((first, second), key=len)
    common = max((len(g) for g in _grams(short, len(short)) if g in long), default=0)
    letters = iter(long)
    within = all(char in letters for char in short)
    yield from (f"c{min(common, 4)}", f"r{5 * common // max(1, len(short))}", f"in{within}")
    yield f"l{min(len(first), 8)}|{min(len(second), 8)}"


def _grams(name: str, longest: int = 3) -> Iterator[str]:
    for n in range(1, longest + 1):
        yield from (name[i : i + n] for i in range(len(name) - n + 1))


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0])
    vectors = word2vec(Path(arguments[1])) if len(arguments) > 1 else {}
    gold, test = read(folder / "train.txt"), read(folder / "valid.txt")
    # A sentence stands there several times, once for each pair: all of them on one side.
    tenth = {k: v for k, v in gold.items() if crc32(k[2].encode()) % 10 == 0}
    part = learn({k: v for k, v in gold.items() if k not in tenth}, vectors)
    shares = SHARES if vectors else [0.0]
    lead, share = max(product(LEADS, shares), key=lambda way: f1(part, tenth, *way))
    print(f'best on a tenth of the training texts: lead {lead} of "unknown", network {share}')
    score = f1(learn(gold, vectors), test, lead, share)
    print(f"FinRE validation: micro F1 {score:.3f}, {len(test)} pairs")


if __name__ == "__main__":
    main(sys.argv[1:])
