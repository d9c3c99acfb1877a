"""What the walls cost: `.venv/bin/python benchmarks/sandbox.py`. A submission's process from fork to reap, and a call
there and back, at each level of this machine: medians, and how they compare to the level without walls."""

import statistics

import numpy as np
from timing import seconds

from autograder.kit.exercises import Exercise
from autograder.sandbox.client import LEVELS, Bundle, Limits, Sandbox, probe

ROUNDS, PROCESSES, CALLS = 5, 100, 3000
PROCESS, CALL = "process, ms", "call, µs"
BUNDLE = Bundle({"m.py": b"def f(X):\n    return X\n"}, {"mlp.m": "m.py"})
EXERCISE = Exercise("m", "f", 1, (), False)


def main() -> None:
    levels = list(LEVELS)[list(LEVELS).index(probe().level) :]
    times: dict[tuple[str, str], list[float]] = {}
    sandboxes = {level: Sandbox(Limits(), level) for level in levels}
    X = np.ones((8, 8))
    for level, sandbox in sandboxes.items():
        sandbox.process(plots=False).end()  # the zygote
        with sandbox.worker(BUNDLE, plots=False) as worker:
            worker.load()
            times[level, CALL] = [seconds(worker.call, EXERCISE, None, (X,), {}) for _ in range(CALLS)]
    for _ in range(ROUNDS):  # in turn, so that what else this machine does falls on all of them
        for level, sandbox in sandboxes.items():
            times.setdefault((level, PROCESS), []).extend(seconds(a_process, sandbox) for _ in range(PROCESSES))
    medians = {key: statistics.median(values) for key, values in times.items()}
    print(f"{'level':<12}{PROCESS:>14}{'ratio':>8}{CALL:>14}{'ratio':>8}")
    for level in levels:
        line = f"{level:<12}"
        for what, unit in ((PROCESS, 1e3), (CALL, 1e6)):
            line += f"{medians[level, what] * unit:>14.2f}{medians[level, what] / medians['contained', what]:>8.2f}"
        print(line)
    for sandbox in sandboxes.values():
        sandbox.close()


def a_process(sandbox: Sandbox) -> None:
    """From fork to reap, with the first answer, which comes once the walls stand."""
    process = sandbox.process(plots=False)
    process.ask("inspect", ("m.py", b"x = 1", [], []), 10)
    process.end()


if __name__ == "__main__":
    main()
