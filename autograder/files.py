"""Files that are there wholly or not at all, whatever stops the machine. Called by all that writes results."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import AutograderError


def write_atomically(path: Path, content: str | bytes) -> None:
    """Replace a file by a complete one that is on the disk, or leave it as it was."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    new_folders = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        for folder in (path.parent, *(new.parent for new in new_folders)):
            _sync_entries(folder)
    except OSError as error:
        raise AutograderError(
            f"{path}: could not be written ({error.strerror}). What was there is unchanged."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()  # where it is still there


def _sync_entries(folder: Path) -> None:
    """Bring the names in a folder to the disk: without that, a file may be on it that no name leads to."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno != errno.EINVAL:  # some network file systems can't, and do it by themselves
                raise
        finally:
            os.close(descriptor)


def remove_leftovers(out: Path, names: Iterable[str]) -> None:
    """Of files so called anywhere in `out`, what a run left that was killed while it wrote."""
    for name in names:
        for path in out.glob(f"**/.{name}.????????"):
            path.unlink(missing_ok=True)
