"""Rows of csv, tsv, xlsx and parquet files as cells of text, each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kg.claim import Quarantined
from kg.documents import decode
from kg.errors import MissingExtra, Refused

SUFFIXES = (".csv", ".tsv", ".xlsx", ".parquet")
#: A cell larger than this is a slip: the row is refused and named.
MAX_CELL = 1_000_000
MAX_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its 1-based line in the file (the header being 1) and its cells by column."""

    line: int
    cells: Mapping[str, str]

    @property
    def quote(self) -> str:
        """The row as evidence: its non-empty cells."""
        return " | ".join(f"{c}: {v.strip()}" for c, v in self.cells.items() if v.strip())


def read_rows(path: Path, sheet: str, shown: str) -> Iterator[Row | Quarantined]:
    """The rows of a table.

    Args:
        path: a file with one of SUFFIXES; its first line names the columns.
        sheet: for xlsx, the sheet; the first when empty.
        shown: the file's name in what is refused.

    Raises:
        MissingExtra: the format needs an optional library.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused("file-too-large", f"expected at most {MAX_BYTES:,} bytes")
        rows = {".xlsx": _xlsx, ".parquet": _parquet}.get(path.suffix.lower(), _csv)(path, sheet)
        for row in rows:
            if isinstance(row, Refused):
                yield _quarantined(row, shown)
            else:
                yield row
    except Refused as refused:
        yield _quarantined(refused, shown)


def _quarantined(refused: Refused, shown: str) -> Quarantined:
    return Quarantined(
        reason=refused.reason, message=refused.message, file=shown, line=refused.line
    )


def _csv(path: Path, sheet: str) -> Iterator[Row | Refused]:
    text = decode(path.read_bytes())
    delimiter = "\t" if path.suffix.lower() == ".tsv" else ","
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    head: list[str] = []
    last = 0
    while True:
        line = last + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            last = max(reader.line_num, line)
            yield Refused("broken-row", f"not csv: {error}", "", line)
            # The reader has lost its place inside this row; the next line begins anew.
            continue
        last = reader.line_num
        if not head:
            head = [v.strip().lstrip("\ufeff") for v in values]
            if len(set(head)) != len(head):
                raise Refused("bad-header", "two columns have one name", "", line)
            continue
        if not any(v.strip() for v in values):
            continue
        if len(values) != len(head):
            said = f"{len(values)} cells; expected {len(head)}, as in the header"
            yield Refused("broken-row", said, "", line)
            continue
        yield Row(line, dict(zip(head, values, strict=True)))


def _xlsx(path: Path, sheet: str) -> Iterator[Row | Refused]:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra("xlsx", "tables") from None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError) as error:
        raise Refused("broken-file", f"not a readable xlsx: {error}") from None
    if sheet and sheet not in book.sheetnames:
        raise Refused("no-such-sheet", f"{sheet!r}: expected one of {', '.join(book.sheetnames)}")
    page = book[sheet] if sheet else book.worksheets[0]
    head: list[str] = []
    for line, values in enumerate(page.iter_rows(values_only=True), 1):
        cells = [_text(v) for v in values]
        if not any(cells):
            continue
        if not head:
            head = cells
            continue
        yield Row(line, {c: v for c, v in zip(head, cells, strict=False) if c})


def _parquet(path: Path, sheet: str) -> Iterator[Row | Refused]:
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        raise MissingExtra("parquet", "tables") from None
    try:
        rows = parquet.read_table(path).to_pylist()
    except (OSError, ValueError) as error:
        raise Refused("broken-file", f"not a readable parquet: {error}") from None
    for line, row in enumerate(rows, 2):
        yield Row(line, {str(c): _text(v) for c, v in row.items()})


def _text(value: object) -> str:
    """A cell as a person would type it: dates in ISO order, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = value.hour == value.minute == value.second == 0
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
