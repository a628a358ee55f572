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
    from kg.query import text_table

    return text_table(head, rows, widest=90)


def write(text: str, output: Path | None) -> None:
    """Prints a text, or writes it to a file and prints where that is."""
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")
        click.echo(output)
