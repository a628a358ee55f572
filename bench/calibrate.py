"""Measures how often each kind of claim is right and writes ontology/lexicon/confidence.toml.

    python -m bench.calibrate [--write] [GOLD_DIR ...]

Without folders: tests/gold/dev and tests/gold/further. A kind's confidence is the share of its
claims that are right, drawn a little towards the overall share so that a handful of claims does not
decide (ten claims' weight). Half of the articles set the shares, the other half is what the table
of reliability is made of; then all of them set what is written.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.claim import Quarantined
from kg.documents import read_documents
from kg.evaluate import score
from kg.extract.confidence import load_confidence
from kg.extract.explain import explain
from kg.extract.rules import RulesExtractor
from kg.jsonl import row
from kg.ontology import load_ontology

ROOT = Path(__file__).parent.parent
#: Weight of the overall share in that of a kind, in claims.
PRIOR = 10
Judged = list[tuple[str, str, bool]]


def judged(extractor: RulesExtractor, articles: Iterable[Path]) -> Judged:
    """Kind of claim ("relation" or "figure"), under what it is counted, whether it is right."""
    found: Judged = []
    by_folder: dict[Path, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
    for path in articles:
        rows: list[dict[str, Any]] = []
        for item in read_documents(path, path.parent):
            if isinstance(item, Quarantined):
                raise SystemExit(f"{path}: {item.message}")
            for sentence in explain(extractor, item):
                for entry in sentence["claims"]:
                    if "counted" in entry:
                        rows.append(row(entry["claim"], path.stem))
                        rows[-1]["counted"] = entry["counted"]
        by_folder[path.parent][path.stem] = rows
    for folder, predictions in by_folder.items():
        for document, rows in predictions.items():
            scores = score(folder, {document: rows})
            # Rows are copied while they are merged: they are compared by what they say.
            said = {_key(m.row) for m in scores.mistakes if m.kind == "wrong"}
            seen: set[tuple[str, ...]] = set()
            for claim in rows:
                key = _key(claim)
                if key in seen or claim.get("negated"):
                    continue
                seen.add(key)
                found.append((claim["kind"], claim["counted"], key not in said))
    return found


def _key(claim: Mapping[str, Any]) -> tuple[str, ...]:
    names = ("kind", "subject", "relation", "object", "measure", "amount", "value")
    return tuple(str(claim.get(name)) for name in names)


def shares(claims: Judged) -> dict[str, dict[str, float]]:
    """Kind → under what → share right, drawn towards the overall share."""
    out: dict[str, dict[str, float]] = {}
    for kind in ("relation", "figure"):
        own = [(c, right) for k, c, right in claims if k == kind]
        overall = sum(right for _, right in own) / max(1, len(own))
        counted: dict[str, list[bool]] = defaultdict(list)
        for c, right in own:
            counted[c].append(right)
        for c in [c for c in counted if c.endswith("-guessed")]:
            # A party of unknown class makes no claim surer: what says so is chance, and is pooled.
            known = counted[c.removesuffix("-guessed")]
            if known and sum(counted[c]) * len(known) > sum(known) * len(counted[c]):
                counted[c.removesuffix("-guessed")] = counted[c] = [*known, *counted[c]]
        out[kind] = {
            c: round((sum(rights) + PRIOR * overall) / (len(rights) + PRIOR), 2)
            for c, rights in sorted(counted.items())
        }
    return out


def main() -> None:
    """Prints the shares and the table; writes the file when asked."""
    arguments = [a for a in sys.argv[1:] if a != "--write"]
    folders = [Path(a) for a in arguments] or [ROOT / "tests/gold/dev", ROOT / "tests/gold/further"]
    articles = sorted(p for f in folders for p in f.glob("*.txt"))
    ontology = load_ontology()
    # What the scorer guesses was learnt from these articles: bench/train_scorer.py judges it.
    extractor = RulesExtractor(ontology=ontology, names={}, scorer=False)
    first, second = judged(extractor, articles[::2]), judged(extractor, articles[1::2])
    learnt = shares(first)
    bins: dict[float, list[bool]] = defaultdict(list)
    for kind, counted, right in second:
        bins[learnt[kind].get(counted, 0.5)].append(right)
    print("confidence learnt on one half, claims and share right in the other")
    for confidence, rights in sorted(bins.items()):
        print(f"{confidence:.2f}  {len(rights):>5}  {sum(rights) / len(rights):.3f}")
    final = shares([*first, *second])
    for kind, found in final.items():
        print(kind, found)
    if "--write" in sys.argv:
        kept = load_confidence(ontology.folder).relations
        write(final, {k: str(v) for k, v in kept.items() if k.startswith("scored")})


def write(final: Mapping[str, Mapping[str, float]], scored: Mapping[str, str]) -> None:
    """Writes confidence.toml; kinds without a claim keep a cautious value.

    Args:
        scored: the shares of what the scorer guesses, which stay as they are.
    """
    needed = [
        f"{how}{end}" for how in ("told", "verb", "topic", "carried") for end in ("", "-guessed")
    ]
    lines = [
        "# How many claims in a hundred were right, by kind; measured by bench/calibrate.py, which",
        "# writes it. told: both parties stand in the pattern; verb: one is its verb's subject;",
        "# topic: one is what the sentence is about; carried: what the paragraph is about;",
        "# scored: no pattern says it (set by hand: see bench/train_scorer.py);",
        "# guessed: the class of a party is not known.",
        "[relations]",
    ]
    lines += [f"{k} = {final['relation'].get(k, 0.5)}" for k in (*needed, "headline")]
    lines += [f"{k} = {v}" for k, v in scored.items()]
    lines += ["", "[figures]"]
    lines += [f"{k} = {final['figure'].get(k, 0.5)}" for k in ("named", "carried", "headline")]
    path = ROOT / "ontology/lexicon/confidence.toml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
