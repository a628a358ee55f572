"""kg.toml says where things are; what it says wrongly is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import WorkspaceError
from kg.workspace import find_workspace, init_workspace, load_workspace


def write(root: Path, text: str) -> Path:
    (root / "kg.toml").write_text(text, "utf-8")
    return root


def test_an_empty_file_is_a_workspace_with_the_defaults(tmp_path: Path) -> None:
    workspace = load_workspace(write(tmp_path, ""))
    assert workspace.documents == tmp_path / "data" / "documents"
    assert workspace.output == tmp_path / "build"
    assert workspace.namer.base == "https://kg.example/"
    assert workspace.min_confidence == Decimal(0)
    assert (workspace.ontology_folder / "kg.ttl").is_file()


def test_it_is_found_from_below(tmp_path: Path) -> None:
    below = write(tmp_path, "") / "data" / "documents"
    below.mkdir(parents=True)
    assert find_workspace(below) == tmp_path


def test_where_there_is_none_the_message_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="kg init DIR"):
        find_workspace(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[workspace", "kg.toml: "),
        ("[wrkspace]", "unknown section"),
        ("[workspace]\ntitel = 'x'", "unknown key 'titel'"),
        ("[workspace]\nbase = 'kg.example'", "expected an IRI that ends in / or #"),
        ("[workspace]\noutput = '.'", "expected a folder below the workspace"),
        ("[workspace]\noutput = '../elsewhere'", "expected a folder below the workspace"),
        ("[workspace]\ntitle = 3", "expected text in quotes"),
        ("[extract]\nmin_confidence = 2", "expected a number from 0 to 1"),
        ("[expect]\n'a.csv' = -1", "expected a whole number"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(WorkspaceError, match=r"kg\.toml") as caught:
        load_workspace(write(tmp_path, text))
    assert message in str(caught.value)


def test_init_makes_a_workspace_and_overwrites_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    written = init_workspace(folder)
    assert folder / "kg.toml" in written
    assert load_workspace(folder).documents.is_dir()
    with pytest.raises(WorkspaceError, match="not empty"):
        init_workspace(folder)
