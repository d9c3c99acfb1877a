"""Bulk downloads of Canvas and Moodle, as a folder or as the zip itself: one `Child` a student out, whatever number of
files they handed in. Called by `batch` and `explain`; `export` asks which number a student has there.

A folder is a download where most of what could be a submission is named as the system names it; whatever isn't stays a
student of its own. A zip is one where all is named so. Students are called by name and number there, as in
"lovelaceada_101" and "Ada Lovelace_123456", whether late or not: the same student gets the same inputs."""

import os
import re
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from autograder.errors import AutograderError
from autograder.names import MAX_BYTES, display
from autograder.submissions import Child, find_submissions, is_ignored, is_source, is_zip, student_of
from autograder.zips import opened_zip, path_in_zip, why

# name_[LATE_]user_attachment_file, name_[LATE_]user_text.html, [LATE_]anon_x7Kd2_attachment_file. The name has letters
# of any language with their marks, and for Python marks are no part of a word.
CANVAS = re.compile(
    r"(?:(?!LATE_|anon_[A-Za-z0-9]{5}_)(?P<name>[\w\u0300-\u1fff\ua000-\U0010ffff]*?)_)?(?P<late>LATE_)?"
    r"(?P<number>(?<=_)[0-9]+|anon_[A-Za-z0-9]{5})_(?:(?P<attachment>[0-9]{1,20})_(?P<file>.+)|(?:text|link)\.html)",
    re.DOTALL,
)
# What Canvas adds to a file's name that the student used before: a number, in the end something random.
REPEATED = re.compile(
    r"(?<=.)-(?:[0-9]{1,3}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=(?:\.[A-Za-z][A-Za-z0-9]*)*\.[A-Za-z0-9]+\Z)"
)
# A folder, before Moodle 4.1 with "_" at its end; a file, where folders are off. In blind marking all have one name.
MOODLE = re.compile(
    r"(?P<name>[^/_]+)_(?P<number>[0-9]+)_assignsubmission_(?P<plugin>[a-z0-9]+)(?:_(?P<file>.*))?", re.DOTALL
)
STUDENT = re.compile(r"(?P<name>.*)_(?P<number>[0-9]+)", re.DOTALL)  # as they are called here

Entries = Mapping[str, bool]  # name -> whether the ordinary rule would take it for a student


@dataclass
class Found:
    """The students in a folder or zip of submissions."""

    children: list[Child]
    passed_over: list[str]  # a line on each entry that is no submission
    system: str = ""  # whose download it is
    late: list[str] = field(default_factory=list)  # students; Moodle doesn't say


@dataclass(frozen=True)
class Part:
    """One entry of a download. `file`: what its student called it, "" for a folder of such, None for no source."""

    entry: str
    student: str
    file: str | None
    is_late: bool = False


def find_children(source: Path) -> Found:
    """The students in SUBMISSIONS, a folder, or the zip that a system gave."""
    is_folder = source.is_dir()
    if not is_folder and not (source.is_file() and is_zip(source.name)):
        raise AutograderError(f"{source}: not a folder. Name the folder that holds the submissions.")
    entries = _in_folder(source) if is_folder else _in_zip(source)
    for system, read in (("Canvas", _canvas), ("Moodle", _moodle)):
        parts = {part.entry: part for part in read(entries)}
        others = [entry for entry, is_usual in entries.items() if is_usual and entry not in parts]
        if len(parts) > len(others) and (is_folder or not others):
            return _download(source, system, parts)
    if not is_folder:
        raise AutograderError(
            f"{source}: not a zip of submissions as Canvas or Moodle gives it. Unpack it and name the folder."
        )
    return Found(*find_submissions(source))


def find_child(path: Path) -> Child:
    """The student that one entry of a folder of submissions belongs to, or who is called so in a folder or zip."""
    if path.parent.is_dir() or is_zip(path.parent.name):
        for child in find_children(path.parent).children:
            if path.name == child.name or path in child.paths or path.name in (child.parts or ()):
                return child
    return Child(path.name if path.is_dir() else path.stem, [path])


def in_canvas(student: str) -> re.Match[str] | None:
    """`name` and `number` of a student of Canvas."""
    return CANVAS.fullmatch(student) or STUDENT.fullmatch(student)


def in_moodle(student: str) -> re.Match[str] | None:
    """`name` and `number` of a student of Moodle."""
    return MOODLE.fullmatch(student) or STUDENT.fullmatch(student)


def _download(source: Path, system: str, parts: Mapping[str, Part]) -> Found:
    others, passed_over = find_submissions(source, leave=parts) if source.is_dir() else ([], [])
    files: dict[str, dict[str, str]] = {}
    for entry, part in sorted(parts.items()):
        own = files.setdefault(part.student, {})
        if part.file is None:
            passed_over.append(f"{display(entry)}: passed over (no .py, .ipynb or .zip).")
        else:
            own[entry] = part.file
    children = []
    for other in others:
        if other.name in files:  # something put beside a student's files, under the student's name
            files[other.name] |= {path.name: path.name for path in other.paths}
        else:
            children.append(other)
    children += [Child(student, [source.resolve()], own) for student, own in files.items()]
    late = {part.student for part in parts.values() if part.is_late}
    return Found(children, passed_over, system, sorted(late))


def _canvas(entries: Entries) -> list[Part]:
    """Nothing where the numbers contradict each other, as those in "ada_2026_10_03.py" would. Of files of one name, the
    one uploaded last has it; Canvas gives only what was handed in last, so the others count as well."""
    found = {entry: match for entry in entries if (match := CANVAS.fullmatch(entry))}
    names = {(match["number"], match["name"]) for match in found.values()}
    files = {(match["attachment"], PurePosixPath(match["file"]).stem) for match in found.values() if match["file"]}
    if len(dict(names)) < len(names) or len(dict(files)) < len(files):
        return []
    parts, taken = [], set()
    for entry in sorted(found, key=lambda entry: int(found[entry]["attachment"] or 0), reverse=True):
        match = found[entry]
        student = _called("_".join(filter(None, (match["name"], match["number"]))))
        file = match["file"] if entries[entry] and not is_ignored(match["file"] or ".") else None
        if file is not None:
            original = REPEATED.sub("", file)
            file = original if (student, original) not in taken else f"earlier/{match['attachment']}/{file}"
            taken.add((student, original))
        parts.append(Part(entry, student, file, bool(match["late"])))
    return parts


def _moodle(entries: Entries) -> list[Part]:
    """What students typed is a file of Moodle's own making, and no source."""
    parts = []
    for entry in entries:
        if match := MOODLE.fullmatch(entry):
            file: str | None = match["file"] or ""
            if not entries[entry] or match["plugin"] == "onlinetext":
                file = None
            elif match["plugin"] != "file":
                file = f"{match['plugin']}/{file}".rstrip("/")
            parts.append(Part(entry, _called(f"{match['name']}_{match['number']}"), file))
    return parts


def _called(name: str) -> str:
    """One form for a name, whether it went through a Mac or not."""
    return unicodedata.normalize("NFC", name)


def _in_folder(source: Path) -> Entries:
    with os.scandir(source) as entries:
        return {entry.name: student_of(entry) is not None for entry in entries}


def _in_zip(source: Path) -> Entries:
    entries: dict[str, bool] = {}
    try:
        with opened_zip(source.resolve()) as archive:
            for member in archive.infolist():
                entry, _, inside = path_in_zip(member).partition("/")
                if len(os.fsencode(entry)) > MAX_BYTES:
                    raise zipfile.BadZipFile("no file has so long a name as one in it")
                if not is_ignored(entry):
                    entries[entry] = bool(inside) or member.is_dir() or is_source(entry) or is_zip(entry)
    except Exception as error:  # of all kinds, where bytes are hostile
        raise AutograderError(f"{source}: not a zip file that can be read ({why(error)}).") from None
    return entries
