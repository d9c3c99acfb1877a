"""Commands and calls, and the seconds that they take. Used by the benchmarks."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

RUNS = 5  # of which medians are taken
SECRET = "of the benchmark"
BIN = Path(sys.executable).parent
AUTOGRADER = BIN / "autograder"
ENVIRONMENT = {**os.environ, "AUTOGRADER_SECRET": SECRET, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def seconds(function: Callable[..., object], *arguments: Any, **options: Any) -> float:
    started = time.perf_counter()
    function(*arguments, **options)
    return time.perf_counter() - started


def run(command: Sequence[object], folder: Path | None = None, environment: Mapping[str, str] = ENVIRONMENT) -> None:
    """A command to its end, without a word; SystemExit with its last ones where it fails."""
    done = subprocess.run(list(map(str, command)), cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr.decode(errors='replace')[-3000:]}")
