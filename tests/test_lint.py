"""The lexicon is checked: slips are named with file and line, so are contradictions."""

from pathlib import Path
from shutil import copytree

import pytest

from kg.errors import WorkspaceError
from kg.extract.lexicon import load_lexicon
from kg.extract.lint import lint
from kg.extract.rules import RulesExtractor
from kg.ontology import load_ontology
from tests.extracting import document

GOLD = Path(__file__).parent / "gold" / "dev"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copytree(load_ontology().folder, tmp_path / "ontology")
    return tmp_path / "ontology"


def _insert(folder: Path, line: str) -> int:
    """Puts a pattern first among those of acquires in Chinese; its line."""
    path = folder / "lexicon" / "zh" / "relations.toml"
    lines = path.read_text("utf-8").splitlines()
    at = lines.index("patterns = [", lines.index("[acquires]")) + 1
    lines.insert(at, line)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return at + 1


def test_the_packaged_lexicon_is_clean() -> None:
    assert list(lint(load_ontology())) == []


def test_a_bracket_without_its_partner_is_refused_at_once(folder: Path) -> None:
    line = _insert(folder, "  '{S}..<收购(?:了{O:asset}',")
    with pytest.raises(WorkspaceError, match=rf"zh/relations\.toml:{line}: .*without its partner"):
        load_lexicon(load_ontology(folder))


@pytest.mark.parametrize(
    ("name", "content"),
    [("scorer.npz", b"no model"), ("zh/classes.toml", b"a = ["), ("en/network.npz", b"no model")],
)
def test_what_the_scorer_reads_is_checked_too(folder: Path, name: str, content: bytes) -> None:
    (folder / "lexicon" / name).write_bytes(content)
    (found,) = lint(load_ontology(folder))
    assert (found.severity, found.code) == ("error", "lexicon-broken")
    assert name in found.message


def test_an_unknown_slot_is_refused_at_once(folder: Path) -> None:
    line = _insert(folder, "  '{S}..<收购>{O:planet}',")
    with pytest.raises(WorkspaceError, match=rf":{line}: .*unknown slot 'planet'"):
        load_lexicon(load_ontology(folder))


@pytest.mark.parametrize("name", ["grammar.toml", "cues.toml", "reading.toml"])
def test_a_word_that_is_no_expression_is_refused_with_its_line(folder: Path, name: str) -> None:
    path = folder / "lexicon" / "zh" / name
    lines = path.read_text("utf-8").splitlines()
    at = next(n for n, text in enumerate(lines) if " = [" in text)
    lines[at] = lines[at].replace(" = [", ' = ["(slip", ', 1)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(WorkspaceError, match=rf"zh/{name}:{at + 1}: .*\(slip"):
        load_lexicon(load_ontology(folder))


def test_a_key_that_nothing_reads_is_refused(folder: Path) -> None:
    path = folder / "lexicon" / "zh" / "grammar.toml"
    path.write_text(path.read_text("utf-8") + '\nobliqe = ["向"]\n', "utf-8")
    with pytest.raises(WorkspaceError, match=r"grammar\.toml:\d+: obliqe: .*known: .*oblique"):
        load_lexicon(load_ontology(folder))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ('[rows]\njoit = ["、"]', r"reading\.toml:2: rows\.joit: nothing reads it; known: joint, "),
        ('[row]\njoint = ["、"]', r"reading\.toml:1: row: nothing reads it; known: rows, "),
    ],
)
def test_a_table_or_key_that_no_reader_knows_is_refused(
    folder: Path, words: str, message: str
) -> None:
    (folder / "lexicon" / "zh" / "reading.toml").write_text(words, "utf-8")
    with pytest.raises(WorkspaceError, match=message):
        load_lexicon(load_ontology(folder))


def test_a_pattern_that_is_no_expression_is_found_and_named(folder: Path) -> None:
    line = _insert(folder, "  '{S}..<收购>++?{O:asset}',")
    ontology = load_ontology(folder)
    (finding,) = [f for f in lint(ontology) if f.code == "lexicon-pattern"]
    assert (finding.severity, finding.line) == ("error", line)
    rules = RulesExtractor(ontology=ontology, names={}, tagger=False)
    with pytest.raises(WorkspaceError, match=rf"relations\.toml:{line}: "):
        list(rules.extract(document("要闻\n微软收购瀚洋科技。", "zh-Hans")))


def test_two_relations_with_one_pattern_contradict_each_other(folder: Path) -> None:
    _insert(folder, "  '{S}..<合并重组>{O:asset}',")
    path = folder / "lexicon" / "zh" / "relations.toml"
    text = path.read_text("utf-8")
    place = text.index("[lendsTo]")
    at = text.index("patterns = [\n", place) + len("patterns = [\n")
    path.write_text(text[:at] + "  '{S}..<合并重组>{O:asset}',\n" + text[at:], "utf-8")
    codes = [f.code for f in lint(load_ontology(folder))]
    assert codes == ["lexicon-conflict"]


def test_a_word_under_two_statuses_contradicts_itself(folder: Path) -> None:
    path = folder / "lexicon" / "zh" / "cues.toml"
    text = path.read_text("utf-8")
    text = text.replace("status_committed = [", 'status_committed = ["宣布", ', 1)
    path.write_text(text, "utf-8")
    (finding,) = lint(load_ontology(folder))
    assert finding.code == "lexicon-conflict"
    assert "'宣布'" in finding.message


@pytest.mark.parametrize(("old", "new"), [("participatesIn", "builds"), ('"capex"', '"spent"')])
def test_what_deals_tell_is_told_by_known_codes(folder: Path, old: str, new: str) -> None:
    path = folder / "lexicon" / "deals.toml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    (finding,) = lint(load_ontology(folder))
    assert (finding.severity, finding.code) == ("error", "lexicon-code")
    assert new.strip('"') in finding.message


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[totals]", "[totals", "not valid TOML"),
        ("[totals]", "[total]", "totals: expected a table"),
        ('"budget"\n', '["budget"]\n', "totals.participatesIn: expected a measure"),
        ('ending = ["terminates"]', 'ending = "terminates"', "lists.ending: expected a list"),
    ],
)
def test_what_deals_tell_is_refused_where_it_is_broken(
    folder: Path, old: str, new: str, told: str
) -> None:
    path = folder / "lexicon" / "deals.toml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    (finding,) = lint(load_ontology(folder))
    assert (finding.severity, finding.code) == ("error", "lexicon-broken")
    assert "deals.toml" in finding.message
    assert told in finding.message


def test_what_never_fires_is_named(folder: Path) -> None:
    _insert(folder, "  '{S}..<鲸吞蚕食>{O:asset}',")
    silent = [f.message for f in lint(load_ontology(folder), GOLD) if f.code == "lexicon-silent"]
    assert any("鲸吞蚕食" in message for message in silent)
    assert not any("首席执行官|行政总裁" in message and "领投" in message for message in silent)
