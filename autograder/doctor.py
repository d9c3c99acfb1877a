"""What this machine has for grading, and what to do about what is missing. Called by the command line."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.sandbox.client import LEVELS, probe

NEEDED = ("numpy", "pytest", "msgspec", "matplotlib")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for. `advice`: what to do, where it is missing."""

    what: str
    found: str | None  # version or place
    advice: str


def doctor() -> str:
    """A line for each thing looked for."""
    lines = []
    for finding in findings():
        said = finding.found if finding.found is not None else f"not found. {finding.advice}"
        lines.append(f"{'  ' if finding.found is not None else '! '}{finding.what:<16}{said}")
    return "\n".join(lines)


def findings() -> Iterator[Finding]:
    yield Finding("isolation", _isolation(), "")
    yield Finding("bwrap", shutil.which("bwrap"), "The outer of two walls: sudo apt-get install bubblewrap.")
    yield Finding("Python", f"{sys.version.split()[0]}, {sys.executable}", "")
    yield Finding("processors", str(os.cpu_count() or 1), "")
    for package in NEEDED:
        yield Finding(package, _version(package), "Run python3 bootstrap.py autograder doctor.")
    yield Finding("nbgrader", _version("nbgrader"), "Only an nbgrader course needs it: pip install nbgrader.")
    yield Finding(
        "Jupyter kernel", _kernel(), "Only notebooks in Jupyter need it, grading doesn't: pip install ipykernel."
    )
    yield Finding(
        "font cache", _font_cache(), "The first plot makes it; make that folder writable or set MPLCONFIGDIR."
    )
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    yield Finding("browser", browser, "Only tests of pages need it: sudo apt-get install chromium.")


def _isolation() -> str:
    found = probe()
    why = f" ({'; '.join(found.missing)})" if found.missing else ""
    return f"{found.level}: {LEVELS[found.level]}{why}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _kernel() -> str | None:
    """The kernel that notebooks name; looked for without importing Jupyter."""
    spec = Path(sys.prefix) / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"
    return str(spec.parent) if spec.is_file() and importlib.util.find_spec("ipykernel") else None


def _font_cache() -> str | None:
    import matplotlib

    folder = Path(matplotlib.get_cachedir())
    return str(folder) if any(folder.glob("fontlist-*.json")) else None
