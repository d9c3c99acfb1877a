"""The process that workers are forked from: what they can import is imported here, and no test or student code ever is.

Started by `processes` with a clean environment. It obeys fixed-size commands on its control socket: fork a worker (its
sockets come along), tell a worker's CPU time, end a worker. It dies with the grader."""

import gc
import json
import os
import resource
import signal
import socket
import sys
import sysconfig
import time
from collections.abc import Callable
from importlib.machinery import BuiltinImporter, FrozenImporter
from pathlib import Path

from autograder.sandbox import bubblewrap, walls, worker
from autograder.sandbox.preload import preload
from autograder.sandbox.wire import ANSWER, COMMAND


def main(control_fd: int, parent: int, memory: int, plots: bool, preloads: bool, walled: bool) -> None:
    """`parent`: the grader's pid, or 0 if it started this process from a thread, whose end would end it too."""
    control = socket.socket(fileno=control_fd)
    walls.undumpable()
    if parent:
        walls.die_with_parent(parent)
    if preloads:
        preload(plots)
    forget_the_engine()
    os.dup2(1, 2)  # /dev/null: what went wrong so far stood on stderr
    gc.collect()
    gc.freeze()
    size = address_space()
    hello = json.dumps(bubblewrap.identity()).encode()
    control.sendall(ANSWER.pack(len(hello), -1.0) + hello)
    obey(control, lambda fds: worker.main(fds, size and size + memory, walled))


def forget_the_engine() -> None:
    """From now on imports find what was imported before, whichever walls stand, and no `autograder`."""
    library = sysconfig.get_path("stdlib")
    sys.path[:] = [p for p in sys.path if p.endswith(".zip") or p == library or p.startswith(f"{library}/lib-")]
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter]
    for name in [name for name in sys.modules if name.partition(".")[0] == "autograder"]:
        del sys.modules[name]


def address_space() -> int | None:
    """Bytes of this process, and of every worker when it begins; None where that is no limit that the system keeps."""
    if sys.platform != "linux":
        return None
    pages = Path("/proc/self/statm").read_text().split()[0]
    return int(pages) * resource.getpagesize()


def obey(control: socket.socket, child: Callable[[list[int]], None]) -> None:
    workers: set[int] = set()
    while True:
        command, fds, _, _ = socket.recv_fds(control, COMMAND.size, 2)
        if not command:
            break
        what, pid = COMMAND.unpack(command)
        seconds = -1.0
        if what == b"F":
            pid = fork(control, fds, child)
            workers.add(pid)
        elif pid not in workers:
            pid = 0
        elif what == b"C":
            seconds = cpu_seconds(pid)
        else:
            workers.remove(pid)
            seconds = end(pid)
        control.sendall(ANSWER.pack(pid, seconds))
    for pid in workers:
        end(pid)


def fork(control: socket.socket, fds: list[int], child: Callable[[list[int]], None]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        for fd in fds:
            os.close(fd)
        return pid
    try:
        walls.die_with_parent(parent)
        control.close()
        child(fds)
    finally:
        os._exit(1)


def cpu_seconds(pid: int) -> float:
    if sys.platform != "linux":
        return -1.0
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the kernel's name for the CPU clock of that process
    except OSError:
        return -1.0


def end(pid: int) -> float:
    for kill in (os.killpg, os.kill):  # the group first: a worker is its own, unless it died before it could say so
        try:
            kill(pid, signal.SIGKILL)
        except OSError:
            continue
    usage = os.wait4(pid, 0)[2]
    return usage.ru_utime + usage.ru_stime
