"""Every loop up to a length on random graphs: kg.cycles against networkx, igraph and DuckDB.

    python bench/loops.py [--runs N] [--limit SECONDS]

Each contender runs as a process of its own, so that its CPU time and its peak memory are its own;
starting, importing and reading the graph count for all alike. Medians; all must find as many loops.
DuckDB appears twice: with plain self-joins, one query for each length, and with kg's own idea
written in SQL, walks of half the length that are joined where they meet. Peers that are not
installed are left out. With --runs 1 igraph and networkx sit out the graphs on which they may take
long.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

SEED = 20_261_124
PLANTED = (0, 100, 1_000, 10_000)


@dataclass(frozen=True)
class Shape:
    """A graph to draw.

    Args:
        nodes, arcs: how many; no arc comes twice, none leads to its own tail.
        length: the most hops of a loop.
        skew: ends are drawn as nodes * random ** skew, so that 1 is even and 3 has hubs.
        planted: None for a graph as it falls; else all arcs go from small to large numbers but so
            many, each of which leads from the end of a walk back to its start.
    """

    nodes: int
    arcs: int
    length: int
    skew: int = 1
    planted: int | None = None

    def __str__(self) -> str:
        hubs = ", hubs" if self.skew > 1 else ""
        return f"{self.nodes:,}/{self.arcs:,}{hubs}, up to {self.length} hops"


SHAPES = (
    Shape(1_000, 3_000, 6),
    Shape(10_000, 30_000, 6),
    Shape(100_000, 300_000, 4),
    Shape(10_000, 30_000, 4, skew=3),
)


@dataclass(frozen=True)
class Cost:
    """What one run found, and what it took."""

    cycles: int
    cpu: float
    megabytes: float


# ---- the contenders: each counts the loops of the graph in a folder ----


def with_kg(folder: Path, nodes: int, length: int) -> int:
    import numpy as np

    from kg.cycles import cycles

    arcs = np.load(folder / "arcs.npy")
    return sum(len(some) for some in cycles(arcs[:, 0], arcs[:, 1], nodes, length))


def with_networkx(folder: Path, nodes: int, length: int) -> int:
    import networkx as nx
    import numpy as np

    graph: Any = nx.DiGraph(np.load(folder / "arcs.npy").tolist())
    return sum(1 for _ in nx.simple_cycles(graph, length_bound=length))


def with_igraph(folder: Path, nodes: int, length: int) -> int:
    import numpy as np

    igraph = _peer("igraph")
    graph = igraph.Graph(nodes, np.load(folder / "arcs.npy"), directed=True)
    return len(graph.simple_cycles(mode=igraph.OUT, min=2, max=length, output="vpath"))


def with_joins(folder: Path, nodes: int, length: int) -> int:
    """One query for each length: as many arcs one after the other, the smallest node first."""
    database = _database(folder)
    count = 0
    for hops in range(2, length + 1):
        joins = []
        for i in range(1, hops - 1):
            distinct = "".join(f" and a{i}.head <> a{j}.head" for j in range(i - 1))
            joins.append(
                f"join arcs a{i} on a{i}.tail = a{i - 1}.head and a{i}.head > a0.tail" + distinct
            )
        last = f"join arcs z on z.tail = a{hops - 2}.head and z.head = a0.tail"
        nodes_of = ", ".join(
            ["a0.tail as n0", *(f"a{i}.head as n{i + 1}" for i in range(hops - 1))]
        )
        count += _kept(
            database,
            f"select {nodes_of} from arcs a0 {' '.join(joins)} {last} where a0.head > a0.tail",
        )
    return count


def with_halves(folder: Path, nodes: int, length: int) -> int:
    """Walks forwards and backwards over nodes above the start, joined where they meet."""
    database = _database(folder)
    for way, tail, head in (("there", "tail", "head"), ("back", "head", "tail")):
        database.execute(
            f"create table {way}1 as select {tail} as n0, {head} as n1 from arcs"
            f" where {head} > {tail}"
        )
        for i in range(2, (length + (way == "there")) // 2 + 1):
            distinct = "".join(f" and a.{head} <> w.n{j}" for j in range(1, i - 1))
            database.execute(
                f"create table {way}{i} as select w.*, a.{head} as n{i} from {way}{i - 1} w"
                f" join arcs a on a.{tail} = w.n{i - 1} where a.{head} > w.n0" + distinct
            )
    count = 0
    for hops in range(2, length + 1):
        there, back = (hops + 1) // 2, hops // 2
        nodes_of = [f"f.n{i}" for i in range(there + 1)]
        nodes_of += [f"b.n{j} as n{hops - j}" for j in range(back - 1, 0, -1)]
        distinct = "".join(
            f" and f.n{i} <> b.n{j}" for i in range(1, there) for j in range(1, back)
        )
        count += _kept(
            database,
            f"select {', '.join(nodes_of)} from there{there} f"
            f" join back{back} b on f.n0 = b.n0 and f.n{there} = b.n{back}{distinct}",
        )
    return count


def _database(folder: Path) -> Any:
    database = _peer("duckdb").connect()
    database.execute(
        "create table arcs as select tail::integer as tail, head::integer as head"
        f" from read_csv('{folder / 'arcs.csv'}')"
    )
    return database


def _kept(database: Any, query: str) -> int:
    """Runs a query and keeps its rows: all contenders make the loops, none only counts them."""
    database.execute(f"create or replace table loops as {query}")
    return int(database.execute("select count(*) from loops").fetchone()[0])


def _peer(name: str) -> Any:
    """A package that kg does not depend on."""
    return importlib.import_module(name)


#: Name → what it counts with, the package it needs, and the graphs that it sits out when all is
#: run once to show that it runs.
CONTENDERS: dict[str, tuple[Callable[[Path, int, int], int], str, tuple[Shape, ...]]] = {
    "kg.cycles": (with_kg, "kg", ()),
    "DuckDB, halves": (with_halves, "duckdb", ()),
    "DuckDB, self-joins": (with_joins, "duckdb", ()),
    "igraph": (with_igraph, "igraph", SHAPES[1:3]),
    "networkx": (with_networkx, "networkx", SHAPES[1:]),
}


# ---- graphs ----


def draw(shape: Shape, folder: Path) -> None:
    """Writes the graph of a shape as arcs.npy and arcs.csv; the same for the same shape."""
    import numpy as np

    random = Random(SEED)
    found: dict[tuple[int, int], None] = {}
    while len(found) < shape.arcs - (shape.planted or 0):
        a, b = (int(shape.nodes * random.random() ** shape.skew) for _ in range(2))
        if a != b:
            found[(a, b) if shape.planted is None else (min(a, b), max(a, b))] = None
    if shape.planted:
        _plant(found, shape, random)
    arcs = np.array(list(found), dtype=np.int64)
    np.save(folder / "arcs.npy", arcs)
    np.savetxt(folder / "arcs.csv", arcs, fmt="%d", delimiter=",", header="tail,head", comments="")


def _plant(found: dict[tuple[int, int], None], shape: Shape, random: Random) -> None:
    """Adds arcs, each from the end of a walk of 1 to length - 1 arcs back to its start."""
    follow: dict[int, list[int]] = {}
    for a, b in found:
        follow.setdefault(a, []).append(b)
    starts = sorted(follow)
    while len(found) < shape.arcs:
        start = node = random.choice(starts)
        for _ in range(random.randrange(1, shape.length)):
            node = random.choice(follow.get(node, [node]))
        found[node, start] = None


# ---- running ----


def measure(name: str, shape: Shape, folder: Path, limit: float) -> Cost | None:
    """One run of a contender in a process of its own; None when it took too long.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    command = [sys.executable, __file__, "--only", name, str(folder), str(shape.nodes)]
    try:
        ran = subprocess.run(
            [*command, str(shape.length)], check=True, stdout=subprocess.PIPE, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return None
    return Cost(**json.loads(ran.stdout))


def only(name: str, folder: Path, nodes: int, length: int) -> None:
    """In the contender's process: prints what it found, and what the process took so far."""
    count = CONTENDERS[name][0](folder, nodes, length)
    used = resource.getrusage(resource.RUSAGE_SELF)
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    cost = {
        "cycles": count,
        "cpu": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / unit,
    }
    print(json.dumps(cost))


def median(name: str, shape: Shape, folder: Path, runs: int, limit: float) -> Cost | None:
    """The medians of some runs; None as soon as one takes too long."""
    costs = []
    for _ in range(runs):
        cost = measure(name, shape, folder, limit)
        if cost is None:
            return None
        costs.append(cost)
    return Cost(
        costs[0].cycles,
        statistics.median(c.cpu for c in costs),
        statistics.median(c.megabytes for c in costs),
    )


def drawn(shape: Shape, folder: Path) -> None:
    """Draws in another process: a large parent would count in the peaks of those it starts."""
    command = [sys.executable, __file__, "--draw", json.dumps(vars(shape)), str(folder)]
    subprocess.run(command, check=True)


def compare(shape: Shape, names: list[str], runs: int, limit: float) -> None:
    """Prints one graph's rows.

    Raises:
        SystemExit: contenders found different numbers of loops.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        drawn(shape, folder)
        ours: Cost | None = None
        for name in names:
            head = f"{shape!s:<34}{name:<20}"
            if runs == 1 and shape in CONTENDERS[name][2]:
                print(f"{head}{'left out with --runs 1':>40}", flush=True)
                continue
            cost = median(name, shape, folder, runs, limit)
            if cost is None:
                print(f"{head}{f'over {limit:g} s':>40}", flush=True)
                continue
            ours = ours or cost
            if cost.cycles != ours.cycles:
                sys.exit(f"{shape}: {name} finds {cost.cycles:,} loops, kg {ours.cycles:,}")
            print(
                f"{head}{cost.cycles:>10,}{cost.cpu:>10.2f}{cost.cpu / ours.cpu:>10.1f}"
                f"{cost.megabytes:>10.0f}",
                flush=True,
            )


def growth(runs: int, limit: float) -> None:
    """Prints what kg takes when ever more of a graph lies on loops."""
    print(
        "\nkg.cycles alone, 10,000/30,000, up to 6 hops: arcs without a loop, and planted ones"
        f"\n{'planted':>10}{'loops':>12}{'CPU s':>10}{'to none':>10}{'peak MB':>10}"
    )
    least: Cost | None = None
    for planted in PLANTED:
        with tempfile.TemporaryDirectory() as made:
            shape, folder = Shape(10_000, 30_000, 6, planted=planted), Path(made)
            drawn(shape, folder)
            cost = median("kg.cycles", shape, folder, runs, limit)
        if cost is None:
            print(f"{planted:>10,}{f'over {limit:g} s':>42}", flush=True)
            continue
        least = least or cost
        print(
            f"{planted:>10,}{cost.cycles:>12,}{cost.cpu:>10.2f}{cost.cpu / least.cpu:>10.1f}"
            f"{cost.megabytes:>10.0f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds after which one is out")
    # How the script starts itself.
    parser.add_argument("--only", nargs=4, help=argparse.SUPPRESS)
    parser.add_argument("--draw", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only:
        name, folder, nodes, length = arguments.only
        return only(name, Path(folder), int(nodes), int(length))
    if arguments.draw:
        return draw(Shape(**json.loads(arguments.draw[0])), Path(arguments.draw[1]))
    names = []
    for name, (_, package, _) in CONTENDERS.items():
        if importlib.util.find_spec(package):
            names.append(name)
        else:
            print(f"{name}: left out, {package} is not installed")
    print(
        f"{'nodes/arcs':<34}{'contender':<20}{'loops':>10}{'CPU s':>10}{'to kg':>10}{'peak MB':>10}"
    )
    for shape in SHAPES:
        compare(shape, names, arguments.runs, arguments.limit)
    growth(arguments.runs, arguments.limit)
    return None


if __name__ == "__main__":
    main()
