"""The outer wall: the command that starts a zygote in namespaces of its own, where a Python is and nothing else.

`command` gives the command; `identity`, asked in the grader and in the zygote, tells whether it came to what it should.
Called by `processes` and `zygote`."""

import importlib.util
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy

CHECKOUT = Path(__file__).resolve().parents[2]
HOME = "/tmp"  # within the walls: in memory, empty
SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
ENGINE = ("__init__.py", "errors.py", "kit", "sandbox")
NAMESPACES = ("mnt", "pid", "net", "ipc")


def program() -> str | None:
    return shutil.which("bwrap") if sys.platform == "linux" else None


def command(bwrap: str, *, dies_with_starter: bool) -> list[str]:
    """What comes before the interpreter's own path and arguments."""
    places = [argument for place in _places() for argument in ("--ro-bind-try", str(place), str(place))]
    return [
        bwrap, "--unshare-all", "--cap-drop", "ALL", *["--die-with-parent"] * dies_with_starter,
        "--proc", "/proc", "--tmpfs", HOME, *places, *_interpreter(), "--remount-ro", "/", "--chdir", HOME, "--",
    ]  # fmt: skip


def identity() -> dict[str, Any]:
    """Which Python this is, and in which namespaces."""
    spaces = {name: os.readlink(f"/proc/self/ns/{name}") for name in NAMESPACES} if sys.platform == "linux" else {}  # noqa: PTH115
    return {"python": sys.version, "numpy": numpy.__version__, "namespaces": spaces}


def _places() -> Iterator[Path]:
    """Libraries, packages and what of the engine a worker is made of."""
    base = Path(sys.base_exec_prefix)
    found = [Path(place) for place in SYSTEM]
    found += [base / "lib", base / "lib64", Path(sysconfig.get_path("stdlib")), Path(sys.prefix) / "pyvenv.cfg"]
    for package in ("numpy", "msgspec", "matplotlib"):
        spec = importlib.util.find_spec(package)
        if spec and spec.origin:
            found.append(Path(spec.origin).parents[1])
    found += [CHECKOUT / "autograder" / name for name in ENGINE]
    yield from dict.fromkeys(found)


def _interpreter() -> Iterator[str]:
    """The interpreter with the links that lead to it, since it finds its library from where it lies."""
    path = Path(sys.executable)
    while path.is_symlink():
        yield from ("--symlink", str(path.readlink()), str(path))
        path = path.parent / path.readlink()
    yield from ("--ro-bind", str(path), str(path))
