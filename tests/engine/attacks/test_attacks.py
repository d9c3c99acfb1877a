"""Every attack is let loose on an autograder without walls, where it succeeds, and on the sandbox, where it is held at
each level that this machine offers and that claims to hold it."""

import contextlib
import ctypes
import hashlib
import json
import os
import re
import resource
import secrets
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.course import CHECKOUT
from autograder.kit.check import Check, CheckFailed
from autograder.kit.exercises import Exercise
from autograder.sandbox.client import Bundle, Limits, Sandbox

EXERCISE = Exercise("activations", "attack", 1, (), False)
RELU = b"import numpy as np\ndef relu(Z):\n    return np.maximum(Z, 0)\n"
MEMORY = 64 << 20
ORDINARY, TIGHT = Limits(1, 1, MEMORY, 5), Limits(0.1, 0.1, MEMORY, 3)  # tight where only the limit ends an attack
LONG = 100_000  # characters


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the attacks are written for Linux")


def test_succeeds_without_walls(attack, naive):
    signs, said = naive.attacked(attack)
    refusal = re.search(r"^\w+: \[Errno \d+\].*", said, re.MULTILINE)
    needed = attack.needs or (attack.root and "more of root's powers than root has here")
    if attack.goal not in signs and needed and refusal:
        pytest.skip(f"it needs {needed}: {refusal[0]}")
    assert attack.goal in signs, said


def test_is_held(level, attack, attacked):
    assert attacked(attack, level) == set()


class World:
    """What attacks reach for: a folder with secrets, other students' work and results, sockets, another process. All of
    it is this test's own. It sees the signs of success that are left in it."""

    def __init__(self, base):
        self.secret = secrets.token_hex(16)
        self.folder, self.aside = base / "class", base / "aside"
        self.aside.mkdir()
        self.expected = np.random.default_rng().uniform(size=(2, 3))
        self.buffer = ctypes.create_string_buffer(self.secret.encode())
        self.descriptor, self.victim = -1, None
        self.listeners = [self.listener(*address) for address in (
            (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            (socket.AF_UNIX, socket.SOCK_STREAM, str(self.aside / "socket")),
            (socket.AF_UNIX, socket.SOCK_STREAM, f"\0{secrets.token_hex(8)}"),
        )]  # fmt: skip
        self.planted = self.processes = None

    def listener(self, family, kind, address):
        listener = socket.socket(family, kind)
        listener.bind(address)
        listener.setblocking(False)
        if kind == socket.SOCK_STREAM:
            listener.listen(100)
        return listener

    def close(self):
        for listener in self.listeners:
            listener.close()
        self.victim.kill()
        self.victim.wait()
        os.close(self.descriptor)

    def watch(self):
        """Have everything as it was in the beginning, and look from now on."""
        if self.planted is None or self.snapshot() != self.planted:
            self.plant()
        if self.victim is None or self.condition() != self.well:
            if self.victim:
                self.victim.kill()
                self.victim.wait()
            # The secret stands in its command line and in its environment.
            self.victim = subprocess.Popen(
                [f"sleep-{self.secret}", "1000"],
                executable="/bin/sleep",
                env={"S": self.secret},
                start_new_session=True,
            )
            self.well = self.condition()
        tcp, udp, unix, abstract = (listener.getsockname() for listener in self.listeners)
        self.target = {
            "folder": str(self.folder), "secret_file": f"{self.folder}/hidden/test_hidden.py",
            "rival_result": f"{self.folder}/results/bob.json", "victim": self.victim.pid, "tcp": tcp[1], "udp": udp[1],
            "unix": unix, "abstract": abstract[1:].decode(), "grader": os.getpid(), "grader_fd": self.descriptor,
            "address": ctypes.addressof(self.buffer), "length": len(self.secret),
        }  # fmt: skip
        self.processes = descendants()

    def plant(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        for path, text in {
            "hidden/test_hidden.py": f"SECRET = '{self.secret}'\n",
            "results/bob.json": json.dumps({"score": 90, "seed": self.secret}),
            f"submissions/{self.secret}/mlp/activations.py": f"# {self.secret}\n",
            "submissions/mallory/mlp/activations.py": "",
        }.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text, encoding="utf-8")
        with contextlib.closing(sqlite3.connect(self.folder / "hidden/answers.db")) as database, database:
            database.execute("CREATE TABLE answers (answer)")
            database.execute("INSERT INTO answers VALUES (?)", [self.secret])
        if self.descriptor >= 0:
            os.close(self.descriptor)
        self.descriptor = os.open(self.folder / "hidden/test_hidden.py", os.O_RDONLY)
        self.planted = self.snapshot()

    def snapshot(self):
        """All that a file is, but for when it was read."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            about = path.lstat()
            content = hashlib.sha256(path.read_bytes()).digest() if path.is_file() and not path.is_symlink() else b""
            times = 0 if path.is_dir() else about.st_mtime_ns
            attributes = [] if path.is_symlink() else os.listxattr(path)
            found[path] = (about.st_mode, about.st_uid, about.st_nlink, about.st_size, times, content, attributes)
        return found

    def condition(self):
        """How the other process is."""
        if self.victim.poll() is not None:
            return None
        pid = self.victim.pid
        is_stopped = state_of(pid)[0] in "Tt"
        limits = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        return is_stopped, os.getpriority(os.PRIO_PROCESS, pid), os.sched_getaffinity(pid), limits

    def signs(self, texts, patience=1):
        """What there is to see of an attack's success, in the world and in what it said; what it left behind goes."""
        heard = b"".join(self.heard())
        found = {
            "leak": any(self.secret in text for text in (*texts, heard.decode(errors="replace"))),
            "heard": bool(heard),
            "files": self.snapshot() != self.planted,
            "victim": self.condition() != self.well,
            "survivor": bool(self.survivors(patience)),
        }
        return {sign for sign, seen in found.items() if seen}

    def heard(self):
        for listener in self.listeners:
            with contextlib.suppress(BlockingIOError):
                while True:
                    if listener.type == socket.SOCK_DGRAM:
                        yield listener.recv(1000)
                        continue
                    with listener.accept()[0] as connection:
                        connection.settimeout(0.2)
                        yield b"somebody "
                        with contextlib.suppress(OSError):
                            yield connection.recv(1000)

    def survivors(self, patience):
        """New processes below this one that don't end; they are ended now."""
        left = descendants() - self.processes
        deadline = time.monotonic() + patience
        while left and time.monotonic() < deadline:  # what was killed may take a moment
            select.select([], [], [], 0.01)
            left = descendants() - self.processes
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in left:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
        return left


def state_of(pid):
    """(state, parent) of a process."""
    descriptor = os.open(
        f"/proc/{pid}/stat", os.O_RDONLY
    )  # of every process, in every test: Path takes three times as long
    try:
        state, parent = os.read(descriptor, 1000).rpartition(b")")[2].split()[:2]
    finally:
        os.close(descriptor)
    return state.decode(), int(parent)


def descendants():
    """All processes below this one that haven't ended."""
    children = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            with contextlib.suppress(OSError):
                state, parent = state_of(path.name)
                if state not in "ZX":
                    children.setdefault(parent, []).append(int(path.name))
    found, waiting = set(), [os.getpid()]
    while waiting:
        below = children.get(waiting.pop(), [])
        found.update(below)
        waiting += below
    return found


class Naive:
    """The autograder without walls: a process of its own that forks a grader for each attack."""

    def __init__(self, world):
        self.world, self.process = world, None

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("naive.py"), self.world.target["secret_file"]],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self.world.aside,
            env={"SECRET": self.world.secret, "PYTHONPATH": str(CHECKOUT), "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True, bufsize=0,  # so that what select sees is all there is
        )  # fmt: skip

    def close(self):
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def attacked(self, attack):
        """The signs of success, and what the attack returned or raised."""
        self.world.watch()
        if self.process is None or self.process.poll() is not None:
            self.start()
        grader = self.asked("", 30)
        self.world.processes |= {self.process.pid, grader["grader"]}
        output, log = self.world.aside / "output", self.world.aside / "log"
        log.unlink(missing_ok=True)
        files, modules = attack.files(self.world.target | grader)
        is_short = attack.goal == "endless"
        request = {
            "files": files, "modules": modules, "output": str(output), "log": str(log),
            "seconds": 0.3 if is_short else 10,
        }  # fmt: skip
        answer = self.asked(json.dumps(request), 1 if is_short else 30)
        if answer is None:
            os.kill(grader["grader"], signal.SIGKILL)
            answer = {"passed": False, "endless": True}
        while "ended" not in answer:
            answer = self.answer(30) | answer  # what came first counts
        texts = [path.read_text(errors="replace") if path.exists() else "" for path in (log, output)]
        signs = self.world.signs(texts, patience=0.1)
        signs |= set() if "passed" in answer else {"grader"}
        signs |= {"mark"} if answer.get("passed") else set()
        signs |= {"endless"} if answer.get("endless") else set()
        signs |= {"done"} if texts[0] == "done" else set()
        signs |= {"controls"} if any("\x1b" in text for text in texts) else set()
        signs |= {"flood"} if any(len(text) > LONG for text in texts) else set()
        return signs, texts[0]

    def asked(self, line, seconds):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        return self.answer(seconds)

    def answer(self, seconds):
        """The next line; None where there is none in time."""
        readable, _, _ = select.select([self.process.stdout], [], [], seconds)
        return json.loads(self.process.stdout.readline()) if readable else None


@pytest.fixture(scope="module")
def sandboxes(world, levels):
    made = {level: Sandbox(ORDINARY, level) for level in levels}
    yield made
    for sandbox in made.values():
        sandbox.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        world = World(tmp_path_factory.mktemp("world"))
        patch.setenv("AUTOGRADER_SECRET", world.secret)
        libc = ctypes.CDLL(None)
        libc.prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: orphans become children of this process, and are seen
        world.watch()
        yield world
        libc.prctl(36, 0, 0, 0, 0)
        world.close()


@pytest.fixture(scope="module")
def naive(world):
    naive = Naive(world)
    yield naive
    naive.close()


@pytest.fixture
def attacked(sandboxes, world):
    """attacked(attack, level): the signs of success that there are when it ran in the sandbox, all cleaned up."""

    def attacked(attack, level):
        sandbox = sandboxes[level]
        sandbox.limits = TIGHT if attack.goal == "endless" else ORDINARY
        sandbox.process(plots=False).end()  # a zygote is there, and what runs from now on is the attack's
        world.watch()
        files, modules = attack.files(world.target)
        sources = {path: text.encode("utf-8", "surrogatepass") for path, text in files.items()}
        reports = sandbox.inspect(sources, ["attack"])
        with sandbox.worker(Bundle(sources, modules, {}, (EXERCISE.id,)), plots=False) as worker:
            loaded = worker.load()
            outcome = worker.call(EXERCISE, None, (), {})
        said = [*loaded.errors.values(), *loaded.notes, *(report.error or "" for report in reports.values())]
        said += [outcome.error.message, *outcome.error.type_names] if outcome.error else []
        noted = [outcome.notes.output, outcome.error.trace if outcome.error else "", *outcome.notes.warned]
        signs = world.signs([repr(outcome.value), *said, *noted])
        if outcome.error is None:
            with contextlib.suppress(CheckFailed):
                Check().same(Check().array(outcome.value, (2, 3)), world.expected)
                signs.add("mark")
        if isinstance(outcome.value, str) and outcome.value == "done":
            signs.add("done")
        if not all(text.isprintable() for text in said):
            signs.add("controls")
        if any(len(text) > LONG for text in (*said, *noted)):
            signs.add("flood")
        sandbox.limits = replace(ORDINARY, call=5, load=5)
        check_relu(sandbox)
        return signs

    return attacked


def check_relu(sandbox):
    """A fresh worker of the same sandbox computes as it should."""
    with sandbox.worker(
        Bundle({"mlp/activations.py": RELU}, {"mlp.activations": "mlp/activations.py"}), plots=False
    ) as w:
        w.load()
        assert w.call(Exercise("activations", "relu", 1, (), False), None, (-1.0,), {}).value == 0
