"""Of several media types a client gets the one it likes best."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.accept import best

OFFERED = {
    "json": "application/sparql-results+json",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}


@pytest.mark.parametrize(
    ("accept", "code"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/*", "csv"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/csv;charset=utf-8", "csv"),
        ("text/csv;q=0.5, text/tab-separated-values", "tsv"),
        ("text/*;q=0.2, text/tab-separated-values;q=0.9", "tsv"),
        ("*/*;q=0.1, text/csv;q=0", "json"),
        ("text/csv;q=0", ""),
        ("image/png", ""),
        ("text/csv;q=much", ""),
        (",,;;", ""),
    ],
)
def test_the_best_is_found(accept: str, code: str) -> None:
    assert best(accept, OFFERED) == code


@given(st.text(max_size=60))
def test_any_header_gets_an_answer(accept: str) -> None:
    assert best(accept, OFFERED) in ("", *OFFERED)
