"""All benchmarks, on the built graph of this workspace.

    python bench/run.py [--quick]

--quick runs each once, to show that they run; its figures say little.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    runs = ["--runs", "1" if "--quick" in sys.argv[1:] else "5"]
    for script in (
        "startup.py",
        "query_vs_rdflib.py",
        "engines.py",
        "loops.py",
        "page.py",
        "page_sparql.py",
    ):
        print(f"== {script}", flush=True)
        subprocess.run([sys.executable, str(HERE / script), *runs], check=True)


if __name__ == "__main__":
    main()
