"""The grader's hand on zygotes and workers: start, fork, CPU time, kill, frames with deadlines. Called by `client`.

Every clock and every kill is here: nothing that a worker says lets it live longer than its limits."""

import json
import os
import secrets
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any

from autograder.errors import AutograderError
from autograder.sandbox import bubblewrap, walls, wire
from autograder.sandbox.bundle import Limits
from autograder.sandbox.wire import ANSWER, COMMAND

START = "import sys; sys.path.insert(0, {!r}); from autograder.sandbox.zygote import main; sys.path.pop(0); main{!r}"
KERNELS = ("MKL_", "NPY_", "OPENBLAS_")  # how variables begin that choose among a library's ways to compute
PATIENCE = 60  # seconds that a zygote may take to answer; it normally takes less than one, and 2 ms once it runs
SLICE = 0.05  # seconds until a call is worth a question about its CPU time


class WorkerDiedError(Exception):
    """The worker can't be used any more: `kind` is an `Error.kind`, the message one line."""

    def __init__(self, kind: str, message: str):
        super().__init__(message)
        self.kind = kind


class ZygoteLostError(Exception):
    """The zygote doesn't answer: it was killed, or stopped."""


class WallError(AutograderError):
    """A wall that the level asks for can't be had: why, and what to do."""


class Zygote:
    def __init__(self, level: str, *, plots: bool, preloads: bool, memory: int):
        if not hasattr(os, "fork"):
            raise AutograderError(
                f"Student code is run in forked processes, which {sys.platform} doesn't have. Grade on Linux or macOS."
            )
        outer = level == "isolated+"
        bwrap = bubblewrap.program() if outer else None
        if outer and not bwrap:
            raise WallError("bubblewrap is not installed: sudo apt-get install bubblewrap")
        walls.undumpable()
        self.control, theirs = socket.socketpair()
        self.control.settimeout(PATIENCE)
        self.home = tempfile.TemporaryDirectory(prefix="autograder-")  # Matplotlib wants a folder to write to
        home = bubblewrap.HOME if outer else self.home.name
        in_main_thread = threading.current_thread() is threading.main_thread()
        parent = os.getpid() if in_main_thread and not outer else 0  # bubblewrap sees to it itself
        wrap = bubblewrap.command(bwrap, dies_with_starter=in_main_thread) if bwrap else []
        with theirs:
            arguments = (theirs.fileno(), parent, memory, plots, preloads, level != "contained")
            self.process = subprocess.Popen(
                # -P -s: neither the current folder nor the user's packages; PYTHON* stands in no environment but ours.
                [*wrap, sys.executable, "-P", "-s", "-c", START.format(str(bubblewrap.CHECKOUT), arguments)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=_environment(home),
                cwd=self.home.name,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for the grader alone
            )
        assert self.process.stderr is not None
        try:
            identity = json.loads(self.control.recv(self._answer()[0], socket.MSG_WAITALL))
        except (ZygoteLostError, OSError, ValueError):
            self.process.kill()
            self.control.close()
            said = (self.process.communicate()[1] or b"").decode(errors="replace").strip().split("\n")[-1]
            self.close()
            if outer:
                raise WallError(f"bubblewrap doesn't work here ({said})") from None
            raise AutograderError(f"The sandbox could not start: {said}. Run `autograder doctor`.") from None
        self.process.stderr.close()
        mine = bubblewrap.identity()
        if any(identity[what] != mine[what] for what in ("python", "numpy")):
            self.close()
            raise WallError(f"{sys.executable} is another Python or has another NumPy in {level} workers")
        if outer and any(identity["namespaces"][name] == space for name, space in mine["namespaces"].items()):
            self.close()
            raise WallError("bubblewrap does not separate namespaces here")

    def fork(self, peer: socket.socket | None) -> tuple[int, socket.socket]:
        ours, theirs = socket.socketpair()
        with theirs:
            fds = [sock.fileno() for sock in (theirs, peer) if sock]
            try:
                socket.send_fds(self.control, [COMMAND.pack(b"F", 0)], fds)
                return self._answer()[0], ours
            except (OSError, ZygoteLostError):
                ours.close()
                raise ZygoteLostError from None

    def cpu_seconds(self, pid: int) -> float | None:
        """CPU time of a worker so far; None where that can't be known."""
        seconds = self._ask(b"C", pid)
        return None if seconds < 0 else seconds

    def end(self, pid: int) -> float:
        """Kill and reap a worker; all the CPU time that it used."""
        return max(0.0, self._ask(b"E", pid))

    def _ask(self, what: bytes, pid: int) -> float:
        try:
            self.control.sendall(COMMAND.pack(what, pid))
        except OSError:
            raise ZygoteLostError from None
        return self._answer()[1]

    def _answer(self) -> tuple[int, float]:
        try:
            data = self.control.recv(ANSWER.size, socket.MSG_WAITALL)
        except OSError:
            raise ZygoteLostError from None
        if len(data) != ANSWER.size:
            raise ZygoteLostError
        pid, seconds = ANSWER.unpack(data)
        return pid, seconds

    def close(self) -> None:
        self.control.close()  # it ends its workers and itself
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.home.cleanup()


def _environment(home: str) -> dict[str, str]:
    # One thread each: several would not be faster, and couldn't be started once threads are denied.
    single = ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")
    return {
        # To the last bit as in this process: a training that diverges makes any difference large.
        **{name: value for name, value in os.environ.items() if name.startswith(KERNELS)},
        **{f"{name}_NUM_THREADS": "1" for name in single},
        "HOME": home,
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": home,
        "PATH": os.defpath,
        "PYTHONHASHSEED": "0",  # the order of a set is the same in every run
        "TZ": "UTC0",  # without a file
    }


class Process:
    """One worker process: a request at a time, each with a limit of CPU seconds."""

    def __init__(
        self, zygote: Zygote, limits: Limits, peer: socket.socket | None = None, lender: "Process | None" = None
    ):
        """`peer`: the worker's end of a socket to another worker. `lender`: that other one, where it computes for this
        one, so that its time counts and it ends with it."""
        self.zygote, self.limits, self.lender = zygote, limits, lender
        self.pid, self.socket = zygote.fork(peer)
        self.socket.setblocking(False)
        self.alive, self._cpu = True, 0.0
        self._poll = select.poll()
        self._used_before: float | None = None
        self._seconds = self._start = self._look = 0.0

    @property
    def cpu(self) -> float:
        if self.alive:
            try:
                self._cpu = self.zygote.cpu_seconds(self.pid) or self._cpu
            except ZygoteLostError:
                self.end()
        return self._cpu + (self.lender.cpu if self.lender else 0.0)

    def ask(self, what: str, value: Any, seconds: float, progress: Any = None) -> Any:
        """The worker's answer. Raises WireError, and lives on, if the request can't be sent; WorkerDiedError otherwise.

        `progress(value)` is called for each frame "at" that comes before the answer; each of them gets `seconds`."""
        if not self.alive:
            raise WorkerDiedError("crashed", "the process had ended")
        id = secrets.randbits(63)  # noqa: A001
        request = wire.encode(id, what, value)
        try:
            self._restart_clock(seconds)
            self._write(memoryview(request))
            while True:
                answer = wire.receive(self._read)
                if answer.id != id or answer.what not in ("at", what):
                    raise wire.WireError("an answer to something else")
                if answer.what == what:
                    return answer.value
                if progress is None or not progress(answer.value):
                    raise wire.WireError("progress that nobody asked for")
                self._restart_clock(seconds)
        except wire.WireError as error:
            self.end()
            raise WorkerDiedError("crashed", f"the process sent {error}") from None
        except MemoryError:
            self.end()
            raise WorkerDiedError("memory", "the result is too large") from None
        except (OSError, ZygoteLostError, EOFError):
            self.end()
            raise WorkerDiedError("crashed", "no answer came") from None
        except BaseException:  # Ctrl-C, and a deadline
            self.end()
            raise

    def _write(self, data: memoryview) -> None:
        while data:
            self._keep_time()
            try:
                data = data[self.socket.send(data) :]
            except BlockingIOError:
                self._wait(select.POLLOUT)

    def _read(self, buffer: memoryview) -> None:
        while buffer:
            self._keep_time()
            try:
                count = self.socket.recv_into(buffer)
            except BlockingIOError:
                self._wait(select.POLLIN)
                continue
            if not count:
                raise EOFError
            buffer = buffer[count:]

    def _restart_clock(self, seconds: float) -> None:
        self._seconds, self._start, self._used_before = seconds, time.monotonic(), None
        self._look = self._start + min(seconds, SLICE)  # when to look at the clocks, be the socket ready or not

    def _wait(self, event: int) -> None:
        """Until the socket is ready, or it is time to look at the clocks."""
        self._poll.register(self.socket, event)
        self._poll.poll(max(0.0, self._look - time.monotonic()) * 1000)

    def _keep_time(self) -> None:
        if time.monotonic() >= self._look:
            self._look_at_clocks()

    def _look_at_clocks(self) -> None:
        """The worker's CPU time is the limit, and wall time a manifold backstop."""
        elapsed = time.monotonic() - self._start
        cpu = self.zygote.cpu_seconds(self.pid)
        if cpu is not None and self.lender:
            cpu += self.lender.cpu
        if cpu is None:
            used = elapsed
        else:
            if self._used_before is None:  # at most a slice off, and spares a question before every call
                self._used_before = cpu - min(elapsed, SLICE, cpu)
            used = cpu - self._used_before
        left = min(self._seconds - used, self._seconds * self.limits.backstop - elapsed)
        if left <= 0:
            raise WorkerDiedError("timeout", f"still running after {self._seconds:g} s")
        self._look = time.monotonic() + max(left, 0.005)

    def end(self) -> None:
        if self.alive:
            self.alive = False
            self.socket.close()
            try:
                self._cpu = self.zygote.end(self.pid)
            except ZygoteLostError:  # its workers die with it
                self.zygote.process.kill()
