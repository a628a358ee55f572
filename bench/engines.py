"""Every saved question on each of kg's stores: milliseconds, and how many times faster than rdflib.

    python bench/engines.py [--runs N] [--only QUESTION]...

The stores hold the built graph; loading is not timed. Medians of process CPU time.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from kg.iri import Namer
from kg.query import prepare
from kg.questions import load_questions
from kg.store import GraphStore, open_store

ROOT = Path(__file__).parent.parent
#: Kinds of stores on this machine.
LOCAL = ("rdflib", "memory", "oxigraph")


def stores() -> dict[str, GraphStore]:
    """One store of each kind, loaded."""
    opened = {}
    for kind in LOCAL:
        opened[kind] = open_store(kind, ROOT / "build" / "store")
        if kind != "oxigraph":
            opened[kind].load(ROOT / "build" / "graph.nq")
    return opened


def cost(store: GraphStore, text: str, runs: int) -> float:
    """Median CPU milliseconds of asking and reading all rows."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        rows = list(store.query(text))
        times.append((time.process_time() - start) * 1000)
        del rows
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", action="append", help="a question's name; all when left out")
    given = parser.parse_args()
    questions = load_questions(ROOT / "ontology" / "questions")
    chosen = given.only or list(questions)
    if unknown := [name for name in chosen if name not in questions]:
        parser.error(f"no such question: {', '.join(unknown)}; there are {', '.join(questions)}")
    opened = stores()
    print(
        f"{'question':<20}"
        + "".join(f"{kind:>12}" for kind in LOCAL)
        + f"{'rdflib ÷ oxigraph':>16}"
    )
    for name in chosen:
        text = prepare(questions[name].text, Namer()).text
        times = {kind: cost(store, text, given.runs) for kind, store in opened.items()}
        ratio = times["rdflib"] / max(times["oxigraph"], 0.001)
        print(f"{name:<20}" + "".join(f"{times[k]:>12.1f}" for k in LOCAL) + f"{ratio:>16.0f}")


if __name__ == "__main__":
    main()
