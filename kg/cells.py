"""The cells of a row, read: codes, numbers, sums, times; what is none of these is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from kg.claim import Amount, Evidence, When
from kg.errors import Refused
from kg.languages import detect_language
from kg.mappings import TableMapping
from kg.quantities import parse_amount
from kg.sheets import Row
from kg.times import parse_edtf


class Cells:
    """The cells of a row under our names, popped as they are used."""

    def __init__(self, row: Row, table: TableMapping, file: str) -> None:
        self.row, self.table, self.file = row, table, file
        self.used: set[str] = set()

    def peek(self, column: str) -> str:
        theirs = self.table.columns.get(column, column)
        value = self.row.cells.get(theirs, self.table.constants.get(column, "")).strip()
        return self.table.values.get(column, {}).get(value, value)

    def pop(self, column: str) -> str:
        self.used.add(self.table.columns.get(column, column))
        return self.peek(column)

    def require(self, columns: Iterable[str]) -> None:
        for column in columns:
            if not self.peek(column):
                raise Refused("missing-field", f"{column} is empty")

    def code(
        self, column: str, known: Mapping[str, object], reason: str, optional: bool = False
    ) -> str:
        value = self.pop(column)
        if value in known or (optional and not value):
            return value
        raise Refused(reason, f"{column} {value!r}: expected one of {', '.join(known)}")

    def choice(self, column: str, words: Sequence[str]) -> str:
        value = self.pop(column)
        if value not in words:
            known = ", ".join(w for w in words if w)
            raise Refused(f"unknown-{column}", f"{column} {value!r}: expected one of {known}")
        return value

    def evidence(self, source: str) -> Evidence:
        return Evidence(
            source=source,
            quote=self.row.quote,
            file=self.file,
            row=self.row.line,
            columns=tuple(c for c in self.row.cells if self.row.cells[c].strip()),
        )


@lru_cache(maxsize=4)
def currencies(folder: Path) -> frozenset[str]:
    """The codes of ISO 4217, from currencies.txt of an ontology folder."""
    return frozenset((folder / "currencies.txt").read_text("utf-8").split())


def free_amount(text: str, cells: Cells) -> Amount:
    currency = (cells.pop("currency") or cells.pop("unit") or "").upper() or None
    amount = parse_amount(text, detect_language(text) or "en", currency)
    if amount is None:
        raise Refused("bad-number", f"{text!r}: expected one sum such as $1.5bn or 超4亿美元")
    return amount


def number(text: str, column: str) -> Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise Refused("bad-number", f"{column} {text!r}: expected a number") from None
    if not number.is_finite():
        raise Refused("bad-number", f"{column} {text!r}: expected a number")
    return number


def when_of(start: str, end: str, announced: str) -> When | None:
    """The period when there is one, else the day of the announcement."""
    text = announced
    if start and end and start != end and "/" not in start:
        text = f"{start}/{end}"
    elif start or end:
        text = start or f"../{end}"
    if not text:
        return None
    when = parse_edtf(text)
    if when is None:
        raise Refused("impossible-date", f"{text!r}: expected YYYY, YYYY-MM, YYYY-MM-DD or a/b")
    return when
