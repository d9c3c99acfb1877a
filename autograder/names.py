"""A student's name as handed in to the name of its folder in OUT and back, and to text that is safe to show."""

import os
import re
import unicodedata

RESERVED = frozenset(
    {
        "grades.csv", "results.json", "gradebook.db", "index.html", "report.html", "report.csv", "marks.csv",
        "canvas.csv", "moodle.csv", "moodle_feedback.zip", "adjust.csv", "late.csv", "mistakes.csv", "similar.csv",
    }
)  # fmt: skip
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no file can be called this on Windows
MAX_BYTES = 255  # of a file's name
PIECE = 200  # bytes of an escaped name in one folder name
UNESCAPED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."


def folder_of(name: str) -> str:
    """The path, below OUT, of what belongs to a student: the name itself where it is plain, else an escaped form.

    The escaped form is the name with each unusual byte as %XX, between tildes; a long one goes on in a folder within.
    """
    if _is_plain(name):
        return name
    escaped = "".join(chr(b) if chr(b) in UNESCAPED else f"%{b:02x}" for b in os.fsencode(name))
    pieces = [escaped[i : i + PIECE] for i in range(0, len(escaped), PIECE)] or [""]
    return "/".join(f"~{piece}~" for piece in pieces)


def _is_plain(name: str) -> bool:
    """Composed letters (the other Unicode form of a name is another student), digits, what stands in an address."""
    if name.lower() in RESERVED or DEVICES.fullmatch(name) or not unicodedata.is_normalized("NFC", name):
        return False
    usual = all(c.isalnum() or c in " _-.@,'" for c in name)
    return usual and name[:1].isalnum() and name[-1] not in " ." and len(os.fsencode(name)) <= MAX_BYTES


def name_of(folder: str) -> str:
    """The student's name from `folder_of`'s path."""
    if not folder.startswith("~"):
        return folder
    escaped = "".join(piece[1:-1] for piece in folder.split("/"))
    raw = re.sub(rb"%([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), escaped.encode())
    return os.fsdecode(raw)


def display(text: str, limit: int = 200) -> str:
    """One line, without control characters, terminal escapes or text that runs backwards; they are shown as \\xNN."""
    shown = "".join(
        c if unicodedata.category(c)[0] not in "CZ" or c == " " else c.encode("unicode_escape", "replace").decode()
        if not "\ud800" <= c <= "\udfff" else f"\\x{ord(c) & 0xFF:02x}"
        for c in text[: limit + 1]
    )  # fmt: skip
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def counted(number: int, noun: str) -> str:
    """For a line that people read: "1 student", "2 students"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
