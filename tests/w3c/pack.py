"""Packs what the tests read of the W3C's suite: python tests/w3c/pack.py FOLDER

FOLDER is a checkout of w3c/rdf-tests. The same files give the same zip, byte for byte: names are
sorted, times fixed, and nothing is compressed, since libraries differ in how they do that.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

SUITE = Path(__file__).with_name("suite.zip")

#: Folders that are packed whole.
QUERIES = (
    *("aggregates", "bind", "bindings", "cast", "construct", "csv-tsv-res", "exists", "functions"),
    *("grouping", "json-res", "negation", "project-expression", "property-path", "protocol"),
    *("subquery", "syntax-query"),
)
#: Folders of which only the updates are.
UPDATES = (
    *("add", "basic-update", "clear", "copy", "delete", "delete-data", "delete-insert"),
    *("delete-where", "drop", "move", "syntax-update-1", "syntax-update-2", "update-silent"),
)


def chosen(checkout: Path) -> Iterator[tuple[str, Path]]:
    """Name in the zip and file."""
    yield "LICENSE.md", checkout / "LICENSE.md"
    suite = next(checkout.glob("**/sparql11"))
    for folder, pattern in [(f, "*") for f in QUERIES] + [(f, "*.ru") for f in UPDATES]:
        for file in (suite / folder).glob(pattern):
            yield f"{folder}/{file.name}", file


def pack(checkout: Path, target: Path) -> None:
    """Writes the zip."""
    with zipfile.ZipFile(target, "w") as packed:
        for name, file in sorted(chosen(checkout)):
            entry = zipfile.ZipInfo(name)  # of 1 January 1980
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, file.read_bytes())


if __name__ == "__main__":
    pack(Path(sys.argv[1]), SUITE)
