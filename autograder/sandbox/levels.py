"""How well this machine holds student code: which walls stand, tried out by a worker that attempts what they forbid.

`start` gives a zygote of exactly one level, tested; `probe` finds the best level here. Called by `client`, and through
it by whoever decides whether hidden tests may be graded."""

import sys
from dataclasses import dataclass
from errno import ENOSYS, EPERM
from functools import cache
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox import walls
from autograder.sandbox.bundle import PACKAGE, Bundle, Limits
from autograder.sandbox.processes import Process, WallError, WorkerDiedError, Zygote, ZygoteLostError

# Best first, and what each means.
LEVELS = {
    "isolated+": "student code can compute and answer, and nothing else; two walls of the kernel's stand round it",
    "isolated": "student code can compute and answer, and nothing else; one wall of the kernel's stands round it",
    "contained": "student code has a process and limits of its own, but can read this account's files",
}
ATTEMPTS = Path(__file__).with_name("attempts.py")
REFUSALS = (EPERM, ENOSYS)


@dataclass(frozen=True)
class Probe:
    level: str
    missing: tuple[str, ...]  # what keeps this machine from a better level, and what to do about it


@cache
def probe() -> Probe:
    """The best level that this machine really gives. Asked once in a process."""
    missing = []
    if sys.platform == "linux" and not walls.landlock_version():
        missing.append("this kernel has no Landlock (Linux 5.13 or newer has it)")
    for level in list(LEVELS)[:-1]:
        try:
            start(level, Limits(), plots=False, preloads=False).close()
            return Probe(level, tuple(missing))
        except WallError as problem:
            missing.append(str(problem))
    return Probe("contained", tuple(dict.fromkeys(missing)))


def required(*, allow_contained: bool, permit: str = "--allow-contained") -> str:
    """The level to grade at. AutograderError where it is too low for hidden tests and that isn't allowed; `permit` says
    how to allow it."""
    found = probe()
    if found.level == "contained" and not allow_contained:
        raise AutograderError(
            "Nothing was graded: on this machine, student code could read the hidden tests and your files "
            f"({'; '.join(found.missing)}). Grade on Linux, or allow it with {permit}."
        )
    return found.level


def start(level: str, limits: Limits, *, plots: bool, preloads: bool = True) -> Zygote:
    """A zygote whose workers have these walls. WallError where one of them isn't there."""
    if level != "contained" and sys.platform != "linux":
        raise WallError("only Linux has the walls that are used here")
    zygote = Zygote(level, plots=plots, preloads=preloads, memory=limits.memory)
    if level != "contained" and (works := what_works(zygote, limits)):
        zygote.close()
        raise WallError(f"the kernel has no seccomp filter that stops {', '.join(works)}")
    return zygote


def what_works(zygote: Zygote, limits: Limits) -> list[str]:
    """Of what the walls forbid: tried in a worker."""
    bundle = Bundle({"attempts.py": ATTEMPTS.read_bytes()}, {f"{PACKAGE}.attempts": "attempts.py"})
    try:
        process = Process(zygote, limits)
        process.ask("load", (vars(bundle), {}), limits.load, lambda progress: True)
        errors, _, _ = process.ask("call", ("attempts.attempts", None, (), {}), limits.call)
        process.end()
        return [what for what, error in errors.items() if error not in REFUSALS]
    except (WorkerDiedError, ZygoteLostError):  # a wall that can't be built ends the worker
        return ["everything else"]
