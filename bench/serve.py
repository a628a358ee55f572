"""`kg serve` against the bare Oxigraph server and rdflib-endpoint: point questions a second.

    python bench/serve.py [--triples 100000] [--runs 3]

Needs wrk (Debian's package), 32 connections. Each server is asked in turn: first 5,000 different
questions over and over, then questions of which no two are the same, so that nothing that was kept
helps. The Oxigraph server is a package of the tests; rdflib-endpoint is asked when a Python has it:

    python -m venv peer && peer/bin/pip install "rdflib-endpoint[web]"
    python bench/serve.py --peer peer/bin/python
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.claims_graph import write_graph
from kg.store import load_disk
from tests.stores import free_port, running

_LUA = """
local n = 0
function request()
  n = n + 1
  local id = n * 7 % 5000
  local note = FRESH and "%20%23" .. SEED .. "-" .. n or ""
  return wrk.format("GET", PATH .. "?query=SELECT%20?p%20?o%20%7B%20%3Chttps://kg.example/claim/"
    .. id .. "%3E%20?p%20?o%20%7D" .. note)
end
function init(args)
  PATH, FRESH, SEED = args[1], args[2] == "fresh", args[3]
  wrk.headers["Accept"] = "application/sparql-results+json"
end
"""
_ENDPOINT = """
import sys, rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
graph = rdflib.Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), port=int(sys.argv[2]), log_level="error")
"""


def rate(port: int, path: str, kind: str, script: Path, seed: int) -> float:
    """Answers a second, from what wrk says; 0 when some were no answers."""
    command = ["wrk", "-t1", "-c32", "-d4s", "-s", str(script), f"http://127.0.0.1:{port}", "--"]
    done = subprocess.run(
        [*command, path, kind, str(seed)], capture_output=True, text=True, check=True
    )
    if "Non-2xx" in done.stdout:
        return 0.0
    line = next(x for x in done.stdout.splitlines() if x.startswith("Requests/sec"))
    return float(line.split(":")[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer", help="a Python that has rdflib-endpoint")
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        print("left out: wrk is not installed")
        return
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        (folder / "kg.toml").touch()
        for part in ("build", "site"):
            (folder / part).mkdir()
        (folder / "site" / "index.html").touch()
        graph, store = folder / "build" / "graph.nq", folder / "build" / "store"
        write_graph(graph, arguments.triples)
        load_disk(graph, store)
        script = folder / "wrk.lua"
        script.write_text(_LUA)
        ports = {what: free_port() for what in ("kg serve", "Oxigraph server", "rdflib-endpoint")}
        program = Path(sys.executable).parent / "oxigraph"
        commands = {
            "kg serve": [
                *(sys.executable, "-m", "kg", "serve", "--no-log", "-w", name),
                *("--port", str(ports["kg serve"])),
            ],
            "Oxigraph server": [
                *(str(program), "serve-read-only", "--union-default-graph"),
                *("-l", str(store), "-b", f"127.0.0.1:{ports['Oxigraph server']}"),
            ],
        }
        paths = {"kg serve": "/sparql", "Oxigraph server": "/query", "rdflib-endpoint": "/sparql"}
        if arguments.peer:
            port = str(ports["rdflib-endpoint"])
            commands["rdflib-endpoint"] = [arguments.peer, "-c", _ENDPOINT, str(graph), port]
        for what, command in commands.items():
            log = folder / f"{what}.log"
            stack.enter_context(running(command, f"http://127.0.0.1:{ports[what]}/", log))
        print(f"{'answers a second':<22}" + "".join(f"{what:>18}" for what in commands))
        for kind, label in (("same", "5,000 questions"), ("fresh", "all different")):
            rates: dict[str, list[float]] = {what: [] for what in commands}
            for run in range(arguments.runs):
                for what in commands:
                    rates[what].append(rate(ports[what], paths[what], kind, script, run))
            medians = {what: statistics.median(found) for what, found in rates.items()}
            ratios = ", ".join(
                f"{medians['kg serve'] / found:.2f} × {what}"
                for what, found in medians.items()
                if what != "kg serve" and found
            )
            cells = "".join(f"{found:>18.0f}" for found in medians.values())
            print(f"{label:<22}{cells}   kg serve: {ratios}", flush=True)


if __name__ == "__main__":
    main()
