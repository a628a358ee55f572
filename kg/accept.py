"""Which of several media types a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping


def best(accept: str, offered: Mapping[str, str]) -> str:
    """The offer that an Accept header prefers.

    Args:
        accept: the header; "" takes anything.
        offered: code → media type, in our own order of preference; parameters are left out of
            account.

    Returns:
        The code; "" when the client takes none of them.

    >>> best("text/csv;q=0.5, application/json", {"json": "application/json", "csv": "text/csv"})
    'json'
    >>> best("image/png", {"csv": "text/csv; charset=utf-8"})
    ''
    """
    wanted = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    found, most = "", 0.0
    for code, media_type in offered.items():
        kind, _, subtype = media_type.partition(";")[0].strip().partition("/")
        # The most specific range that matches says how much it is liked.
        quality = max(
            (
                ((k != "*") + (s != "*"), q)
                for k, s, q in wanted
                if k in (kind, "*") and s in (subtype, "*")
            ),
            default=(0, 0.0),
        )[1]
        if quality > most:
            found, most = code, quality
    return found


def _range(text: str) -> tuple[str, str, float]:
    """Type, subtype and quality of one media range."""
    media_range, *parameters = (p.strip().lower() for p in text.split(";"))
    kind, _, subtype = media_range.partition("/")
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return kind, subtype, quality
