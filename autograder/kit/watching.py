"""`pytest --watch`: what a saved file affects is run again, and the ladder shown anew. Called by `plugin`.

Modules are looked at several times a second, which costs next to nothing for so few, and works on every system. The
checks run in this process, without pytest's machinery: from save to verdict it takes less than pytest's own start."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from autograder.kit.exercises import Exercise
from autograder.kit.ladder import Ladder
from autograder.kit.runner import run_tests
from autograder.kit.student import PACKAGE

WATCHING = f"Watching {PACKAGE}/: save a file and look here. Ctrl-C ends."
LOOK = 0.2  # seconds between two looks at the files
State = dict[Path, tuple[int, int]]


def watch(ladder: Ladder, exercises: Sequence[Exercise]) -> None:
    """Run until Ctrl-C. First comes the module that was saved, and it is shown; then all that may use it."""
    seen: State = {}
    try:
        while True:
            now = _state(ladder.root)
            if changed := {path.stem for path in now.keys() | seen.keys() if now.get(path) != seen.get(path)}:
                seen = now
                at_once = [exercise for exercise in exercises if exercise.topic in changed]
                first = min((list(exercises).index(exercise) for exercise in at_once), default=0)
                later = [exercise for exercise in exercises[first:] if exercise not in at_once]
                _run(ladder, at_once)
                ladder.show("Checking what builds on it ..." if later else WATCHING)
                for exercise in later:
                    if _state(ladder.root) == seen:  # else there is newer work
                        _run(ladder, [exercise])
                if later:
                    ladder.show(WATCHING)
            time.sleep(LOOK)
    except KeyboardInterrupt:
        return


def _state(root: Path) -> State:
    """When each module was last written, and its size."""
    found = {}
    for path in (root / PACKAGE).glob("*.py"):
        try:
            status = path.stat()
        except OSError:  # it is being saved
            continue
        found[path] = status.st_mtime_ns, status.st_size
    return found


def _run(ladder: Ladder, exercises: Sequence[Exercise]) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]
    importlib.invalidate_caches()
    for exercise in exercises:
        path = ladder.root / "tests" / f"test_{exercise.topic}.py"
        ladder.results[exercise] = run_tests(path, ladder.catalogue, exercise, {})
