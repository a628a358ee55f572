"""`kg query` of a saved question against a plain script that parses the graph with rdflib and asks.

    python bench/query_vs_rdflib.py [--question NAME] [--runs N]

Both run as whole processes, in turn, on the built graph of the workspace; CPU time is user and
system time of the process and its children. Prints the medians and their ratio.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLAIN = """
import sys, rdflib
graph = rdflib.Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
print(len(list(graph.query(open(sys.argv[2], encoding="utf-8").read()))))
"""


def cpu(command: list[str]) -> float:
    """CPU seconds of one run of a command; its output is dropped."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def compare(question: str, runs: int) -> tuple[float, float]:
    """Median CPU seconds of kg and of the plain script.

    Args:
        question: name of a file in ontology/questions.
        runs: how often each is run, after one run that does not count.
    """
    ours = [sys.executable, "-m", "kg", "query", question, "--format", "csv"]
    graph, query = ROOT / "build" / "graph.nq", ROOT / "ontology" / "questions" / f"{question}.rq"
    plain = [sys.executable, "-c", PLAIN, str(graph), str(query)]
    for command in (ours, plain):
        cpu(command)
    times = [(cpu(ours), cpu(plain)) for _ in range(runs)]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--question", default="funders-of")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    ours, plain = compare(arguments.question, arguments.runs)
    print(f"kg query {arguments.question}: {ours:.3f} CPU s; parsed and asked with rdflib: "
          f"{plain:.3f} CPU s; ratio {ours / plain:.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
