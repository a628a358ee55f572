"""What a picture may draw terms with: colours, shapes of marks, styles of lines.

These enter styles and attributes of pages, where a text could be an address or a rule: anything
else is refused when the ontology is read.
"""

from __future__ import annotations

import re

#: Shapes that kg/page/base.js and vis-network draw by the same names.
SHAPES = (
    "dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star", "box", "ellipse",
)  # fmt: skip
#: Dotted lines are missing: they say that a relation is no longer live.
LINES = ("solid", "dashed", "dashdot")

_FORMS = {
    "color": (r"#[0-9a-fA-F]{6}", '"#rrggbb", such as "#3b78b8"'),
    "shape": ("|".join(SHAPES), f"one of {', '.join(SHAPES)}"),
    "lineStyle": ("|".join(LINES), f"one of {', '.join(LINES)}"),
    "order": (r"-?[0-9]{1,9}", "a whole number"),
    # Codes stand in tables, IRIs, addresses and names of edges.
    "notation": (r"[A-Za-z][A-Za-z0-9_-]*", "a letter, then letters, digits, _ and -"),
}


def expected(name: str, value: str) -> str:
    """What was expected instead of a value; "" when it is right.

    Args:
        name: local name of the ontology's property: color, shape, lineStyle, order, notation.
        value: what the ontology says.

    >>> expected("color", "#3b78b8"), expected("lineStyle", "wavy")
    ('', 'one of solid, dashed, dashdot')
    """
    form, words = _FORMS[name]
    return "" if re.fullmatch(form, value) else words
