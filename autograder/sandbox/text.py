"""Text that came from a student, made fit for a report."""

import contextlib
import traceback

MAX_TRACE = 4_000


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


def trace(error: BaseException) -> str:
    """The traceback from the student's own lines on; how it ends is kept where it is long."""
    text = ""
    with contextlib.suppress(BaseException):
        frames = error.__traceback__
        while frames and frames.tb_frame.f_globals.get("__name__") == "autograder.kit.calls":
            frames = frames.tb_next
        text = "".join(traceback.format_exception(type(error), error, frames))
    return text[-MAX_TRACE:]
