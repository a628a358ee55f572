"""Questions on a made-up graph of claims: `kg.open().query` against rdflib and bare pyoxigraph.

    python bench/queries.py [--triples 100000] [--runs 5]

All read every row. rdflib has the graph in its memory store; pyoxigraph and kg are asked twice, on
one store on disk, and in memory. Medians of process CPU time, in turn; loading is not timed.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import kg
from bench.claims_graph import QUESTIONS, write_graph
from kg.engines import open_disk_engine, open_memory_engine
from kg.iri import Namer
from kg.query import with_prefixes
from kg.store import load_disk, open_store


def cost(work: Callable[[], object], runs: int) -> float:
    """Median CPU milliseconds of some work, after once that does not count."""
    times = []
    work()
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kg.toml").touch()
        (folder / "build").mkdir()
        write_graph(folder / "build" / "graph.nq", arguments.triples)
        load_disk(folder / "build" / "graph.nq", folder / "build" / "store")
        peer = open_store("rdflib")
        peer.load(folder / "build" / "graph.nq")
        disk = folder / "build" / "store"
        kinds = {"disk": (open_disk_engine(disk).store, kg.open(name))}
        graph = folder / "build" / "graph.nq"
        kinds["memory"] = open_memory_engine(graph).store, kg.open(name, memory=True)
        print(f"{'ms of CPU':<26}{'rdflib':>10}" + "".join(
            f"{kind + ': bare':>14}{'kg':>10}{'rdflib ÷ kg':>13}{'kg ÷ bare':>11}" for kind in kinds
        ))  # fmt: skip
        for question, text in QUESTIONS.items():
            whole = with_prefixes(text, Namer().prefixes)
            theirs = cost(partial(read, peer.query, whole), min(arguments.runs, 3))
            line = f"{question:<26}{theirs:>10.1f}"
            for bare, ours in kinds.values():
                ask = partial(bare.query, use_default_graph_as_union=True)
                direct = cost(partial(read, ask, whole), arguments.runs)
                through = cost(partial(read, ours.query, text), arguments.runs)
                line += f"{direct:>14.2f}{through:>10.2f}{theirs / through:>13.1f}"
                line += f"{through / direct:>11.2f}"
            print(line, flush=True)


def read(ask: Callable[[str], Any], text: str) -> int:
    """Asks, and reads every row."""
    return len(list(ask(text)))


if __name__ == "__main__":
    main()
