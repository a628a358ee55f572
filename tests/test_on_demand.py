"""What a language needs is read when it is first asked for, once."""

from pathlib import Path
from shutil import copytree

import pytest

from kg.extract.lint import lint
from kg.extract.on_demand import OnDemand
from kg.ontology import load_ontology, packaged_ontology


def test_a_file_is_read_when_its_language_is_asked_for(tmp_path: Path) -> None:
    for language in ("en", "zh"):
        (tmp_path / "lexicon" / language).mkdir(parents=True)
        (tmp_path / "lexicon" / language / "words.txt").write_text(language, "utf-8")
    read: list[str] = []

    def reader(path: Path) -> str:
        read.append(path.parent.name)
        return path.read_text("utf-8")

    words = OnDemand(tmp_path, "words.txt", reader)
    assert (list(words), read) == (["en", "zh"], [])
    assert (words["zh"], words["zh"], read) == ("zh", "zh", ["zh"])
    assert words.get("de") is None


@pytest.mark.parametrize("name", ["classes.toml", "network.npz"])
def test_the_check_reads_what_texts_wait_for(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "ontology"
    copytree(packaged_ontology(), folder)
    (folder / "lexicon" / "en" / name).write_bytes(b"a = [")
    found = [f for f in lint(load_ontology(folder)) if f.severity == "error"]
    assert [f.code for f in found] == ["lexicon-broken"]
    assert f"en/{name}" in found[0].message.replace("\\", "/")
