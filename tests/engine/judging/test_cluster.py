"""Grading on a Dask cluster: a real scheduler and real workers on this machine, which are killed, cut off and unfit."""

import contextlib
import os
import pickle
import platform
import shutil
import signal
import subprocess
import sys
import time

import pytest
from distributed import Client
from durability.clusters import Cluster, Relay, free_port
from durability.kills import COMMAND, TOPIC, Folder, files_in

from autograder import cluster
from autograder.batch import grade_folder
from autograder.course import CHECKOUT, read_course
from autograder.errors import AutograderError
from autograder.secret import VARIABLE, Seeds

SECRET = "of these tests"
COUNT = 24


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setenv(VARIABLE, SECRET)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A class, and what comes of it on this machine alone."""
    folder = Folder(tmp_path_factory.mktemp("few"), COUNT)
    folder.arguments, out = folder.start("alone")
    environment = {**os.environ, VARIABLE: SECRET}
    subprocess.run([*COMMAND, *folder.arguments], check=True, cwd=CHECKOUT, capture_output=True, env=environment)
    folder.expected = files_in(out)
    return folder


@pytest.fixture
def dask(tmp_path):
    with contextlib.closing(Cluster(tmp_path)) as running:
        yield running


def grading(few, out, dask, *options):
    command = [*COMMAND, few.submissions, "-o", out, "--assignment", TOPIC, "--dask", dask.address, *options]
    return subprocess.Popen(
        [*map(str, command)], cwd=CHECKOUT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def wait_for_results(out, count, process):
    while len(list(out.glob("*/results.json"))) < count:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


def test_a_killed_worker_and_one_that_is_cut_off_cost_nothing(few, dask, tmp_path):
    """And no worker knows the secret."""
    port = free_port()
    to_scheduler, to_worker = Relay(int(dask.address.rpartition(":")[2])), Relay(port)
    killed = dask.worker("killed")
    dask.worker(
        "cut off", "--listen-address", f"tcp://127.0.0.1:{port}",
        "--contact-address", f"tcp://127.0.0.1:{to_worker.port}",
        scheduler=f"tcp://127.0.0.1:{to_scheduler.port}",
    )  # fmt: skip
    dask.worker("steady")
    dask.wait_for(3)
    out = tmp_path / "out"
    with Client(dask.address, set_as_default=False) as client:
        process = grading(few, out, dask)
        wait_for_results(out, 3, process)
        busy = [len(keys) for keys in client.processing().values()]
        killed.send_signal(signal.SIGKILL)
        wait_for_results(out, 6, process)
        to_scheduler.stopped.set()
        to_worker.stopped.set()
        _, said = process.communicate(timeout=300)
    assert len(busy) == 3
    assert all(busy), "each worker had submissions when one was killed"
    assert process.returncode == 0, said
    assert said.splitlines()[0].endswith(", on 3 workers.")
    assert len(said.splitlines()) == 1
    assert files_in(out) == few.expected


def test_workers_that_are_not_fit_are_refused_by_name(few, dask, tmp_path):
    shutil.copytree(CHECKOUT, tmp_path / "other", ignore=lambda folder, names: {".git", ".venv", "engine"} & {*names})
    with (tmp_path / "other" / "tests" / "hidden" / f"test_{TOPIC}.py").open("a") as file:
        file.write("\n# another version\n")
    dask.worker("other", cwd=tmp_path / "other")
    expected = ["its tests are version "]
    if platform.machine() == "x86_64" and shutil.which("setarch"):  # to a 32-bit processor's program, nothing is walled
        dask.worker("contained", prefix=("setarch", "i686"))
        expected.append("student code could read the hidden tests there (")
    dask.wait_for(len(expected))
    process = grading(few, tmp_path / "out", dask)
    _, said = process.communicate(timeout=120)
    *refused, last = said.splitlines()
    assert process.returncode == 1
    assert last == f"autograder: {dask.address}: no Dask worker there may judge ({len(expected)} refused)."
    assert len(refused) == len(expected)
    for reason in expected:
        (line,) = [line for line in refused if reason in line]
        assert line.startswith("The Dask worker tcp://127.0.0.1:")
    dask.worker("fit")
    dask.wait_for(len(expected) + 1)
    process = grading(few, tmp_path / "out", dask)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert len([line for line in said.splitlines() if "is refused" in line]) == len(expected)
    assert files_in(tmp_path / "out") == few.expected


def test_a_scheduler_that_ends_is_one_line_and_another_goes_on(few, dask, tmp_path, tmp_path_factory):
    dask.worker("first")
    dask.wait_for(1)
    out = tmp_path / "out"
    process = grading(few, out, dask)
    wait_for_results(out, 3, process)
    dask.scheduler.kill()
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert said.splitlines()[1].startswith(f"autograder: {dask.address}: the Dask scheduler does not answer any more. ")
    assert said.splitlines()[1].endswith(f" are graded and kept in {out}: the same command with --resume goes on.")
    assert len(said.splitlines()) == 2
    kept = {path: path.stat().st_mtime_ns for path in out.glob("*/results.json")}
    with contextlib.closing(Cluster(tmp_path_factory.mktemp("second"))) as second:
        second.worker("second")
        second.wait_for(1)
        process = grading(few, out, second, "--resume")
        _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert files_in(out) == few.expected
    assert all(path.stat().st_mtime_ns == when for path, when in kept.items())


def test_where_all_workers_are_lost_the_next_one_goes_on(few, dask, tmp_path):
    first = dask.worker("first")
    dask.wait_for(1)
    process = grading(few, tmp_path / "out", dask)
    wait_for_results(tmp_path / "out", 3, process)
    first.kill()
    dask.worker("second")
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert files_in(tmp_path / "out") == few.expected


def test_ctrl_c_is_one_line(few, dask, tmp_path):
    dask.worker("only")
    dask.wait_for(1)
    process = grading(few, tmp_path / "out", dask)
    wait_for_results(tmp_path / "out", 2, process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.splitlines()[1].startswith("autograder: stopped. ")
    assert len(said.splitlines()) == 2


def test_where_no_scheduler_is_or_no_dask_is_one_line(few, tmp_path, monkeypatch):
    course = read_course(CHECKOUT)
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    for address in (f"tcp://127.0.0.1:{free_port()}", "nowhere", "carrier://pigeon"):
        with pytest.raises(AutograderError, match="no Dask scheduler answers there") as problem:
            grade_folder(few.submissions, tmp_path / "out", course, dask=address)
        assert "\n" not in str(problem.value)
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(AutograderError, match="pip install distributed"):
        grade_folder(few.submissions, tmp_path / "out", course, dask=address)


def test_what_a_worker_is_handed_does_not_hold_the_secret():
    seeds = pickle.dumps(Seeds(SECRET.encode(), "alice", TOPIC))
    assert SECRET.encode() not in seeds
    assert SECRET.encode() not in pickle.loads(seeds)._key
