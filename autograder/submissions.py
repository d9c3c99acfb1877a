"""Submissions as files: a folder, .zip, .ipynb or .py in, a `Submission` of bytes out. Called by `batch`.

Nothing here parses or runs what a student wrote: that happens in `sandbox`. Links are never followed, sizes are capped
before anything is read, and what is left out is said in one line each."""

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograder.names import display

SUFFIXES = (".py", ".ipynb")
MAX_FILES = 300  # sources of one submission
MAX_ENTRIES = 20_000  # looked at in one folder or zip
MAX_DEPTH = 12
MAX_PY = 1_000_000  # bytes
MAX_NOTEBOOK = 20_000_000  # outputs with pictures included
MAX_TOTAL = 60_000_000
MAX_PROBLEMS = 20
JUNK = {"__MACOSX", "__pycache__", ".ipynb_checkpoints", "venv", "env", "node_modules", "site-packages"}
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
            if entry.name.startswith(".") or entry.name in JUNK:
                continue
            name = _student(entry)
            if name is None:
                passed_over.append(f"{display(entry.name)}: passed over, not {KINDS}.")
            else:
                children.setdefault(name, Child(name, [])).paths.append(folder / entry.name)
    return list(children.values()), passed_over


def _student(entry: os.DirEntry[str]) -> str | None:
    if entry.is_dir(follow_symlinks=False):
        return entry.name
    stem, suffix = os.path.splitext(entry.name)  # noqa: PTH122 (a path's suffix differs for names such as "a..zip")
    usual = suffix.lower() in (*SUFFIXES, ".zip") and entry.is_file(follow_symlinks=False)
    return stem if usual else None


def read_child(child: Child) -> Submission:
    """Read what one student handed in. Of several entries, folders come before zips before single files."""
    submission = Submission(child.name, {})
    order = sorted(child.paths, key=lambda path: (not path.is_dir(), path.suffix.lower() != ".zip", path.name))
    if len(order) > 1:
        names = ", ".join(display(path.name) for path in order)
        submission.problems.append(f"Handed in more than once ({names}): judged together.")
    for path in order:
        _Reader(submission, prefix=f"{path.name}/" if len(order) > 1 else "").read(path)
    del submission.problems[MAX_PROBLEMS:]
    return submission


def read_submission(path: Path, name: str | None = None) -> Submission:
    """Read one folder, .zip, .ipynb or .py; the student's name is by default the path's without its ending."""
    stem = path.name if path.is_dir() else path.stem
    return read_child(Child(name or stem, [path]))


class _Reader:
    def __init__(self, submission: Submission, prefix: str):
        self.submission, self.prefix = submission, prefix
        self.entries = 0
        self.total = sum(map(len, submission.files.values()))

    def read(self, path: Path) -> None:
        if path.is_symlink():
            self.problem(path.name, "a link, which is not followed")
        elif path.is_dir():
            try:
                self.folder(path)
            except OSError as error:
                self.problem(path.name, f"cannot be read ({error.strerror})")
        elif path.suffix.lower() == ".zip":
            self.zip(path)
        else:
            self.file(path, path.name)
        if not self.submission.files and not self.submission.problems:
            self.problem(path.name, "no .py file or notebook in it")

    def problem(self, path: str, why: str) -> None:
        self.submission.problems.append(f"{display(path)}: {why}.")

    def folder(self, top: Path) -> None:
        for path, relative in self.walk(top, ""):
            self.file(path, relative)

    def walk(self, folder: Path, relative: str) -> Iterator[tuple[Path, str]]:
        """Sources below a folder, nearest first within each, without what nobody means to hand in."""
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: (entry.is_dir(follow_symlinks=False), os.fsencode(entry.name)))
        for entry in found:
            self.entries += 1
            if self.entries > MAX_ENTRIES:
                return self.problem(relative or folder.name, f"more than {MAX_ENTRIES} entries, the rest is left out")
            path = relative + entry.name
            if entry.is_dir(follow_symlinks=False):
                inner = Path(entry.path)
                is_environment = (inner / "pyvenv.cfg").exists()
                if entry.name in JUNK or entry.name.startswith(".") or is_environment:
                    continue
                if path.count("/") < MAX_DEPTH:
                    yield from self.walk(inner, path + "/")
            elif is_source(path):
                yield Path(entry.path), path

    def file(self, path: Path, relative: str) -> None:
        """A regular file and nothing else: no link, device or pipe, also not one put there meanwhile."""
        try:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            return self.problem(relative, f"cannot be read ({'a link' if path.is_symlink() else error.strerror})")
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return self.problem(relative, "not a regular file")
            if self.fits(relative, status.st_size):
                self.add(relative, file.read(limit_of(relative) + 1))

    def zip(self, path: Path) -> None:
        try:
            with path.open("rb") as file, zipfile.ZipFile(file) as archive:
                members = archive.infolist()
                if len(members) > MAX_ENTRIES:
                    return self.problem(path.name, f"more than {MAX_ENTRIES} entries")
                environments = {m.filename.removesuffix("pyvenv.cfg") for m in members if "/pyvenv.cfg" in m.filename}
                for member in sorted(members, key=lambda member: (member.filename.count("/"), member.filename)):
                    self.member(archive, member, environments)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RecursionError) as error:
            self.problem(path.name, f"not a whole zip file ({display(str(error), 80)})")

    def member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, environments: set[str]) -> None:
        """Read one member by name into memory; its path is only a label."""
        relative = member.filename.replace("\\", "/")
        parts = [part for part in relative.split("/") if part not in ("", ".", "..")]
        relative = "/".join(parts)
        hidden = any(part in JUNK or part.startswith(".") for part in parts)
        if member.is_dir() or hidden or not is_source(relative) or any(map(relative.startswith, environments)):
            return
        if stat.S_ISLNK(member.external_attr >> 16):
            return self.problem(relative, "a link, which is not followed")
        if relative in self.submission.files:
            return self.problem(relative, "twice in the zip file, the first one counts")
        if not self.fits(relative, member.file_size):
            return
        try:
            with archive.open(member) as file:
                self.add(relative, file.read(limit_of(relative) + 1))  # the size in the header may be a lie
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            RuntimeError,
            NotImplementedError,
            ValueError,
            zlib.error,
        ) as error:
            self.problem(relative, f"cannot be unpacked ({display(str(error), 80)})")

    def fits(self, relative: str, size: int) -> bool:
        if size > limit_of(relative):
            self.problem(
                relative, f"{size / 1e6:.0f} MB, more than the {limit_of(relative) / 1e6:.0f} MB that are read"
            )
        elif len(self.submission.files) >= MAX_FILES:
            self.problem(relative, f"more than {MAX_FILES} files, this one is left out")
        elif self.total + size > MAX_TOTAL:
            self.problem(relative, f"more than {MAX_TOTAL / 1e6:.0f} MB in all, this one is left out")
        else:
            return True
        return False

    def add(self, relative: str, content: bytes) -> None:
        path = display(self.prefix + relative, 1000)  # a label from here on
        if self.fits(relative, len(content)):
            self.submission.files.setdefault(path, content)
            self.total += len(content)


def is_source(path: str) -> bool:
    name = PurePosixPath(path).name
    return name.lower().endswith(SUFFIXES) and not name.startswith("._")


def limit_of(path: str) -> int:
    return MAX_NOTEBOOK if path.lower().endswith(".ipynb") else MAX_PY
