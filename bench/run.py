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
    quick = "--quick" in sys.argv[1:]
    runs = ["--runs", "1" if quick else "5"]
    small = ["--triples", "20000"] if quick else []
    scripts = {
        "startup.py": runs,
        "query_vs_rdflib.py": runs,
        "engines.py": [*runs, "--only", "funders-of", "--only", "timeline-of"] if quick else runs,
        "queries.py": [*runs, *small],
        "serve.py": [*runs, *small],
        "hostile.py": ["--seconds", "1", *small] if quick else [],
        "extract.py": [*runs, "--names", "100000"] if quick else runs,
        "loops.py": runs,
        "page.py": [*runs, "--limit", "5"] if quick else runs,
        "page_sparql.py": runs,
    }
    for script, arguments in scripts.items():
        print(f"== {script}", flush=True)
        subprocess.run([sys.executable, str(HERE / script), *arguments], check=True)


if __name__ == "__main__":
    main()
