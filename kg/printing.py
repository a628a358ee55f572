"""Results as the commands print them: JSON, tables, CSV, to the terminal or into a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import click


def as_json(value: object) -> str:
    """A value for programs, its text as it is."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_rows(head: Sequence[str], rows: Sequence[Sequence[str]], fmt: str) -> str:
    """A table for a terminal, or CSV that is safe to open in a spreadsheet."""
    if fmt == "csv":
        from kg.export import harmless

        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        # The head too holds names: of states, which the ontology gives.
        writer.writerows([harmless(cell) for cell in row] for row in [head, *rows])
        return text.getvalue()
    return text_table(head, rows, widest=90)


def write(text: str, output: Path | None) -> None:
    """Prints a text, or writes it to a file and prints where that is."""
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")
        click.echo(output)


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]], widest: int = 60) -> str:
    """A table for a terminal, columns aligned whatever the script; long cells are cut with …

    Args:
        head: names of the columns.
        rows: cells; control characters in them are shown as spaces.
        widest: columns of a terminal that one column of the table takes at most.
    """
    cells = [[_cut(" ".join(str(c).split()), widest) for c in row] for row in [head, *rows]]
    cells = [["".join(ch if ch.isprintable() else " " for ch in c) for c in row] for row in cells]
    widths = [max(_width(row[n]) for row in cells) for n in range(len(head))]

    def line(row: Sequence[str]) -> str:
        padded = (c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True))
        return "  ".join(padded).rstrip()

    rule = "  ".join("─" * w for w in widths)
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return "\n".join([line(cells[0]), rule, *map(line, cells[1:]), count]) + "\n"


def _width(text: str) -> int:
    """Columns of a terminal that a text takes: ideographs take two."""
    from unicodedata import east_asian_width

    return len(text) + sum(east_asian_width(c) in "WF" for c in text)


def _cut(text: str, widest: int) -> str:
    if len(text) * 2 <= widest or _width(text) <= widest:
        return text
    while _width(text) > widest - 1:
        text = text[: max(1, len(text) - max(1, (_width(text) - widest) // 2))]
    return text + "…"
