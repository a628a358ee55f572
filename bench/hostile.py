"""Hostile queries against `kg serve`: how long each lasts, what memory it takes, who else waits.

    python bench/hostile.py [--seconds 3] [--triples 100000]

Each query of tests/hostile_queries.py is sent to a server with that time limit; beside it, ASK {}
is asked every 50 ms, each time in other words, so that no answer is one that was kept. Memory is
the largest sum over all processes of the server (proportional set size), the graph included.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from pathlib import Path

from bench.claims_graph import write_graph
from kg.store import load_disk
from tests.hostile_queries import ENDLESS, SHARP
from tests.serving import Server, serving


def family(pid: int) -> list[int]:
    """A process and all that it started, and they."""
    found = [pid]
    for parent in found:
        tasks = Path(f"/proc/{parent}/task")
        try:
            for task in tasks.iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def memory(pid: int) -> int:
    """Bytes that a server's processes take together, shared memory counted once."""
    size = 0
    for member in family(pid):
        try:
            lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        size += sum(int(x.split()[1]) for x in lines if x.startswith("Pss:")) * 1024
    return size


def short(server: Server) -> float:
    """Milliseconds that a short question takes which nobody has asked before."""
    start = time.perf_counter()
    assert server.ask(f"ASK {{}} # {start}").status == 200
    return (time.perf_counter() - start) * 1000


def attack(server: Server, text: str) -> tuple[int, float, float, int]:
    """Status, seconds, the slowest ASK {} beside it in ms, and the most memory."""
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(server.post(text).status))
    start = time.perf_counter()
    thread.start()
    slowest, most = 0.0, 0
    while thread.is_alive():
        slowest = max(slowest, short(server))
        most = max(most, memory(server.process.pid))
        thread.join(0.05)
    return found[0], time.perf_counter() - start, slowest, most


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--triples", type=int, default=100_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kg.toml").touch()
        for part in ("build", "site"):
            (folder / part).mkdir()
        (folder / "site" / "index.html").touch()
        write_graph(folder / "build" / "graph.nq", arguments.triples)
        load_disk(folder / "build" / "graph.nq", folder / "build" / "store")
        options = ("--timeout", str(arguments.seconds), "--no-log")
        with serving(folder, folder / "log", *options) as server:
            print(f"{'query':<38}{'status':>8}{'s':>8}{'ASK ms':>8}{'MiB':>7}")
            for what, text in (ENDLESS | SHARP).items():
                status, seconds, slowest, most = attack(server, text)
                print(f"{what:<38}{status:>8}{seconds:>8.2f}{slowest:>8.0f}{most >> 20:>7}",
                      flush=True)  # fmt: skip
            threads = [
                threading.Thread(target=server.post, args=(text,)) for text in ENDLESS.values()
            ]
            for thread in threads:
                thread.start()
            slowest, most = 0.0, 0
            while any(t.is_alive() for t in threads):
                slowest = max(slowest, short(server))
                most = max(most, memory(server.process.pid))
                time.sleep(0.05)
            print(f"{f'all {len(threads)} endless ones at once':<54}{slowest:>8.0f}{most >> 20:>7}")


if __name__ == "__main__":
    main()
