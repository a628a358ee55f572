"""`kg --help` against `python -c pass`, as whole processes.

python bench/startup.py [--runs N]
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

from bench.query_vs_rdflib import cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    script = Path(sys.executable).with_name("kg")
    pairs = [
        (cpu([str(script), "--help"]), cpu([sys.executable, "-c", "pass"])) for _ in range(runs)
    ]
    ours, bare = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    print(f"kg --help: {ours:.3f} CPU s; python -c pass: {bare:.3f} CPU s; ratio {ours / bare:.2f}")


if __name__ == "__main__":
    main()
