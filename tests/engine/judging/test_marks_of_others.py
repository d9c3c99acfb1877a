"""A class with attackers in it, graded in one batch: the others' results are the same bytes as without them."""

import contextlib
import ctypes
import importlib.util
import json
import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

from autograder import pool
from autograder.batch import grade_folder
from autograder.build import build
from autograder.course import CHECKOUT, find_course, read_course
from autograder.pool import judged
from autograder.sandbox.client import Limits, probe
from autograder.secret import VARIABLE

ATTACKS = CHECKOUT / "tests" / "engine" / "attacks"
CHOSEN = {
    "disk": ("anothers_result", "full", "planted_conftest", "tree_removed"),
    "forging": ("answer_early", "answer_twice", "commands_to_the_zygote", "exit_status_zero", "patched_caller"),
    "kernel": ("raised_limits", "ring"),
    "memory": ("array", "mapping_that_grows", "text"),
    "network": ("tcp", "udp"),
    "notebooks": ("cell_that_ends_the_process", "merge_conflict", "truncated"),
    "output": ("closed_descriptors", "flood", "socket_that_never_blocks"),
    "parsing": ("constant_that_is_folded", "deep_parentheses", "null_bytes"),
    "processes": ("daemon", "fork_that_stays", "kill_a_group", "kill_its_parent", "outlive_the_grader"),
    "reading": ("another_submission", "environment", "hidden_tests_by_path"),
    "time": ("at_exit", "loop", "stop"),
    "values": ("array_on_demand", "lying_equality", "message_of_megabytes"),
}
BLOCK = '```toml {{exercise}}\nname = "{}"\npoints = 2\nhints = ["One.", "Two."]\n```\n'
SOLUTION = '''\
def attack():
    """42."""
    return 42


def relu(Z):
    """max(0, Z)."""
    return abs(Z) / 2 + Z / 2
'''
HIDDEN = '''
def test_attack_is_42(student, check):
    """It is 42."""
    check.same(student.attack(), 42)

def test_relu_is_right(student, reference, rng, check):
    """It is right."""
    Z = rng.normal(size=(3, 4))
    check.same(student.relu(Z), reference.relu(Z))
'''
WRONG = SOLUTION.replace("return 42", "return 41")
HONEST = {"ada": SOLUTION, "bob": WRONG, "zoe": SOLUTION, "zuse": "def relu(Z):\n    raise ValueError(Z)\n"}
SUBREAPER = 36  # of prctl: orphans become children of this process, and are seen


def tight(assignment, child, path):
    """Runs in the place of `pool._judge`: limits that end an attack soon."""
    judge = pool._warm(assignment)
    judge.sandbox.limits = Limits(0.5, 0.5, 128 << 20, 4)
    return judged(judge, child, path)


@pytest.fixture
def course(tmp_path):
    for path, text in {
        "assignments/course.toml": 'title = "Targets"\ntopics = ["activations"]\n',
        "assignments/activations.md": f"# Activations\n\n{BLOCK.format('attack')}\n{BLOCK.format('relu')}",
        "solutions/mlp/__init__.py": "",
        "solutions/mlp/activations.py": SOLUTION,
        "tests/public/test_activations.py": "",
        "tests/hidden/test_activations.py": HIDDEN,
    }.items():
        (tmp_path / "course" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "course" / path).write_text(text, encoding="utf-8")
    build(read_course(tmp_path / "course"))
    return find_course(tmp_path / "course")


@pytest.fixture
def target(tmp_path, course):
    """What attacks reach for: the real things where this class has them."""
    with contextlib.ExitStack() as stack:
        tcp, udp, unix = (
            stack.enter_context(socket.socket(*kind))
            for kind in (
                (socket.AF_INET, socket.SOCK_STREAM),
                (socket.AF_INET, socket.SOCK_DGRAM),
                (socket.AF_UNIX, socket.SOCK_STREAM),
            )
        )
        tcp.bind(("127.0.0.1", 0))
        udp.bind(("127.0.0.1", 0))
        unix.bind(str(tmp_path / "socket"))
        hidden = course.root / "tests" / "hidden" / "test_activations.py"
        file = stack.enter_context(hidden.open("rb"))
        buffer = ctypes.create_string_buffer(hidden.read_bytes())
        victim = subprocess.Popen(["/bin/sleep", "1000"], start_new_session=True)
        stack.callback(victim.wait)
        stack.callback(victim.kill)
        yield {
            "folder": str(tmp_path), "secret_file": str(hidden), "victim": victim.pid, "tcp": tcp.getsockname()[1],
            "rival_result": str(tmp_path / "attacked" / "ada" / "results.json"), "udp": udp.getsockname()[1],
            "unix": unix.getsockname(), "abstract": "nobody", "grader": os.getpid(), "grader_fd": file.fileno(),
            "address": ctypes.addressof(buffer), "length": len(buffer),
        }  # fmt: skip
        assert victim.poll() is None


@pytest.fixture
def attackers(target):
    """name -> files, of the attacks that are held at this machine's level."""
    spec = importlib.util.spec_from_file_location("reader_of_attacks", ATTACKS / "conftest.py")
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    attacks = [reader.read_attack(ATTACKS / kind / f"{name}.py") for kind, names in CHOSEN.items() for name in names]
    held = [attack for attack in attacks if attack.claimed_at(probe().level)]
    return {f"m {a.kind} {a.name}": a.files(target)[0] for a in held}


@pytest.fixture
def orphans_are_ours():
    libc = ctypes.CDLL(None)
    libc.prctl(SUBREAPER, 1, 0, 0, 0)
    yield
    libc.prctl(SUBREAPER, 0, 0, 0, 0)


def hand_in(folder, class_of):
    for student, files in class_of.items():
        for path, text in files.items():
            place = folder / student / "mlp" / Path(path).name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode("utf-8", "surrogatepass"))
    return folder


def results(out, students):
    """results.json of each, without the time that it took."""
    texts = {student: (out / student / "results.json").read_bytes() for student in students}
    return {student: re.sub(rb'"execution_time": [\d.]+', b"", text) for student, text in texts.items()}


def test_attackers_change_nothing_of_others(
    tmp_path, course, attackers, processes_of, ended, orphans_are_ours, monkeypatch
):
    monkeypatch.setenv(VARIABLE, "of these tests")
    monkeypatch.setattr(pool, "_judge", tight)
    honest = {student: {"activations.py": source} for student, source in HONEST.items()}
    quiet = hand_in(tmp_path / "quiet class", honest)
    mixed = hand_in(tmp_path / "mixed class", honest | attackers)
    grade_folder(quiet, tmp_path / "quiet", course, jobs=2, allow_contained=True)
    before = processes_of(os.getpid())
    summary = grade_folder(mixed, tmp_path / "attacked", course, jobs=2, allow_contained=True)
    for pid in set(processes_of(os.getpid())) - set(before):
        assert ended(pid)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
    assert results(tmp_path / "attacked", HONEST) == results(tmp_path / "quiet", HONEST)
    assert {one.student: one.score for one in summary.graded} == {
        "ada": 4, "bob": 2, "zoe": 4, "zuse": 0, **dict.fromkeys(attackers, 0),
    }  # fmt: skip
    assert summary.broken_tests == []
    for attacker in attackers:
        assert json.loads((tmp_path / "attacked" / attacker / "results.json").read_bytes())["score"] == 0
