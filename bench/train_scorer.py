"""Trains the scorer for what patterns leave open and writes ontology/lexicon/scorer.npz.

    python -m bench.train_scorer [--write]

Where labels change, bench/train_network.py must run too: its networks judge between the same.

It learns from the annotated articles of tests/gold and from the sentences of tests/gold/phrases,
all of them this project's own. First it says, by five rounds in each of which a fifth of the
documents is kept back, how many pairs of names that no pattern relates it gets right and wrong at
which probability; then, with --write, it learns from all of them. The same data give the same
file. What it measures is hard on it: in these articles the patterns were taught all that was easy,
and of what they leave open the scorer and the networks together get 0.57 right from 0.5 on; on 32
articles that nobody had read it was 66 of 99. Its opinion of what patterns say weighs too: see
kg/extract/confidence.py.
bench/finre.py measures the same model on a public data set.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from kg.claim import Document, Quarantined, Source
from kg.documents import read_documents
from kg.evaluate import SYMMETRIC, aliases, plain, same_name
from kg.extract.classes import load_classes
from kg.extract.frame import ROWS, Frame
from kg.extract.reader import Sentence, read
from kg.extract.rules import RulesExtractor
from kg.extract.scorer import NONE, UNIT, Scorer, packed
from kg.extract.steps import related
from kg.ontology import load_ontology
from kg.text import script_of

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"
FOLDS, ROUNDS, RATE, DECAY = 5, 8, 0.05, 3.0
#: Weights smaller than this, in units, are left out.
SMALLEST = 45
LEVELS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of names: the model's rows, what is right, the document, whether a pattern relates it;
    the language, the words of the sentence and which of them the two are."""

    rows: np.ndarray[Any, Any]
    label: str
    document: str
    related: bool
    language: str
    words: Sequence[str]
    first: int
    second: int


def examples(extractor: RulesExtractor) -> Iterator[Example]:
    """All pairs of names in the annotated texts."""
    for folder in (GOLD / "dev", GOLD / "further"):
        groups = aliases(folder)
        for path in sorted(folder.glob("*.txt")):
            gold = _rows(path.with_suffix(".jsonl"))
            same = [frozenset(map(plain, g)) for g in groups.get(path.stem, [])]
            for item in read_documents(path, path.parent):
                if isinstance(item, Quarantined):
                    raise SystemExit(f"{path}: {item.message}")
                yield from _pairs(extractor, item, gold, same, path.stem)
    for path in sorted((GOLD / "phrases").glob("*.jsonl")):
        for number, entry in enumerate(_rows(path)):
            text = entry["text"]
            english = script_of(text) == "en"
            head = "News\n" if english else "要闻\n"
            document = Document(
                source=Source(id="phrase"), text=head + text, date=date(2026, 6, 10),
                language="en" if english else "zh-Hans",
            )  # fmt: skip
            gold = [
                {**r, "kind": "relation", "start": len(head), "end": len(head) + len(text)}
                for r in entry["rows"]
            ]
            yield from _pairs(extractor, document, gold, [], f"{path.stem}-{number}")


def _pairs(
    extractor: RulesExtractor,
    document: Document,
    gold: Sequence[dict[str, Any]],
    same: Sequence[frozenset[str]],
    name: str,
) -> Iterator[Example]:
    for sentence in read(document, extractor.lexicon, extractor.finder):
        if sentence.headline or sentence.question:
            continue
        done = related(extractor.steps(sentence))
        start, end = sentence.context.start, sentence.context.end
        here = [
            r for r in gold
            if r["kind"] == "relation" and r["start"] < end and r["end"] > start
        ]  # fmt: skip
        chinese = sentence.context.script == "zh"
        frame = Frame(sentence.grouped, chinese, load_classes(extractor.ontology.folder))
        for first, second in frame.pairs():
            a, b = _names(sentence, first), _names(sentence, second)
            found = sorted(frame.sentence()) + sorted(frame.pair(first, second))
            yield Example(
                np.array(found), _label(here, a, b, same), name,
                any(frozenset((x, y)) in done for x in a for y in b),
                frame.script, frame.kinds, frame.at[first], frame.at[second],
            )  # fmt: skip


def _names(sentence: Sentence, at: int) -> list[str]:
    return [m.name for m in sentence.grouped.mentions(sentence.grouped.text[at])]


def _label(
    gold: Sequence[dict[str, Any]],
    first: Sequence[str],
    second: Sequence[str],
    same: Sequence[frozenset[str]],
) -> str:
    def among(name: str, names: Sequence[str]) -> bool:
        return any(same_name(name, n, same) for n in names)

    for r in gold:
        if among(r["subject"], first) and among(r["object"], second):
            return f"{r['relation']}>"
        if among(r["object"], first) and among(r["subject"], second):
            return f"{r['relation']}{'>' if r['relation'] in SYMMETRIC else '<'}"
    return NONE


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def train(
    data: Sequence[Example], labels: Sequence[str], *, decay: float = DECAY, rounds: int = ROUNDS
) -> tuple[Any, Any]:
    """Weights and bias by stochastic gradient descent (Adagrad: Duchi, Hazan and Singer 2011).

    Args:
        decay: how much weights are drawn to zero.
        rounds: how often all examples are gone through.

    Returns:
        Two arrays, (ROWS, labels) and (labels,).
    """
    number = {label: i for i, label in enumerate(labels)}
    counts = np.bincount(np.concatenate([e.rows for e in data]), minlength=ROWS)
    pull = (decay / np.maximum(counts, 1)).astype(np.float32)[:, None]
    weights = np.zeros((ROWS, len(labels)), np.float32)
    squares = np.full_like(weights, 1e-8)
    bias, bias_squares = np.zeros(len(labels), np.float32), np.full(len(labels), 1e-8, np.float32)
    order = np.arange(len(data))
    random = np.random.default_rng(7)
    for _ in range(rounds):
        random.shuffle(order)
        for n in order.tolist():
            rows = data[n].rows
            rows = rows[counts[rows] > 1]
            sums = weights[rows].sum(0) + bias
            slope = np.exp(sums - sums.max())
            slope /= slope.sum()
            slope[number[data[n].label]] -= 1
            step = slope + pull[rows] * weights[rows]
            squares[rows] += step * step
            weights[rows] -= RATE * step / np.sqrt(squares[rows])
            bias_squares += slope * slope
            bias -= RATE * slope / np.sqrt(bias_squares)
    return weights, bias


def model(data: Sequence[Example], least: float) -> Scorer:
    """A scorer that has learnt from some examples."""
    labels = sorted({e.label for e in data})
    weights, bias = train(data, labels)
    whole = np.rint(weights * UNIT).astype(np.int16)
    whole[np.abs(whole) < SMALLEST] = 0
    return Scorer(tuple(labels), whole, np.rint(bias * UNIT).astype(np.int64), least)


def held_back(data: Sequence[Example]) -> None:
    """Prints how good guesses are on documents that were kept back."""
    documents = sorted({e.document for e in data})
    fold = {d: i % FOLDS for i, d in enumerate(documents)}
    tally = {level: [0, 0] for level in LEVELS}
    missing = 0
    for part in range(FOLDS):
        scorer = model([e for e in data if fold[e.document] != part], 0.0)
        for example in data:
            if fold[example.document] != part or example.related:
                continue
            missing += example.label != NONE
            said, probability = scorer.judge(scorer.sums(example.rows.tolist()))
            for level in LEVELS:
                if probability >= level:
                    tally[level][said != example.label] += 1
    print(f"{missing} pairs are related of which no pattern says so; guessed on kept-back texts:")
    for level, (right, wrong) in tally.items():
        print(f"  from {level}: {right} right, {wrong} wrong ({right / max(1, right + wrong):.2f})")


def main(arguments: Iterable[str]) -> None:
    given = list(arguments)
    ontology = load_ontology()
    data = list(examples(RulesExtractor(ontology=ontology, names={}, scorer=False)))
    print(f"{len(data)} pairs of names in {len({e.document for e in data})} texts")
    held_back(data)
    if "--write" in given:
        path = ROOT / "ontology" / "lexicon" / "scorer.npz"
        np.savez_compressed(path, **packed(model(data, LEAST)))
        print(f"{path}: {path.stat().st_size:,} bytes")


#: From this probability on the extractor makes a claim of a guess.
LEAST = 0.4

if __name__ == "__main__":
    main(sys.argv[1:])
