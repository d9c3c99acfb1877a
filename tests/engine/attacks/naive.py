"""An autograder without walls, as most are: it shows that the attacks attack. Run as a script by conftest.py.

Requests in on stdin, answers out on stdout, one JSON line each. One forked process a submission, with the same loader
as the sandbox's worker, but: it inherits all that the grader has; the expected answer stands in the process that runs
the student's code, and is compared there by what people usually write; the verdict comes back pickled, or else as
"PASSED" in the output or as exit status 0; the value is written into a log; only a deadline ends what doesn't end."""

import contextlib
import ctypes
import fcntl
import json
import os
import select
import signal
import sys
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

import numpy as np

from autograder.kit.calls import plain
from autograder.sandbox import parsing
from autograder.sandbox.bundle import Bundle
from autograder.sandbox.loading import Library

ATTACK = "mlp/activations.py"


def main(secret_file):
    descriptor = fcntl.fcntl(os.open(secret_file, os.O_RDONLY), fcntl.F_DUPFD, 20)
    os.set_inheritable(descriptor, True)
    secret = ctypes.create_string_buffer(Path(secret_file).read_bytes())
    say({"grader": os.getpid(), "grader_fd": descriptor, "address": ctypes.addressof(secret), "length": len(secret)})
    for line in sys.stdin:
        say(grade(**json.loads(line)))


def say(answer):
    print(json.dumps(answer), flush=True)


def grade(files, modules, output, log, seconds):
    files = {path: text.encode("latin-1") for path, text in files.items()}
    expected = np.random.default_rng().uniform(size=(2, 3))
    ours, theirs = Pipe()
    pid = os.fork()
    if not pid:
        for number in 1, 2:
            os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        os.dup2(theirs.fileno(), 3)
        sys.exit(work(Connection(3), files, modules, expected))
    theirs.close()
    reply = None
    if ours.poll(seconds):
        with contextlib.suppress(EOFError, OSError):
            reply = ours.recv()
    endless = not ended(pid, seconds)
    if endless:
        os.kill(pid, signal.SIGKILL)
    ours.close()
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with Path(output).open("rb") as file:
        size, text = os.fstat(file.fileno()).st_size, file.read(1 << 20)
    passed = reply[0] if reply else status == 0 or text.endswith(b"PASSED\n")
    Path(log).write_text(str(reply[1]) if reply else "no answer", encoding="utf-8")
    return {"passed": bool(passed), "endless": endless, "printed": size}


def ended(pid, seconds):
    descriptor = os.pidfd_open(pid)
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)


def work(connection, files, modules, expected):
    """In the student's process: load, call, compare, answer. The exit status."""
    exercise = "activations.attack"
    path = modules["mlp.activations"]
    parsing.report(path, files[path], ["attack"], [])
    library = Library(Bundle(files, modules, {}, (exercise,)), {}, lambda path, cell: None)
    library.load()
    try:
        value = library.find(exercise)()
    except Exception as error:
        value = f"{type(error).__name__}: {error}"
    passed = looks_right(value, expected)
    print("PASSED" if passed else "FAILED")
    try:
        connection.send((passed, value))
    except Exception:  # no value that can be pickled
        connection.send((passed, plain(value, {})))
    return 0 if passed else 1


def looks_right(value, expected):
    """By any of the comparisons that are usual."""
    for same in (
        lambda: np.testing.assert_allclose(value, expected) is None,
        lambda: np.all(value == expected),
        lambda: not np.any(np.abs(value - expected) > 1e-9),
    ):
        with contextlib.suppress(AssertionError, TypeError, ValueError):
            if same():
                return True
    return False


if __name__ == "__main__":
    main(sys.argv[1])
