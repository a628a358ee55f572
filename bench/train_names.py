"""Trains the head that finds Chinese names, ontology/lexicon/zh/names.npz.

    pip install torch
    python -m bench.train_names [--write]

It learns from the annotated Chinese texts: a name is what a claim names and what the rules, which
know these texts, take for one besides. First it says how many of the claims' names it finds in a
fifth of the documents that was kept back; then, with --write, it learns from all of them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bench.train_scorer import FOLDS, GOLD, ROOT
from kg.claim import Document, Quarantined, Source
from kg.documents import read_documents
from kg.evaluate import aliases
from kg.extract.batch import Batch
from kg.extract.name_head import NAME, PERSON, REACH, TAGS, NameHead
from kg.extract.names import NameFinder
from kg.extract.proposals import Name, Part
from kg.extract.reader import read
from kg.extract.rules import RulesExtractor
from kg.extract.tagger import load_tagger
from kg.extract.zh_statistics import SURE, Statistics, pieces
from kg.ontology import load_ontology
from kg.text import fold, script_of, view

UNITS, ROUNDS, BATCH, RATE, DROPPED = 96, 12, 32, 2e-3, 0.3
#: So many heads are put side by side: what one of them makes up the others seldom do.
SEEDS = 7, 8, 9
#: What stands for a firm in its own filings names nobody.
NOBODY = {"公司", "集团", "本公司", "该公司", "我们"}


class Recorder(NameFinder):
    """A finder that keeps the paragraphs and names of the document it read last."""

    seen: tuple[Sequence[Part], list[list[Name]]]

    def find(self, parts: Sequence[Part]) -> list[list[Name]]:
        found = super().find(parts)
        self.seen = parts, found
        return found


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of a sentence.

    Args:
        document: which one it is from.
        text: its characters.
        names: start → end and whether a person bears it.
        said: those of them that claims name.
    """

    document: str
    text: str
    names: dict[tuple[int, int], bool]
    said: frozenset[tuple[int, int]]

    @property
    def tags(self) -> Any:
        """(characters,), the tags of a head."""
        out = np.zeros(len(self.text), np.int64)
        for (start, end), person in self.names.items():
            out[start:end] = (PERSON if person else NAME) + 1
            out[start] -= 1
        return out


def examples() -> Iterator[Example]:
    """The pieces of all annotated Chinese texts."""
    rules = RulesExtractor(ontology=load_ontology(), names={}, tagger=False, scorer=False)
    known = rules.finder
    finder = Recorder(
        known.languages, known.gazetteer, known.words, known.triggers, Statistics(load_tagger())
    )
    for name, document, said in texts():
        list(read(document, rules.lexicon, finder))
        yield from _examples(name, finder, {_seen(n) for n in said - NOBODY})


def texts() -> Iterator[tuple[str, Document, set[str]]]:
    """Each Chinese text with the names of its claims."""
    for folder in (GOLD / "dev", GOLD / "further"):
        groups = aliases(folder)
        for path in sorted(folder.glob("zh*.txt")):
            said = _named(path.with_suffix(".jsonl").read_text("utf-8").splitlines())
            said |= {m for group in groups.get(path.stem, []) for m in group}
            for item in read_documents(path, path.parent):
                if isinstance(item, Quarantined):
                    raise SystemExit(f"{path}: {item.message}")
                yield path.stem, item, said
    for path in sorted((GOLD / "phrases").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            entry = json.loads(line)
            if script_of(entry["text"]) == "zh":
                yield (
                    f"{path.stem}-{number}",
                    Document(
                        source=Source(id="phrase"), text="要闻\n" + entry["text"],
                        date=date(2026, 6, 10), language="zh-Hans",
                    ),
                    {row[role] for row in entry["rows"] for role in ("subject", "object")},
                )  # fmt: skip


def _named(rows: Sequence[str]) -> set[str]:
    told = (json.loads(row) for row in rows if row.strip())
    return {row[role] for row in told for role in ("subject", "object") if row.get(role)}


def _seen(name: str) -> str:
    """A name as views show it."""
    folded = fold(name)
    return view(folded, 0, len(folded)).text


def _examples(document: str, finder: Recorder, said: set[str]) -> Iterator[Example]:
    for part, found in zip(*finder.seen, strict=True):
        if part.script != "zh":
            continue
        types = {(n.start, n.end): n.type for n in found}
        spans = [
            (at, at + len(name))
            for name in said if len(name) > 1
            for at in range(len(part.text)) if part.text.startswith(name, at)
        ]  # fmt: skip
        told = frozenset(_apart(spans, part.text))
        both = [*told, *_free((n for n in found if not n.quoted), told)]
        for span in pieces(part.text):
            names = {
                (s - span.start, e - span.start): types.get((s, e)) == "Person"
                for s, e in both
                if span.start <= s and e <= span.end and types.get((s, e)) != "Place"
            }
            here = frozenset(n for n in names if (n[0] + span.start, n[1] + span.start) in told)
            yield Example(document, part.text[span.start : span.end], names, here)


def _apart(spans: Sequence[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Of stretches that overlap the longest."""
    taken = bytearray(len(text))
    for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield start, end


def _free(names: Iterator[Name], told: frozenset[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for name in names:
        if not any(s < name.end and name.start < e for s, e in told):
            yield name.start, name.end


def states(texts: Sequence[str]) -> list[Any]:
    """What the tagger's network knows of each text's characters, (characters, width)."""
    tagger = load_tagger()
    found: list[Any] = [None] * len(texts)
    order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
    for at in range(0, len(order), BATCH):
        rows = order[at : at + BATCH]
        batch = Batch([texts[i] for i in rows])
        known = tagger.states([texts[i] for i in rows], batch)
        for row, i in enumerate(rows):
            found[i] = known[batch.places(row)]
    return found


def fit(data: Sequence[Example], *, seed: int) -> NameHead:
    """A head that has learnt from some examples."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    known = states([e.text for e in data])
    width = known[0].shape[1]
    hidden = nn.Conv1d(width, UNITS, 2 * REACH + 1, padding=REACH)
    out = nn.Linear(UNITS, TAGS)
    step, begin = nn.Parameter(torch.zeros(TAGS, TAGS)), nn.Parameter(torch.zeros(TAGS))
    weights = [*hidden.parameters(), *out.parameters(), step, begin]
    optimizer = torch.optim.AdamW(weights, RATE, weight_decay=0.01)
    drop = nn.Dropout(DROPPED)

    def loss(rows: Sequence[int]) -> Any:
        """Minus the logarithm of what the right tags get, on average."""
        longest = max(len(data[i].text) for i in rows)
        seen = torch.zeros(len(rows), longest, width)
        tags = torch.zeros(len(rows), longest, dtype=torch.long)
        ends = torch.tensor([len(data[i].text) for i in rows])
        for row, i in enumerate(rows):
            seen[row, : len(known[i])] = torch.from_numpy(known[i])
            tags[row, : len(known[i])] = torch.from_numpy(data[i].tags)
        wide = hidden(drop(seen).transpose(1, 2)).transpose(1, 2)
        own = out(drop(torch.relu(wide)))
        ways = own[:, 0] + begin
        for at in range(1, longest):
            on = torch.logsumexp(ways[:, :, None] + step, dim=1) + own[:, at]
            ways = torch.where((at < ends)[:, None], on, ways)
        counts = (torch.arange(longest) < ends[:, None]).float()
        right = (own.gather(2, tags[:, :, None])[:, :, 0] * counts).sum(1) + begin[tags[:, 0]]
        right = right + (step[tags[:, :-1], tags[:, 1:]] * counts[:, 1:]).sum(1)
        return (torch.logsumexp(ways, dim=1) - right).mean()

    order = sorted(range(len(data)), key=lambda i: len(data[i].text))
    batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    for number in range(ROUNDS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - number / ROUNDS)
        total = 0.0
        random.shuffle(batches)
        for rows in batches:
            cost = loss(rows)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
            total += cost.item()
        print(f"  round {number + 1} of {ROUNDS}: loss {total / len(batches):.3f}", flush=True)
    # As they are stored: so that what is measured is what is read.
    half = hidden.weight.detach().numpy().transpose(2, 1, 0).astype(np.float16).astype(np.float32)
    return NameHead(
        half, hidden.bias.detach().numpy(), out.weight.detach().numpy().T,
        out.bias.detach().numpy(), step.detach().numpy(), begin.detach().numpy(),
    )  # fmt: skip


def learnt(data: Sequence[Example]) -> NameHead:
    """The heads of all seeds as one."""
    return together([fit(data, seed=seed) for seed in SEEDS])


def together(heads: Sequence[NameHead]) -> NameHead:
    """One head that thinks what some of one reach think on average."""

    def mean(parts: Sequence[Any]) -> Any:
        return np.mean(parts, axis=0, dtype=np.float32)

    return NameHead(
        np.concatenate([h.hidden for h in heads], axis=2),
        np.concatenate([h.hidden_bias for h in heads]),
        np.concatenate([mean([h.out]) / len(heads) for h in heads]),
        mean([h.out_bias for h in heads]), mean([h.step for h in heads]),
        mean([h.begin for h in heads]),
    )  # fmt: skip


def held_back(data: Sequence[Example]) -> None:
    """Prints how good a head is on documents that it has not seen."""
    documents = sorted({e.document for e in data})
    kept = set(documents[::FOLDS])
    head = learnt([e for e in data if e.document not in kept])
    asked = [e for e in data if e.document in kept]
    total = right = wrong = 0
    for example, (_, names) in zip(
        asked, load_tagger().tag([e.text for e in asked], head), strict=True
    ):
        found = {(n.start, n.end) for n in names if n.probability >= SURE}
        total += len(example.said)
        right += len(found & example.said)
        wrong += len(found - example.names.keys())
    print(f"of {total} names of claims it finds {right}, and {wrong} that are none")


def main() -> None:
    data = [e for e in examples() if e.text.strip()]
    print(f"{len(data):,} pieces, {sum(len(e.names) for e in data):,} names")
    held_back(data)
    if "--write" in sys.argv:
        write(learnt(data), ROOT / "ontology" / "lexicon" / "zh" / "names.npz")


def write(head: NameHead, path: Path) -> None:
    """Writes a head as kg.extract.name_head reads it."""
    np.savez_compressed(
        path, hidden=head.hidden.astype(np.float16), hidden_bias=head.hidden_bias, out=head.out,
        out_bias=head.out_bias, step=head.step, begin=head.begin,
    )  # fmt: skip
    print(f"wrote {path}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
