"""Kill the Dask workers of grading runs at random moments, and compare what comes of them with a run on this machine:
`python tests/durability/worker_kills.py [KILLS]`. Exit code 1 and a line for each difference."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time

from clusters import Cluster
from kills import COMMAND, Folder, Outcome, main, verdicts_in


def disturb(graded, kills, seed=0):
    """Kill a random one of two Dask workers, at most twice in a run; in its place comes another one."""
    rng, outcome = random.Random(seed), Outcome()
    environment = {**os.environ, "AUTOGRADER_SECRET": "of the kills"}
    arguments, _ = graded.start("undisturbed")
    subprocess.run([*COMMAND, *arguments], env=environment, check=True, capture_output=True)
    expected = graded.made("undisturbed")
    (graded.base / "dask").mkdir()
    with contextlib.closing(Cluster(graded.base / "dask")) as cluster:
        for name in ("one", "two"):
            cluster.worker(name, nanny=True)
        length = 0.0
        while outcome.kills < kills:
            cluster.wait_for(2)
            outcome.runs += 1
            name = f"run-{outcome.runs}"
            arguments, results = graded.start(name)
            started = time.monotonic()
            process = subprocess.Popen(
                [*COMMAND, *arguments, "--dask", cluster.address], env=environment, stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )  # fmt: skip
            for _ in range(2 if length else 0):
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(rng.uniform(0, length / 2))
                    break
                os.kill(rng.choice(cluster.pids()), signal.SIGKILL)
                outcome.kills += 1
                outcome.there.append(len(verdicts_in(results)))
            said = process.communicate()[1]
            if process.returncode:
                raise SystemExit(f"{name}: {said.decode()}")
            length = length or time.monotonic() - started
            outcome.compare(name, expected, graded.made(name))
            shutil.rmtree(graded.base / name)
    return outcome


if __name__ == "__main__":
    sys.exit(main({"a Dask worker": (Folder, disturb)}, *sys.argv[1:]))
