"""Submissions as files: a folder, .zip, .ipynb or .py in, a `Submission` of bytes out. Called by `batch`.

Nothing here parses or runs what a student wrote: that happens in `sandbox`. Links are never followed, sizes are capped
before anything is read, and what is left out is said in one line each."""

import hashlib
import os
import zipfile
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograder.names import display
from autograder.zips import is_link, open_regular, opened_zip, path_in_zip, refusal, unpacked, why

SUFFIXES = (".py", ".ipynb")
MAX_FILES = 300  # sources of one submission
MAX_ENTRIES = 20_000  # looked at in one folder
MAX_DEPTH = 12
MAX_PY = 1_000_000  # bytes
MAX_NOTEBOOK = 20_000_000  # outputs with pictures included
MAX_TOTAL = 60_000_000
MAX_PROBLEMS = 20
JUNK = {"__MACOSX", "__pycache__", "venv", "env", "node_modules", "site-packages"}
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
    """One student's entries in a folder of submissions; several only where a folder and a file have one name.

    In a bulk download, `paths` is the whole of it, a folder or a zip, and `parts` has the student's entries in there,
    each with what the student called it ("": a folder of what was handed in)."""

    name: str
    paths: list[Path]
    parts: dict[str, str] | None = None


def find_submissions(folder: Path, leave: Collection[str] = ()) -> tuple[list[Child], list[str]]:
    """The students in a folder of submissions, in order, and a line on each entry that was passed over. Entries to
    `leave` are neither."""
    children: dict[str, Child] = {}
    passed_over = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: os.fsencode(entry.name)):
            name = student_of(entry)
            if entry.name in leave:
                continue
            if name is None:
                passed_over.append(f"{display(entry.name)}: passed over (hidden, or not {KINDS}).")
            else:
                children.setdefault(name, Child(name, [])).paths.append(folder / entry.name)
    return list(children.values()), passed_over


def student_of(entry: os.DirEntry[str]) -> str | None:
    """Whose submission an entry of a folder is; None where it is none."""
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
    if child.parts is not None:
        _Reader(submission).download(child.paths[0], child.parts)
        return _capped(submission)
    order = sorted(child.paths, key=lambda path: (not path.is_dir(), path.suffix.lower() != ".zip", path.name))
    if len(order) > 1:
        names = ", ".join(display(path.name) for path in order)
        submission.problems.append(f"Handed in more than once ({names}): judged together.")
    for path in order:
        _Reader(submission, prefix=f"{path.name}/" if len(order) > 1 else "").read(path)
    return _capped(submission)


def _capped(submission: Submission) -> Submission:
    if more := submission.problems[MAX_PROBLEMS:]:
        submission.problems[MAX_PROBLEMS:] = [f"… and {len(more)} more like these."]
    return submission


def read_submission(path: Path, name: str | None = None) -> Submission:
    """Read one folder, .zip, .ipynb or .py; the student's name is by default the path's without its ending."""
    stem = path.name if path.is_dir() else path.stem
    return read_child(Child(name or stem, [path]))


class _Reader:
    """Reads one entry into a submission, what is nearest to the top first, so that limits cost what lies deepest."""

    def __init__(self, submission: Submission, prefix: str = ""):
        self.submission, self.prefix = submission, prefix
        self.total = sum(map(len, submission.files.values()))  # bytes that were read, or tried to

    def download(self, source: Path, parts: Mapping[str, str]) -> None:
        """Read these entries of a bulk download, the same from its folder as from its zip. All zips among them count:
        each was handed in."""

        def label(path: str) -> str | None:
            entry, _, inside = path.partition("/")
            return "/".join(filter(None, (parts[entry], inside))) if entry in parts else None

        if source.is_dir():
            zips = []
            for entry, name in parts.items():
                path = source / entry
                if path.is_symlink():
                    self.problem(name or entry, "a link, which is not followed")
                elif path.is_dir():
                    zips += self.folder(path, f"{name}/" if name else "")
                elif is_source(name):
                    self.file(path, name)
                else:
                    zips.append((path, name))
            for path, name in zips:
                self.zip(path, name, f"{name}/")
        else:
            self.archive(source, source.name, label, zips_too=True)
        if not self.submission.files and not self.submission.problems:
            self.problem(self.submission.name, "no .py file or notebook in it")

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

    def folder(self, top: Path, above: str = "") -> list[tuple[Path, str]]:
        """Read all sources below a folder; `above` is put before their paths. Zips in it are returned."""
        folders, entries, zips = deque([(top, above)]), 0, []
        while folders:
            folder, above = folders.popleft()
            try:
                with os.scandir(folder) as found:
                    inside = sorted(found, key=lambda entry: os.fsencode(entry.name))
            except OSError as error:
                self.problem(above or top.name, f"cannot be read ({error.strerror})")
                continue
            if folder != top and any(entry.name == "pyvenv.cfg" for entry in inside):
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
            self.problem(relative, f"cannot be read ({why(error)})")

    def zip(self, path: Path, name: str, above: str = "") -> None:
        """Read all sources in a zip file; `above` is put before their paths."""
        self.archive(path, name, lambda path: above + path)

    def archive(
        self, source: Path | bytes, name: str, label: Callable[[str], str | None], *, zips_too: bool = False
    ) -> None:
        """Read all sources in a zip file, and in zips in it, where that is wanted. `label` says what a member is called
        here, by its path; None or nothing: it is left alone."""
        zips = []
        try:
            with opened_zip(source) as archive:
                members = [(found, member) for member in archive.infolist() if (found := label(path_in_zip(member)))]
                environments = {PurePosixPath(path).parent for path, _ in members if path.endswith("/pyvenv.cfg")}
                for relative, member in sorted(members, key=lambda pair: (pair[0].count("/"), pair[0])):
                    if relative.count("/") > MAX_DEPTH:
                        break  # before `parents`, which takes longer the deeper a path is
                    ignored = any(map(is_ignored, relative.split("/")))
                    if ignored or not environments.isdisjoint(PurePosixPath(relative).parents) or member.is_dir():
                        continue
                    is_inner_zip = zips_too and is_zip(relative)
                    if (reason := refusal(member)) and (is_source(relative) or is_inner_zip or is_link(member)):
                        self.problem(relative, reason)
                    elif is_source(relative):
                        self.member(archive, member, relative)
                    elif is_inner_zip:
                        zips.append((relative, member))
                for relative, member in zips:
                    if member.file_size > MAX_TOTAL:
                        self.problem(relative, too_large(member.file_size, MAX_TOTAL))
                    elif (content := self.content(archive, member, relative)) is not None:
                        self.archive(content, relative, f"{relative}/".__add__)
        except Exception as error:  # of all kinds, where bytes are hostile
            self.problem(name, f"not a zip file that can be read ({why(error)})")

    def member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, relative: str) -> None:
        if self.prefix + relative in self.submission.files:
            self.problem(relative, "twice in the zip file, the first one counts")
        elif self.claims(relative, member.file_size):
            content = self.content(archive, member, relative)
            if content is not None:
                self.add(relative, content)

    def content(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, relative: str) -> bytes | None:
        try:
            return unpacked(archive, member)
        except Exception as error:  # of all kinds, where bytes are hostile
            self.problem(relative, f"cannot be unpacked ({why(error)})")
            return None

    def claims(self, relative: str, size: int) -> bool:
        """Whether a file of that size may be read; if so, it counts."""
        limit = limit_of(relative)
        if size > limit:
            self.problem(relative, too_large(size, limit))
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


def is_ignored(name: str) -> bool:
    """Of a file or folder: what nobody means to hand in."""
    return name in JUNK or name.startswith(".")


def is_source(path: str) -> bool:
    return path.lower().endswith(SUFFIXES)


def is_zip(path: str) -> bool:
    return path.lower().endswith(".zip")


def too_large(size: int, limit: int) -> str:
    return f"{size / 1e6:.0f} MB, more than the {limit / 1e6:.0f} MB that are read"


def limit_of(path: str) -> int:
    return MAX_NOTEBOOK if path.lower().endswith(".ipynb") else MAX_PY
