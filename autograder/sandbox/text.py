"""Text that came from a student, made fit for one line of a report."""

import contextlib


def one_line(text: str, limit: int = 300) -> str:
    """`text` without control characters, line breaks or direction marks, and at most `limit` characters long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * limit]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def describe(error: BaseException) -> str:
    """`NameError: name 'x' is not defined`, also for exceptions whose own methods fail."""
    message = ""
    with contextlib.suppress(BaseException):
        message = str(error)
    return one_line(f"{type(error).__name__}: {message}".removesuffix(": "))
