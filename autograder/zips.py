"""Regular files and zips that strangers made, opened so that nothing in them can do harm. Called by `submissions` and
`downloads`."""

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.names import display

MAX_MEMBERS = 100_000  # virtual environments among them
MAX_READ = 24_000_000  # bytes at once, such as the list of a zip's members; more than the largest source
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack without a limit to memory
UTF_8 = 0x800  # the flag that a member's name is


class _RegularFile(io.FileIO):
    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_READ:
            raise OSError(0, f"more than {MAX_READ / 1e6:.0f} MB at once")
        return super().read(size)


def open_regular(path: Path) -> io.FileIO:
    """A regular file and nothing else: no link, device or pipe, also not one put there meanwhile."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = _RegularFile(os.open(path, flags))
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(0, "not a regular file")
    return file


@contextmanager
def opened_zip(source: Path | bytes) -> Iterator[zipfile.ZipFile]:
    """A zip file, or one that is in memory. Errors of any kind where it is none."""
    file = open_regular(source) if isinstance(source, Path) else io.BytesIO(source)
    with file, zipfile.ZipFile(file) as archive:
        if len(archive.infolist()) > MAX_MEMBERS:
            raise zipfile.BadZipFile(f"more than {MAX_MEMBERS} members")
        yield archive


def path_in_zip(member: zipfile.ZipInfo) -> str:
    """A member's path as a label: with forward slashes, and nothing in it that leads elsewhere."""
    name = member.filename
    if not member.flag_bits & UTF_8:  # most programs write UTF-8 all the same
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def is_link(member: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def refusal(member: zipfile.ZipInfo) -> str | None:
    """Why a member isn't to be unpacked, if so."""
    if is_link(member):
        return "a link, which is not followed"
    if member.flag_bits & 1:
        return "encrypted: hand it in without a password"
    if member.compress_type not in METHODS:
        return "compressed in an unusual way: make the zip file with another program"
    return None


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What is in a member, as many bytes as it says at most. Errors of any kind where it can't be unpacked."""
    with archive.open(member) as file:
        return file.read(member.file_size)  # without a number, all is unpacked first


def why(error: Exception) -> str:
    return display(str(getattr(error, "strerror", None) or error), 80)
