"""A Dask cluster on this machine, and a TCP relay that stops. Used by `kills` and by the tests of `cluster`."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time

from distributed import Client

from autograder.course import CHECKOUT
from autograder.secret import VARIABLE


class Cluster:
    """A scheduler, and workers as they are asked for. A worker that doesn't answer is lost after five seconds."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        file = folder / "scheduler.json"
        self.environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "1s"}
        self.environment.pop(VARIABLE, None)
        self.scheduler = self.start("dask_scheduler", "--port", "0", "--scheduler-file", file, "--host", "127.0.0.1")
        while not file.exists() or not file.read_text():
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]

    def start(self, program, *arguments, cwd=CHECKOUT, prefix=()):
        command = [*prefix, sys.executable, "-m", f"distributed.cli.{program}", *map(str, arguments), "--no-dashboard"]
        with (self.folder / "log").open("a") as log:
            self.processes.append(subprocess.Popen(command, cwd=cwd, env=self.environment, stdout=log, stderr=log))
        return self.processes[-1]

    def worker(self, name, *arguments, nanny=False, scheduler=None, **options):
        """With a nanny, another one comes in its place where it is killed."""
        return self.start(
            "dask_worker", scheduler or self.address, "--name", name, "--nanny" if nanny else "--no-nanny",
            "--nthreads", 1, "--local-directory", self.folder / name, *arguments, **options,
        )  # fmt: skip

    def wait_for(self, workers):
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=120)

    def pids(self):
        with Client(self.address, set_as_default=False) as client:
            return list(client.run(os.getpid).values())

    def close(self):
        """At once: a worker that is asked to end at times waits for ever. What a nanny started ends with it."""
        for process in self.processes:
            process.kill()
            process.wait()


class Relay:
    """Forwards TCP connections to a port until it is told to stop; then they stay open, and nothing comes through."""

    def __init__(self, port):
        self.target, self.stopped = port, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            ours, _ = self.listener.accept()
            theirs = socket.create_connection(("127.0.0.1", self.target))
            for pair in ((ours, theirs), (theirs, ours)):
                threading.Thread(target=self.forward, args=pair, daemon=True).start()

    def forward(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                if self.stopped.is_set():
                    threading.Event().wait()
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
