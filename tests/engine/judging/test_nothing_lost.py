"""A grading run that is killed, has no space, may not write, or whose clock is set: one clear line, nothing half
written, and --resume goes on."""

import os
import subprocess

import pytest
from durability.kills import COMMAND, Folder, disturb, files_in

from autograder.course import CHECKOUT
from autograder.progress import Progress
from autograder.secret import VARIABLE

JUMPING = """
import itertools, time
real, jumps = time.time, itertools.cycle((0, 10**7, -(10**7), 3600, -7200))
time.time = lambda: real() + next(jumps)
"""


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setenv(VARIABLE, "of these tests")


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A class of six, and what comes of it."""
    folder = Folder(tmp_path_factory.mktemp("few"), 6)
    folder.arguments, out = folder.start("alone")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, "of these tests")
        subprocess.run([*COMMAND, *folder.arguments], check=True, cwd=CHECKOUT, capture_output=True)
    folder.expected = files_in(out)
    return folder


def grade(few, out, *options, **environment):
    command = [*COMMAND, str(few.submissions), "-o", str(out), "--assignment", "activations", *options]
    return subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def test_killed_runs_end_like_one_that_nobody_disturbed(few):
    outcome = disturb(few, 3)
    assert outcome.kills == 3
    assert outcome.differences == []


def test_a_full_disk_is_one_line_and_what_is_on_it_stays(few, disk):
    script = '"$@" --resume || mount -o remount,size=4m disk; ls -A disk/*; "$@" --resume'
    said, seen = disk("size=40k", script, *COMMAND, few.submissions, "-o", "disk", "--assignment", "activations")
    assert len(said) == 3  # each run says how it isolates
    assert said[1].startswith("autograder: disk/s000")
    assert "could not be written (No space left on device). What was there is unchanged. " in said[1]
    assert said[1].endswith(" of 6 submissions are graded and kept in disk: the same command with --resume goes on.")
    assert files_in(seen) == few.expected


def test_a_full_folder_for_temporary_files_is_one_line(few, disk, tmp_path):
    command = [*COMMAND, few.submissions, "-o", tmp_path / "out", "--assignment", "activations"]
    said, seen = disk("nr_inodes=3", 'TMPDIR=$PWD/disk "$@" || true', *command)
    assert len(said) == 2
    assert said[1].startswith(f"autograder: {tmp_path}/disk/autograder-")
    assert said[1].endswith(": No space left on device.")
    assert files_in(seen) == {}


def test_a_folder_that_may_not_be_written_is_one_line(few, disk):
    command = [*COMMAND, few.submissions, "--assignment", "activations", "-o"]
    said, seen = disk("size=4m", 'mount -o remount,ro disk; "$@" disk || "$@" disk/out || true', *command)
    assert [line.partition(" (Read-only file system).")[0] for line in said if "Isolation" not in line] == [
        "autograder: disk/s0000/results.json: could not be written",
        "autograder: disk/out: no folder can be made there",
    ]
    assert files_in(seen) == {}


def test_a_clock_that_jumps_changes_nothing(few, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(JUMPING)
    result = grade(few, tmp_path / "out", PYTHONPATH=f"{tmp_path}{os.pathsep}{CHECKOUT}")
    assert result.returncode == 0, result.stderr
    assert files_in(tmp_path / "out") == few.expected


def test_the_bar_shows_rate_time_left_and_failures(monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr("time.monotonic", lambda: next(clock) / 4)
    monkeypatch.setattr("time.time", lambda: 1 / 0)
    progress = Progress(8, "graded")
    for number in range(4):
        progress.step(failed=number == 2)
    assert str(progress) == "[##########..........] 4/8 graded, 1 failed, 4.0/s, 1 s left"
    for _ in range(4):
        progress.step(failed=False)
    assert str(progress) == "[####################] 8/8 graded, 1 failed, 4.0/s"
