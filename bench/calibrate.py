"""Measures how often each kind of claim is right and writes ontology/lexicon/confidence.toml.

    python -m bench.calibrate [--write] [GOLD_DIR ...]

Without folders: tests/gold/unread, the articles that neither patterns nor the scorer learnt from;
of others everything would seem surer than it is. A kind's confidence is the share of its claims
that are right, drawn towards that of all claims with as much support, and this towards the share of
all, so that a handful of claims does not decide (ten claims' weight); more support never counts
for less. Half of the articles set the shares, the other half is what the table of reliability is
made of; then all of them set what is written.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.claim import Quarantined
from kg.documents import read_documents
from kg.evaluate import score
from kg.extract.confidence import BANDS, FIGURES, HOWS, KINDS
from kg.extract.explain import explain
from kg.extract.rules import RulesExtractor
from kg.jsonl import row
from kg.ontology import load_ontology

ROOT = Path(__file__).parent.parent
#: Weight of the overall share in that of a kind, in claims.
PRIOR = 10
Judged = list[tuple[str, str, bool]]


def told(articles: Sequence[Path]) -> Judged:
    """What the extractor says of some articles; where its roles come from is judged alone by what
    it says without the scorer."""
    whole, alone = (
        judged(RulesExtractor(ontology=load_ontology(), names={}, scorer=scorer), articles)
        for scorer in (True, False)
    )
    return [
        # Figures, of which some are "carried" too, need no scorer.
        *(claim for claim in whole if claim[0] == "figure" or claim[1] not in HOWS),
        *(claim for claim in alone if claim[0] == "relation" and claim[1] in HOWS),
    ]


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
                    told = row(entry["claim"], path.stem)
                    rows.extend({**told, "counted": kind} for kind in entry.get("counted", ()))
        by_folder[path.parent][path.stem] = rows
    for folder, predictions in by_folder.items():
        for document, rows in predictions.items():
            scores = score(folder, {document: rows})
            # Rows are copied while they are merged: they are compared by what they say.
            said = {_key(m.row) for m in scores.mistakes if m.kind == "wrong"}
            seen: set[tuple[str, ...]] = set()
            for claim in rows:
                # What several patterns say counts for each of their kinds.
                key, counted = _key(claim), claim["counted"]
                if (*key, counted) in seen or claim.get("negated"):
                    continue
                seen.add((*key, counted))
                found.append((claim["kind"], counted, key not in said))
    return found


def _key(claim: Mapping[str, Any]) -> tuple[str, ...]:
    names = ("kind", "subject", "relation", "object", "measure", "amount", "value")
    return tuple(str(claim.get(name)) for name in names)


def shares(claims: Judged) -> dict[str, dict[str, float]]:
    """Kind → under what → share right, drawn towards the share of those with as much support."""
    out: dict[str, dict[str, float]] = {"relation": {}, "figure": {}}
    for kind, names in (("relation", KINDS), ("figure", FIGURES)):
        counted: dict[str, list[bool]] = defaultdict(list)
        for k, c, right in claims:
            if k == kind:
                counted[c].append(right)
        every = [right for rights in counted.values() for right in rights]
        overall = _drawn(every, 0.5)
        bands = {
            band: _drawn([r for c, rs in counted.items() if c.endswith(f"-{band}") for r in rs],
                         overall)
            for _, band in BANDS
        }  # fmt: skip
        for name in names:
            how, _, band = name.partition("-")
            share = _drawn(counted[name], bands.get(band, overall))
            # BANDS go from strong to weak.
            ranked = band in dict(BANDS).values()
            stronger = [out[kind].get(f"{how}-{b}", 1.0) for _, b in BANDS if ranked]
            out[kind][name] = min(share, *stronger) if stronger else share
    return {kind: {n: round(v, 2) for n, v in found.items()} for kind, found in out.items()}


def _drawn(rights: Sequence[bool], towards: float) -> float:
    return (sum(rights) + PRIOR * towards) / (len(rights) + PRIOR)


def main() -> None:
    """Prints the shares and the table; writes the file when asked."""
    arguments = [a for a in sys.argv[1:] if a != "--write"]
    folders = [Path(a) for a in arguments] or [ROOT / "tests/gold/unread"]
    articles = sorted(p for f in folders for p in f.glob("*.txt"))
    first, second = told(articles[::2]), told(articles[1::2])
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
        write(final)


def write(final: Mapping[str, Mapping[str, float]]) -> None:
    """Writes confidence.toml."""
    lines = [
        "# How many claims in a hundred were right, by kind; measured by bench/calibrate.py, which",
        "# writes it. told: both parties stand in the pattern; verb: one is its verb's subject;",
        "# topic: one is what the sentence is about; carried: what the paragraph is about;",
        "# scored: no pattern says it. strong, fair, weak: how much the words around the two names",
        "# speak for it (kg/extract/confidence.py); apart: these do not both stand in the",
        "# sentence; none of these where the scorer is not asked.",
        "[relations]",
    ]
    lines += [f"{name} = {share}" for name, share in final["relation"].items()]
    lines += ["", "[figures]"]
    lines += [f"{name} = {share}" for name, share in final["figure"].items()]
    path = ROOT / "ontology/lexicon/confidence.toml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
