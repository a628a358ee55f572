"""The command line, end to end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from kg.cli import cli
from tests.test_draw import Page

PACKAGE = Path(__file__).parent.parent / "kg"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example workspace, built."""
    folder = tmp_path_factory.mktemp("cli") / "w"
    run("init", str(folder))
    run("build", "-w", str(folder))
    return folder


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, arguments, prog_name="kg")
    assert result.exit_code == code, result.output
    return result


def test_the_stored_help_is_what_the_commands_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """`kg --help` prints a file, to be instant; write it anew from the output when this fails."""
    monkeypatch.setenv("COLUMNS", "80")
    assert (PACKAGE / "help.txt").read_text("utf-8") == run("--help").output


CONTEXT = click.Context(cli)


@pytest.mark.parametrize("name", cli.list_commands(CONTEXT))
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = cli.get_command(CONTEXT, name)
    assert command is not None
    text = run(name, "--help").output
    assert command.help
    assert "Example: kg " in text
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name not in ("file", "output", "help"):
            assert parameter.help or parameter.name in ("fmt", "language"), parameter.name


def test_help_and_version_without_the_library() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "kg", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.startswith("Usage: kg ")
    assert not any(heavy in done.stderr for heavy in ("click", "rdflib", "pyoxigraph", "pyvis"))


def test_a_query_answers_with_names(built: Path) -> None:
    out = run("query", "-w", str(built), "SELECT ?a ?b WHERE { ?a kg:supplies ?b } ORDER BY ?a ?b")
    assert "d:quarrystone" in out.output
    assert "d:larkfield" in out.output


@pytest.mark.parametrize("fmt", ["csv", "tsv", "json", "xml"])
def test_results_in_every_format(built: Path, fmt: str) -> None:
    text = "SELECT ?a WHERE { ?a kg:supplies d:larkfield } ORDER BY ?a"
    out = run("query", "-w", str(built), text, "--format", fmt)
    assert "https://kg.example/entity/quarrystone" in out.output


def test_a_graph_as_turtle(built: Path) -> None:
    out = run("query", "-w", str(built), "CONSTRUCT WHERE { d:larkfield a ?t }")
    assert "larkfield" in out.output


def test_a_question_is_told_in_full(built: Path) -> None:
    out = run("questions", "-w", str(built), "funders-of").output
    assert "--entity" in out
    assert "SELECT" in out
    told = json.loads(run("questions", "-w", str(built), "funders-of", "--format", "json").output)
    assert told["query"].startswith("#")
    assert "kg questions" in run("questions", "-w", str(built), "nothing", code=1).output


@pytest.mark.parametrize(
    "words",
    [("--entity", "larkfield"), ("--entity=larkfield",), ("entity=larkfield",)],
)
def test_a_question_takes_its_parameters_as_options(built: Path, words: tuple[str, ...]) -> None:
    out = run("query", "-w", str(built), "funders-of", *words, "--format", "csv").output
    assert out.startswith("funder,")


def test_a_parameter_that_a_question_lacks_is_named(built: Path) -> None:
    out = run("query", "-w", str(built), "funders-of", "--whom", "x", code=1).output
    assert "entity" in out
    assert "value" in run("query", "-w", str(built), "funders-of", "--entity", code=2).output


def test_a_long_answer_is_cut_and_says_so(built: Path) -> None:
    text = "SELECT ?s ?p WHERE { ?s ?p ?o }"
    result = run("query", "-w", str(built), text, "--max-rows", "3")
    assert "cut: the first 3 only" in result.output
    csv = run("query", "-w", str(built), text, "--max-rows", "3", "--format", "csv").output
    assert csv.splitlines()[0] == "s,p"
    assert "cut: " in csv
    whole = run("query", "-w", str(built), text, "--max-rows", "0", "--format", "csv").output
    assert "cut: " not in whole


def test_a_plan_is_shown(built: Path) -> None:
    out = run("query", "-w", str(built), "funders-of", "--explain").output
    assert "Project" in out
    assert " ms" in out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["query", "funders"], "funders-of"),
        (["query", "funders-of", "--"], "--entity"),
        (["query", "funders-of", "--entity", "lark"], "larkfield"),
        (["query", "funders-of", "entity=lark"], "entity=larkfield"),
        (["que"], "query"),
    ],
)
def test_the_shell_completes(
    built: Path, words: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built)
    found = ShellComplete(cli, {}, "kg", "_KG_COMPLETE").get_completions(words[:-1], words[-1])
    assert expected in [item.value for item in found]


def test_the_shell_is_answered_by_the_program_itself(built: Path) -> None:
    environment = {**os.environ, "_KG_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    command = [sys.executable, "-m", "kg"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        env={**environment, "COMP_WORDS": "kg que"},
    )
    assert "query" in done.stdout


def test_a_query_from_a_file(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_text("ASK { d:quarrystone kg:supplies d:larkfield }", "utf-8")
    assert "true" in run("query", "-w", str(built), "-f", str(file)).output


def test_mistakes_in_queries_are_explained(built: Path) -> None:
    assert (
        "Error: "
        in run("query", "-w", str(built), "SELECT ?a WHERE { ?a kg:supplies", code=1).output
    )
    assert "kg questions" in run("query", "-w", str(built), "no-such-question", code=1).output
    assert run("query", "-w", str(built), code=2).output


def test_the_questions_are_listed_in_the_chosen_language(built: Path) -> None:
    english = json.loads(run("questions", "-w", str(built), "--format", "json").output)
    assert len(english) >= 15
    chinese = run("questions", "-w", str(built), "--language", "zh-Hans").output
    assert english[0]["titles"]["zh-Hans"] in chinese


def test_every_question_runs(built: Path) -> None:
    for question in json.loads(run("questions", "-w", str(built), "--format", "json").output):
        run("query", "-w", str(built), question["name"], "--format", "csv")


def test_extract_prints_claims_anywhere(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.parent)
    document = built / "data" / "documents" / "example.md"
    out = run("extract", str(document), "--format", "jsonl").output
    rows = [json.loads(line) for line in out.splitlines()]
    text = document.read_text("utf-8")
    assert rows
    assert all(text[r["start"] : r["end"]] == r["quote"] for r in rows)
    assert {r["doc"] for r in rows} == {"example"}


def test_extract_fails_when_nothing_could_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    out = run("extract", str(tmp_path / "empty.txt"), code=1)
    assert "empty.txt" in out.output


def test_check_passes_on_a_fresh_build(built: Path) -> None:
    run("check", "-w", str(built))


@pytest.mark.parametrize(
    "fmt",
    ["nt", "nq", "ttl", "trig", "jsonld", "rdf12", "graphml", "gexf", "csv", "parquet", "ftm"],
)
def test_every_export(built: Path, tmp_path: Path, fmt: str) -> None:
    run("export", "-w", str(built), "--format", fmt, "-o", str(tmp_path / f"out.{fmt}"))
    assert (tmp_path / f"out.{fmt}").stat().st_size > 100


def test_view_and_site_are_written(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert str(page) in run("view", "-w", str(built), "-o", str(page), "--no-open").output
    assert "Larkfield" in Page(page.read_text("utf-8")).script("kg-graph")
    run("site", "-w", str(built), "-o", str(tmp_path / "site"))
    assert (tmp_path / "site" / "index.html").is_file()


def test_without_a_build_the_message_says_what_to_do(tmp_path: Path) -> None:
    run("init", str(tmp_path / "new"))
    out = run("query", "-w", str(tmp_path / "new"), "ASK {}", code=1)
    assert "kg build" in out.output


def test_outside_a_workspace_the_message_says_what_to_do(tmp_path: Path) -> None:
    assert "kg init DIR" in run("build", "-w", str(tmp_path), code=1).output
