"""Reads what a script of data leaves for the page."""

from __future__ import annotations

import json
from typing import Any


def read_data(script: str, name: str) -> Any:
    """The value in a script that kg.draw.data_script wrote.

    Args:
        script: its text, from a file of the folder or unpacked from the single file.
        name: under which the page finds the value.
    """
    start, end = f'(globalThis.kgData ??= {{}})["{name}"] = JSON.parse(', ");"
    text = script.rstrip()
    assert text.startswith(start) and text.endswith(end)
    return json.loads(json.loads(text.removeprefix(start).removesuffix(end)))
