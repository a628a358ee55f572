"""The build: every input accounted for, the same bytes each time, all or nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.build import build
from kg.errors import BuildError
from kg.workspace import Workspace, init_workspace, load_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The example workspace that `kg init` makes."""
    init_workspace(tmp_path / "w")
    return load_workspace(tmp_path / "w")


def report(workspace: Workspace) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((workspace.output / "report.json").read_text("utf-8"))
    return data


def quarantine(workspace: Workspace) -> list[dict[str, Any]]:
    lines = (workspace.output / "quarantine.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_example_workspace_builds_whole(workspace: Workspace) -> None:
    build(workspace)
    told = report(workspace)
    assert told["quarantined"] == 0
    assert told["graph"]["extracted"] >= 4
    assert set(told["files"]) == {
        "data/claims.csv",
        "data/entities.csv",
        "data/sources.csv",
        "data/documents/example.md",
        "data/documents/例子.md",
    }


def balanced(account: dict[str, Any]) -> bool:
    became = account.get("taken", 0) + account.get("claims", 0) + account.get("merged", 0)
    return bool(account["inputs"] == became + account["quarantined"])


#: What can be wrong with a file: name, content, the line to blame, the reason.
BAD_DOCUMENTS: list[tuple[str, bytes, int | None, str]] = [
    ("empty.txt", b"", None, "empty-file"),
    ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20, None, "binary-file"),
    (
        "impossible.md",
        b"---\ntitle: x\ndate: 2025-02-30\n---\nAcme invested $5m in Zeta.\n",
        3,
        "impossible-date",
    ),
    (
        "japanese.txt",
        "きのう、東京の会社が新しい工場を建てると発表しました。とても大きな工場になりそうです。"
        "社長は記者たちの質問に答えて、来年までに完成させたいと述べました。\n".encode(),
        None,
        "unsupported-language",
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"), BAD_DOCUMENTS, ids=lambda v: str(v)[:20]
)
def test_a_bad_document_is_named_and_the_rest_is_built(
    workspace: Workspace, name: str, content: bytes, line: int | None, reason: str
) -> None:
    (workspace.documents / name).write_bytes(content)
    build(workspace)
    refused = quarantine(workspace)
    assert [(q["file"], q["reason"]) for q in refused] == [(f"data/documents/{name}", reason)]
    assert line is None or refused[0]["line"] == line
    told = report(workspace)
    assert told["quarantined"] == 1
    assert told["graph"]["extracted"] >= 4


def test_a_line_of_fifty_megabytes_is_refused_with_its_number(workspace: Workspace) -> None:
    with (workspace.documents / "long.txt").open("wb") as file:
        file.write(b"A headline\n")
        for _ in range(50):
            file.write(b"x" * 1_000_000)
    build(workspace)
    (refused,) = quarantine(workspace)
    assert refused["file"] == "data/documents/long.txt"
    assert refused["reason"] in ("file-too-large", "line-too-long")


ROW = (
    "{id},quarrystone,supplies,larkfield,,{low},{high},{currency},{qualifier},,,,{date},{status},,"
    "{source},\n"
)
GOOD = {
    "id": "x9",
    "low": "5",
    "high": "6",
    "currency": "USD",
    "qualifier": "exact",
    "date": "2025-10",
    "status": "announced",
    "source": "example-press-release",
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"currency": "ZZZ"}, "unknown-currency"),
        ({"date": "2025-13-01"}, "impossible-date"),
        ({"low": "9"}, "swapped-bounds"),
        ({"low": "many"}, "bad-number"),
        ({"status": "maybe"}, "unknown-status"),
        ({"source": "nowhere"}, "unknown-source"),
        ({"id": "x0001"}, "duplicate-id"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_bad_row_is_named_and_the_rest_is_built(
    workspace: Workspace, change: dict[str, str], reason: str
) -> None:
    with (workspace.tables / "claims.csv").open("a", encoding="utf-8") as file:
        file.write(ROW.format(**{**GOOD, **change}))
        file.write(ROW.format(**{**GOOD, "id": "x8"}))
    build(workspace)
    (refused,) = quarantine(workspace)
    assert (refused["file"], refused["line"], refused["reason"]) == ("data/claims.csv", 3, reason)
    assert report(workspace)["files"]["data/claims.csv"]["claims"] == 2


def test_a_broken_row_is_named(workspace: Workspace) -> None:
    with (workspace.tables / "claims.csv").open("a", encoding="utf-8") as file:
        file.write("x7,quarrystone,supplies\n")
    build(workspace)
    (refused,) = quarantine(workspace)
    assert (refused["line"], refused["reason"]) == (3, "broken-row")


def test_every_input_of_every_file_is_accounted_for(workspace: Workspace) -> None:
    for name, content, _, _ in BAD_DOCUMENTS:
        (workspace.documents / name).write_bytes(content)
    article = (workspace.documents / "example.md").read_bytes()
    (workspace.documents / "again.md").write_bytes(article)
    build(workspace)
    told = report(workspace)
    assert told["inputs"] == told["claims"] + told["merged"] + told["quarantined"]
    assert all(balanced(account) for account in told["files"].values())
    assert told["claims"] == told["graph"]["claims"]


def test_strict_publishes_nothing_when_something_was_refused(workspace: Workspace) -> None:
    build(workspace)
    before = workspace.graph.read_bytes()
    (workspace.documents / "empty.txt").write_bytes(b"")
    with pytest.raises(BuildError, match=r"empty\.txt"):
        build(workspace, strict=True)
    assert workspace.graph.read_bytes() == before


def test_fewer_claims_than_expected_fail_the_build(workspace: Workspace) -> None:
    with (workspace.root / "kg.toml").open("a", encoding="utf-8") as file:
        file.write('\n[expect]\n"data/claims.csv" = 5\n')
    with pytest.raises(BuildError, match=r"data/claims\.csv: 1 claims, but .* at least 5"):
        build(load_workspace(workspace.root))
    assert not workspace.output.exists()
    assert not list(workspace.root.glob(".build*"))


def test_the_second_build_reads_only_what_is_new(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(workspace)
    first = workspace.graph.read_bytes()
    from kg.extract.rules import RulesExtractor

    read: list[str] = []
    original = RulesExtractor.extract

    def spy(self: RulesExtractor, document: Any) -> Any:
        read.append(document.source.file)
        return original(self, document)

    monkeypatch.setattr(RulesExtractor, "extract", spy)
    build(workspace)
    assert read == []
    assert workspace.graph.read_bytes() == first
    article = (workspace.documents / "example.md").read_text("utf-8")
    (workspace.documents / "new.md").write_text(article.replace("450", "460"), "utf-8")
    build(workspace)
    assert read == ["data/documents/new.md"]
    build(workspace, fresh=True)
    assert len(read) == 4


def test_the_same_input_gives_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    """Whatever the folder, the hash seed and the order in which files were written."""
    graphs = []
    for seed in ("1", "2"):
        copy = tmp_path / f"copy{seed}"
        files = [p for p in workspace.root.rglob("*") if p.is_file()]
        random.Random(seed).shuffle(files)
        for file in files:
            target = copy / file.relative_to(workspace.root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": f"UTC{seed}"}
        command = [sys.executable, "-m", "kg", "build", "-q", "-w", str(copy)]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        outputs = ("graph.nq", "report.json", "quarantine.jsonl")
        graphs.append([(copy / "build" / name).read_bytes() for name in outputs])
    assert graphs[0] == graphs[1]


def test_a_failed_build_leaves_the_old_result(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(workspace)
    before = workspace.graph.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.build.load_disk", fail)
    with pytest.raises(KeyboardInterrupt):
        build(workspace)
    assert workspace.graph.read_bytes() == before
    assert not list(workspace.root.glob(".build*"))
