"""An autograder without walls, as most are: it shows that the attacks attack. Run as a script by test_attacks.py.

An empty line on stdin has it begin with one submission: it forks a grader, which says where it is, takes its request
from the next line and answers on stdout, one JSON line each; a last line tells that this grader has ended, so that no
attack changes anything for the next one. The grader forks once more, with the same loader as the sandbox's worker,
but: that process inherits all that the grader has; the expected answer stands beside the student's code, and is
compared there by what people usually write; the verdict comes back pickled, or else as "PASSED" in the output or as
exit status 0; notebooks are read, and values written into a log, by the grader; only a deadline ends what doesn't."""

import contextlib
import ctypes
import fcntl
import gc
import json
import os
import select
import signal
import sys
import time
import traceback
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

import numpy as np
import numpy.testing

from autograder.kit.calls import plain
from autograder.sandbox import parsing
from autograder.sandbox.bundle import Bundle
from autograder.sandbox.loading import Library


def main(secret_file):
    gc.freeze()  # halves the time that a forked process takes to end
    for _ in sys.stdin:
        pid = os.fork()
        if not pid:
            os.setsid()
            descriptor = fcntl.fcntl(os.open(secret_file, os.O_RDONLY), fcntl.F_DUPFD, 20)
            os.set_inheritable(descriptor, True)
            secret = ctypes.create_string_buffer(Path(secret_file).read_bytes())
            address = ctypes.addressof(secret)
            say({"grader": os.getpid(), "grader_fd": descriptor, "address": address, "length": len(secret)})
            say(grade(**json.loads(sys.stdin.readline())))
            os._exit(0)
        say({"ended": os.waitpid(pid, 0)[1]})


def say(answer):
    print(json.dumps(answer), flush=True)


def grade(files, modules, output, log, seconds):
    for path, text in files.items():
        if path.endswith(".ipynb"):
            for cell in json.loads(text)["cells"]:
                "".join(cell["source"]).encode()
    files = {path: text.encode("utf-8", "surrogatepass") for path, text in files.items()}
    expected = np.random.default_rng().uniform(size=(2, 3))
    deadline = time.monotonic() + seconds
    ours, theirs = Pipe()
    pid = os.fork()
    if not pid:
        ours.close()
        for number in 1, 2:
            os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        os.dup2(theirs.fileno(), 3)
        theirs.close()
        sys.exit(work(Connection(3), files, modules, expected))
    theirs.close()
    process = os.pidfd_open(pid)
    reply = None
    if first_of((ours, process), deadline) and ours.poll():
        # Ended in between, or a value of a class that only the student has.
        with contextlib.suppress(EOFError, OSError, ImportError, AttributeError):
            reply = ours.recv()
    ours.close()
    endless = not first_of((process,), deadline)
    if endless:
        os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    with Path(output).open("rb") as file:
        text = file.read(1 << 20)
    passed = reply[0] if reply else status == 0 or text.endswith(b"PASSED\n")
    Path(log).write_text(str(reply[1]) if reply else "no answer", encoding="utf-8")
    return {"passed": bool(passed), "endless": endless}


def first_of(waited_for, deadline):
    return select.select(waited_for, [], [], max(0, deadline - time.monotonic()))[0]


def work(connection, files, modules, expected):
    """In the student's process: load, call, compare, answer. The exit status."""
    exercise = "activations.attack"
    path = modules["mlp.activations"]
    parsing.report(path, files[path], ["attack"], [])
    library = Library(Bundle(files, modules, {}, (exercise,)), {}, lambda path, cell: None)
    library.load()
    try:
        value = library.find(exercise)()
    except Exception:
        value = traceback.format_exc()
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
        with contextlib.suppress(Exception):
            if same():
                return True
    return False


if __name__ == "__main__":
    main(sys.argv[1])
