"""Submissions as files: a folder, .zip, .ipynb or .py in, a `Submission` of bytes out. Called by `batch`.

Nothing here parses or runs what a student wrote: that happens in `sandbox`. Links are never followed, sizes are capped
before anything is read, and what is left out is said in one line each."""

import hashlib
import io
import os
import stat
import zipfile
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograder.names import display

SUFFIXES = (".py", ".ipynb")
MAX_FILES = 300  # sources of one submission
MAX_ENTRIES = 20_000  # looked at in one folder
MAX_MEMBERS = 100_000  # of a zip: in one there are virtual environments too
MAX_READ = 24_000_000  # bytes read at once from a zip, such as the list of its members; more than MAX_NOTEBOOK
MAX_DEPTH = 12
MAX_PY = 1_000_000  # bytes
MAX_NOTEBOOK = 20_000_000  # outputs with pictures included
MAX_TOTAL = 60_000_000
MAX_PROBLEMS = 20
JUNK = {"__MACOSX", "__pycache__", "venv", "env", "node_modules", "site-packages"}
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack without a limit to memory
KINDS = "a folder, .zip, .ipynb or .py"


@dataclass
class Submission:
    """What one student handed in. `files` are sources by path, `problems` are lines on what could not be read."""

    name: str
    files: dict[str, bytes]
    problems: list[str] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        digest = hashlib.sha256()
        for path in sorted(self.files):
            for part in (path.encode("utf-8", "surrogatepass"), self.files[path]):
                digest.update(len(part).to_bytes(8, "big") + part)
        for problem in self.problems:
            digest.update(problem.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


@dataclass
class Child:
    """One student's entries in a folder of submissions; several only where a folder and a file have one name."""

    name: str
    paths: list[Path]


def find_submissions(folder: Path) -> tuple[list[Child], list[str]]:
    """The students in a folder of submissions, in order, and a line on each entry that was passed over."""
    children: dict[str, Child] = {}
    passed_over = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: os.fsencode(entry.name)):
            name = _student(entry)
            if name is None:
                passed_over.append(f"{display(entry.name)}: passed over (hidden, or not {KINDS}).")
            else:
                children.setdefault(name, Child(name, [])).paths.append(folder / entry.name)
    return list(children.values()), passed_over


def _student(entry: os.DirEntry[str]) -> str | None:
    if entry.name.startswith(".") or entry.name in ("__MACOSX", "__pycache__"):
        return None
    if entry.is_dir(follow_symlinks=False):
        return entry.name
    path = Path(entry.name)
    usual = path.suffix.lower() in (*SUFFIXES, ".zip") and entry.is_file(follow_symlinks=False)
    return path.stem if usual else None


def read_child(child: Child) -> Submission:
    """Read what one student handed in. Of several entries, folders come before zips before single files."""
    submission = Submission(child.name, {})
    order = sorted(child.paths, key=lambda path: (not path.is_dir(), path.suffix.lower() != ".zip", path.name))
    if len(order) > 1:
        names = ", ".join(display(path.name) for path in order)
        submission.problems.append(f"Handed in more than once ({names}): judged together.")
    for path in order:
        _Reader(submission, prefix=f"{path.name}/" if len(order) > 1 else "").read(path)
    if more := submission.problems[MAX_PROBLEMS:]:
        submission.problems[MAX_PROBLEMS:] = [f"… and {len(more)} more like these."]
    return submission


def read_submission(path: Path, name: str | None = None) -> Submission:
    """Read one folder, .zip, .ipynb or .py; the student's name is by default the path's without its ending."""
    stem = path.name if path.is_dir() else path.stem
    return read_child(Child(name or stem, [path]))


class _Reader:
    """Reads one entry into a submission, what is nearest to the top first, so that limits cost what lies deepest."""

    def __init__(self, submission: Submission, prefix: str):
        self.submission, self.prefix = submission, prefix
        self.total = sum(map(len, submission.files.values()))  # bytes that were read, or tried to

    def read(self, path: Path) -> None:
        before = len(self.submission.files), len(self.submission.problems)
        if path.is_symlink():
            self.problem(path.name, "a link, which is not followed")
        elif path.is_dir():
            zips = self.folder(path)
            if len(self.submission.files) == before[0]:  # a course system put what was handed in into a folder
                for inner, relative in zips:
                    self.zip(inner, relative, f"{relative}/")
        elif path.suffix.lower() == ".zip":
            self.zip(path, path.name)
        else:
            self.file(path, path.name)
        if (len(self.submission.files), len(self.submission.problems)) == before:
            self.problem(path.name, "no .py file or notebook in it")

    def problem(self, path: str, why: str) -> None:
        self.submission.problems.append(f"{display(path)}: {why}.")

    def folder(self, top: Path) -> list[tuple[Path, str]]:
        """Read all sources below a folder. Zips in it are returned."""
        folders, entries, zips = deque([(top, "")]), 0, []
        while folders:
            folder, above = folders.popleft()
            try:
                with os.scandir(folder) as found:
                    inside = sorted(found, key=lambda entry: os.fsencode(entry.name))
            except OSError as error:
                self.problem(above or top.name, f"cannot be read ({error.strerror})")
                continue
            if above and any(entry.name == "pyvenv.cfg" for entry in inside):
                continue
            entries += len(inside)
            if entries > MAX_ENTRIES:
                self.problem(above or top.name, f"more than {MAX_ENTRIES} entries, the rest is left out")
                break
            for entry in inside:
                path, relative = Path(entry.path), above + entry.name
                if is_ignored(entry.name):
                    continue
                if entry.is_symlink():
                    self.problem(relative, "a link, which is not followed")
                elif entry.is_dir(follow_symlinks=False):
                    if relative.count("/") < MAX_DEPTH:
                        folders.append((path, f"{relative}/"))
                elif is_source(relative):
                    self.file(path, relative)
                elif path.suffix.lower() == ".zip":
                    zips.append((path, relative))
        return zips

    def file(self, path: Path, relative: str) -> None:
        try:
            with open_regular(path) as file:
                if self.claims(relative, os.fstat(file.fileno()).st_size):
                    self.add(relative, file.read(limit_of(relative)))
        except OSError as error:
            self.problem(relative, f"cannot be read ({_why(error)})")

    def zip(self, path: Path, name: str, above: str = "") -> None:
        """Read all sources in a zip file; `above` is put before their paths."""
        try:
            with open_regular(path) as file, zipfile.ZipFile(file) as archive:
                members = [(above + label_of(member.filename), member) for member in archive.infolist()]
                if len(members) > MAX_MEMBERS:
                    raise zipfile.BadZipFile(f"more than {MAX_MEMBERS} members")
                environments = {PurePosixPath(label).parent for label, _ in members if label.endswith("/pyvenv.cfg")}
                for relative, member in sorted(members, key=lambda pair: (pair[0].count("/"), pair[0])):
                    if relative.count("/") > MAX_DEPTH:
                        break  # before `parents`, which takes longer the deeper a path is
                    ignored = any(map(is_ignored, relative.split("/")))
                    if not ignored and environments.isdisjoint(PurePosixPath(relative).parents):
                        self.member(archive, member, relative)
        except Exception as error:  # of all kinds, where bytes are hostile
            self.problem(name, f"not a zip file that can be read ({_why(error)})")

    def member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, relative: str) -> None:
        """Read one member by name into memory; its path is only a label."""
        if stat.S_ISLNK(member.external_attr >> 16):
            self.problem(relative, "a link, which is not followed")
        elif not is_source(relative) or member.is_dir():
            return
        elif self.prefix + relative in self.submission.files:
            self.problem(relative, "twice in the zip file, the first one counts")
        elif member.flag_bits & 1:
            self.problem(relative, "encrypted: hand it in without a password")
        elif member.compress_type not in METHODS:
            self.problem(relative, "compressed in an unusual way: make the zip file with another program")
        elif self.claims(relative, member.file_size):
            try:
                with archive.open(member) as file:
                    self.add(relative, file.read(member.file_size))  # without a number, all is unpacked first
            except Exception as error:  # of all kinds, where bytes are hostile
                self.problem(relative, f"cannot be unpacked ({_why(error)})")

    def claims(self, relative: str, size: int) -> bool:
        """Whether a file of that size may be read; if so, it counts."""
        limit = limit_of(relative)
        if size > limit:
            self.problem(relative, f"{size / 1e6:.0f} MB, more than the {limit / 1e6:.0f} MB that are read")
        elif len(self.submission.files) >= MAX_FILES:
            self.problem(relative, f"more than {MAX_FILES} files, this one is left out")
        elif self.total + size > MAX_TOTAL:
            self.problem(relative, f"more than {MAX_TOTAL / 1e6:.0f} MB in all, this one is left out")
        else:
            self.total += size
            return True
        return False

    def add(self, relative: str, content: bytes) -> None:
        self.submission.files.setdefault(display(self.prefix + relative, 1000), content)  # a label from here on


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


def _why(error: Exception) -> str:
    return display(str(getattr(error, "strerror", None) or error), 80)


def label_of(filename: str) -> str:
    """The path of a zip's member with forward slashes, and nothing in it that leads elsewhere."""
    return "/".join(part for part in filename.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def is_ignored(name: str) -> bool:
    """Of a file or folder: what nobody means to hand in."""
    return name in JUNK or name.startswith(".")


def is_source(path: str) -> bool:
    return path.lower().endswith(SUFFIXES)


def limit_of(path: str) -> int:
    return MAX_NOTEBOOK if path.lower().endswith(".ipynb") else MAX_PY
