"""Several processes at once: the same results, in the same order."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from kg.build import build
from kg.errors import KgError
from kg.jobs import FEW, in_order
from kg.workspace import init_workspace, load_workspace

forks = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


def square(number: int) -> int:
    time.sleep(0.002 * (number % 3))  # whoever begins later may be done sooner
    return number * number


@pytest.mark.parametrize("jobs", [1, 2, 4])
@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, 60])
def test_results_come_in_the_order_of_the_things(jobs: int, count: int) -> None:
    assert list(in_order(square, range(count), jobs)) == [(n, n * n) for n in range(count)]


def test_things_are_taken_only_a_little_ahead() -> None:
    things = iter(range(1000))
    results = in_order(square, things, 2)
    for _ in range(FEW + 1):
        next(results)
    assert next(things) < 40


@forks
def test_other_processes_do_the_work() -> None:
    pids = {pid for _, pid in in_order(lambda _: os.getpid(), range(60), 2)}
    assert os.getpid() in pids
    assert len(pids) > 1


def test_what_the_work_raises_is_raised() -> None:
    def work(number: int) -> int:
        return 1 // (number - 20)

    with pytest.raises(ZeroDivisionError):
        list(in_order(work, range(30), 2))


@forks
def test_a_process_that_is_killed_is_told_of() -> None:
    def work(number: int) -> int:
        if number == 20:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(KgError, match="--jobs 1"):
        list(in_order(work, range(30), 2))


def test_a_build_gives_the_same_bytes_whatever_the_number_of_processes(tmp_path: Path) -> None:
    graphs = set()
    for jobs in (1, 3):
        folder = tmp_path / f"w{jobs}"
        init_workspace(folder)
        for n in range(FEW + 4):
            text = f"News\nOrbix{n} Labs bought Fenwick{n % 3} Robotics for ${n + 1}m in 2024.\n"
            (folder / "data" / "documents" / f"more{n}.txt").write_text(text, "utf-8")
        workspace = load_workspace(folder)
        build(workspace, jobs=jobs)
        graphs.add(workspace.graph.read_bytes())
    assert len(graphs) == 1
