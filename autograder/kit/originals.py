"""Whether the checks in a kit still are those that were handed out. Called by `ladder`; `release` makes the digests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

KEY = "checks"  # in exercises.json: name of a test file -> digest
ANEW = "Unpack the kit again to have it back."


def digest_of(content: bytes) -> str:
    """The same whatever a system or an editor ends lines with."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:16]


def changes(root: Path) -> Iterator[str]:
    """A line for each test file of the kit at `root` that isn't what it was."""
    for name, digest in json.loads((root / "exercises.json").read_text(encoding="utf-8")).get(KEY, {}).items():
        path = root / "tests" / name
        if not path.is_file():
            yield f"tests/{name} is missing, so nothing is checked there. {ANEW}"
        elif digest_of(path.read_bytes()) != digest:
            yield f"tests/{name} was changed; marking has the original. {ANEW}"
