"""The course secret, and what is drawn from it: the inputs of every test, for one student and one assignment."""

import contextlib
import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path

import numpy as np

from autograder.errors import AutograderError

VARIABLE = "AUTOGRADER_SECRET"
FILE = ".autograder-secret"


def course_secret(root: Path) -> bytes:
    """The secret of the course at `root`: from the environment, else from its file, which is made on first use."""
    if given := os.environ.get(VARIABLE):
        return os.fsencode(given)
    path = root / FILE
    try:
        return _read(path)
    except FileNotFoundError:
        pass
    temporary = root / f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(32) + "\n")
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):  # of two at the same time the first one's counts
                os.link(temporary, path)
        finally:
            temporary.unlink()
    except OSError as error:
        raise AutograderError(
            f"{path}: cannot be made ({error.strerror}). Make the folder writable, or set {VARIABLE}."
        ) from None
    return _read(path)


def _read(path: Path) -> bytes:
    try:
        text = path.read_bytes().strip()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise AutograderError(f"{path}: cannot be read ({error.strerror}).") from None
    if not text:
        raise AutograderError(f"{path}: empty. Put the course's secret back from your backup.")
    return text


class Seeds:
    """Where all randomness of one submission's judging comes from. The course secret can't be had from it."""

    def __init__(self, secret: bytes, student: str, assignment: str | None):
        self._key = _digest(secret, json.dumps([student, assignment]))

    def rng(self, case: str) -> np.random.Generator:
        """The generator of one test case, such as `public/test_forward.py::test_forward_…[deep]`."""
        return np.random.default_rng(int.from_bytes(_digest(self._key, case), "big"))

    @property
    def name(self) -> str:
        """Tells two seeds apart, and can't be turned back into one."""
        return hashlib.sha256(b"name of a seed" + _digest(self._key, "")).hexdigest()[:16]


def _digest(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")
